/* A growing string. `struct text t = {0};` is an empty one; text_free gives its memory back and empties it.
 * `bytes` is always NUL-terminated once anything was appended (NULL before). One thread at a time. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdarg.h>
#include <stddef.h>

struct text {
    char *bytes;
    size_t length, capacity;
};

void text_append(struct text *text, const char *bytes, size_t length);
void text_add(struct text *text, const char *string);
void text_printf(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_vprintf(struct text *text, const char *format, va_list args) __attribute__((format(printf, 2, 0)));
void text_clear(struct text *text);
void text_free(struct text *text);
/* The string, "" when nothing was appended yet. Borrowed until the next change. */
const char *text_string(const struct text *text);

#endif
