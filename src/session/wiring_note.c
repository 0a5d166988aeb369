/* What is said about a network while it runs, from what its engine tells and what its record holds. */
#include <math.h>

#include "rig/rig.h"
#include "rig/wired.h"
#include "session/message.h"
#include "session/session.h"
#include "session/wiring.h"

/* What stands in the loop of learning: low-passes, one after the other, and whole steps. */
#define LAGS 16
#define WAY 4 /* connections from POST to the error, at most */
struct lags {
    double tau[LAGS], late; /* s */
    size_t count;
};

static void add_lag(struct lags *lags, const struct connection_spec *c, double dt)
{
    size_t times = c->synapse == &synapse_none ? 0 : c->synapse == &synapse_alpha ? 2 : 1;
    for (size_t i = 0; i < times && lags->count < LAGS; i++)
        lags->tau[lags->count++] = c->tau_synapse;
    lags->late += times > 0 ? dt : 0;
}

static double slowness(const struct lags *lags)
{
    double sum = lags->late;
    for (size_t i = 0; i < lags->count; i++)
        sum += lags->tau[i];
    return sum;
}

/* Adds the slowest way from one place to another; false: there is none of WAY connections or fewer. */
static bool add_way(const struct session *session, size_t from, size_t to, int most, struct lags *lags)
{
    struct lags slowest = *lags;
    bool found = from == to;
    for (size_t i = 0; i < session->rig.wires && most > 0 && from != to; i++) {
        const struct connection_spec *c = &session->rig.wired[i]->spec;
        struct lags way = *lags;
        if (c->pre != from)
            continue;
        add_lag(&way, c, session->rig.status.dt);
        if (add_way(session, c->post, to, most - 1, &way) && (!found || slowness(&way) > slowness(&slowest))) {
            slowest = way;
            found = true;
        }
    }
    *lags = slowest;
    return found;
}

static double turned(const struct lags *lags, double omega)
{
    double angle = omega * lags->late;
    for (size_t i = 0; i < lags->count; i++)
        angle += atan(omega * lags->tau[i]);
    return angle;
}

/* The loop integrates its error: what passes the lags comes back turned by a quarter at omega, and there it goes on
 * swinging from this gain on, 1/s (the Nyquist criterion for k / s times the lags). */
static double swinging_gain(const struct lags *lags, double *omega)
{
    double low = 0, high = 1 / fmax(slowness(lags), 1e-9);
    while (turned(lags, high) < M_PI / 2 && high < 1e12)
        high *= 2;
    for (int i = 0; i < 60; i++) {
        double middle = (low + high) / 2;
        *(turned(lags, middle) < M_PI / 2 ? &low : &high) = middle;
    }
    double gain = *omega = low;
    for (size_t i = 0; i < lags->count; i++)
        gain *= hypot(1, low * lags->tau[i]);
    return gain;
}

static double mean_gain(const struct population *population)
{
    double sum = 0;
    for (size_t j = 0; j < population->n; j++)
        sum += population->gain[j];
    return sum / (double)population->n;
}

/* A change by a rate r moves what is said by r |p|^2 / n a second for each unit of error; a full connection's also by
 * the gain of each neuron behind it, which acts as it learns and again as it is heard. */
static double loop_gain(const struct session *session, const struct connection_spec *spec, double power)
{
    const struct population *post = wired_place(&session->rig, spec->post)->population;
    return spec->learning.rate * power * fabs(spec->scale) * (spec->kind == &connection_full ? mean_gain(post) : 1);
}

/* A quarter of the gain that swings settles quickly; rounded down to one digit. */
static double settling_rate(const struct connection_spec *spec, double share)
{
    double rate = spec->learning.rate / (4 * share);
    double digits = pow(10, -floor(log10(rate))); /* to divide by, since 9 / 1e4 is 0.0009 and 9 * 1e-4 is not */
    return floor(rate * digits) / digits;
}

#define SWING 0.2 /* of the radius */

/* Rates saturate, so what diverges does not become infinite: its error swings and does not shrink, while the loop is
 * one that swings. Far above that gain the first second has seen it swing already. */
static void judge(struct session *session, struct wired *wired, const struct learning_watch *watch)
{
    char rate[NUMBER_HUMAN];
    const struct connection_spec *spec = &wired->spec;
    if (wired->unsettled_said || watch->windows < 2)
        return;
    struct lags lags = {.late = session->rig.status.dt};
    double omega;
    add_lag(&lags, spec, session->rig.status.dt);
    if (spec->learning.has_error)
        add_way(session, spec->post, spec->learning.error, WAY, &lags);
    double share = loop_gain(session, spec, watch->last_power) / swinging_gain(&lags, &omega);
    bool swings = (double)watch->last_turns >= fmax(2, omega / M_PI / 4);
    bool stays = share >= 1 && watch->last > 0.9 * watch->first, grew = share >= 2 && watch->last > watch->first / 2;
    /* Below that gain, which is one of a mean, the noise of spikes grows too; what swings goes as far as POST's neurons
     * do. */
    bool grows = share >= 0.5 && watch->last > 1.1 * watch->first &&
                 watch->last > SWING * wired_place(&session->rig, spec->post)->population->radius;
    if (!swings || !(grows || stays || grew))
        return;
    wired->unsettled_said = true;
    session_note(
        session,
        "%s: learning does not settle: the error is %.3g (RMS of the last second) and was %.3g, and it swings; "
        "rate=%s or less settles",
        wired->face.name, watch->last, watch->first, number_typed(rate, settling_rate(spec, share), DIMENSION_NONE));
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

/* What is left of the currents of neurons without their bias: of the root mean square over x within the radius, the mean
 * over neurons. (e.x / radius)^2 has the mean 1 / (dims + 2) in a ball. */
static double share_without_bias(const struct population *p)
{
    double sum = 0;
    for (size_t j = 0; j < p->n; j++) {
        double driven = p->gain[j] * p->gain[j] / (double)(p->dims + 2), bias = p->bias[j] * p->bias[j];
        sum += driven > 0 ? sqrt(driven / (driven + bias)) : 0;
    }
    return sum / (double)p->n;
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
            session_note(session,
                         "%s: its bias is off, and %s brings a value without it, so its neurons get %.0f %% of the "
                         "current they need: set %s bias=on",
                         channel->name, wired->face.name, 100 * share_without_bias(channel->population), channel->name);
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
