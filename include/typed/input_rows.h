/* The kinds of input as rows, shared by `input` and `set`: the keys of a kind are made from its own table. UI
 * thread only. */
#ifndef TYPED_INPUT_ROWS_H
#define TYPED_INPUT_ROWS_H

#include "language/arguments.h"
#include "model/stimulus.h"

/* The row of input_request's one dimension, to be called "dim" behind the prefix. */
#define INPUT_DIM_ROW(row_name)                                                                                        \
    {                                                                                                                  \
        .name = row_name, .type = TYPE_COUNT, .keyed = true, .low = 1, .high = POPULATION_MAX_DIMS,                    \
        .help = "only this dimension of x; the others keep their input"                                                \
    }

/* Kinds of input, for TYPE_CHOICE rows. */
struct word_list input_words(const struct session *session);

/* Adds the parameters of a kind (and seed, file, column where it has a use for them), their names behind
 * `prefix`. `present` (or NULL) is what the rows say that there is now. */
void input_rows_add(struct parameter_set *set, const struct stimulus_type *type, const char *prefix,
                    const struct stimulus *present);
/* An input as it would be typed: "0.3", "sine input.frequency=2Hz ...". False for a table played back. */
bool input_rows_typed(const struct stimulus *input, const char *prefix, struct text *out);
/* Whether any of them was typed. */
bool input_rows_given(const struct arguments *arguments, const struct stimulus_type *type, const char *prefix);
/* For whom an input is made. */
struct input_request {
    const struct stimulus_type *type;
    const char *prefix;
    const struct stimulus *present; /* what it feeds now */
    bool change;                    /* what was not typed stays as `present` has it; else as the table says */
    size_t dims;                    /* of the population */
    size_t only;                    /* only this one of them, counted from 1; 0: what dim= says, or all */
    uint64_t own_seed;              /* of a noise that was given none */
    double dt;                      /* of a file without times */
};

/* Makes the input from the rows: one kind in all dimensions, with a number for all or a list of one for each; or
 * `present` with dim= another. `own_seed` is set when a seed was typed. NULL with a sentence. */
struct stimulus *input_rows_make(const struct arguments *arguments, const struct input_request *request, bool *own_seed,
                                 struct error *error);
/* A constant in each dimension from the numbers of a row (parameter.each), or the same in all. */
struct stimulus *input_rows_constant(const struct arguments *arguments, const struct input_request *request,
                                     const struct value *value, struct error *error);
/* The dimension typed with dim=, counted from 0; the first if none was. */
size_t input_rows_dim(const struct arguments *arguments, const char *prefix);

#endif
