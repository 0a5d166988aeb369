#include "draw/label.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

/* So many units stand for a larger number of them. */
#define LOOKED_AT 4096

static bool begins_character(char c)
{
    return ((unsigned char)c & 0xC0) != 0x80;
}

static size_t same_start(const char *a, const char *b, size_t most)
{
    size_t i = 0;
    while (i < most && a[i] && a[i] == b[i])
        i++;
    while (i > 0 && !begins_character(a[i]))
        i--;
    return i;
}

static size_t same_end(const char *a, const char *b, size_t most)
{
    size_t i = 0, la = strlen(a), lb = strlen(b);
    while (i < most && i < la && i < lb && a[la - 1 - i] == b[lb - 1 - i])
        i++;
    while (i > 0 && !begins_character(a[la - i]))
        i--;
    return i;
}

struct label_common label_common(const struct subject *s)
{
    char first_label[LABEL_BYTES], label[LABEL_BYTES];
    size_t first, units;
    subject_rows(s, &first, &units);
    if (units < 2)
        return (struct label_common){0};
    subject_label(s, subject_neuron(s, first), first_label, sizeof first_label);
    struct label_common c = {strlen(first_label), strlen(first_label)};
    for (size_t i = 1; i < units && i < LOOKED_AT; i++) {
        size_t place = units <= LOOKED_AT ? i : (size_t)((double)i * (double)(units - 1) / (LOOKED_AT - 1));
        subject_label(s, subject_neuron(s, first + place), label, sizeof label);
        c.prefix = same_start(first_label, label, c.prefix);
        c.suffix = same_end(first_label, label, c.suffix);
    }
    return c;
}

static int columns_of(const struct canvas *canvas, const char *text, size_t bytes)
{
    char copy[LABEL_BYTES];
    snprintf(copy, sizeof copy, "%.*s", (int)(bytes < sizeof copy ? bytes : sizeof copy - 1), text);
    return canvas_columns(canvas, copy);
}

static const char *sign(const struct canvas *canvas, bool at_end)
{
    return canvas->glyphs != GLYPHS_ASCII ? "\xe2\x80\xa6" : at_end ? ">" : "<";
}

/* The longest beginning that fits, up to a sign between words where the differing part allows. 0: it would be cut. */
static size_t beginning(const struct canvas *canvas, const char *label, size_t needed, int columns)
{
    size_t end = 0, word = 0;
    for (size_t step; label[end]; end += step) {
        step = utf8_step(label + end);
        if (columns_of(canvas, label, end + step) + 1 > columns)
            break;
        if (end >= needed && !isalnum((unsigned char)label[end]) && (unsigned char)label[end] < 0x80)
            word = end;
    }
    return end < needed ? 0 : word ? word : end;
}

char *label_fit(const struct canvas *canvas, struct label_common common, const char *label, int columns, char *out,
                size_t size)
{
    size_t length = strlen(label);
    out[0] = '\0';
    if (columns < 1)
        return out;
    if (canvas_columns(canvas, label) <= columns) {
        snprintf(out, size, "%s", label);
        return out;
    }
    /* A name that is its neighbours' beginning, too, has an end of its own. */
    size_t suffix = common.prefix + common.suffix < length ? common.suffix : 0;
    size_t end = suffix ? beginning(canvas, label, length - suffix, columns) : 0;
    if (end) {
        snprintf(out, size, "%.*s%s", (int)end, label, sign(canvas, true));
        return out;
    }
    /* The differing part alone, and as much before it as there is room for. */
    size_t from = 0, until = length - suffix;
    int room = columns - 1 - (suffix > 0);
    if (suffix && columns_of(canvas, label + common.prefix, until - common.prefix) > room) {
        until = length; /* nothing is gained by cutting both ends */
        room = columns - 1;
        suffix = 0;
    }
    while (from < until && columns_of(canvas, label + from, until - from) > room)
        from += utf8_step(label + from);
    snprintf(out, size, "%s%.*s%s", sign(canvas, false), (int)(until - from), label + from,
             suffix ? sign(canvas, true) : "");
    return out;
}

char *label_heading(const struct canvas *canvas, const struct subject *s, uint32_t neuron, const char *before,
                    const char *const *rest, size_t rests, int columns, char *out, size_t size)
{
    char own[LABEL_BYTES], fitting[LABEL_BYTES];
    const char *label = subject_label(s, neuron, own, sizeof own);
    snprintf(out, size, "%s%s%s%s", before, subject_word(label), label, rest[0]);
    for (size_t i = 0; i < rests && canvas_columns(canvas, out) > columns; i++)
        snprintf(out, size, "%s%s%s", before, label, rest[i]);
    int room = columns - canvas_columns(canvas, before) - canvas_columns(canvas, rest[rests - 1]);
    if (canvas_columns(canvas, out) > columns)
        snprintf(out, size, "%s%s%s", before, label_fit(canvas, label_common(s), label, room, fitting, sizeof fitting),
                 rest[rests - 1]);
    return out;
}
