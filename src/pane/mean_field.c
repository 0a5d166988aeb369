#include "pane/mean_field.h"

#include <stdio.h>

#include "draw/note.h"
#include "draw/view.h"

void mean_field_title(const char *what, const struct subject *subject, char *out, size_t size)
{
    const struct mean_field *field = subject ? subject->mean_field : NULL;
    snprintf(out, size, "%s%s%s%s", what, field ? " (" : "", field ? field->method : "", field ? ")" : "");
}

const struct mean_field *mean_field_of(const struct subject *subject, struct canvas *canvas, struct rect inner)
{
    if (!subject->mean_field)
        note_draw(canvas, inner, "no mean field here");
    return subject->mean_field;
}
