/* Dots: the only writer for which Cairo writes at the end. */
#include <math.h>

#include <cairo.h>

#include "print/writer.h"
#include "stream.h"

#define POINTS_IN_AN_INCH 72.0

static cairo_surface_t *open_png(FILE *file, const struct sheet_of_paper *paper)
{
    (void)file;
    double scale = paper->dots / POINTS_IN_AN_INCH;
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)lround(paper->width * scale),
                                                          (int)lround(paper->height * scale));
    cairo_surface_set_device_scale(surface, scale, scale);
    return surface;
}

static bool finish_png(cairo_surface_t *surface, FILE *file)
{
    return cairo_surface_write_to_png_stream(surface, stream_write, file) == CAIRO_STATUS_SUCCESS;
}

const struct picture_writer writer_png = {
    .name = "png", .summary = "dots, for slides and mails; dpi= says how many", .open = open_png, .finish = finish_png};
