/* Spike file formats: one const descriptor each, listed once. Loading looks at the first part of a file, lets each
 * format say how well it fits, reads with the best one, and says in one line what it decided and how to override it. */
#ifndef RECORD_FORMAT_H
#define RECORD_FORMAT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/text.h"
#include "record/csv_read.h"
#include "signal/recording.h"

/* What the user may override; NULL or 0 means: find out by looking. */
struct load_options {
    const char *format;  /* name of a format */
    const char *unit;    /* s, ms, us, samples@30000, steps@0.1ms */
    const char *columns; /* events: which column is which, "id,time" or "time,id" (by position; "-" skips one) */
    const char *delimiter; /* comma, semicolon, tab, space */
    const char *header;  /* on, off */
    const char *stimulus; /* dense files: name of the column that holds the stimulus, no neuron */
    double dt;           /* dense files without a time column: s between rows, row k (from 1) is at k dt; 0: not given */
    struct progress progress;
};

struct spike_format {
    const char *name;    /* "events" */
    const char *summary; /* a line for help and the manual */
    struct format_private const *private; /* known inside record/ */
};
extern const struct spike_format *const spike_formats[]; /* events, dense */
extern const size_t spike_format_count;
/* By any unambiguous prefix of its name; NULL with a sentence that lists the names. */
const struct spike_format *spike_format_find(const char *name, struct error *error);

/* Reads a whole file. On success gives the recording and appends to *said the one-line report:
 *   "events, comma, header: time in ms (largest 12499): 12.5 s, 60 units, 208 113 spikes, 3.8 Hz mean; unit=s changes it"
 * and further lines, parted by '\n', for what is odd: unsorted rows, duplicates, negative times, silent units, an
 * implausible mean rate. The recording's `source` and `described` (the first line) are set.
 * NULL with "FILE:LINE: sentence" for a file that is no table of spikes or has one bad row (not a number, too few
 * columns, NaN time, unclosed quote), "FILE: sentence" for one that cannot be opened, or a plain sentence about an
 * option; nothing else changes. A file of ours with only a header gives a recording without spikes and units. */
struct recording *recording_load(const char *path, const struct load_options *options, struct text *said,
                                 struct error *error);

/* The same from memory, fed in pieces of `chunk` bytes (0: all at once): what tests and the fuzzer call. */
struct recording *recording_parse(const char *name, const char *bytes, size_t length, size_t chunk,
                                  const struct load_options *options, struct text *said, struct error *error);

/* Writes spikes into path, whole or not at all. `format` NULL or "events": "time,neuron", times in s with all digits,
 * the source's labels; loading that gives the same spikes of the same neurons. Others are read only, with a sentence. */
bool recording_save(const char *path, const struct spike_source *source, const char *format, struct error *error);

#endif
