/* Nothing is graded by comparing words: a number is compared with what was measured, a choice by its place. */
#include "lesson/question.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

#define DIGITS 4
#define SLIP 0.005 /* part of a slip that a number may be off to be it */
#define NEAR 3     /* times as far off as a right answer may be */

void question_free(struct question *question)
{
    if (!question)
        return;
    for (size_t i = 0; i < QUESTION_CHOICES; i++) {
        free(question->choice[i]);
        free(question->why_of[i]);
    }
    free(question->text);
    free(question->why);
    free(question->hint);
    free(question->unit);
    free(question);
}

/* ---- reading what the author wrote ---- */

static char *copy_trimmed(const char *text, size_t length)
{
    while (length > 0 && isspace((unsigned char)*text))
        text++, length--;
    while (length > 0 && isspace((unsigned char)text[length - 1]))
        length--;
    char *copy = xcalloc(length + 1, 1);
    memcpy(copy, text, length);
    return copy;
}

bool question_set_choices(struct question *question, const char *text, struct error *error)
{
    for (const char *at = text;; at++) {
        size_t length = strcspn(at, "|");
        if (question->choices == QUESTION_CHOICES)
            return error_set(error, "choices: %d are the most", QUESTION_CHOICES);
        question->choice[question->choices] = copy_trimmed(at, length);
        if (!*question->choice[question->choices++])
            return error_set(error, "choices=%.80s: a choice is empty; they are parted by |, as in \"less|more\"",
                             text);
        at += length;
        if (!*at)
            break;
    }
    return question->choices >= 2 ||
           error_set(error, "choices=%.80s: at least two are wanted, parted by |, as in \"less|more\"", text);
}

bool question_set_slips(struct question *question, const char *text, struct error *error)
{
    for (const char *at = text;; at++) {
        size_t length = strcspn(at, ",");
        if (question->slips == QUESTION_CHOICES)
            return error_set(error, "slips: %d are the most", QUESTION_CHOICES);
        if (!number_parse(at, length, &question->slip[question->slips++]))
            return error_set(error, "slips=%.80s: numbers are wanted, parted by commas", text);
        at += length;
        if (!*at)
            return true;
    }
}

bool question_set_within(struct question *question, const char *text, struct error *error)
{
    size_t length = strlen(text);
    question->relative = length > 0 && text[length - 1] == '%';
    if (number_parse(text, length - question->relative, &question->within) && question->within >= 0 &&
        isfinite(question->within)) {
        question->within /= question->relative ? 100 : 1;
        return true;
    }
    return error_set(error, "within=%.40s: a number of at least 0 is wanted, or a part of the answer, as in 5%%", text);
}

/* ---- reading an answer ---- */

static bool same_words(const char *a, const char *b, size_t length)
{
    if (strlen(b) != length)
        return false;
    for (size_t i = 0; i < length; i++)
        if (tolower((unsigned char)a[i]) != tolower((unsigned char)b[i]))
            return false;
    return true;
}

bool question_read_number(const char *text, double *number, enum dimension *dimension)
{
    static const enum dimension dimensions[] = {DIMENSION_RATE, DIMENSION_TIME};
    struct error ignored;
    size_t length = strlen(text);
    *dimension = DIMENSION_NONE;
    if (length > 0 && text[length - 1] == '%')
        length--;
    if (number_parse(text, length, number))
        return isfinite(*number);
    for (size_t i = 0; i < sizeof dimensions / sizeof *dimensions; i++)
        if (quantity_parse(text, dimensions[i], number, &ignored)) {
            *dimension = dimensions[i];
            return isfinite(*number);
        }
    return false;
}

bool question_reads(const struct question *question, const char *line, struct guess *guess)
{
    char *text = copy_trimmed(line, strlen(line));
    enum dimension ignored;
    size_t length = strlen(text);
    *guess = (struct guess){.choice = -1, .number = NAN};
    for (size_t i = 0; i < question->choices && guess->choice < 0; i++) {
        bool letter =
            tolower((unsigned char)text[0]) == (int)('a' + i) && (length == 1 || (length == 2 && text[1] == ')'));
        if (letter || same_words(text, question->choice[i], length))
            guess->choice = (long)i;
    }
    bool read = guess->choice >= 0 || (question->choices == 0 && question_read_number(text, &guess->number, &ignored));
    free(text);
    return read;
}

/* ---- sentences ---- */

void question_number(const struct question *question, double number, struct text *out)
{
    char digits[NUMBER_HUMAN];
    if (question->dimension != DIMENSION_NONE)
        text_add(out, number_human(digits, number, question->dimension));
    else
        text_printf(out, "%s%s%s", number_round(digits, number, DIGITS), question->unit ? " " : "",
                    question->unit ? question->unit : "");
}

void question_choice(const struct question *question, size_t choice, struct text *out)
{
    text_printf(out, "%c) %s", (char)('a' + choice), question->choice[choice]);
}

void question_truth(const struct question *question, double truth, struct text *out)
{
    if (question->choices > 0)
        question_choice(question, question->right, out);
    else
        question_number(question, truth, out);
}

double question_tolerance(const struct question *question, double truth)
{
    return question->relative ? question->within * fabs(truth) : question->within;
}

static void add_why(const char *why, struct text *said)
{
    if (why && *why)
        text_printf(said, " %s", why);
}

static enum verdict judge_choice(const struct question *question, const struct guess *guess, struct text *said)
{
    size_t choice = (size_t)guess->choice;
    if (choice == question->right) {
        text_add(said, "Right.");
        add_why(question->why, said);
        return VERDICT_RIGHT;
    }
    text_printf(said, "It is not %c.", (char)('a' + choice));
    add_why(question->why_of[choice], said);
    return VERDICT_WRONG;
}

/* What was thought by whoever gives this number. */
static const char *slip_of(const struct question *question, double number)
{
    for (size_t i = 0; i < question->slips; i++)
        if (fabs(number - question->slip[i]) <= SLIP * fabs(question->slip[i]))
            return question->why_of[i];
    return NULL;
}

static enum verdict judge_number(const struct question *question, double number, double truth, struct text *said)
{
    double off = fabs(number - truth), tolerance = question_tolerance(question, truth);
    const char *slip = slip_of(question, number); /* first: one may lie near the truth */
    if (slip) {
        text_add(said, slip);
        return VERDICT_WRONG;
    }
    if (off <= tolerance * (1 + 1e-9)) {
        text_add(said, "Right.");
        add_why(question->why, said);
        return VERDICT_RIGHT;
    }
    if (off <= NEAR * tolerance) {
        text_add(said, "Near.");
        add_why(question->why, said);
        return VERDICT_NEAR;
    }
    text_add(said, number > truth ? "That is too large." : "That is too small.");
    return VERDICT_WRONG;
}

enum verdict question_judge(const struct question *question, const struct guess *guess, double truth, struct text *said)
{
    return guess->choice >= 0 ? judge_choice(question, guess, said)
                              : judge_number(question, guess->number, truth, said);
}

void question_tell(const struct question *question, double truth, struct text *said)
{
    text_add(said, "It is ");
    question_truth(question, truth, said);
    text_add(said, ".");
    add_why(question->why, said);
}

/* ---- hints ---- */

/* The part of "a|b|c" with this number; false: there are fewer. */
static bool nth_part(const char *parts, size_t n, struct text *out)
{
    for (const char *at = parts; at && *at; n--) {
        size_t length = strcspn(at, "|");
        if (n == 0) {
            text_append(out, at, length);
            return true;
        }
        at += length + (at[length] == '|');
    }
    return false;
}

static size_t parts_of(const char *parts)
{
    size_t count = parts && *parts;
    for (const char *at = parts; at && *at; at++)
        count += *at == '|';
    return count;
}

/* One wrong choice less each time, until two are left. */
static bool exclude_choice(const struct question *question, size_t given, unsigned excluded, struct text *said)
{
    size_t open = question->choices;
    for (size_t i = 0; i < question->choices; i++)
        open -= (excluded >> i) & 1;
    for (size_t i = question->choices; i-- > 0;) {
        if (i == question->right || (excluded >> i) & 1)
            continue;
        if (open <= 2)
            return false;
        if (given == 0) {
            text_printf(said, "It is not %c.", (char)('a' + i));
            return true;
        }
        given--;
        open--;
    }
    return false;
}

/* A range round the truth, with uneven ends, that becomes narrower. */
static bool narrow(const struct question *question, double truth, size_t given, struct text *said)
{
    static const double low[] = {0.25, 0.6, 0.85}, high[] = {2.5, 1.7, 1.3};
    double tolerance = question_tolerance(question, truth), size = fmax(fabs(truth), 2 * tolerance);
    if (given >= sizeof low / sizeof *low || !isfinite(truth))
        return false;
    char from[NUMBER_HUMAN], to[NUMBER_HUMAN];
    number_round(from, truth - (1 - low[given]) * size, 2);
    number_round(to, truth + (high[given] - 1) * size, 2);
    text_printf(said, "It lies between %s and %s.", from, to);
    return true;
}

bool question_hint(const struct question *question, double truth, size_t given, unsigned excluded, struct text *said)
{
    size_t own = parts_of(question->hint);
    if (given < own)
        return nth_part(question->hint, given, said);
    return question->choices > 0 ? exclude_choice(question, given - own, excluded, said)
                                 : narrow(question, truth, given - own, said);
}
