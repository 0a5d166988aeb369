/* An order is made from what was chosen and what it is sorted by whenever one of them changes, so that
 * drawing only reads a list. Places count from the bottom row. */
#include "rig/rows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "rig/channel.h"
#include "rig/sort_key.h"

void view_rows_free(struct shown_rows *shown)
{
    free(shown->chosen);
    free(shown->depth);
    free(shown->order);
    *shown = (struct shown_rows){0};
}

/* ---- the order ---- */

struct place {
    double value;
    size_t own; /* place in the channel's own order */
    uint32_t neuron;
};

static int compare_places(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    bool unknown = isnan(x->value), other = isnan(y->value);
    if (unknown != other)
        return unknown ? 1 : -1;
    if (!unknown && x->value != y->value)
        return x->value < y->value ? -1 : 1;
    return (x->own > y->own) - (x->own < y->own);
}

/* All neurons, or the chosen ones, in the channel's own order. */
static size_t list_places(const struct channel *channel, struct place *list)
{
    const struct shown_rows *shown = &channel->shown;
    size_t neurons = channel_neurons(channel), count = 0;
    bool *wanted = xcalloc(neurons, sizeof *wanted);
    for (size_t i = 0; i < shown->chosen_count; i++)
        wanted[shown->chosen[i]] = true;
    for (size_t own = 0; own < neurons; own++) {
        uint32_t neuron = channel->population ? channel->population->order[own] : (uint32_t)own;
        if (!shown->chosen || wanted[neuron])
            list[count++] = (struct place){.own = own, .neuron = neuron};
    }
    free(wanted);
    return count;
}

static void sort_places(const struct channel *channel, struct place *list, size_t count)
{
    const struct shown_rows *shown = &channel->shown;
    double *value = xalloc(channel_neurons(channel) * sizeof *value);
    shown->key->fill(channel, value);
    for (size_t i = 0; i < count; i++)
        list[i].value = shown->descending ? -value[list[i].neuron] : value[list[i].neuron];
    qsort(list, count, sizeof *list, compare_places);
    free(value);
}

/* Chosen neurons that are gone no longer count; if none is left, all do. */
static void forget_gone(struct shown_rows *shown, size_t neurons)
{
    while (shown->chosen_count > 0 && shown->chosen[shown->chosen_count - 1] >= neurons)
        shown->chosen_count--;
    if (shown->chosen_count == 0) {
        free(shown->chosen);
        shown->chosen = NULL;
    }
}

static void clamp_window(struct shown_rows *shown, size_t places)
{
    if (shown->rows >= places)
        shown->rows = 0;
    size_t last = shown->rows ? places - shown->rows : 0;
    if (shown->first_row > last)
        shown->first_row = last;
}

static void make_order(struct channel *channel)
{
    struct shown_rows *shown = &channel->shown;
    size_t neurons = channel_neurons(channel);
    forget_gone(shown, neurons);
    free(shown->order);
    shown->order = NULL;
    shown->places = shown->neurons = neurons;
    shown->stale = false;
    if ((shown->chosen || shown->key) && neurons > 0) {
        struct place *list = xcalloc(neurons, sizeof *list);
        shown->places = list_places(channel, list);
        if (shown->key)
            sort_places(channel, list, shown->places);
        shown->order = xalloc(shown->places * sizeof *shown->order);
        for (size_t i = 0; i < shown->places; i++)
            shown->order[i] = list[i].neuron;
        free(list);
    }
    clamp_window(shown, shown->places);
}

void view_rows_fit(struct channel *channel)
{
    if (channel->shown.stale || channel->shown.neurons != channel_neurons(channel))
        make_order(channel);
}

void view_rows_show(struct channel *channel, uint32_t *neuron, size_t count)
{
    free(channel->shown.chosen);
    channel->shown.chosen = neuron;
    channel->shown.chosen_count = neuron ? count : 0;
    channel->shown.rows = channel->shown.first_row = 0;
    make_order(channel);
}

void view_rows_sort(struct channel *channel, const struct sort_key *key, const char *by, bool descending, double *depth,
                    size_t depths)
{
    struct shown_rows *shown = &channel->shown;
    free(shown->depth);
    shown->depth = depth;
    shown->depths = depths;
    shown->key = key;
    shown->descending = descending;
    size_t length = strlen(by) < sizeof shown->by ? strlen(by) : sizeof shown->by - 1;
    memcpy(shown->by, by, length);
    shown->by[length] = '\0';
    make_order(channel);
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

void view_rows_renumber(struct channel *channel, const uint32_t *map, size_t before)
{
    struct shown_rows *shown = &channel->shown;
    size_t neurons = channel_neurons(channel);
    size_t left = 0;
    for (size_t i = 0; i < shown->chosen_count; i++)
        if (map[shown->chosen[i]] != VIEW_ROWS_GONE)
            shown->chosen[left++] = map[shown->chosen[i]];
    shown->chosen_count = left;
    if (shown->chosen)
        qsort(shown->chosen, shown->chosen_count, sizeof *shown->chosen, by_number);
    if (shown->depth) {
        double *depth = xreallocarray(NULL, neurons, sizeof *depth);
        for (size_t i = 0; i < neurons; i++)
            depth[i] = NAN;
        for (size_t i = 0; i < before && i < shown->depths; i++)
            if (map[i] != VIEW_ROWS_GONE)
                depth[map[i]] = shown->depth[i];
        free(shown->depth);
        shown->depth = depth;
        shown->depths = neurons;
    }
    shown->stale = true;
}

/* ---- places ---- */

size_t view_rows_places(const struct channel *channel)
{
    return channel->shown.order ? channel->shown.places : channel_neurons(channel);
}

uint32_t view_rows_neuron(const struct channel *channel, size_t place)
{
    if (channel->shown.order)
        return channel->shown.order[place];
    return channel->population ? channel->population->order[place] : (uint32_t)place;
}

long view_rows_place(const struct channel *channel, long neuron)
{
    size_t places = view_rows_places(channel);
    for (size_t place = 0; place < places; place++)
        if ((long)view_rows_neuron(channel, place) == neuron)
            return (long)place;
    return -1;
}

/* ---- the part looked at ---- */

size_t view_rows_count(const struct channel *channel)
{
    return channel->shown.rows ? channel->shown.rows : view_rows_places(channel);
}

static void place_window(struct channel *channel, double first)
{
    struct shown_rows *shown = &channel->shown;
    double last = (double)(view_rows_places(channel) - view_rows_count(channel));
    shown->first_row = (size_t)fmin(fmax(round(first), 0), last);
}

void view_rows_zoom(struct channel *channel, size_t count, long neuron)
{
    struct shown_rows *shown = &channel->shown;
    size_t places = view_rows_places(channel), before = view_rows_count(channel);
    long place = neuron < 0 ? -1 : view_rows_place(channel, neuron);
    double fixed = (double)shown->first_row + (double)before / 2;
    if (place >= (long)shown->first_row && place < (long)(shown->first_row + before))
        fixed = (double)place + 0.5;
    double share = before ? (fixed - (double)shown->first_row) / (double)before : 0.5;
    shown->rows = count < 1 ? 1 : count >= places ? 0 : count;
    place_window(channel, fixed - share * (double)view_rows_count(channel));
}

void view_rows_scroll(struct channel *channel, double by)
{
    place_window(channel, (double)channel->shown.first_row + by);
}

void view_rows_reveal(struct channel *channel)
{
    struct shown_rows *shown = &channel->shown;
    long place = shown->rows && channel->selected >= 0 ? view_rows_place(channel, channel->selected) : -1;
    if (place < 0)
        return;
    if (place < (long)shown->first_row)
        shown->first_row = (size_t)place;
    else if (place >= (long)(shown->first_row + shown->rows))
        shown->first_row = (size_t)place + 1 - shown->rows;
}
