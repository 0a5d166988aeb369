#include "base/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool error_set(struct error *error, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(error->text, sizeof error->text, format, args);
    va_end(args);
    return false;
}

bool error_prefix(struct error *error, const char *format, ...)
{
    struct error rest = *error;
    va_list args;
    va_start(args, format);
    vsnprintf(error->text, sizeof error->text, format, args);
    va_end(args);
    size_t used = strlen(error->text);
    snprintf(error->text + used, sizeof error->text - used, "%s", rest.text);
    return false;
}

const char *error_cause(int number)
{
    if (number == EDEADLK) /* of an open: base/patient.c */
        return "this is a pipe of this program's own";
    return number == EINTR ? "interrupted" : strerror(number);
}
