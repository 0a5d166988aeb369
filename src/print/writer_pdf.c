/* The date is left out, so that the same picture gives the same bytes. */
#include <cairo-pdf.h>

#include "print/writer.h"
#include "stream.h"

static cairo_surface_t *open_pdf(FILE *file, const struct sheet_of_paper *paper)
{
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(stream_write, file, paper->width, paper->height);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, "1970-01-01T00:00:00Z");
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "lifscope");
    return surface;
}

const struct picture_writer writer_pdf = {
    .name = "pdf", .summary = "lines as curves and letters of a font, for a thesis", .open = open_pdf};
