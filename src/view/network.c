#include "view/network.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/xalloc.h"
#include "network/connection.h"
#include "network/rule.h"
#include "rig/wired.h"
#include "signal/source.h"
#include "view/look.h"

#define MOMENT 0.1 /* s: what a rate is counted over */

static struct network_row *new_row(struct network_rows *rows, const char *name)
{
    xgrow(&rows->row, &rows->capacity, rows->view.rows + 1, sizeof *rows->row);
    struct network_row *row = &rows->row[rows->view.rows++];
    *row = (struct network_row){.radius = NAN, .rate = NAN};
    snprintf(row->name, sizeof row->name, "%s", name);
    return row;
}

/* Spikes of all its neurons in the last moment. */
static double mean_rate(const struct subject *place)
{
    double from = fmax(place->now - MOMENT, 0), length = place->now - from;
    if (place->spikes.neurons == 0 || !(length > 0))
        return NAN;
    return (double)source_count(&place->spikes, nextafter(from, INFINITY), place->now) / (double)place->spikes.neurons /
           length;
}

static void add_place(struct network_rows *rows, const struct channel *channel, const struct subject *place)
{
    char count[NUMBER_COUNTED];
    struct network_row *row = new_row(rows, channel->name);
    size_t dims = channel->population->dims;
    if (channel_is_node(channel))
        snprintf(row->about, sizeof row->about, dims == 1 ? "node" : "node, %zu numbers", dims);
    else
        snprintf(row->about, sizeof row->about, "%s", number_counted(count, channel->population->n, "neuron"));
    row->x = history_steps(channel->history) > 0 ? place->x : NULL;
    row->dims = dims;
    row->radius = channel_is_node(channel) ? NAN : channel->population->radius;
    row->rate = channel_is_node(channel) ? NAN : mean_rate(place);
}

/* Weights by a transform that are all below zero. */
static bool only_lowers(const struct connection_spec *spec)
{
    const struct matrix *m = &spec->transform;
    bool below = m->rows > 0 && strcmp(spec->kind->name, "neurons") == 0;
    for (size_t i = 0; i < m->rows * m->columns && below; i++)
        below = m->value[i] <= 0;
    return below;
}

static void add_connection(struct network_rows *rows, const struct rig *rig, const struct wired *wired, double rate)
{
    char tau[NUMBER_HUMAN];
    const struct connection_spec *spec = &wired->spec;
    struct network_row *row = new_row(rows, wired->face.name);
    row->connection = true;
    row->to = wired_place(rig, spec->post)->name;
    row->rate = rate;
    row->learns = spec->learning.rule;
    row->on = row->learns && spec->learning.on;
    row->inhibits = only_lowers(spec);
    const char *what = spec->weights.rows                         ? "weights given"
                       : spec->decoders.rows                      ? "decoders given"
                       : strcmp(spec->kind->name, "neurons") == 0 ? "currents"
                       : spec->function                           ? spec->function
                                                                  : "x";
    snprintf(row->about, sizeof row->about, "%.40s · %s%s%s", what,
             spec->synapse == &synapse_none ? "no synapse" : number_human(tau, spec->tau_synapse, DIMENSION_TIME),
             row->learns ? row->on ? " · " : " · not learning" : "", row->on ? spec->learning.rule->name : "");
}

void network_rows_show(struct look *look, const struct subject *place, struct subject *subject)
{
    struct network_rows *rows = &look->network;
    const struct rig *rig = look->rig;
    rows->view.rows = 0;
    for (size_t i = 0; i < rig->channels; i++) {
        const struct channel *channel = rig->channel[i];
        if (!channel->population)
            continue;
        add_place(rows, channel, &place[i]);
        double rate = rows->row[rows->view.rows - 1].rate;
        size_t before = rows->view.rows;
        for (size_t w = 0; w < rig->wires; w++)
            if (rig->wired[w]->spec.pre == channel->slot)
                add_connection(rows, rig, rig->wired[w], rate);
        if (rows->view.rows > before)
            rows->row[rows->view.rows - 1].last = true;
    }
    if (rows->view.at >= rows->view.rows)
        rows->view.at = rows->view.rows ? rows->view.rows - 1 : 0;
    rows->view.row = rows->row;
    *subject = (struct subject){.name = NETWORK_NAME, .network = &rows->view, .selected = -1};
}

void network_rows_free(struct network_rows *rows)
{
    free(rows->row);
    *rows = (struct network_rows){0};
}
