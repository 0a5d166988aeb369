#include "signal/span.h"

#include <float.h>
#include <math.h>

/* Times are products of a step, limits are typed: both are right to a few units in the last place. */
static double slack(double time)
{
    return isfinite(time) ? 8 * DBL_EPSILON * fabs(time) : 0;
}

/* Moving both limits the same way keeps adjoining windows adjoining. */
double span_low(const struct time_span *span)
{
    return span->steps ? nextafter(span->from + slack(span->from), INFINITY) : span->from - slack(span->from);
}

double span_high(const struct time_span *span)
{
    if (span->steps)
        return span->to + slack(span->to);
    return span->closed ? span->to : nextafter(span->to - slack(span->to), -INFINITY);
}

bool span_counts(const struct time_span *span, double time)
{
    return !span->closed || time < span->to;
}

void span_since(struct time_span *span, double time)
{
    span->from = fmax(span->from, fmin(time, span->to));
}

double span_length(const struct time_span *span)
{
    return span->to > span->from ? span->to - span->from : 0;
}

double span_rate(const struct time_span *span, double spikes)
{
    return span->to > span->from ? spikes / (span->to - span->from) : NAN;
}
