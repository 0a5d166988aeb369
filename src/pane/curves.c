#include "pane/curves.h"

#include <math.h>

static size_t handful(int width)
{
    return width < 24 ? 3 : width < 60 ? 5 : width < 100 ? 7 : 9;
}

struct curves curves_choose(const struct subject *s, int width, bool all)
{
    struct curves c = {.count = 0};
    size_t wanted = all ? CURVES_MOST - 1 : handful(width), n = subject_places(s);
    bool selected = s->selected >= 0 && (size_t)s->selected < s->neurons;
    if (wanted > n)
        wanted = n;
    size_t others = selected && wanted > 0 ? wanted - 1 : wanted;
    for (size_t i = 0; all && wanted == n && i < n; i++)
        if ((long)subject_neuron(s, i) != s->selected)
            c.neuron[c.count++] = subject_neuron(s, i);
    for (size_t i = 0; !(all && wanted == n) && i < others; i++) {
        size_t place = (size_t)(((double)i + 0.5) * (double)n / (double)others);
        uint32_t neuron = subject_neuron(s, place);
        if ((long)neuron == s->selected)
            neuron = subject_neuron(s, place + 1 < n ? place + 1 : place ? place - 1 : place);
        if ((long)neuron != s->selected)
            c.neuron[c.count++] = neuron;
    }
    if (selected)
        c.neuron[c.count++] = (uint32_t)s->selected;
    return c;
}

struct curve_pen curve_pen_other(const struct plot *plot)
{
    return (struct curve_pen){INK_SPIKE, 0, plot->down > 2 ? 3 : 2};
}

void curve_draw(const struct plot *plot, double top, struct curve_pen pen, curve_rate *rate, const void *context,
                uint32_t neuron)
{
    double before = NAN;
    int walked = 0;
    for (int column = 0; column < plot->width; column++) {
        double share = plot->width > 1 ? (double)column / (plot->width - 1) : 0.5;
        double y = plot_up(plot, rate(context, neuron, share), 0, top);
        double x = isnan(before) ? column : column - 1, from = isnan(before) ? y : before;
        if (pen.on)
            plot_line(plot, x, from, column, y, pen.ink, pen.on);
        else
            plot_dotted(plot, x, from, column, y, pen.ink, pen.every, &walked);
        before = y;
    }
}
