/* What can be asked of any source, made from the few things every source answers. */
#include "signal/source.h"

#include <math.h>

struct filling {
    const struct spike_grid *grid;
    size_t column;
    double end; /* of the column */
};

static void fill_spike(void *context, double time, uint32_t neuron)
{
    struct filling *f = context;
    while (time >= f->end && f->column + 1 < f->grid->columns)
        f->end = source_edge(f->grid, ++f->column + 1);
    uint32_t row = f->grid->row_of ? f->grid->row_of[neuron] : 0;
    if (row != SOURCE_NO_ROW)
        f->grid->count[f->column * f->grid->rows + row]++;
}

size_t source_density(const struct spike_source *source, const struct spike_grid *grid)
{
    if (source->type->density)
        return source->type->density(source, grid);
    struct filling filling = {.grid = grid, .end = source_edge(grid, 1)};
    source_each(source, grid->from, grid->to, fill_spike, &filling);
    return 1;
}

/* The spikes that are listed in it count in the span. */
static struct time_span counting(const struct time_span *span)
{
    struct time_span counts = *span;
    counts.closed = false;
    return counts;
}

size_t source_counted(const struct spike_source *source, const struct time_span *span)
{
    struct time_span counts = counting(span);
    return source_count(source, span_low(&counts), span_high(&counts));
}

double source_rate(const struct spike_source *source, uint32_t neuron, const struct time_span *span)
{
    struct time_span counts = counting(span);
    double one;
    return span_rate(span, (double)source_train(source, neuron, span_low(&counts), span_high(&counts), &one, 1));
}

/* A train gives the newest times that fit. A history looks through every step of the time asked for, so when
 * there were too many, what is left is asked for in slices that should hold about half of what fits; they
 * grow again where spikes are rare. */
void source_walk(const struct spike_source *source, uint32_t neuron, double from, double to, spike_visitor *visit,
                 void *context)
{
    enum { ROOM = 1024 };
    double times[ROOM], low = from, slice = INFINITY;
    while (low <= to) {
        size_t all = source_train(source, neuron, low, to, times, ROOM), given = all < ROOM ? all : ROOM;
        for (size_t i = given; i-- > 0;)
            visit(context, times[i], neuron);
        if (all > ROOM) {
            slice = (to - low) * (ROOM / 2) / (double)all;
            to = nextafter(fmax(times[0], low), -INFINITY);
        } else {
            slice *= all < ROOM / 4 ? 2 : 1;
            to = nextafter(low, -INFINITY);
        }
        low = fmax(from, to - slice);
    }
}
