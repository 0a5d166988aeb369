#include "draw/elsewhere.h"

#include <math.h>
#include <stdio.h>

#include "base/number.h"
#include "draw/note.h"

/* So many decimals that the two can be told apart. */
static int decimals_for(double first, double last)
{
    double span = last - first;
    return span >= 2 ? 0 : span > 0 ? (int)fmin(ceil(-log10(span)) + 1, 9) : 3;
}

static const char *write_time(char buffer[NUMBER_HUMAN], double time, int decimals)
{
    if (decimals == 0 && time >= 0 && time < 1e15)
        return number_grouped(buffer, (unsigned long long)time);
    snprintf(buffer, NUMBER_HUMAN, "%.*f", decimals, time);
    return buffer;
}

/* A population that has not run, a file without spikes. */
static bool nothing_at_all(const struct subject *s, char *out, size_t size)
{
    double first, last;
    bool some = s->spikes.neurons > 0 && source_span(&s->spikes, &first, &last);
    out[0] = '\0';
    if (s->history && history_steps(s->history) == 0)
        snprintf(out, size, "%s has not run yet: run, or Space on an empty line, starts it", s->name);
    else if (s->recording && !some)
        snprintf(out, size, "%s has no spikes", s->name);
    return out[0];
}

bool elsewhere_draw(const struct subject *s, const struct plot *plot)
{
    char note[200], a[NUMBER_HUMAN], b[NUMBER_HUMAN];
    double first, last;
    if (nothing_at_all(s, note, sizeof note)) {
        note_draw(plot->canvas, plot->area, note);
        return true;
    }
    if (!subject_is_record(s) || s->spikes.neurons == 0 || !source_span(&s->spikes, &first, &last) ||
        (first <= s->to && last >= s->from))
        return false;
    int decimals = decimals_for(first, last);
    double scale = pow(10, decimals);
    snprintf(note, sizeof note, "spikes at %s … %s s: goto %s %.*f",
             write_time(a, floor(first * scale) / scale, decimals), write_time(b, ceil(last * scale) / scale, decimals),
             s->name, decimals, ceil(first * scale) / scale);
    note_draw(plot->canvas, plot->area, note);
    return true;
}

/* A population that has run for less than this may be about to spike. */
#define PATIENCE 0.1

void elsewhere_or_silent(const struct subject *s, const struct plot *plot, size_t spikes, double from, double to)
{
    double first, last;
    if (elsewhere_draw(s, plot) || spikes > 0 || !source_span(&s->spikes, &first, &last))
        return;
    if (fmin(to, last) - fmax(from, first) < (s->history ? PATIENCE : 0))
        return;
    bool some = source_count(&s->spikes, from, to) > 0;
    note_draw(plot->canvas, plot->area, some ? "the neurons shown are silent in this time" : "no spikes in this time");
}
