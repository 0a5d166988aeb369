/* What mean-field panes show: working points over a plane of mean and deviation of the input, one of them
 * chosen (the star), and how rates answer there. Borrowed from whoever computed it, for one frame. */
#ifndef PANE_MEAN_FIELD_H
#define PANE_MEAN_FIELD_H

#include <stddef.h>

#include "meanfield/scan.h"
#include "picture/canvas.h"

/* The name of the subject, which no population can have. */
#define MEAN_FIELD_NAME "mean field"
/* Most points on a side of the grid. */
#define MEAN_FIELD_SIDE 64

/* Answers of one working point. */
struct mean_field_curve {
    const struct scan_row *row;
    const struct transfer *value; /* [frequencies]; NULL: no transfer function, there is no noise */
};

struct mean_field {
    const double *mu, *sigma; /* [mus], [sigmas], V, rising */
    size_t mus, sigmas;
    const struct scan_row *row;  /* [sigmas][mus], the lowest sigma first */
    const struct scan_row *star; /* anywhere in the plane */
    const double *frequency;     /* [frequencies] Hz, rising */
    size_t frequencies;
    const struct mean_field_curve *curve; /* [curves], the star's last */
    size_t curves;
    const char *method; /* "shift" */
};

struct subject;
/* "WHAT (shift)" */
void mean_field_title(const char *what, const struct subject *subject, char *out, size_t size);
/* What a pane of these shows, or NULL after saying so in `inner`: the subject is something else, or nothing
 * yet. */
const struct mean_field *mean_field_of(const struct subject *subject, struct canvas *canvas, struct rect inner);

#endif
