#include "draw/legend.h"

#include <stdbool.h>
#include <stdio.h>

#define TEXT 192

/* How much is said: everything, shorter names, and these without blanks and axis. */
enum form { FORM_WHOLE, FORM_SHORT, FORM_TIGHT };

static int write_entry(const struct canvas *canvas, const struct legend_entry *e, enum form form, char text[TEXT])
{
    snprintf(text, TEXT, "%s%s%s", e->sign, form == FORM_TIGHT ? "" : " ", form == FORM_WHOLE ? e->name : e->shorter);
    return canvas_columns(canvas, text);
}

static int gap(enum form form)
{
    return form == FORM_WHOLE ? 2 : 1;
}

static int columns_of(const struct canvas *canvas, const struct legend_entry *entry, size_t entries, enum form form)
{
    char text[TEXT];
    int columns = 0;
    for (size_t i = 0; i < entries; i++)
        columns += *entry[i].name ? write_entry(canvas, &entry[i], form, text) + gap(form) : 0;
    return columns - gap(form);
}

void legend_draw(struct canvas *canvas, struct rect h, int x, const char *axis, const struct legend_entry *entry,
                 size_t entries)
{
    char text[TEXT];
    int end = h.x + h.width, name = canvas_columns(canvas, axis);
    int from = h.x + name + 1 > x ? h.x + name + 1 : x;
    enum form form = FORM_WHOLE;
    while (form < FORM_TIGHT && columns_of(canvas, entry, entries, form) > end - from)
        form++;
    canvas_fill(canvas, h, ' ', INK_PLAIN);
    if (form == FORM_TIGHT)
        from = h.x + (columns_of(canvas, entry, entries, form) <= end - x ? x - h.x : 0);
    else
        canvas_text(canvas, h.x, h.y, name, INK_DIM, axis);
    for (size_t i = 0; i < entries; i++) {
        int columns = write_entry(canvas, &entry[i], form, text);
        if (!*entry[i].name)
            continue;
        if (columns > end - from)
            return;
        canvas_text(canvas, from, h.y, columns, entry[i].ink, text);
        from += columns + gap(form);
    }
}
