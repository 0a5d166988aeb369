/* A function that a user typed, f(x): an expression in x1, x2, ... (in one dimension also x) that muParser
 * understands. Several outputs are parted by commas outside of parentheses: "x1*x2, x1^2".
 *
 * Known besides the operators + - * / ^ < <= > >= == != && || and c ? a : b: pi, e, and the functions that
 * function_names lists. Numbers are pure; there are no units. A lone "=" (muParser's assignment) is refused.
 *
 * One thread at a time for each struct function; muParser's messages share a buffer, so make them on one
 * thread. */
#ifndef NEF_FUNCTION_H
#define NEF_FUNCTION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct function;

/* Longest text, most outputs. */
#define FUNCTION_TEXT_MAX 1000
#define FUNCTION_OUTPUTS_MAX 64

/* f of x in `dims` dimensions. NULL with a sentence that gives the position of the mistake and, for an
 * unknown name, what is known. */
struct function *function_new(const char *text, size_t dims, struct error *error);
void function_free(struct function *function); /* NULL is fine */

const char *function_text(const struct function *function); /* as typed; borrowed */
size_t function_dims(const struct function *function);
size_t function_outputs(const struct function *function); /* 1 or more */

bool function_is_identity(const struct function *function); /* f(x) is x, by its text */

/* y[outputs] = f(x[dims]); values that are not finite are left as they come. */
void function_value(struct function *function, const double *x, double *y);
/* f at `count` points x[count][dims] into y[outputs][count], one column an output. False with a sentence that
 * names the x where f is not finite; y is then not to be used. */
bool function_values(struct function *function, const double *x, size_t count, double *y, struct error *error);

/* "sin, cos, ...": every function there is. */
extern const char function_names[];

#endif
