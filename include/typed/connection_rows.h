/* The keys of a connection as rows, shared by `connect` and `set`. UI thread only. */
#ifndef TYPED_CONNECTION_ROWS_H
#define TYPED_CONNECTION_ROWS_H

#include "language/arguments.h"
#include "network/spec.h"

/* Adds them. Defaults are shown and not filled in: what is not typed stays as the spec has it. `present` (or NULL) is
 * what the rows say that there is now. */
void connection_rows_add(struct parameter_set *set, const struct connection_spec *present);
bool connection_rows_given(const struct arguments *arguments);
/* Whether one was typed that other decoders or weights follow from, so that what was learned is forgotten; the key
 * called `but` (or NULL) does not count. */
bool connection_rows_solves(const struct arguments *arguments, const char *but);
/* Writes what was typed into *spec. `pre_dims` are those of PRE, for tables of evaluation points. False with a
 * sentence. */
bool connection_rows_apply(const struct arguments *arguments, struct connection_spec *spec, size_t pre_dims,
                           struct error *error);
/* "x^2", "-0.5", "1,0,0,1", "2": as they would be typed; `dims` is what stands for all dimensions. */
void connection_rows_transform(const struct connection_spec *spec, char *out, size_t size);
void connection_rows_dimensions(const struct dimensions *some, size_t dims, char *out, size_t size);

#endif
