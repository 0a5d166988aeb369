#include <cairo-svg.h>

#include "print/writer.h"
#include "stream.h"

static cairo_surface_t *open_svg(FILE *file, const struct sheet_of_paper *paper)
{
    cairo_surface_t *surface = cairo_svg_surface_create_for_stream(stream_write, file, paper->width, paper->height);
    cairo_svg_surface_set_document_unit(surface, CAIRO_SVG_UNIT_PT);
    return surface;
}

const struct picture_writer writer_svg = {
    .name = "svg", .summary = "lines and letters as curves, for the web and for drawing programs", .open = open_svg};
