/* A question of a lesson: what is asked, what may be answered, and what is said then. What is true is measured by
 * whoever asks, and handed in. Pure; any thread. */
#ifndef LESSON_QUESTION_H
#define LESSON_QUESTION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"

#define QUESTION_CHOICES 6 /* at most; as many slips */

struct question {
    char *text;                     /* owned, as are all of these */
    char *choice[QUESTION_CHOICES]; /* [choices], answered by a letter; none: a number is asked for */
    size_t choices, right;          /* which choice is true, from 0 */
    double slip[QUESTION_CHOICES];  /* [slips] numbers that people give for a reason */
    size_t slips;
    char *why;                      /* why the truth is what it is; NULL */
    char *why_of[QUESTION_CHOICES]; /* what is wrong about a choice, or a slip; NULL */
    char *hint;                     /* sentences parted by '|', given one after the other; NULL */
    char *unit;                     /* of the number, for people; NULL */
    enum dimension dimension;       /* of the number, when it was given with a unit that is read */
    double within;                  /* how far off is still right */
    bool relative;                  /* `within` is a part of the truth */
};

void question_free(struct question *question);

/* "a|b|c" into the choices, "258,126" into the slips; false with a sentence. */
bool question_set_choices(struct question *question, const char *text, struct error *error);
bool question_set_slips(struct question *question, const char *text, struct error *error);
/* "5%" is a part of the truth, "0.03" is not; false with a sentence. */
bool question_set_within(struct question *question, const char *text, struct error *error);

/* A number with or without a unit of time or rate, or %; *dimension: of the unit. False: it is none. */
bool question_read_number(const char *text, double *number, enum dimension *dimension);

/* An answer as it was read: a choice, or a number. */
struct guess {
    long choice; /* -1: a number */
    double number;
};

/* Whether the line is an answer: a letter or the very words of a choice, or a number with or without a unit. What is
 * none is a command. */
bool question_reads(const struct question *question, const char *line, struct guess *guess);

enum verdict { VERDICT_OPEN, VERDICT_RIGHT, VERDICT_NEAR, VERDICT_WRONG };

/* How far off a number may be, for the truth. */
double question_tolerance(const struct question *question, double truth);
/* `truth` is a number, or NaN where only choices are asked for. What is to be said goes into *said. A near answer is off
 * by at most three times as much as a right one. */
enum verdict question_judge(const struct question *question, const struct guess *guess, double truth,
                            struct text *said);
/* What is said when the answer is shown without having been found. */
void question_tell(const struct question *question, double truth, struct text *said);
/* The hint after `given` ones, none of them twice; false: there is no other. `excluded`: choices that were tried. */
bool question_hint(const struct question *question, double truth, size_t given, unsigned excluded, struct text *said);

/* "129 Hz", "b) 0.85 and -0.85" */
void question_number(const struct question *question, double number, struct text *out);
void question_choice(const struct question *question, size_t choice, struct text *out);
/* What is true, in the same form. */
void question_truth(const struct question *question, double truth, struct text *out);

#endif
