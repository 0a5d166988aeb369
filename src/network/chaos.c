/* The second run is kept at a distance of APART from the first: after each PIECE of time the distance is measured, and the
 * second run moved along the same direction to APART again. Steps are as long as the quickest synapse of a loop allows. */
#include "network/chaos.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "model/stimulus_vector.h"

#define APART 1e-7
#define PIECE 0.1   /* s */
#define SETTLES 5.0 /* s, until what was random at first has gone */
#define LASTS 20.0  /* s that are measured */
#define PARTS 0.2   /* 1/s: slower is a cycle whose phase drifts, or the rounding of long steps */
#define BOUND 1e6   /* of a value */

struct runs {
    struct network *run[2];
    size_t places;
    const struct stimulus *const *input;
    double dt, time;
};

/* ---- loops ---- */

static bool reaches(const struct network_link *link, size_t links, size_t from, size_t to, bool *seen)
{
    bool found = from == to;
    seen[from] = true;
    for (size_t l = 0; l < links && !found; l++)
        if (link[l].pre == from && (link[l].post == to || !seen[link[l].post]))
            found = reaches(link, links, link[l].post, to, seen);
    return found;
}

/* Of the links of loops: whether one has a function, for linear loops are never chaotic; and the shortest synapse. */
static bool may_be(const struct network_link *link, size_t links, size_t places, double *shortest)
{
    bool function = false;
    bool *seen = xcalloc(places, sizeof *seen);
    *shortest = INFINITY;
    for (size_t l = 0; l < links; l++) {
        const struct connection *c = link[l].connection;
        memset(seen, 0, places * sizeof *seen);
        if (!reaches(link, links, link[l].post, link[l].pre, seen))
            continue;
        function = function || c->function || c->target;
        if (c->synapse != &synapse_none && c->tau_synapse < *shortest)
            *shortest = c->tau_synapse;
    }
    free(seen);
    return function && isfinite(*shortest);
}

/* ---- two runs ---- */

static double next_random(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (double)(int64_t)*seed / 9223372036854775808.0;
}

/* Somewhere within what POST represents, not at a point of rest; both runs alike. */
static void begin(struct runs *r)
{
    uint64_t seed = 1;
    for (size_t l = 0; l < r->run[0]->links; l++) {
        struct projection *a = &r->run[0]->link[l], *b = &r->run[1]->link[l];
        const struct population *post = a->connection->n_post ? r->run[0]->place[a->post].population : NULL;
        struct synapse_filter filter = synapse_filter(a->connection->synapse, a->connection->tau_synapse, r->dt);
        if (a->connection->synapse == &synapse_none)
            continue;
        for (size_t i = 0; i < a->width; i++)
            a->value[i] = 0.3 * (post ? post->radius : 1) * next_random(&seed);
        synapse_rest(&filter, a->width, a->value, a->state);
        memcpy(b->value, a->value, a->width * sizeof *a->value);
        memcpy(b->state, a->state, SYNAPSE_ORDER_MAX * a->width * sizeof *a->state);
        for (size_t i = 0; i < b->width; i++)
            b->value[i] += APART * next_random(&seed);
        synapse_rest(&filter, b->width, b->value, b->state);
    }
}

static void advance(struct runs *r, double seconds)
{
    for (double end = r->time + seconds; r->time < end;) {
        r->time += r->dt;
        for (size_t i = 0; i < r->places; i++) {
            struct place *a = &r->run[0]->place[i], *b = &r->run[1]->place[i];
            memset(a->x, 0, a->dims * sizeof *a->x);
            if (a->dims && r->input[i] && !r->input[i]->type->private_noise)
                stimulus_values(r->input[i], r->time, a->dims, a->x);
            memcpy(b->x, a->x, a->dims * sizeof *a->x);
        }
        network_advance(r->run[0], r->dt, 1);
        network_advance(r->run[1], r->dt, 1);
    }
}

/* Of everything that synapses hold; infinite beyond all bounds. */
static double distance(const struct runs *r)
{
    double sum = 0;
    for (size_t l = 0; l < r->run[0]->links; l++) {
        const struct projection *a = &r->run[0]->link[l], *b = &r->run[1]->link[l];
        for (size_t i = 0; i < a->width; i++) {
            double difference = b->value[i] - a->value[i];
            sum += difference * difference;
            if (!(fabs(a->value[i]) < BOUND))
                return INFINITY;
        }
    }
    return sqrt(sum);
}

static void bring_back(struct runs *r, double share)
{
    for (size_t l = 0; l < r->run[0]->links; l++) {
        struct projection *a = &r->run[0]->link[l], *b = &r->run[1]->link[l];
        for (size_t i = 0; i < a->width; i++)
            b->value[i] = a->value[i] + share * (b->value[i] - a->value[i]);
        for (size_t i = 0; i < SYNAPSE_ORDER_MAX * a->width; i++)
            b->state[i] = a->state[i] + share * (b->state[i] - a->state[i]);
    }
}

/* The largest Lyapunov exponent, 1/s; NaN where runs meet, or leave all bounds. */
static double exponent(struct runs *r)
{
    double sum = 0;
    begin(r);
    for (double time = 0; time < SETTLES + LASTS; time += PIECE) {
        advance(r, PIECE);
        double apart = distance(r);
        if (!(apart > 0) || !isfinite(apart))
            return NAN;
        if (time >= SETTLES)
            sum += log(apart / APART);
        bring_back(r, APART / apart);
    }
    return sum / LASTS;
}

static void mark(const struct runs *r, bool *chaotic)
{
    for (size_t i = 0; i < r->places; i++) {
        const struct place *a = &r->run[0]->place[i], *b = &r->run[1]->place[i];
        for (size_t d = 0; d < a->dims; d++)
            chaotic[i] = chaotic[i] || fabs(b->x[d] - a->x[d]) > 1e-4 * APART;
    }
}

void network_chaos(const struct network_place *place, size_t places, const struct network_link *link, size_t links,
                   const struct stimulus *const *input, double dt, bool *chaotic)
{
    struct error ignored;
    double shortest;
    memset(chaotic, 0, places * sizeof *chaotic);
    if (!may_be(link, links, places, &shortest))
        return;
    struct runs r = {.places = places, .input = input, .dt = fmax(dt, fmin(shortest / 50, PIECE / 2))};
    for (int i = 0; i < 2; i++)
        r.run[i] = network_new(place, places, link, links, true, &ignored);
    if (r.run[0] && r.run[1] && exponent(&r) > PARTS) {
        advance(&r, PIECE);
        mark(&r, chaotic);
    }
    network_free(r.run[0]);
    network_free(r.run[1]);
}
