#include "view/cursors.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "rig/rig.h"
#include "view/link.h"
#include "view/look.h"
#include "view/window.h"

static void put_mark(struct channel *channel, double time, const char *label, bool cursor)
{
    xgrow(&channel->mark, &channel->mark_capacity, channel->marks + 1, sizeof *channel->mark);
    channel->mark[channel->marks++] = (struct time_mark){time, label, cursor};
}

void view_marks_fill(struct look *look, struct channel *channel)
{
    static const char *const names[] = {"1", "2"};
    const struct time_window *window = channel_window(look, channel);
    channel->marks = 0;
    for (size_t i = 0; i < look->markers; i++) {
        const struct marker *marker = &look->marker[i];
        const struct channel *owner = channel_named(look->rig, marker->channel);
        if (owner && view_linked(look, channel, owner))
            put_mark(channel, marker->time, marker->label, false);
    }
    if (!channel->recording && window->point.on && !window->follow) /* a recording's is its `now` */
        put_mark(channel, window->point.time, "", false);
    for (int i = 0; i < 2; i++)
        if (window->cursor[i].on)
            put_mark(channel, window->cursor[i].time, names[i], true);
}

/* Half-open: between two spikes the rate is then exactly one over the mean interval. */
static void count_spikes(const struct channel *channel, double first, double second, struct between *between)
{
    struct spike_source source = channel_source(channel);
    struct time_span span = {.from = first, .to = second, .steps = channel->population != NULL};
    double none, share = 1;
    if (source.neurons == 0)
        return;
    if (between->neuron >= 0) {
        between->spikes = source_train(&source, (uint32_t)between->neuron, span_low(&span), span_high(&span), &none, 1);
    } else {
        between->spikes = source_count(&source, span_low(&span), span_high(&span));
        share = (double)source.neurons;
    }
    between->counted = true;
    between->rate = (double)between->spikes / between->interval / share;
}

struct between view_marks_between(struct look *look, struct channel *channel)
{
    const struct time_window *window = channel_window(look, channel);
    const struct instant *one = &window->cursor[0], *two = &window->cursor[1];
    struct between between = {.neuron = channel->selected};
    if (!one->on || !two->on || one->time == two->time)
        return between;
    between.on = true;
    between.interval = fabs(two->time - one->time);
    count_spikes(channel, fmin(one->time, two->time), fmax(one->time, two->time), &between);
    return between;
}

void view_marks_add(struct look *look, const struct channel *channel, double time, const char *label)
{
    xgrow(&look->marker, &look->marker_capacity, look->markers + 1, sizeof *look->marker);
    struct marker *marker = &look->marker[look->markers++];
    *marker = (struct marker){.time = time};
    snprintf(marker->channel, sizeof marker->channel, "%s", channel->name);
    size_t length = strlen(label);
    if (length >= sizeof marker->label) {
        length = sizeof marker->label - 1;
        while (length > 0 && ((unsigned char)label[length] & 0xC0) == 0x80) /* not within a letter */
            length--;
    }
    memcpy(marker->label, label, length);
}

size_t view_marks_remove(struct look *look, const struct channel *channel, const char *label)
{
    size_t kept = 0, all = look->markers;
    for (size_t i = 0; i < all; i++) {
        const struct marker *marker = &look->marker[i];
        bool meant = strcmp(marker->channel, channel->name) == 0 && (!label || strcmp(marker->label, label) == 0);
        if (!meant)
            look->marker[kept++] = *marker;
    }
    look->markers = kept;
    return all - kept;
}
