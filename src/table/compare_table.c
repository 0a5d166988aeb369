#include "table/compare_table.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/xalloc.h"
#include "draw/subject.h"
#include "rig/live.h"
#include "session/message.h"
#include "session/session.h"
#include "signal/source.h"
#include "table/labels.h"
#include "table/table_span.h"

struct named {
    char label[64];
    uint32_t neuron;
};

static int by_label(const void *a, const void *b)
{
    return strcmp(((const struct named *)a)->label, ((const struct named *)b)->label);
}

/* Neurons of b by their labels, to be searched. */
static struct named *names_of(const struct spike_source *source)
{
    struct named *name = xcalloc(source->neurons + 1, sizeof *name);
    char buffer[LABEL_BYTES];
    for (size_t i = 0; i < source->neurons; i++) {
        snprintf(name[i].label, sizeof name[i].label, "%.63s",
                 source_label(source, (uint32_t)i, buffer, sizeof buffer));
        name[i].neuron = (uint32_t)i;
    }
    qsort(name, source->neurons, sizeof *name, by_label);
    return name;
}

struct summary {
    size_t both;
    double sum, square, largest;
    char where[64];
};

static void note(struct summary *s, double difference, const char *label)
{
    s->both++;
    s->sum += difference;
    s->square += difference * difference;
    if (fabs(difference) <= fabs(s->largest) && s->both > 1)
        return;
    s->largest = difference;
    snprintf(s->where, sizeof s->where, "%.63s", label);
}

static void say(struct session *session, const struct channel *a, const struct channel *b, const struct time_span *span,
                const struct summary *s)
{
    char from[NUMBER_HUMAN], to[NUMBER_HUMAN];
    number_human(from, span->from, DIMENSION_TIME);
    number_human(to, span->to, DIMENSION_TIME);
    if (s->both == 0)
        session_say(session, "%s and %s have no neuron of the same name", a->name, b->name);
    else
        session_say(
            session,
            "%s less %s from %s to %s: %.3g Hz on average, %.3g Hz RMS over %zu neurons, at most %.3g Hz (neuron %s)",
            b->name, a->name, from, to, s->sum / (double)s->both, sqrt(s->square / (double)s->both), s->both,
            s->largest, s->where);
}

/* The time that both have, as each counts in it. */
static bool common(const struct channel *a, const struct channel *b, struct time_span *of_a, struct time_span *of_b,
                   struct error *error)
{
    char spans[4][NUMBER_HUMAN];
    *of_a = table_span(a, NAN, NAN);
    *of_b = table_span(b, NAN, NAN);
    double from = fmax(of_a->from, of_b->from), to = fmin(of_a->to, of_b->to);
    if (!(to > from))
        return error_set(
            error, "%s and %s have no time in common: %s to %s, and %s to %s", a->name, b->name,
            number_human(spans[0], of_a->from, DIMENSION_TIME), number_human(spans[1], of_a->to, DIMENSION_TIME),
            number_human(spans[2], of_b->from, DIMENSION_TIME), number_human(spans[3], of_b->to, DIMENSION_TIME));
    of_a->closed = of_a->closed && to == of_a->to;
    of_b->closed = of_b->closed && to == of_b->to;
    of_a->from = of_b->from = from;
    of_a->to = of_b->to = to;
    return true;
}

bool compare_table(struct session *session, struct channel *a, struct channel *b, struct sheet *sheet,
                   struct error *error)
{
    struct time_span of_a, of_b;
    live_drain(&session->rig);
    if (!labels_need_spikes(a, "its rates", error) || !labels_need_spikes(b, "its rates", error) ||
        !common(a, b, &of_a, &of_b, error) || !sheet_begin(sheet, error))
        return false;
    struct spike_source ours = channel_source(a), theirs = channel_source(b);
    struct named *name = names_of(&theirs);
    struct summary summary = {0};
    static const char *const columns[] = {"neuron", "rate", "rate_engine", "difference"};
    for (size_t c = 0; c < sizeof columns / sizeof *columns; c++)
        sheet_text(sheet, columns[c]);
    sheet_row(sheet);
    for (size_t i = 0; i < ours.neurons; i++) {
        char buffer[LABEL_BYTES];
        struct named wanted;
        const char *label = source_label(&ours, (uint32_t)i, buffer, sizeof buffer);
        snprintf(wanted.label, sizeof wanted.label, "%.63s", label);
        const struct named *found = bsearch(&wanted, name, theirs.neurons, sizeof *name, by_label);
        double rate = source_rate(&ours, (uint32_t)i, &of_a);
        double other = found ? source_rate(&theirs, found->neuron, &of_b) : NAN;
        if (found)
            note(&summary, other - rate, label);
        sheet_text(sheet, label);
        sheet_number(sheet, rate);
        sheet_number(sheet, other);
        sheet_number(sheet, other - rate);
        sheet_row(sheet);
    }
    say(session, a, b, &of_a, &summary);
    free(name);
    return true;
}
