/* The steps of a network. Everything here works on the rows from .. to - 1 of a call, whose rows hold one step each. */
#include <math.h>
#include <string.h>

#include "model/rate.h"
#include "nef/readout.h"
#include "network/network.h"
#include "order.h"

/* ---- places ---- */

static void gather(struct network *n, size_t index, size_t from, size_t to)
{
    struct place *p = &n->place[index];
    for (size_t k = from; p->current && k < to; k++)
        memcpy(p->current + k * p->population->padded, p->population->bias_acting,
               p->population->padded * sizeof *p->current);
    for (size_t l = 0; l < n->links; l++) {
        struct projection *link = &n->link[l];
        if (link->post != index)
            continue;
        if (link->learning && link->learning->pending && link->learning->rule->changes_encoders)
            link->learning->rule->apply(n, link);
        for (size_t k = from; k < to; k++)
            link->connection->kind->arrive(link, k, p);
    }
}

static struct neuron_drive drive_of(const struct place *p, size_t row)
{
    const struct population *population = p->population;
    return (struct neuron_drive){
        .bias = p->current ? p->current + row * population->padded : population->bias_acting,
        .bias_stride = p->current ? population->padded : 0,
        .dims = p->dims,
        .scaled = p->scaled ? p->scaled : population->scaled,
        .scaled_stride = population->padded,
        .x = p->x + row * p->dims,
    };
}

static void list_spikes(struct place *p, size_t row)
{
    size_t words = p->population->padded / 64, count = 0;
    uint32_t *spiked = p->spiked + row * p->population->n;
    for (size_t w = 0; w < words; w++)
        for (uint64_t bits = p->bits[row * words + w]; bits; bits &= bits - 1)
            spiked[count++] = (uint32_t)(w * 64 + (size_t)__builtin_ctzll(bits));
    p->spikes[row] = count;
}

static void mask_lesions(struct place *p, size_t from, size_t to)
{
    size_t words = p->population->padded / 64;
    for (size_t k = from; k < to; k++)
        for (size_t w = 0; w < words; w++)
            p->bits[k * words + w] &= p->population->alive[w];
}

static void find_rates(struct place *p, size_t row)
{
    const struct population *population = p->population;
    struct neuron_drive drive = drive_of(p, row), block = drive;
    double *rate = p->rate + row * population->padded;
    for (size_t b = 0; b < population->padded; b += NEURON_BLOCK) {
        block.bias = drive.bias + b;
        block.scaled = drive.scaled + b;
        neuron_currents(&block, 0, rate + b);
    }
    for (size_t i = 0; i < population->n; i++) {
        bool alive = !population->alive || population->alive[i / 64] >> i % 64 & 1;
        rate[i] = alive ? neuron_rate(population->model, NULL, &population->params, rate[i]) : 0;
    }
}

static void run_neurons(struct place *p, double dt, size_t from, size_t to, size_t part, size_t parts)
{
    const struct population *population = p->population;
    uint64_t *bits = p->bits + from * (population->padded / 64);
    struct neuron_drive drive = drive_of(p, from);
    if (p->noise && !p->driven)
        private_noise_advance(p->noise, p->noise_input, population, p->state, dt, to - from, p->x + from * p->dims,
                              p->dims, bits, part, parts);
    else
        population_advance_drive(population, p->state, dt, to - from, &drive, bits, part, parts);
}

/* What readers want to know of neurons that have advanced. */
static void show_neurons(struct place *p, size_t from, size_t to)
{
    if (p->state && p->population->alive)
        mask_lesions(p, from, to);
    for (size_t k = from; k < to; k++) {
        if (p->spiked)
            list_spikes(p, k);
        if (p->rate)
            find_rates(p, k);
    }
}

static void run_place(struct network *n, size_t index, double dt, size_t from, size_t to)
{
    struct place *p = &n->place[index];
    if (p->driven)
        gather(n, index, from, to);
    if (p->state && p->driven)
        run_neurons(p, dt, from, to, 0, 1);
    if (p->has_neurons)
        show_neurons(p, from, to);
}

/* ---- links ---- */

static void add_rates(const double *decoders, size_t rows, size_t n, const double *rate, double *u)
{
    for (size_t r = 0; r < rows; r++) {
        double sum = 0;
        for (size_t i = 0; i < n; i++)
            sum += decoders[r * n + i] * rate[i];
        u[r] = sum;
    }
}

static void read_decoders(const struct projection *link, const struct place *pre, double *decoders, double height,
                          size_t row, double *u)
{
    const struct connection *c = link->connection;
    struct decoder view = {.n = c->n_pre, .outputs = c->rows, .weight = decoders};
    if (pre->rate)
        add_rates(decoders, c->rows, c->n_pre, pre->rate + row * pre->population->padded, u);
    else
        readout_spikes(&view, pre->spiked + row * c->n_pre, pre->spikes[row], height, u);
}

static void add_column(double *u, const double *column, double by, size_t n)
{
    for (size_t j = 0; j < n; j++)
        u[j] += by * column[j];
}

static void read_weights(const struct projection *link, const struct place *pre, double height, size_t row, double *u)
{
    const struct connection *c = link->connection;
    const double *weights = link->learned.weights ? link->learned.weights : c->weights;
    memset(u, 0, c->padded * sizeof *u);
    for (size_t i = 0; pre->rate && i < c->n_pre; i++)
        add_column(u, weights + i * c->padded, pre->rate[row * pre->population->padded + i], c->n_post);
    for (size_t s = 0; pre->spiked && s < pre->spikes[row]; s++)
        add_column(u, weights + pre->spiked[row * c->n_pre + s] * c->padded, 1, c->n_post);
    for (size_t j = 0; pre->spiked && j < c->n_post; j++)
        u[j] *= height;
}

/* What enters the synapse, before the scale. */
static void read_pre(struct network *n, struct projection *link, double dt, size_t row)
{
    const struct connection *c = link->connection;
    const struct place *pre = &n->place[link->pre];
    double *u = link->u;
    if (link->exact) {
        if (c->transform)
            connection_exact(c, n->ideal, pre->x + row * pre->dims, u);
        for (size_t r = 0; r < c->rows; r++)
            if (!isfinite(u[r])) { /* it would stay in filters and neurons for ever */
                u[r] = 0;
                link->not_finite = true;
            }
        return;
    }
    double height = pre->state ? pre->population->model->spike_height(&pre->population->params, dt) : 1;
    if (link->learned.weights) {
        read_weights(link, pre, height, row, u);
        return;
    }
    if (c->decoders) {
        read_decoders(link, pre, link->learned.decoders ? link->learned.decoders : c->decoders, height, row, u);
        u += c->rows;
    }
    if (link->learned.change) {
        read_decoders(link, pre, link->learned.change, height, row, u);
        u += c->rows;
    }
    if (c->weights)
        read_weights(link, pre, height, row, u);
}

static void run_link(struct network *n, size_t index, double dt, size_t from, size_t to)
{
    struct projection *link = &n->link[index];
    bool late = link->connection->synapse != &synapse_none;
    if (link->learning && link->learning->pending && !link->learning->rule->changes_encoders)
        link->learning->rule->apply(n, link);
    for (size_t k = from; k < to; k++) {
        read_pre(n, link, dt, k);
        for (size_t i = 0; link->connection->scale != 1 && i < link->width; i++)
            link->u[i] *= link->connection->scale;
        double *value = link->value + (k + late) * link->width;
        if (late)
            synapse_step(&link->filter, link->width, link->u, link->state, value);
        else
            memcpy(value, link->u, link->width * sizeof *value);
    }
}

static void run_rule(struct network *n, size_t index, size_t from, size_t to)
{
    struct projection *link = &n->link[index];
    for (size_t k = from; link->learning && k < to; k++)
        link->learning->rule->observe(n, link, k);
}

/* ---- the whole ---- */

static void set_dt(struct network *n, double dt)
{
    if (n->dt == dt)
        return;
    n->dt = dt;
    for (size_t l = 0; l < n->links; l++) {
        struct projection *link = &n->link[l];
        link->filter = synapse_filter(link->connection->synapse, link->connection->tau_synapse, dt);
        if (link->learning)
            link->learning->filter = synapse_filter(&synapse_lowpass, link->learning->tau, dt);
    }
}

static void run_vertex(struct network *n, size_t v, double dt, size_t from, size_t to)
{
    if (v < n->places)
        run_place(n, v, dt, from, to);
    else if (v < n->places + n->links)
        run_link(n, v - n->places, dt, from, to);
    else
        run_rule(n, v - n->places - n->links, from, to);
}

void network_advance_free(struct network *n, double dt, size_t steps, size_t part, size_t parts)
{
    for (size_t i = 0; i < n->places; i++)
        if (n->place[i].state && !n->place[i].driven)
            run_neurons(&n->place[i], dt, 0, steps, part, parts);
}

void network_advance_rest(struct network *n, double dt, size_t steps)
{
    const struct order *order = n->order;
    set_dt(n, dt);
    for (size_t g = 0; g < order->groups; g++) {
        size_t pieces = order->loop[g] ? steps : 1, length = order->loop[g] ? 1 : steps;
        for (size_t k = 0; k < pieces; k++)
            for (size_t v = order->first[g]; v < order->first[g + 1]; v++)
                run_vertex(n, order->vertex[v], dt, k * length, (k + 1) * length);
    }
    for (size_t l = 0; l < n->links; l++)
        if (n->link[l].connection->synapse != &synapse_none)
            memcpy(n->link[l].value, link_value(&n->link[l], steps), n->link[l].width * sizeof *n->link[l].value);
}

void network_advance(struct network *n, double dt, size_t steps)
{
    network_advance_free(n, dt, steps, 0, 1);
    network_advance_rest(n, dt, steps);
}
