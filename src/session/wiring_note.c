/* What is said about a network while it runs, from what its engine tells and what its record holds. */
#include <math.h>

#include "rig/rig.h"
#include "rig/wired.h"
#include "session/message.h"
#include "session/session.h"
#include "session/wiring.h"

/* How late the error tells what a change did: the connection's own synapse and the slowest way from POST to the
 * error. */
static double error_delay(const struct session *session, const struct connection_spec *spec)
{
    double way = 0;
    for (size_t i = 0; i < session->rig.wires; i++) {
        const struct connection_spec *c = &session->rig.wired[i]->spec;
        if (c->pre == spec->post && c->post == spec->learning.error && c->synapse != &synapse_none &&
            c->tau_synapse > way)
            way = c->tau_synapse;
    }
    return way + (spec->synapse == &synapse_none ? 0 : spec->tau_synapse) + 2 * session->rig.status.dt;
}

/* A change by a rate r moves what is said by r |p|^2 / n a second for each unit of error, seen after a delay. Such a
 * loop has the gain r |p|^2 / n * delay: it goes on swinging from pi / 2 on, and settles without swinging below 1 /
 * e. */
static double loop_gain(const struct session *session, const struct connection_spec *spec, double power)
{
    return spec->learning.rate * power * error_delay(session, spec);
}

/* Rounded down to one digit. */
static double settling_rate(const struct connection_spec *spec, double gain)
{
    double rate = spec->learning.rate * exp(-1) / gain;
    double digits = pow(10, -floor(log10(rate))); /* to divide by, since 9 / 1e4 is 0.0009 and 9 * 1e-4 is not */
    return floor(rate * digits) / digits;
}

/* What swings in such a loop swings as far as POST's neurons go, which is a good part of their radius; an error that is less
 * is the noise of their spikes. A node goes on for ever. */
#define SWING 0.2

static double swing_of(const struct session *session, const struct wired *wired, const struct learning_watch *watch)
{
    const struct channel *post = wired_place(&session->rig, wired->spec.post);
    return channel_is_node(post) ? 1.5 * watch->first : SWING * post->population->radius;
}

/* Rates saturate, so what diverges does not become infinite: its error swings and does not shrink, while the loop is
 * one that swings. */
static void judge(struct session *session, struct wired *wired, const struct learning_watch *watch)
{
    char rate[NUMBER_HUMAN];
    double gain = loop_gain(session, &wired->spec, watch->last_power);
    bool stays = gain >= 0.5 && watch->last >= 0.9 * watch->first && watch->last >= swing_of(session, wired, watch);
    bool grew = gain >= 3 && watch->last >= watch->first / 2;
    if (wired->unsettled_said || watch->windows < 2 || watch->last_turns < 20 || !(stays || grew))
        return;
    wired->unsettled_said = true;
    session_note(
        session,
        "%s: learning does not settle: the error is %.3g (RMS of the last second) and was %.3g, and it swings; "
        "rate=%s or less settles",
        wired->face.name, watch->last, watch->first,
        number_typed(rate, settling_rate(&wired->spec, gain), DIMENSION_NONE));
}

/* Of a node's value f is asked for wherever that goes. */
static void judge_function(struct session *session, struct wired *wired)
{
    struct port_learned learned;
    struct error ignored;
    if (!port_learned(session->rig.engine, wired->face.name, &learned, &ignored) || !learned.not_finite)
        return;
    wired->not_finite_said = true;
    session_note(
        session,
        "%s: function %.60s was not a number, or infinite, for a value of %s, and 0 was taken for it; c ? a : b can "
        "give it another",
        wired->face.name, wired->spec.function, wired_place(&session->rig, wired->spec.pre)->name);
}

#define ASK_EVERY 0.5 /* s of the simulation, on the screen: to ask means to wait for the end of a chunk */
#define SMOOTH 0.05   /* s: noise of spikes is not what saturates */
#define BEYOND 1.1    /* of the radius */
#define BRIEF 0.25    /* s in all that a kick may go beyond: it is meant to */

static double norm(const double *x, size_t dims)
{
    double square = 0;
    for (size_t d = 0; d < dims; d++)
        square += x[d] * x[d];
    return sqrt(square);
}

/* Neurons say little more beyond the radius than on it. */
static void judge_saturation(struct session *session, struct channel *channel)
{
    const struct history *history = channel->history;
    size_t steps = history_steps(history), dims = channel->population->dims;
    double dt = session->rig.status.dt, step = dt / SMOOTH, keep = step < 1 ? 1 - step : 0;
    struct saturation *s = &channel->saturation;
    if (steps > 0 && history_time(history, steps - 1) < s->until)
        *s = (struct saturation){.said = s->said};
    for (size_t i = history_find(history, nextafter(s->until, INFINITY)); i < steps; i++) {
        s->length = keep * s->length + (1 - keep) * norm(history_input(history, i), dims);
        s->most = s->length > s->most ? s->length : s->most;
        s->beyond += s->length > BEYOND * channel->population->radius ? dt : 0;
    }
    s->until = steps ? history_time(history, steps - 1) : 0;
    if (s->beyond <= BRIEF || s->said)
        return;
    s->said = true;
    session_note(session, "%s represents up to %.3g and would need %.3g: it saturates", channel->name,
                 channel->population->radius, s->most);
}

void wiring_note_bias(struct session *session, const struct channel *channel)
{
    for (size_t i = 0; i < session->rig.wires; i++) {
        const struct wired *wired = session->rig.wired[i];
        if (wired->spec.post != channel->slot || channel_is_node(channel))
            continue;
        bool carries = wired->spec.solver->carries_bias && !wired->spec.weights.rows;
        if (carries && !channel->spec.bias_off)
            session_note(
                session,
                "the weights of %s carry the bias of %s already (solver=%s), and it is on as well: %s represents "
                "another value than it should; set %s bias=off",
                wired->face.name, channel->name, wired->spec.solver->name, channel->name, channel->name);
        if (!wired->built->weights && channel->spec.bias_off)
            session_note(session, "%s: its bias is off, and %s brings a value without it: set %s bias=on",
                         channel->name, wired->face.name, channel->name);
    }
}

void wiring_note(struct session *session)
{
    for (size_t i = 0; i < session->rig.channels; i++) {
        struct channel *channel = session->rig.channel[i];
        if (channel->population && !channel->population->node && wired_reaches(&session->rig, channel))
            judge_saturation(session, channel);
    }
    double time = port_status(session->rig.engine).time;
    if (session->rig.started && fabs(time - session->wires_asked) < ASK_EVERY)
        return;
    session->wires_asked = time;
    struct port_learned learned;
    struct error ignored;
    for (size_t i = 0; i < session->rig.wires; i++) {
        struct wired *wired = session->rig.wired[i];
        if (wired->spec.function && !wired->not_finite_said)
            judge_function(session, wired);
        if (!wired->spec.learning.rule || !wiring_learned(session, wired, &learned, &ignored))
            continue;
        if (learned.watch.stopped && !wired->stopped_said) {
            session_note(
                session,
                "%s: learning stopped: the error is not a number that weights can be changed by; the last finite "
                "weights stay",
                wired->face.name);
            wired->stopped_said = true;
        }
        if (!learned.watch.stopped)
            judge(session, wired, &learned.watch);
    }
}
