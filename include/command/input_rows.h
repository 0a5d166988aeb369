/* The kinds of input as rows, shared by `input` and `set`: the keys of a kind are made from its own table. UI
 * thread only. */
#ifndef COMMAND_INPUT_ROWS_H
#define COMMAND_INPUT_ROWS_H

#include "command/arguments.h"
#include "model/stimulus.h"

/* Kinds of input, for TYPE_CHOICE rows. */
struct word_list input_words(const struct session *session);

/* Adds the parameters of a kind (and seed, file, column where it has a use for them), their names behind
 * `prefix`. `present` (or NULL) gives what is shown as default; without it the table's own. */
void input_rows_add(struct parameter_set *set, const struct stimulus_type *type, const char *prefix,
                    const struct stimulus *present);
/* An input as it would be typed: "0.3", "sine input.frequency=2Hz ...". False for a table played back. */
bool input_rows_typed(const struct stimulus *input, const char *prefix, struct text *out);
/* Whether any of them was typed. */
bool input_rows_given(const struct arguments *arguments, const struct stimulus_type *type,
                      const char *prefix);
/* Makes the input from the rows; what was not typed is taken from `present` if it is of the same kind, else
 * from the table. `own_seed` is set when a seed was typed; `dt` is that of a file without times. NULL with a
 * sentence. */
struct stimulus *input_rows_make(const struct arguments *arguments, const struct stimulus_type *type,
                                 const char *prefix, const struct stimulus *present, uint64_t session_seed,
                                 double dt, bool *own_seed, struct error *error);

#endif
