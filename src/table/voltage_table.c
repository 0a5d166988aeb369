#include "table/voltage_table.h"

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/stop.h"
#include "rig/retrace.h"
#include "session/message.h"
#include "session/session.h"

static bool begin(const struct neuron_model *model, struct sheet *sheet, struct error *error)
{
    const char *columns[NEURON_FIELDS_MAX + 5] = {"t", "neuron", "J"};
    size_t count = 3;
    for (const struct neuron_field *field = model->state; field->name; field++)
        columns[count++] = field->name;
    columns[count++] = "spiked";
    return sheet_header(sheet, error, columns);
}

/* Fields by the names that the present model has for them: it may have been another one. */
static double field(const struct retrace_step *step, const char *name)
{
    const struct neuron_model *model = step->population->model;
    for (size_t f = 0; model->advance && f < neuron_fields(model); f++)
        if (strcmp(model->state[f].name, name) == 0)
            return step->state[f];
    return NAN;
}

static void put(const struct neuron_model *model, size_t neuron, const struct retrace_step *step, struct sheet *sheet)
{
    const struct population *p = step->population;
    sheet_number(sheet, step->time);
    sheet_integer(sheet, (int64_t)neuron);
    sheet_number(sheet, step->current);
    for (const struct neuron_field *f = model->state; f->name; f++)
        sheet_number(sheet, field(step, f->name));
    sheet_number(sheet, step->spiked ? p->model->spike_height(&p->params, step->dt) : 0);
    sheet_row(sheet);
}

static void say_doubt(struct session *session, const struct channel *channel, struct retrace *const *retrace,
                      size_t neurons)
{
    char spikes[NUMBER_COUNTED];
    uint64_t astray = 0;
    for (size_t i = 0; i < neurons; i++)
        astray += retrace_astray(retrace[i]);
    if (retrace_unsure(channel))
        session_note(
            session,
            "%s: the beginning of its record is not kept, so neurons were taken to be at rest where it begins; "
            "until they have forgotten that, voltages may be wrong",
            channel->name);
    if (astray > 0)
        session_note(session,
                     "%s: %s of these neurons and of the record differ, so these voltages are not quite theirs",
                     channel->name, number_counted(spikes, astray, "spike"));
}

/* All neurons through the same steps, side by side. */
static bool rows(const struct rig *rig, const struct channel *channel, struct retrace *const *retrace, size_t neurons,
                 double high, struct sheet *sheet)
{
    struct retrace_step step;
    while (!stop_requested())
        for (size_t i = 0; i < neurons; i++) {
            if (!retrace_next(retrace[i], rig, channel, &step) || step.time > high)
                return true;
            put(channel->population->model, retrace_neuron(retrace[i]), &step, sheet);
        }
    return false;
}

#define STEPS_ONCE 100000 /* before looking whether to stop */

static bool seek(const struct rig *rig, const struct channel *channel, struct retrace *retrace, double low)
{
    bool there = false;
    while (!there && !stop_requested())
        there = retrace_seek(retrace, rig, channel, low, STEPS_ONCE);
    return there;
}

bool voltage_table(struct session *session, const struct channel *channel, const size_t *neuron, size_t neurons,
                   const struct time_span *span, struct sheet *sheet, struct error *error)
{
    struct retrace *retrace[VOLTAGE_NEURONS] = {NULL};
    const struct rig *rig = &session->rig;
    if (!retrace_possible(rig, channel, error) || !begin(channel->population->model, sheet, error))
        return false;
    bool good = true;
    for (size_t i = 0; i < neurons && good; i++) {
        retrace[i] = retrace_new(neuron[i]);
        good = seek(rig, channel, retrace[i], span_low(span));
    }
    good = good && rows(rig, channel, retrace, neurons, span_high(span), sheet);
    say_doubt(session, channel, retrace, neurons);
    for (size_t i = 0; i < neurons; i++)
        retrace_free(retrace[i]);
    return good || error_set(error, "interrupted");
}
