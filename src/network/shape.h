/* Shapes that kinds of connection share. Inside network/ only. */
#ifndef NETWORK_SHAPE_H
#define NETWORK_SHAPE_H

#include "network/connection.h"

/* One value for each dimension of POST that is named (all, where none is): sets rows and to. */
bool shape_to(struct connection *c, const struct connection_spec *spec, const struct connection_end *post,
              struct error *error);
/* Sets transform, [rows][outputs], for c->rows values; `what` is who they go to. */
bool shape_transform(struct connection *c, const struct connection_spec *spec, size_t rows, const char *what,
                     struct error *error);
/* The number times the identity, or the matrix given, brought into [rows][columns]; false, without a sentence, when it
 * does not fit. The caller frees. */
double *shape_matrix(const struct matrix *given, size_t rows, size_t columns);

#endif
