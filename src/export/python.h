/* What scripts in Python have in common: numbers, functions, inputs, filters. Only for this room. */
#ifndef EXPORT_PYTHON_H
#define EXPORT_PYTHON_H

#include "export/model.h"

/* Numbers of a matrix in a script, at most; beyond it is no text that anybody reads. */
#define PYTHON_NUMBERS_MOST 4000000

/* What every engine refuses: models, inputs and links that cannot be put into Python. */
bool python_check(const struct export_model *model, const struct export_engine *engine, struct error *error);
/* "#!/usr/bin/env python3" and what the script holds, what differs (`differs`, lines), how it is run. */
void python_head(const struct export_model *model, const struct export_engine *engine, const char *differs,
                 struct text *script);
/* "[0.5, 0.25]", exact. */
void python_list(struct text *script, const double *value, size_t count);
/* "np.array([...])" of a matrix whose rows are `stride` apart. */
void python_matrix(struct text *script, const double *value, size_t rows, size_t columns, size_t stride);
/* The function as an expression in x1, x2 ..., several outputs as a list; "x" is x1. */
void python_function(struct text *script, const char *function, size_t inputs);
/* What a place's own input is at time t: a list, a number for each dimension. */
void python_input(struct text *script, const struct stimulus *input, size_t dims);
/* Decoders [rows][n] or weights as they are in use, the scale multiplied in. NULL: there are none. The caller frees. */
double *python_decoders(const struct export_link *link);
/* [n_post][n_pre] of a connection with weights; NULL: it has none. The caller frees. */
double *python_weights(const struct export_model *model, const struct export_link *link);
/* The option and loop that all scripts end with. */
void python_options(struct text *script, const struct export_model *model);

#endif
