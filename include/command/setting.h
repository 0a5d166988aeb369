/* What `set` changes besides populations and inputs: one row each, listed once. UI thread only. */
#ifndef COMMAND_SETTING_H
#define COMMAND_SETTING_H

#include <stdbool.h>
#include <stddef.h>

#include "command/parameter.h"

struct session;

struct setting {
    struct parameter row; /* without a default: the present value stays */
    bool (*apply)(struct session *session, const struct value *value, struct error *error);
    void (*show)(const struct session *session, char *out,
                 size_t size); /* the present value, as it is typed */
};

extern const struct setting settings[];
extern const size_t setting_count;

#endif
