/* Specs are kept as the bytes that would go to an engine elsewhere: what reads back the same is the same. Beside them
 * stand the neurons that were built, shared with whoever shows them. Going back takes connections away that were not
 * there, then places, then makes the places what they were, and at last the connections. */
#include "session/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "rig/live.h"
#include "rig/rig.h"
#include "rig/wired.h"
#include "session/memory_look.h"
#include "session/message.h"
#include "session/session.h"
#include "session/wiring.h"
#include "wire/codec.h"

struct kept_place {
    char name[SUBJECT_NAME];
    struct bytes spec, input;
    bool own_seed, own_noise_seed;
    double changed; /* when they became these neurons, s of the simulation; does not count in comparing */
    struct population *population; /* shared; NULL: to be built */
};

struct kept_wire {
    char name[SUBJECT_NAME], pre[SUBJECT_NAME], post[SUBJECT_NAME], error[SUBJECT_NAME]; /* error: "" */
    struct bytes spec;                                                                   /* of those, not of slots */
    bool own_seed;
};

struct memory {
    size_t uses; /* besides the first */
    size_t places, wires;
    struct kept_place *place;
    struct kept_wire *wire;
    double dt, history;
    uint64_t seed;
    struct bytes look;
    int focus; /* does not count in comparing */
};

/* ---- taking ---- */

static bool is_place(const struct channel *channel)
{
    return channel->population != NULL;
}

static void take_place(struct kept_place *place, const struct channel *channel)
{
    memcpy(place->name, channel->name, sizeof place->name);
    bytes_spec(&place->spec, &channel->spec);
    bytes_input(&place->input, channel->input);
    place->own_seed = channel->own_seed;
    place->own_noise_seed = channel->own_noise_seed;
    place->changed = channel->changed;
    place->population = population_share(channel->population);
}

static void take_wire(struct kept_wire *wire, const struct rig *rig, const struct wired *wired)
{
    struct connection_spec spec = wired->spec; /* borrows */
    memcpy(wire->name, wired->face.name, sizeof wire->name);
    memcpy(wire->pre, wired_place(rig, spec.pre)->name, sizeof wire->pre);
    memcpy(wire->post, wired_place(rig, spec.post)->name, sizeof wire->post);
    const struct channel *error = spec.learning.has_error ? wired_place(rig, spec.learning.error) : NULL;
    if (error)
        memcpy(wire->error, error->name, sizeof wire->error);
    spec.pre = spec.post = spec.learning.error = 0;
    bytes_connection(&wire->spec, &spec);
    wire->own_seed = wired->own_seed;
}

struct memory *memory_take(const struct session *session)
{
    const struct rig *rig = &session->rig;
    struct memory *memory = xcalloc(1, sizeof *memory);
    memory->place = xcalloc(rig->channels + 1, sizeof *memory->place);
    memory->wire = xcalloc(rig->wires + 1, sizeof *memory->wire);
    for (size_t i = 0; i < rig->channels; i++)
        if (is_place(rig->channel[i]))
            take_place(&memory->place[memory->places++], rig->channel[i]);
    for (size_t i = 0; i < rig->wires; i++)
        take_wire(&memory->wire[memory->wires++], rig, rig->wired[i]);
    memory->dt = rig->length[rig->lengths - 1].dt;
    memory->history = rig->history;
    memory->seed = rig->seed;
    memory_look_write(session, &memory->look);
    memory->focus = session->look.layout.focus;
    return memory;
}

struct memory *memory_share(struct memory *memory)
{
    memory->uses++;
    return memory;
}

void memory_slim(struct memory *memory)
{
    for (size_t i = 0; i < memory->places; i++) {
        population_free(memory->place[i].population);
        memory->place[i].population = NULL;
    }
}

void memory_free(struct memory *memory)
{
    if (!memory || memory->uses-- > 0)
        return;
    memory_slim(memory);
    for (size_t i = 0; i < memory->places; i++) {
        bytes_free(&memory->place[i].spec);
        bytes_free(&memory->place[i].input);
    }
    for (size_t i = 0; i < memory->wires; i++)
        bytes_free(&memory->wire[i].spec);
    bytes_free(&memory->look);
    free(memory->place);
    free(memory->wire);
    free(memory);
}

/* ---- comparing ---- */

static bool same_bytes(const struct bytes *a, const struct bytes *b)
{
    return a->length == b->length && (a->length == 0 || memcmp(a->at, b->at, a->length) == 0);
}

static bool same_place(const struct kept_place *a, const struct kept_place *b)
{
    return strcmp(a->name, b->name) == 0 && a->own_seed == b->own_seed && a->own_noise_seed == b->own_noise_seed &&
           same_bytes(&a->spec, &b->spec) && same_bytes(&a->input, &b->input);
}

static bool same_wire(const struct kept_wire *a, const struct kept_wire *b)
{
    return strcmp(a->pre, b->pre) == 0 && strcmp(a->post, b->post) == 0 && strcmp(a->error, b->error) == 0 &&
           a->own_seed == b->own_seed && same_bytes(&a->spec, &b->spec);
}

bool memory_same(const struct memory *a, const struct memory *b)
{
    bool same = a->places == b->places && a->wires == b->wires && a->dt == b->dt && a->history == b->history &&
                a->seed == b->seed && same_bytes(&a->look, &b->look);
    for (size_t i = 0; same && i < a->places; i++)
        same = same_place(&a->place[i], &b->place[i]);
    for (size_t i = 0; same && i < a->wires; i++)
        same = same_wire(&a->wire[i], &b->wire[i]);
    return same;
}

/* Columns of a population, about: gain, bias twice, max rate, intercept, half an order; encoders twice. */
#define COLUMNS 5.5

size_t memory_bytes(const struct memory *memory)
{
    double bytes = (double)memory->look.length;
    for (size_t i = 0; i < memory->places; i++) {
        const struct population *p = memory->place[i].population;
        bytes += (double)(memory->place[i].spec.length + memory->place[i].input.length);
        bytes += p ? (COLUMNS + 2 * (double)p->dims) * (double)p->padded * sizeof(double) : 0;
    }
    for (size_t i = 0; i < memory->wires; i++)
        bytes += (double)memory->wire[i].spec.length;
    return (size_t)bytes;
}

/* ---- going back ---- */

static const struct kept_place *place_called(const struct memory *memory, const char *name)
{
    for (size_t i = 0; i < memory->places; i++)
        if (strcmp(memory->place[i].name, name) == 0)
            return &memory->place[i];
    return NULL;
}

/* The connection as it is, for comparison. */
static struct kept_wire wire_now(const struct rig *rig, const struct wired *wired)
{
    struct kept_wire now = {0};
    take_wire(&now, rig, wired);
    return now;
}

/* One of that name between the same places. */
static bool is_in(const struct memory *memory, const struct rig *rig, const struct wired *wired)
{
    struct kept_wire now = wire_now(rig, wired);
    bool found = false;
    for (size_t i = 0; i < memory->wires && !found; i++) {
        const struct kept_wire *kept = &memory->wire[i];
        found =
            strcmp(kept->name, now.name) == 0 && strcmp(kept->pre, now.pre) == 0 && strcmp(kept->post, now.post) == 0;
    }
    bytes_free(&now.spec);
    return found;
}

/* Those that were not there. */
static bool take_wires_away(struct session *session, const struct memory *memory, struct error *error)
{
    for (size_t i = session->rig.wires; i-- > 0;)
        if (!is_in(memory, &session->rig, session->rig.wired[i]) &&
            !wiring_disconnect(session, session->rig.wired[i], error))
            return false;
    return true;
}

static bool take_places_away(struct session *session, const struct memory *memory, struct error *error)
{
    for (size_t i = session->rig.channels; i-- > 0;) {
        struct channel *channel = session->rig.channel[i];
        if (is_place(channel) && !place_called(memory, channel->name) && !wiring_remove(session, channel, error))
            return false;
    }
    return true;
}

static bool put_place(struct session *session, const struct kept_place *place, struct error *error)
{
    struct channel *channel = channel_named(&session->rig, place->name);
    struct reader spec_bytes = reader_of(&place->spec), input_bytes = reader_of(&place->input);
    struct population_spec spec;
    struct stimulus *input = NULL;
    struct kept_place now = {0};
    if (channel && !is_place(channel))
        return error_set(error, "%s is a %s now", place->name, channel_kind(channel));
    if (channel) {
        take_place(&now, channel);
        bool same = same_place(&now, place);
        bytes_free(&now.spec);
        bytes_free(&now.input);
        population_free(now.population);
        if (same)
            return true;
    }
    if (!codec_read_spec(&spec_bytes, &spec, error))
        return false;
    bool good = codec_read_input(&input_bytes, &input, error);
    struct population *built = place->population ? population_share(place->population) : NULL;
    /* No other neurons have done anything: all that is recorded is of these. */
    bool nothing_since = channel && channel->changed == port_status(session->rig.engine).time;
    channel = good ? wiring_put_built(session, channel, place->name, &spec, built, input, error) : NULL;
    if (!good)
        population_free(built);
    population_spec_free(&spec);
    if (!channel)
        return false;
    channel->changed = nothing_since ? place->changed : channel->changed;
    channel->own_seed = place->own_seed;
    channel->own_noise_seed = place->own_noise_seed;
    return true;
}

static bool put_wire(struct session *session, const struct kept_wire *wire, struct error *error)
{
    struct reader bytes = reader_of(&wire->spec);
    struct connection_spec spec;
    for (size_t i = 0; i < session->rig.wires; i++) {
        struct kept_wire now = wire_now(&session->rig, session->rig.wired[i]);
        bool same = same_wire(wire, &now);
        bytes_free(&now.spec);
        if (same)
            return true;
    }
    const struct channel *pre = channel_named(&session->rig, wire->pre),
                         *post = channel_named(&session->rig, wire->post);
    const struct channel *wrong = *wire->error ? channel_named(&session->rig, wire->error) : NULL;
    if (!codec_read_connection(&bytes, &spec, error))
        return false;
    spec.pre = pre->slot;
    spec.post = post->slot;
    spec.learning.error = wrong ? wrong->slot : 0;
    struct wired *wired = wired_named(&session->rig, wire->name);
    bool good = wiring_connect(session, wired, &spec, wire->own_seed, true, error) != NULL;
    connection_spec_free(&spec);
    return good;
}

bool memory_put_back(struct session *session, const struct memory *memory, struct error *error)
{
    struct rig *rig = &session->rig;
    bool good = take_wires_away(session, memory, error) && take_places_away(session, memory, error);
    if (good && memory->dt != rig->length[rig->lengths - 1].dt)
        good = live_dt(rig, memory->dt, error);
    for (size_t i = 0; good && i < memory->places; i++)
        good = put_place(session, &memory->place[i], error);
    for (size_t i = 0; good && i < memory->wires; i++)
        good = put_wire(session, &memory->wire[i], error);
    rig->seed = memory->seed;
    if (good && memory->history != rig->history) {
        rig->history = memory->history;
        live_new_records(rig);
    }
    bool zoomed = session->look.layout.zoomed;
    memory_look_read(session, &memory->look);
    if (zoomed != session->look.layout.zoomed) /* which moves the focus */
        session->look.layout.focus = memory->focus < (int)session->look.layout.panes ? memory->focus : -1;
    return good;
}

struct population *memory_population(const struct memory *memory, const char *name)
{
    const struct kept_place *place = place_called(memory, name);
    return place && place->population ? population_share(place->population) : NULL;
}
