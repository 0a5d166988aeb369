/* A number read off a table that a command gave: one of its cells, or what a column, or an expression in columns, comes
 * to over all rows. As text
 *
 *     rate,0                 column rate, row 0 (rows are counted from 0; -1 is the last one)
 *     rms(decoded-target)    count, min, max, mean, sum or rms of an expression in columns, a row each
 *     count(spikes>0)        in how many rows it is not 0
 *     mean(each==0)          of every column but the first, one after the other
 *
 * Expressions are those of nef/function.h, with the names of columns for variables. UI thread only. */
#ifndef LESSON_MEASURE_H
#define LESSON_MEASURE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/* Whether `text` has one of the forms; false with a sentence. */
bool measure_check(const char *text, struct error *error);
/* Takes it off a table in CSV with a header; csv[length] is 0. False with a sentence: no such column or row, no number
 * there. */
bool measure_take(const char *text, const char *csv, size_t length, double *value, struct error *error);

#endif
