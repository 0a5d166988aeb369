/* Siblings are files that are loaded as one run, one for each process or neuron or stretch of time; here it is found
 * out whether they go together. Zeros before the first file. For record/ alone. One thread at a time. */
#ifndef RECORD_SIBLINGS_H
#define RECORD_SIBLINGS_H

#include "base/text.h"
#include "record/format_private.h"

struct siblings {
    char first[208];       /* name of the first file that was read */
    struct text writing;   /* how it is written: "comma, header (time neuron)" */
    char other[208];       /* the first that is written otherwise */
    struct text otherwise; /* and how */
    size_t others;
    char timed[208];       /* the first whose times allow a guess of their unit */
    double span;           /* of its times */
    struct time_unit unit; /* the guess */
};

void siblings_free(struct siblings *siblings);

/* Before a file is read in such a way, with the format of the files before it: false with a sentence if it looks like
 * another one. */
bool siblings_fit(const struct siblings *siblings, const struct reading *reading, const struct look *look,
                  const struct load_options *options, const char *name, struct error *error);
/* After a file was read into the harvest, whose spikes from `before` on are its own: false with a sentence if
 * its times seem to be in another unit than those of the files before. */
bool siblings_add(struct siblings *siblings, const struct look *look, const struct harvest *harvest, size_t before,
                  struct error *error);
/* Appends "\n..." if some are written otherwise than the first. */
void siblings_report(const struct siblings *siblings, size_t files, struct text *said);

#endif
