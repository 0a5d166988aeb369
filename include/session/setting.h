/* What `set` changes besides populations and inputs: one row each, listed once. UI thread only. */
#ifndef SESSION_SETTING_H
#define SESSION_SETTING_H

#include <stdbool.h>
#include <stddef.h>

#include "language/arguments.h"

struct session;

struct setting {
    struct parameter row; /* without a default: the present value stays */
    bool (*apply)(struct session *session, const struct value *value, struct error *error);
    /* The present value: a number, a word as it is typed, or both. */
    double (*number)(const struct session *session);
    void (*show)(const struct session *session, char *out, size_t size);
};

extern const struct setting settings[];
extern const size_t setting_count;

/* What stays when the constants of neurons change. */
enum hold { HOLD_RATES, HOLD_GAIN };

/* "1 ms", "sweep" */
void setting_show(const struct setting *setting, const struct session *session, char *out, size_t size);
/* NULL: no setting has that name. */
const struct setting *setting_find(const char *name);
/* The rows of all, with what they are now. */
void setting_rows_add(const struct session *session, struct parameter_set *set);

#endif
