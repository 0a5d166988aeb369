/* Spike file formats: one const descriptor each, listed once. Loading looks at the first part of a file, lets
 * each format say how well it fits, reads with the best one, and says in one line what it decided and how to
 * override it. */
#ifndef RECORD_FORMAT_H
#define RECORD_FORMAT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/stop.h"
#include "base/text.h"
#include "signal/recording.h"
#include "text/csv_read.h"

/* What the user may override; NULL or 0 means: find out by looking. */
struct load_options {
    const char *format; /* name of a format */
    const char *unit;   /* s, ms, us, ns, min, h, samples@30000, steps@0.1ms */
    /* Events: which column is which, "id,time" or "time,id" (by position; "-" skips one), or names of the
     * header in any order, "time_ms,q" (time first, where they do not tell). */
    const char *columns;
    const char *delimiter; /* comma, semicolon, tab, space */
    const char *header;    /* on, off */
    const char *stimulus;  /* dense files: name of the column that holds the stimulus, no neuron */
    const char *empty;     /* trains: an empty line is a neuron without spikes, silent, or nothing, skip */
    double dt;             /* dense files without a time column: s between rows, row k (from 1) is at k dt; where times
                  are numbers of steps or samples, s in each; 0: not given */
    const double *from,
        *to;      /* s, the time that a file of events spans: from, and before to; NULL: not told, its spikes say */
    bool explain; /* says how a file might be read, and what speaks for each way */
    struct progress progress;
};
/* Texts and dt that `from` gives replace those of `options`, which owns its texts: they are copied, the old
 * ones freed. */
void load_options_take(struct load_options *options, const struct load_options *from);
void load_options_free(struct load_options *options);

struct spike_format {
    const char *name;                     /* "events" */
    const char *summary;                  /* a line for help and the manual */
    struct format_private const *private; /* see record/format_private.h */
};
extern const struct spike_format *const spike_formats[]; /* events, dense, trains, ... */
extern const size_t spike_format_count;
/* By any unambiguous prefix of its name; NULL with a sentence that lists the names. */
const struct spike_format *spike_format_find(const char *name, struct error *error);
/* The i-th of those that recording_save writes; NULL when there are no more. */
const struct spike_format *spike_format_saved(size_t i);

/* Reads a whole file, compressed by gzip or not. On success gives the recording and appends to *said the
 * one-line report: "events, comma, header: time in ms (largest 12499): 12.5 s, 60 units, 208 113 spikes, 3.8
 * Hz mean; unit=s changes it" and further lines, parted by '\n', for what is odd: rows left out because they
 * cannot be read, times that are not finite, unsorted rows, duplicates, negative times, silent units, what
 * else was decided, an implausible mean rate. The recording's `source` and `described` (the first line) are
 * set. NULL with "FILE:LINE: sentence" for a file that is no table of spikes, says what it is instead, or of
 * which next to nothing can be read (see tally.c), "FILE: sentence" for one that cannot be opened or
 * unpacked, or a plain sentence about an option; nothing else changes. A file of ours with only a header
 * gives a recording without spikes and units. */
struct recording *recording_load(const char *path, const struct load_options *options, struct text *said,
                                 struct error *error);

/* The same for several files of one run (one for each process, one for each neuron): all in the format and
 * the unit of the first that is not empty. The same label in two files is the same neuron, except where a
 * file numbers its own (trains, columns: "file:3"). NULL too when the format has its files one by one only
 * (dense, trials), and when a file looks like another format or its times like another unit than those before
 * (see siblings.c). count > 0. */
struct recording *recording_load_files(const char *const *paths, size_t count, const struct load_options *options,
                                       struct text *said, struct error *error);

/* The same from memory, fed in pieces of `chunk` bytes (0: all at once): what tests and the fuzzer call. */
struct recording *recording_parse(const char *name, const char *bytes, size_t length, size_t chunk,
                                  const struct load_options *options, struct text *said, struct error *error);

/* Writes spikes into path, whole or not at all, as `format` says; NULL is "events".
 *   events  "time,neuron", times in s with all digits, the source's labels
 *   dense   "time_s,<label>,...", a row a sample, 1 for a spike
 *   trains  a line a neuron, "label:,time,..." in s, without labels where they are the numbers of the lines
 *   nest    "sender<TAB>time_ms"
 * Loading that gives the same spikes of the same neurons, to the last bit. What a layout cannot hold is
 * appended to *said
 * ("\n..."; NULL: not wanted) if it is silent units, and otherwise a reason to refuse with a sentence: times
 * on no grid, or two spikes of a unit at one time, as dense. Other formats are read only, with a sentence. Any thread;
 * stop_requested() ends it with "FILE: interrupted", and no file. */
bool recording_save(const char *path, const struct spike_source *source, const char *format, struct text *said,
                    struct error *error);

#endif
