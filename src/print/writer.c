/* The list of writers, and what they have in common. */
#include "print/writer.h"

#include <string.h>
#include <strings.h>

#include <cairo.h>

#include "base/text.h"
#include "page.h"

const struct picture_writer *const picture_writers[] = {&writer_svg, &writer_pdf, &writer_png};
const size_t picture_writer_count = sizeof picture_writers / sizeof *picture_writers;

static void list_extensions(struct text *out)
{
    for (size_t i = 0; i < picture_writer_count; i++)
        text_printf(out, "%s.%s", i == 0 ? "" : i + 1 < picture_writer_count ? ", " : " or ", picture_writers[i]->name);
}

const struct picture_writer *picture_writer_for(const char *path, struct error *error)
{
    const char *slash = strrchr(path, '/'), *point = strrchr(slash ? slash : path, '.');
    for (size_t i = 0; point && i < picture_writer_count; i++)
        if (strcasecmp(point + 1, picture_writers[i]->name) == 0)
            return picture_writers[i];
    struct text known = {0};
    list_extensions(&known);
    error_set(error, "%.200s: the end of a picture's name says how it is written: %s", path, text_string(&known));
    text_free(&known);
    return NULL;
}

bool print_canvas(const struct picture_writer *writer, FILE *file, const struct canvas *canvas,
                  const struct theme *theme, const struct sheet_of_paper *paper, struct error *error)
{
    cairo_surface_t *surface = writer->open(file, paper);
    cairo_t *cairo = cairo_create(surface);
    page_draw(cairo, canvas, theme, paper);
    cairo_status_t status = cairo_status(cairo);
    cairo_destroy(cairo);
    bool written = status == CAIRO_STATUS_SUCCESS && (!writer->finish || writer->finish(surface, file));
    cairo_surface_finish(surface);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    if (written && status == CAIRO_STATUS_SUCCESS)
        return true;
    return error_set(error, "the picture cannot be drawn: %s",
                     cairo_status_to_string(status == CAIRO_STATUS_SUCCESS ? CAIRO_STATUS_WRITE_ERROR : status));
}
