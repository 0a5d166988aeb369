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

void elsewhere_draw(const struct subject *s, const struct plot *plot)
{
    char note[200], a[NUMBER_HUMAN], b[NUMBER_HUMAN];
    double first, last;
    if (!subject_is_record(s) || s->spikes.neurons == 0 || !source_span(&s->spikes, &first, &last) ||
        (first <= s->to && last >= s->from))
        return;
    int decimals = decimals_for(first, last);
    double scale = pow(10, decimals);
    snprintf(note, sizeof note, "spikes at %s … %s s: goto %s %.*f", write_time(a, floor(first * scale) / scale, decimals),
             write_time(b, ceil(last * scale) / scale, decimals), s->name, decimals, ceil(first * scale) / scale);
    note_draw(plot->canvas, plot->area, note);
}
