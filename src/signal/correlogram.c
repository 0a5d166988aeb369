#include "signal/correlogram.h"

#include <math.h>

#define SLACK 1e-6 /* of a bin: what rounding of times makes of a lag on an edge */

void correlogram_count(const double *a, size_t a_count, const double *b, size_t b_count, bool same, double bin,
                       size_t side, uint64_t *count)
{
    double reach = ((double)side + 0.5) * bin;
    size_t first = 0;
    for (size_t i = 0; i < a_count; i++) {
        while (first < b_count && b[first] - a[i] < -reach - SLACK * bin)
            first++;
        for (size_t j = first; j < b_count; j++) {
            double place = floor((b[j] - a[i]) / bin + 0.5 + SLACK) + (double)side;
            if (place > 2.0 * (double)side)
                break;
            if (place >= 0 && !(same && i == j))
                count[(size_t)place]++;
        }
    }
}
