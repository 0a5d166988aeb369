/* One knob: made of a row, read from it, turned by running the row's command. */
#include "session/knob.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "language/parameter_list.h"
#include "session/job.h"
#include "session/line.h"
#include "session/message.h"
#include "session/names.h"
#include "session/session.h"

#define STEPS 100 /* fine ones over a range, about */
#define NEAR 1e-6 /* of a step */

/* ---- rows ---- */

void knob_collect(const struct session *session, const char *channel, struct knob_rows *rows)
{
    struct error ignored;
    const struct channel *population = channel ? channel_find(session, channel, CHANNEL_SETS, &ignored)
                                               : channel_default(session, CHANNEL_LIVE, &ignored);
    for (size_t i = 0; i < knob_source_count; i++)
        if (!channel || *channel || !knob_sources[i].of_population)
            knob_rows_add(rows, session, &knob_sources[i], population);
}

/* The row of a knob as it is now, among `rows` (empty before); NULL: it is gone. */
static const struct parameter *own_row(const struct session *session, const struct knob *knob, struct knob_rows *rows)
{
    struct error ignored;
    const struct channel *channel =
        *knob->channel ? channel_find(session, knob->channel, CHANNEL_SETS, &ignored) : NULL;
    knob_rows_add(rows, session, knob->source, channel);
    for (size_t i = 0; i < rows->set.count; i++)
        if (strcmp(rows->set.row[i].name, knob->key) == 0)
            return &rows->set.row[i];
    return NULL;
}

double knob_now(const struct session *session, const struct knob *knob, char *text, size_t size)
{
    struct knob_rows *rows = xcalloc(1, sizeof *rows);
    const struct parameter *row = own_row(session, knob, rows);
    double now = row ? knob_rows_number(session, row) : NAN;
    if (text)
        snprintf(text, size, "%s", row ? row->present : "");
    free(rows);
    return now;
}

/* ---- making ---- */

/* What a knob may be turned over lies within what the row allows. */
static bool read_range(const struct parameter *row, const char *range, struct knob *knob, struct error *error)
{
    struct parameter strict = *row;
    struct distribution read = {0};
    strict.checked_later = strict.infinite = false;
    bool good = parameter_read_range(&strict, range, &read, error);
    bool two = good && read.kind == DISTRIBUTION_UNIFORM && read.low < read.high;
    free(read.values);
    knob->low = read.low;
    knob->high = read.high;
    if (good && !two)
        return error_set(error, "%.60s is no range from low to high: knob tau_rc 5ms:50ms", range);
    return good;
}

static double round_step(double step);

/* What nobody has typed has more digits than anybody would. */
static double round_digits(double value, bool wanted)
{
    char digits[NUMBER_HUMAN];
    snprintf(digits, sizeof digits, "%.2g", value);
    return wanted ? strtod(digits, NULL) : value;
}

/* Without a range: from a quarter of what it is to four times that, as far as the row allows; of what may be below 0 as
 * well, twice its size to both sides. */
static bool guess_range(const struct parameter *row, double now, struct knob *knob, struct error *error)
{
    if (isnan(now) && row->about != 0)
        now = row->about;
    if (row->type == TYPE_RANGE && row->low == 0 && row->high == 0 && row->dimension == DIMENSION_NONE &&
        isfinite(now) && now <= 0) {
        double size = round_step(2 * fmax(-now, 0.5));
        knob->low = -2 * size;
        knob->high = 2 * size;
        return true;
    }
    if (!(now > 0) || isinf(now))
        return error_set(error, "%s: from where to where? knob %s LO:HI", row->name, row->name);
    bool bounded = row->low != 0 || row->high != 0;
    knob->low = round_digits(bounded ? fmax(now / 4, row->low) : now / 4, row->about != 0);
    knob->high = round_digits(bounded ? fmin(now * 4, row->high) : now * 4, row->about != 0);
    return knob->low < knob->high || error_set(error, "%s: from where to where? knob %s LO:HI", row->name, row->name);
}

/* 1, 2 or 5 times a power of ten. */
static double round_step(double step)
{
    double ten = pow(10, floor(log10(step))), part = step / ten;
    return (part < 1.5 ? 1 : part < 3.5 ? 2 : part < 7.5 ? 5 : 10) * ten;
}

static bool set_step(struct knob *knob, const char *text, struct error *error)
{
    char high[NUMBER_HUMAN];
    if (!text) {
        knob->step =
            knob->log ? pow(knob->high / knob->low, 1.0 / STEPS) : round_step((knob->high - knob->low) / STEPS);
        if (knob->whole && !knob->log)
            knob->step = fmax(1, round(knob->step));
        return true;
    }
    if (!quantity_parse(text, knob->log ? DIMENSION_NONE : knob->dimension, &knob->step, error))
        return error_prefix(error, "step: ");
    if (knob->log)
        return (knob->step > 1 && knob->step <= knob->high / knob->low) ||
               error_set(error, "step=%.60s: with scale=log a step is a factor above 1, at most high/low", text);
    number_human(high, knob->high - knob->low, knob->dimension);
    if (!(knob->step > 0 && knob->step <= knob->high - knob->low))
        return error_set(error, "step=%.60s: must be above 0 and at most %s, the whole range", text, high);
    return !knob->whole || knob->step == floor(knob->step) ||
           error_set(error, "step=%.60s: a whole number is wanted", text);
}

/* Fills all but the place in the list. */
static bool make(const struct session *session, const struct knob_rows *rows, long i, const struct knob_wish *wish,
                 struct knob *knob, struct error *error)
{
    const struct parameter *row = &rows->set.row[i];
    *knob = (struct knob){.source = rows->source[i], .dimension = row->dimension, .wanted = NAN, .log = wish->log};
    knob->about = row->about != 0 ? row->about : NAN;
    snprintf(knob->key, sizeof knob->key, "%s", row->name);
    knob->whole = row->type == TYPE_COUNT;
    if (!(wish->range ? read_range(row, wish->range, knob, error)
                      : guess_range(row, knob_rows_number(session, row), knob, error)))
        return false;
    if (knob->whole && (knob->low != floor(knob->low) || knob->high != floor(knob->high))) {
        if (wish->range)
            return error_set(error, "%s %.60s: whole numbers are wanted", row->name, wish->range);
        knob->low = fmax(floor(knob->low), row->low);
        knob->high = floor(knob->high);
    }
    if (knob->log && !(knob->low > 0))
        return error_set(error, "%.60s: scale=log wants a range above 0", wish->range);
    return set_step(knob, wish->step, error);
}

/* The knob of that row, a new one, or NULL when there is no room. */
static struct knob *place_for(struct session *session, const struct knob *knob)
{
    struct knobs *knobs = &session->knobs;
    for (size_t i = 0; i < knobs->count; i++)
        if (strcmp(knobs->knob[i].key, knob->key) == 0 && strcmp(knobs->knob[i].channel, knob->channel) == 0)
            return &knobs->knob[i];
    if (knobs->count == KNOBS_MAX)
        return NULL;
    knobs->knob[knobs->count] = (struct knob){0};
    return &knobs->knob[knobs->count++];
}

/* Of two rows with one name the units decide: knob sigma 2mV:14mV is meanfield.sigma. */
static long make_any(const struct session *session, const struct knob_rows *rows, const struct knob_wish *wish,
                     struct knob *knob, struct error *error)
{
    struct error ignored;
    long i = knob_rows_find(rows, wish->key, error);
    if (i < 0 || make(session, rows, i, wish, knob, error))
        return i;
    for (size_t other = 0; other < rows->set.count; other++) {
        const char *dot = strchr(rows->set.row[other].name, '.');
        if (dot && strcmp(dot + 1, wish->key) == 0 && make(session, rows, (long)other, wish, knob, &ignored))
            return (long)other;
    }
    return -1;
}

struct knob *knob_put(struct session *session, const struct knob_wish *wish, struct error *error)
{
    struct knob_rows *rows = xcalloc(1, sizeof *rows);
    struct knob knob, *place = NULL;
    struct error ignored;
    knob_collect(session, wish->channel, rows);
    long i = make_any(session, rows, wish, &knob, error);
    if (i >= 0) {
        const struct channel *population = wish->channel ? channel_find(session, wish->channel, CHANNEL_SETS, &ignored)
                                                         : channel_default(session, CHANNEL_LIVE, &ignored);
        if (knob.source->of_population)
            snprintf(knob.channel, sizeof knob.channel, "%s", population->name);
        place = place_for(session, &knob);
        if (!place)
            error_set(error, "there are %d knobs, which is the most: knob off removes them", KNOBS_MAX);
    }
    if (place) { /* a new range is no reason to forget what was there at first */
        knob.before = place->before ? place->before : xstrdup(rows->set.row[i].present);
        knob.unsaid = place->unsaid;
        *place = knob;
        knobs_choose(session, (size_t)(place - session->knobs.knob));
        knobs_focus(session, true);
    }
    free(rows);
    return place;
}

/* ---- turning ---- */

/* Free of the dust of arithmetic, so that what is shown is what one would type. */
static double tidy(const struct knob *knob, double value)
{
    char digits[NUMBER_HUMAN];
    if (knob->whole)
        return round(value);
    if (!knob->log && fabs(value) < NEAR * knob->step)
        return 0;
    int wanted = knob->log ? 2 + (int)ceil(-log10(fmin(0.1, knob->step - 1))) : 9;
    snprintf(digits, sizeof digits, "%.*g", wanted > 15 ? 15 : wanted, value);
    return strtod(digits, NULL);
}

static double bounded(const struct knob *knob, double value)
{
    return fmin(fmax(value, knob->low), knob->high);
}

/* Where a value stands among the steps, counted from the low end. */
static double place_of(const struct knob *knob, double value)
{
    return knob->log ? log(value / knob->low) / log(knob->step) : (value - knob->low) / knob->step;
}

static double value_at(const struct knob *knob, double place)
{
    double value = knob->log ? knob->low * pow(knob->step, place) : knob->low + place * knob->step;
    return bounded(knob, tidy(knob, value));
}

/* From between two steps it goes to the next one first, so that round values come up. */
static double step_from(const struct knob *knob, double from, double steps)
{
    double place = place_of(knob, bounded(knob, from)), whole = round(place);
    if (fabs(place - whole) > 1e-3 && !knob->log)
        whole = steps > 0 ? floor(place) : ceil(place);
    else if (knob->log)
        whole = place;
    double to = value_at(knob, whole + steps);
    if (knob->whole && to == from && steps != 0)
        to = bounded(knob, from + (steps > 0 ? 1 : -1));
    return to;
}

void knob_typed(const struct knob *knob, double value, char out[NUMBER_HUMAN])
{
    if (knob->whole)
        snprintf(out, NUMBER_HUMAN, "%.0f", value);
    else
        number_typed(out, value, knob->dimension);
}

void knob_command(const struct knob *knob, const char *typed, char *out, size_t size)
{
    const char *key = knob->key + (knob->source->group[0] ? strlen(knob->source->group) + 1 : 0);
    snprintf(out, size, "%s%s%s %s=%s", knob->source->verb, *knob->channel ? " " : "", knob->channel, key, typed);
}

static bool run(struct session *session, struct knob *knob, const char *typed, struct error *error)
{
    char line[KNOB_COMMAND];
    knob_command(knob, typed, line, sizeof line);
    if (!line_try(session, line, error))
        return false;
    knob->unsaid = true;
    knob->refused.text[0] = '\0';
    return true;
}

static bool run_value(struct session *session, struct knob *knob, double value, struct error *error)
{
    char typed[NUMBER_HUMAN];
    knob_typed(knob, value, typed);
    return run(session, knob, typed, error);
}

/* Steps from what it is now towards what was refused, as far as is possible. *error then says why not one step more. */
static void approach(struct session *session, struct knob *knob, double refused, struct error *error)
{
    double from = knob_now(session, knob, NULL, 0);
    if (isnan(from))
        return;
    double good = place_of(knob, bounded(knob, from)), bad = round(place_of(knob, refused));
    good = bad > good ? floor(good) : ceil(good);
    if (fabs(bad - good) <= 1)
        return;
    while (fabs(bad - good) > 1) {
        double middle = trunc((good + bad) / 2);
        if (run_value(session, knob, value_at(knob, middle), error))
            good = middle;
        else
            bad = middle;
    }
    run_value(session, knob, value_at(knob, bad), error);
}

/* The same limit is said once, not at every step against it. */
static void say_limit(struct session *session, struct knob *knob, const struct error *why)
{
    char now[NUMBER_HUMAN];
    if (strcmp(why->text, knob->refused.text) == 0)
        return;
    knob->refused = *why;
    number_human(now, knob_now(session, knob, NULL, 0), knob->dimension);
    session_note(session, "%s%s%s stops at %s: %s", knob->channel, *knob->channel ? " " : "", knob->key, now,
                 why->text);
}

/* True when nothing was wanted. */
static bool apply(struct session *session, struct knob *knob, struct error *error)
{
    double wanted = knob->wanted;
    bool back = knob->back;
    knob->wanted = NAN;
    knob->back = false;
    if (back)
        return run(session, knob, knob->before, error);
    if (isnan(wanted) || wanted == knob_now(session, knob, NULL, 0))
        return true;
    if (run_value(session, knob, wanted, error))
        return true;
    if (isnan(knob_now(session, knob, NULL, 0)) && isnan(knob->about))
        return false;
    struct error before = knob->refused;
    approach(session, knob, wanted, error);
    knob->refused = before;
    say_limit(session, knob, error);
    return true;
}

/* On the screen the next frame sees to it. */
static bool apply_soon(struct session *session, struct knob *knob, struct error *error)
{
    return session->options.screen || apply(session, knob, error);
}

bool knob_turn(struct session *session, struct knob *knob, double steps, struct error *error)
{
    double from = isnan(knob->wanted) || knob->back ? knob_now(session, knob, NULL, 0) : knob->wanted;
    if (isnan(from) && isnan(knob->about)) /* no single number yet: begin in the middle */
        return knob_turn_to(session, knob, 0.5, error);
    if (isnan(from))
        from = knob->about;
    knob->armed = knob->back = false;
    knob->wanted = step_from(knob, from, steps);
    return apply_soon(session, knob, error);
}

bool knob_turn_to(struct session *session, struct knob *knob, double part, struct error *error)
{
    double last = place_of(knob, knob->high);
    knob->armed = knob->back = false;
    knob->wanted = part >= 1 ? knob->high : part <= 0 ? knob->low : value_at(knob, round(part * last));
    return apply_soon(session, knob, error);
}

bool knob_reset(struct session *session, struct knob *knob, struct error *error)
{
    knob->armed = false;
    knob->wanted = NAN;
    knob->back = true;
    return apply_soon(session, knob, error);
}

bool knobs_apply(struct session *session)
{
    bool any = false;
    for (size_t i = 0; i < session->knobs.count && !job_makes(session); i++) { /* they go on to what is wanted then */
        struct knob *knob = &session->knobs.knob[i];
        struct error error = {""};
        if (isnan(knob->wanted) && !knob->back)
            continue;
        any = true;
        if (apply(session, knob, &error) || strcmp(error.text, knob->refused.text) == 0)
            continue;
        knob->refused = error;
        session_error(session, &error);
    }
    return any;
}
