/* What was made is kept under the bytes of its spec until the command has ended, well or not; the same command asks for
 * the same things again, in whatever order. Why something cannot be made is kept likewise, so that it is the command
 * that says it, in its own words. */
#include "session/ahead.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/stop.h"
#include "base/xalloc.h"
#include "language/command.h"
#include "nef/function.h"
#include "rig/live.h"
#include "session/beside.h"
#include "session/job.h"
#include "session/session.h"
#include "session/work.h"
#include "wire/codec.h"

#define MANY_NUMBERS 40000 /* gains, biases, encoders: some 20 ms */
#define MANY_POINTS 1e7    /* multiplications of a solver: some milliseconds */

/* One thing that was asked for. */
struct thing {
    struct bytes key;
    struct population_spec place; /* of a population */
    size_t slot;
    struct connection_spec spec; /* of a connection */
    struct connection_end pre, post;
    struct population *population; /* made; owned, as is */
    struct connection *connection;
    bool is_population;
    struct error error; /* why there is neither; empty: it was made */
    struct port *engine;
};

struct ahead {
    bool may;           /* the command that runs is one that can be run again */
    struct thing *wish; /* owned: what it asked for last, and was not there */
    struct thing **made;
    size_t count;
};

struct ahead *ahead_new(void)
{
    return xcalloc(1, sizeof(struct ahead));
}

static void thing_free(struct thing *thing)
{
    if (!thing)
        return;
    bytes_free(&thing->key);
    if (thing->is_population) {
        population_spec_free(&thing->place);
    } else {
        connection_spec_free(&thing->spec);
        population_free((struct population *)thing->pre.population);
        population_free((struct population *)thing->post.population);
    }
    population_free(thing->population);
    connection_free(thing->connection);
    free(thing);
}

static void forget(struct ahead *ahead)
{
    for (size_t i = 0; i < ahead->count; i++)
        thing_free(ahead->made[i]);
    free(ahead->made);
    ahead->made = NULL;
    ahead->count = 0;
    thing_free(ahead->wish);
    ahead->wish = NULL;
}

void ahead_forget(struct session *session)
{
    forget(session->ahead);
    memset(session->rig.prepared, 0, sizeof session->rig.prepared);
}

void ahead_free(struct ahead *ahead)
{
    if (!ahead)
        return;
    forget(ahead);
    free(ahead);
}

/* A small population is another one every time the command is run, with the same neurons. */
static bool same_end(const struct connection_end *a, const struct connection_end *b)
{
    return !a || !a->population || !b->population ? !a || a->population == b->population
                                                  : population_same(a->population, b->population);
}

/* Takes the key; the ends of a connection, NULL for a population. */
static struct thing *made_already(const struct ahead *ahead, struct bytes *key, const struct connection_end *pre,
                                  const struct connection_end *post)
{
    struct thing *found = NULL;
    for (size_t i = 0; i < ahead->count && !found; i++) {
        const struct bytes *other = &ahead->made[i]->key;
        if (other->length == key->length && memcmp(other->at, key->at, key->length) == 0 &&
            same_end(pre, &ahead->made[i]->pre) && same_end(post, &ahead->made[i]->post))
            found = ahead->made[i];
    }
    if (found)
        bytes_free(key);
    return found;
}

static bool may_wait(const struct session *session)
{
    return session->rig.started && session->ahead->may && !session->job && !session->ahead->wish;
}

static bool wish(struct session *session, struct thing *thing, struct error *error)
{
    thing->engine = session->rig.engine;
    session->ahead->wish = thing;
    return error_set(error, "it is not made yet");
}

/* ---- populations ---- */

static bool is_large(const struct population_spec *spec)
{
    size_t n = spec->given ? spec->given->n : spec->n, dims = spec->given ? spec->given->dims : spec->dims;
    return !spec->node && n * (dims + 2) > MANY_NUMBERS;
}

struct population *ahead_population(struct session *session, const struct channel *channel, const char *name,
                                    const struct population_spec *spec, struct error *error)
{
    struct bytes key = {0};
    size_t slot;
    if (!is_large(spec) || !may_wait(session) || !live_slot(&session->rig, channel, name, &slot, error))
        return population_new(spec, error);
    bytes_u8(&key, 'p');
    bytes_count(&key, slot);
    bytes_spec(&key, spec);
    struct thing *thing = made_already(session->ahead, &key, NULL, NULL);
    if (thing && !thing->population) {
        *error = thing->error;
        return NULL;
    }
    if (thing) {
        live_prepared(&session->rig, slot, thing->population);
        return population_share(thing->population);
    }
    thing = xcalloc(1, sizeof *thing);
    *thing = (struct thing){.key = key, .slot = slot, .is_population = true};
    population_spec_copy(&thing->place, spec);
    wish(session, thing, error);
    return NULL;
}

static void make_population(struct thing *thing)
{
    thing->population = population_new(&thing->place, &thing->error);
    if (thing->population && !port_build(thing->engine, thing->slot, &thing->place, NULL, &thing->error)) {
        population_free(thing->population);
        thing->population = NULL;
    }
}

/* ---- connections ---- */

static bool is_slow(const struct connection_spec *spec, const struct connection_end *pre,
                    const struct connection_end *post)
{
    if (!pre->population || pre->population->model->direct || spec->decoders.rows || spec->weights.rows)
        return false;
    double n = (double)pre->population->n, points = fmax(750, 2 * n),
           systems = spec->solver->weights && post->population ? (double)post->population->n : 1;
    return n * n * points / 2 + 4 * n * n * systems > MANY_POINTS;
}

/* Functions that cannot be read are told of at once; muParser tells why on one thread only. */
static bool is_readable(const char *text, const struct connection_spec *spec, const struct connection_end *pre)
{
    struct error ignored;
    struct function *function =
        text ? function_new(text, spec->from.count ? spec->from.count : pre->dims, &ignored) : NULL;
    bool good = !text || function;
    function_free(function);
    return good;
}

static struct population *shared(const struct connection_end *end)
{
    return end->population ? population_share((struct population *)end->population) : NULL;
}

static void put_end(struct bytes *key, const struct connection_end *end)
{
    bytes_text(key, end->name);
    bytes_count(key, end->dims);
}

struct connection *ahead_connection(struct session *session, const struct connection_spec *spec,
                                    struct connection_end *pre, struct connection_end *post, struct error *error)
{
    struct bytes key = {0};
    if (!is_slow(spec, pre, post) || !may_wait(session) || !is_readable(spec->function, spec, pre) ||
        !is_readable(spec->target, spec, pre)) {
        work_begin(session, "solving");
        struct connection *built = connection_new(spec, pre, post, (struct progress){work_go_on, session}, error);
        work_end(session);
        return built;
    }
    bytes_u8(&key, 'c');
    put_end(&key, pre);
    put_end(&key, post);
    bytes_connection(&key, spec);
    struct thing *thing = made_already(session->ahead, &key, pre, post);
    if (thing) {
        struct connection *built = thing->connection;
        *error = thing->error;
        thing->connection = NULL; /* it is asked for once */
        return built;
    }
    thing = xcalloc(1, sizeof *thing);
    *thing = (struct thing){.key = key, .pre = *pre, .post = *post};
    connection_spec_copy(&thing->spec, spec);
    thing->pre.population = shared(pre);
    thing->post.population = shared(post);
    wish(session, thing, error);
    return NULL;
}

/* ---- the command ---- */

static bool work_thing(void *own, struct sheet *sheet, struct progress progress, struct error *error)
{
    struct thing *thing = own;
    (void)sheet;
    if (thing->is_population)
        make_population(thing);
    else
        thing->connection = connection_new(&thing->spec, &thing->pre, &thing->post, progress, &thing->error);
    return !stop_requested() || error_set(error, "interrupted");
}

static bool finish_thing(struct session *session, void *own, struct error *error)
{
    struct ahead *ahead = session->ahead;
    (void)error;
    ahead->made = xreallocarray(ahead->made, ahead->count + 1, sizeof *ahead->made);
    ahead->made[ahead->count++] = own;
    return true;
}

static void free_thing(void *own)
{
    thing_free(own);
}

bool ahead_run(struct session *session, struct arguments *arguments, struct sheet *sheet, struct error *error)
{
    struct ahead *ahead = session->ahead;
    bool may = ahead->may;
    ahead->may = !arguments->command->unrecorded;
    bool good = arguments->command->work ? beside_run(session, arguments, sheet, error)
                                         : arguments->command->run(session, arguments, sheet, error);
    ahead->may = may;
    if (good || !ahead->wish) {
        if (!session->job)
            ahead_forget(session);
        return good;
    }
    struct thing *thing = ahead->wish;
    ahead->wish = NULL;
    error->text[0] = '\0';
    struct job job = {thing->is_population ? "building" : "solving", true, thing, work_thing, finish_thing, free_thing};
    return job_again(session, &job, sheet);
}
