#include "wire/remote.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/xalloc.h"
#include "remote_state.h"

static void content_free(struct content *content)
{
    bytes_free(&content->spec);
    bytes_free(&content->input);
    *content = (struct content){0};
}

static void remote_free(struct port *port)
{
    struct remote *remote = remote_of(port);
    talk_free(&remote->talk);
    for (size_t s = 0; s < ENGINE_SLOTS; s++) {
        content_free(&remote->slot[s].held);
        content_free(&remote->slot[s].built);
        batch_free(remote->slot[s].taken);
        batch_free(remote->slot[s].left);
        batch_free(remote->slot[s].late);
    }
    remote_joints_free(remote);
    free(remote);
}

static bool remote_start(struct port *port, void (*wake)(void *context), void *context, struct error *error)
{
    struct remote *remote = remote_of(port);
    remote->talk.wake = wake;
    remote->talk.wake_context = context;
    remote->started = talk_tell(&remote->talk, MESSAGE_START, &(struct bytes){0}, error);
    remote->talk.hurried = remote->started;
    return remote->started;
}

/* ---- slots ---- */

static bool remote_build(struct port *port, size_t slot, const struct population_spec *spec,
                         const struct stimulus *input, struct error *error)
{
    struct content *built = &remote_of(port)->slot[slot].built;
    (void)error;
    content_free(built);
    *built = (struct content){
        .there = true,
        .dims = spec->given ? spec->given->dims : spec->dims,
        .neurons = !spec->model->advance ? 0
                   : spec->given         ? spec->given->n
                                         : spec->n,
    };
    bytes_spec(&built->spec, spec);
    bytes_input(&built->input, input);
    return true;
}

static bool remote_drive(struct port *port, size_t slot, const struct stimulus *input, struct error *error)
{
    struct content *built = &remote_of(port)->slot[slot].built;
    if (!built->there)
        return error_set(error, "slot %zu: nothing has been built for it", slot);
    bytes_free(&built->input);
    bytes_input(&built->input, input);
    return true;
}

/* A flag, and the batch if there is one, into *batch, which is freed before. */
static bool read_batch(struct remote *remote, struct reader *answer, const struct content *content,
                       struct spike_batch **batch, struct error *error)
{
    batch_free(*batch);
    *batch = NULL;
    if (!read_flag(answer))
        return talk_understood(&remote->talk, answer, error);
    *batch = codec_read_batch(answer, content->dims, content->neurons, error);
    if (!*batch)
        answer->bad = true;
    return talk_understood(&remote->talk, answer, error);
}

static bool send_content(struct remote *remote, size_t slot, const struct content *content, struct reader *answer,
                         struct error *error)
{
    struct bytes question = {0};
    bytes_count(&question, slot);
    bytes_append(&question, content->spec.at, content->spec.length);
    bytes_append(&question, content->input.at, content->input.length);
    bool good = talk_ask(&remote->talk, MESSAGE_PLACE, &question, answer, error);
    bytes_free(&question);
    return good;
}

#define SETTLE_PLACE 1.0 /* s */

static bool remote_place(struct port *port, size_t slot, struct port_placed *placed, struct error *error)
{
    struct remote *remote = remote_of(port);
    struct slot *s = &remote->slot[slot];
    struct reader answer;
    if (!s->built.there)
        return error_set(error, "slot %zu: nothing has been built for it", slot);
    if (!talk_settle(&remote->talk, SETTLE_PLACE, error))
        return false;
    if (s->late) /* what it recorded has to be taken first, or would be lost */
        return error_set(error, "the engine's process answers again only now; once more, please");
    if (!send_content(remote, slot, &s->built, &answer, error))
        return false;
    placed->time = read_f64(&answer);
    if (!read_batch(remote, &answer, &s->held, &s->left, error))
        return false;
    placed->recorded = s->left;
    content_free(&s->held);
    s->held = s->built;
    s->built = (struct content){0};
    remote_joints_changed(remote, ENGINE_SLOTS);
    return true;
}

static void forget_late(struct remote *remote, size_t slot)
{
    batch_free(remote->slot[slot].late);
    remote->slot[slot].late = NULL;
}

static void remote_empty(struct port *port, size_t slot)
{
    struct remote *remote = remote_of(port);
    struct bytes question = {0};
    struct error ignored;
    bytes_count(&question, slot);
    talk_tell(&remote->talk, MESSAGE_EMPTY, &question, &ignored);
    bytes_free(&question);
    forget_late(remote, slot);
    content_free(&remote->slot[slot].held);
    remote_joints_changed(remote, slot);
}

/* The answer is a time. */
static bool ask_time(struct remote *remote, enum message kind, const struct bytes *question, double *time,
                     struct error *error)
{
    struct reader answer;
    if (!talk_ask(&remote->talk, kind, question, &answer, error))
        return false;
    *time = read_f64(&answer);
    return talk_understood(&remote->talk, &answer, error);
}

static bool remote_feed(struct port *port, size_t slot, const struct stimulus *input, double *time, struct error *error)
{
    struct remote *remote = remote_of(port);
    struct content *held = &remote->slot[slot].held;
    struct bytes question = {0}, fed = {0};
    bytes_input(&fed, input);
    bytes_count(&question, slot);
    bytes_append(&question, fed.at, fed.length);
    bool good = ask_time(remote, MESSAGE_FEED, &question, time, error);
    bytes_free(&question);
    bytes_free(good ? &held->input : &fed);
    if (good)
        held->input = fed;
    return good;
}

/* Beside somebody who types, nothing that is asked all the time is waited for long. */
static bool ask(struct remote *remote, enum message kind, size_t slot, const struct bytes *question,
                struct reader *answer, struct error *error)
{
    return remote->started ? talk_try(&remote->talk, kind, slot, question, answer, error)
                           : talk_ask(&remote->talk, kind, question, answer, error);
}

static const struct spike_batch *remote_take(struct port *port, size_t slot)
{
    struct remote *remote = remote_of(port);
    struct slot *s = &remote->slot[slot];
    struct bytes question = {0};
    struct reader answer;
    struct error ignored;
    if (!s->held.there)
        return NULL;
    if (s->late) {
        batch_free(s->taken);
        s->taken = s->late;
        s->late = NULL;
        return s->taken;
    }
    bytes_count(&question, slot);
    bool good = ask(remote, MESSAGE_TAKE, slot, &question, &answer, &ignored) &&
                read_batch(remote, &answer, &s->held, &s->taken, &ignored);
    bytes_free(&question);
    if (good && s->taken)
        return s->taken;
    batch_free(s->taken); /* lost, or late: nothing more was recorded as far as is known */
    s->taken = batch_new(s->held.dims, 0, 0);
    return s->taken;
}

/* ---- time ---- */

static bool put_dt(struct remote *remote, double dt, double *time, struct error *error)
{
    struct bytes question = {0};
    bytes_f64(&question, dt);
    bool good = ask_time(remote, MESSAGE_DT, &question, time, error);
    bytes_free(&question);
    if (good)
        remote->status.dt = dt;
    return good;
}

static bool remote_dt(struct port *port, double dt, double *time, struct error *error)
{
    return put_dt(remote_of(port), dt, time, error);
}

static bool put_speed(struct remote *remote, struct error *error)
{
    struct bytes question = {0};
    bytes_f64(&question, remote->speed);
    bool good = talk_tell(&remote->talk, MESSAGE_SPEED, &question, error);
    bytes_free(&question);
    return good;
}

static void remote_speed(struct port *port, double factor)
{
    struct remote *remote = remote_of(port);
    struct error ignored;
    remote->speed = factor;
    put_speed(remote, &ignored); /* a lost engine's successor is told */
}

static bool give_content(struct remote *remote, size_t slot, struct error *error)
{
    struct reader answer;
    struct slot *s = &remote->slot[slot];
    if (!s->held.there)
        return true;
    if (!send_content(remote, slot, &s->held, &answer, error))
        return false;
    read_f64(&answer);
    return read_batch(remote, &answer, &s->held, &s->left, error);
}

/* Makes a new engine what the lost one was, at 0 s. */
static bool give_everything(struct remote *remote, struct error *error)
{
    double time;
    bool good = put_dt(remote, remote->status.dt, &time, error) && put_speed(remote, error);
    for (size_t s = 0; s < ENGINE_SLOTS; s++)
        good = good && give_content(remote, s, error);
    good = good && remote_joints_give(remote, error);
    return good && (!remote->started || talk_tell(&remote->talk, MESSAGE_START, &(struct bytes){0}, error));
}

static bool remote_reset(struct port *port, struct error *error)
{
    struct remote *remote = remote_of(port);
    if (!remote->talk.lost && !talk_tell(&remote->talk, MESSAGE_RESET, &(struct bytes){0}, error))
        return false;
    for (size_t s = 0; s < ENGINE_SLOTS; s++)
        forget_late(remote, s);
    if (!remote->talk.lost)
        return true;
    if (!talk_begin(&remote->talk, error))
        return false;
    return give_everything(remote, error) || talk_lose(&remote->talk, "could not be made what it was", NULL);
}

static bool remote_run(struct port *port, struct error *error)
{
    return talk_tell(&remote_of(port)->talk, MESSAGE_RUN, &(struct bytes){0}, error);
}

static void remote_pause(struct port *port)
{
    struct error ignored;
    talk_tell(&remote_of(port)->talk, MESSAGE_PAUSE, &(struct bytes){0}, &ignored);
}

/* Reads the status that an answer ends with. */
static bool read_status(struct remote *remote, struct reader *answer, struct error *error)
{
    struct engine_status status;
    if (!codec_read_status(answer, &status, error))
        answer->bad = true;
    if (!talk_understood(&remote->talk, answer, error))
        return false;
    remote->status = status;
    return true;
}

static bool ask_status(struct remote *remote, struct error *error)
{
    struct reader answer;
    return ask(remote, MESSAGE_STATUS, 0, &(struct bytes){0}, &answer, error) && read_status(remote, &answer, error);
}

/* An answer that nobody waits for any more. */
static void take_late(void *context, const struct owed *owed, struct reader *answer)
{
    struct remote *remote = context;
    struct slot *s = &remote->slot[owed->slot];
    struct error ignored;
    if (owed->kind == MESSAGE_STATUS)
        read_status(remote, answer, &ignored);
    else if (owed->kind != MESSAGE_TAKE)
        talk_understood(&remote->talk, answer, &ignored); /* done, late */
    else
        read_batch(remote, answer, &s->held, &s->late, &ignored);
}

static struct engine_status remote_status(struct port *port)
{
    struct remote *remote = remote_of(port);
    struct error ignored;
    ask_status(remote, &ignored);
    struct engine_status status = remote->status;
    status.silent = remote->talk.owed.on ? clock_seconds() - remote->talk.owed.since : 0;
    if (!remote->talk.lost)
        return status;
    return (struct engine_status){.time = status.time,
                                  .dt = status.dt,
                                  .step = status.step,
                                  .speed = remote->speed,
                                  .lost = remote->talk.why.text};
}

static bool ask_advance(struct remote *remote, uint64_t steps, struct error *error)
{
    struct bytes question = {0};
    struct reader answer;
    bytes_count(&question, steps);
    bool good =
        talk_ask(&remote->talk, MESSAGE_ADVANCE, &question, &answer, error) && read_status(remote, &answer, error);
    bytes_free(&question);
    return good;
}

static bool remote_advance(struct port *port, uint64_t steps, bool (*drain)(void *context), void *context,
                           struct error *error)
{
    struct remote *remote = remote_of(port);
    bool go_on = true;
    if (remote->started || steps == 0)
        return steps == 0 || ask_advance(remote, steps, error);
    if (!ask_status(remote, error))
        return false;
    while (steps > 0 && go_on) {
        uint64_t before = remote->status.step;
        if (!ask_advance(remote, steps, error))
            return false;
        uint64_t done = remote->status.step - before;
        steps -= done < steps ? done : steps;
        go_on = !drain || drain(context);
    }
    return true;
}

/* ---- what it says unasked ---- */

static int remote_descriptor(struct port *port)
{
    return remote_of(port)->talk.child.socket;
}

static void remote_attend(struct port *port)
{
    talk_listen(&remote_of(port)->talk);
}

static const struct port_functions remote_functions = {
    .free = remote_free,
    .start = remote_start,
    .build = remote_build,
    .drive = remote_drive,
    .place = remote_place,
    .empty = remote_empty,
    .feed = remote_feed,
    .dt = remote_dt,
    .reset = remote_reset,
    .run = remote_run,
    .pause = remote_pause,
    .advance = remote_advance,
    .speed = remote_speed,
    .status = remote_status,
    .take = remote_take,
    .connections = remote_connections,
    .join = remote_join,
    .learn = remote_learn,
    .learned = remote_learned,
    .descriptor = remote_descriptor,
    .attend = remote_attend,
};

struct port *remote_open(const char *const *command, struct error *error)
{
    struct remote *remote = xcalloc(1, sizeof *remote);
    remote->port.does = &remote_functions;
    remote->speed = 1;
    talk_init(&remote->talk, command);
    remote->talk.late = take_late;
    remote->talk.late_context = remote;
    if (talk_begin(&remote->talk, error) && ask_status(remote, error))
        return &remote->port;
    remote_free(&remote->port);
    return NULL;
}
