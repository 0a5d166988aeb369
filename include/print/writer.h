/* Pictures as files for papers and slides: one const descriptor for each kind, chosen by the file's extension. Cairo
 * draws; this room is the only one that knows it. UI thread only. */
#ifndef PRINT_WRITER_H
#define PRINT_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/error.h"
#include "picture/canvas.h"
#include "picture/theme.h"

#define PRINT_POINTS (72 / 0.0254) /* points in a metre */

struct sheet_of_paper {
    double width, height; /* points, 1/72 inch */
    double dots;          /* of a picture made of dots, in an inch */
};

typedef struct _cairo_surface cairo_surface_t;
typedef struct _cairo cairo_t;

struct picture_writer {
    const char *name;    /* "svg": the extension, without its point */
    const char *summary; /* "vectors, for the web and for drawing programs" */
    /* A surface of Cairo that writes to `file`, its unit being a point; NULL, or one in a state of error, where Cairo
     * could not make it. */
    cairo_surface_t *(*open)(FILE *file, const struct sheet_of_paper *paper);
    /* Writes what is only written at the end; true when it could be. NULL: cairo_surface_finish does it. */
    bool (*finish)(cairo_surface_t *surface, FILE *file);
};

extern const struct picture_writer writer_svg, writer_pdf, writer_png;
extern const struct picture_writer *const picture_writers[];
extern const size_t picture_writer_count;

/* The writer for a file's name; NULL with a sentence that lists the extensions there are. */
const struct picture_writer *picture_writer_for(const char *path, struct error *error);

/* Draws the canvas, with the paper it has (canvas->paper, may be NULL), over the whole sheet, in the colours of a theme
 * on the ground it is for, and writes it. False with a sentence (no memory, no font). */
bool print_canvas(const struct picture_writer *writer, FILE *file, const struct canvas *canvas,
                  const struct theme *theme, const struct sheet_of_paper *paper, struct error *error);
/* The version of Cairo. */
const char *print_library(void);

#endif
