/* The judge of files: every way to read a table is tried on a sample of it and scored by the evidence for it; the best
 * wins, if it is good enough and no other one comes near. For record/ and follow/. One thread at a time. */
#ifndef RECORD_JUDGE_H
#define RECORD_JUDGE_H

#include "record/reading.h"

struct judgement {
    struct reading_list list;     /* best first */
    const struct reading *best;   /* NULL before it was found */
    const struct reading *second; /* the best of those that would give other spikes; NULL: there is none */
    bool sure;                    /* by far the best */
};

/* Finds the best reading: of the format `only`, which is then taken whatever its score, or (NULL) of any. With fewer
 * rows than `least` nothing is taken for a table of something else. False with a sentence that says what the table
 * looks like instead, or by which commands either of two readings is taken. judgement_free in any case. */
bool judge(struct judgement *judgement, const struct look *look, const struct load_options *options,
           const struct spike_format *only, size_t least, struct error *error);
void judgement_free(struct judgement *judgement);

/* "\n..." with the command for the second best reading, if that is near and was not told away; else nothing. */
void judgement_doubt(const struct judgement *judgement, const struct look *look, const struct load_options *options,
                     struct text *said);

/* The readings with their scores and reasons, a line each ("\n..."). */
void judgement_explain(const struct judgement *judgement, const struct look *look, struct text *said);

#endif
