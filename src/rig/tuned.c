#include "rig/tuned.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/voice.h"
#include "base/xalloc.h"
#include "rig/rig.h"

void tuned_span(const struct tuned *tuned, const struct recording *recording, double *from, double *to)
{
    if (!trace_span(&tuned->trace, from, to))
        *from = *to = 0;
    if (isinf(*to))
        *to = recording->end;
    if (recording->samples < 2)
        return;
    if (tuned->trace.kind != TRACE_STEPS) {
        *from = fmax(*from, recording->begin);
        *to = fmin(*to, recording->end);
        return;
    }
    double step = (recording->last - recording->first) / (double)(recording->samples - 1);
    *from = fmax(*from, recording->first - step);
    *to = fmin(*to, recording->last);
}

static void measure(struct tuned *tuned, const struct recording *recording)
{
    double from, to, low, high;
    tuned_span(tuned, recording, &from, &to);
    if (TUNED_POINTS * (double)recording->units > TUNED_COUNTS_MAX ||
        !trace_range(&tuned->trace, from, to, &low, &high))
        return;
    tuned->bins = tuning_bins_new(&tuned->trace, from, to, low, high, TUNED_POINTS, recording->units);
    struct spike_source source = recording_source(recording);
    tuning_bins_source(tuned->bins, &tuned->trace, &source);
}

struct tuned *tuned_from_table(const struct csv_table *table, const char *path, const struct stimulus_options *options,
                               const struct recording *recording, struct error *error)
{
    struct trace trace;
    struct text said = {0};
    if (!stimulus_from_table(table, path, options, recording, &trace, &said, error)) {
        text_free(&said);
        return NULL;
    }
    struct tuned *tuned = xcalloc(1, sizeof *tuned);
    *tuned = (struct tuned){.trace = trace, .about = xstrdup(text_string(&said))};
    text_free(&said);
    measure(tuned, recording);
    return tuned;
}

struct tuned *tuned_from_column(const struct recording *recording, const char *column)
{
    struct tuned *tuned = xcalloc(1, sizeof *tuned);
    struct text about = {0};
    char rows[NUMBER_HUMAN];
    size_t n = recording->samples;
    tuned->trace = (struct trace){.kind = TRACE_STEPS, .count = n};
    tuned->trace.time = xreallocarray(NULL, n, sizeof(double));
    tuned->trace.x = xreallocarray(NULL, n, sizeof(double));
    memcpy(tuned->trace.time, recording->sample_time, n * sizeof(double));
    memcpy(tuned->trace.x, recording->stimulus, n * sizeof(double));
    double from, to, low = NAN, high = NAN;
    tuned_span(tuned, recording, &from, &to);
    trace_range(&tuned->trace, from, to, &low, &high);
    text_printf(&about, "stimulus: column %s, %s samples from %g to %g", column, number_grouped(rows, n), low, high);
    tuned->about = xstrdup(text_string(&about));
    text_free(&about);
    measure(tuned, recording);
    return tuned;
}

struct tuned *tuned_share(struct tuned *tuned)
{
    tuned->shared++;
    return tuned;
}

void tuned_free(struct tuned *tuned)
{
    if (!tuned)
        return;
    if (tuned->shared > 0) {
        tuned->shared--;
        return;
    }
    trace_free(&tuned->trace);
    tuning_bins_free(tuned->bins);
    free(tuned->about);
    free(tuned->fit);
    free(tuned);
}

/* Where spikes cover little of the stimulus the rest may not have been recorded. */
static bool is_doubtful(const struct tuned *tuned, const struct recording *recording, struct text *out)
{
    char a[NUMBER_HUMAN], b[NUMBER_HUMAN], c[NUMBER_HUMAN], d[NUMBER_HUMAN];
    double from, to;
    tuned_span(tuned, recording, &from, &to);
    double slack = 0.2 * (to - from);
    if (recording->samples > 0 || recording->spikes == 0 ||
        (recording->first <= from + slack && recording->last >= to - slack))
        return false;
    text_printf(out,
                "the stimulus goes from %s to %s, the spikes from %s to %s: time without spikes counts as silence; "
                "from= and to= in tuning and fit leave out what was not recorded",
                number_human(a, from, DIMENSION_TIME), number_human(b, to, DIMENSION_TIME),
                number_human(c, recording->first, DIMENSION_TIME), number_human(d, recording->last, DIMENSION_TIME));
    return true;
}

void tuned_report(struct rig *rig, const struct channel *channel)
{
    struct text line = {0};
    text_printf(&line, "%s: %s", channel->name, channel->tuned->about);
    voice_report(&rig->voice, text_string(&line));
    text_clear(&line);
    if (is_doubtful(channel->tuned, channel->recording, &line))
        voice_note(&rig->voice, "%s: %s", channel->name, text_string(&line));
    text_free(&line);
}
