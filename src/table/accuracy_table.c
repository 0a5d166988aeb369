/* All currents of one dt advance together, model by model. The columns are those that the peers' table has, too. */
#include "table/accuracy_table.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/xalloc.h"
#include "model/accuracy.h"
#include "model/rate.h"

#define MODELS_MOST 8
/* Neuron-steps between two looks for Ctrl-C: a few hundredths of a second. */
#define STRETCH 2e6

struct models {
    const struct neuron_model *model[MODELS_MOST];
    size_t count;
};

static struct models choose(const struct accuracy_table *plan)
{
    struct models models = {0};
    for (size_t i = 0; i < neuron_model_count && models.count < MODELS_MOST; i++)
        if (plan->only ? plan->only == neuron_models[i] : neuron_is_plain(neuron_models[i]))
            models.model[models.count++] = neuron_models[i];
    return models;
}

static const char *prefix(const struct neuron_model *model)
{
    return model->column ? model->column : model->name;
}

static bool write_header(const struct models *models, struct sheet *sheet, struct error *error)
{
    static const char *const first[] = {"tau_rc", "tau_ref", "dt", "steps", "J", "exact_rate"};
    static const char *const each[] = {"count", "rate", "isi_rate", "first_step", "last_step"};
    char name[64];
    if (!sheet_begin(sheet, error))
        return false;
    for (size_t i = 0; i < sizeof first / sizeof *first; i++)
        sheet_text(sheet, first[i]);
    for (size_t m = 0; m < models->count; m++) {
        for (size_t i = 0; i < sizeof each / sizeof *each; i++) {
            snprintf(name, sizeof name, "%s_%s", prefix(models->model[m]), each[i]);
            sheet_text(sheet, name);
        }
        for (const struct neuron_field *field = models->model[m]->state; field->name; field++) {
            snprintf(name, sizeof name, "%s_%s_end", prefix(models->model[m]), field->brief);
            sheet_text(sheet, name);
        }
    }
    for (size_t m = 0; m < models->count; m++) {
        snprintf(name, sizeof name, "%s_error", prefix(models->model[m]));
        sheet_text(sheet, name);
    }
    sheet_row(sheet);
    return true;
}

/* Neuron-steps of the whole table. */
struct effort {
    struct progress progress;
    double done, all;
};

/* False when it is to stop. */
static bool advance(struct accuracy *accuracy, uint64_t steps, struct effort *effort)
{
    double neurons = (double)accuracy_count(accuracy);
    uint64_t stretch = (uint64_t)fmax(STRETCH / neurons, 1);
    while (steps > 0) {
        uint64_t some = steps < stretch ? steps : stretch;
        accuracy_advance(accuracy, some);
        steps -= some;
        effort->done += (double)some * neurons;
        if (effort->progress.stop && effort->progress.stop(effort->progress.context, effort->done / effort->all))
            return false;
    }
    return true;
}

static void write_model(struct sheet *sheet, const struct neuron_model *model, const struct accuracy_row *row)
{
    sheet_integer(sheet, (int64_t)row->spikes);
    sheet_number(sheet, row->rate);
    sheet_number(sheet, row->isi_rate);
    sheet_integer(sheet, row->first_step);
    sheet_integer(sheet, row->last_step);
    for (size_t f = 0; f < neuron_fields(model); f++)
        sheet_number(sheet, row->state[f]);
}

static void write_rows(const struct accuracy_table *plan, double dt, struct accuracy *const *of,
                       const struct models *models, struct sheet *sheet)
{
    for (size_t i = 0; i < plan->J->count; i++) {
        double exact = neuron_rate(models->model[0], NULL, &plan->params, plan->J->value[i]);
        sheet_number(sheet, plan->params.tau_rc);
        sheet_number(sheet, plan->params.tau_ref);
        sheet_number(sheet, dt);
        sheet_integer(sheet, (int64_t)accuracy_steps(of[0]));
        sheet_number(sheet, plan->J->value[i]);
        sheet_number(sheet, exact);
        for (size_t m = 0; m < models->count; m++) {
            struct accuracy_row row = accuracy_row(of[m], i);
            write_model(sheet, models->model[m], &row);
        }
        for (size_t m = 0; m < models->count; m++)
            sheet_number(sheet, accuracy_error(accuracy_row(of[m], i).isi_rate, exact));
        sheet_row(sheet);
    }
}

static uint64_t steps_of(const struct accuracy_table *plan, double dt)
{
    return (uint64_t)fmax(round(plan->time / dt), 1);
}

/* False when it is to stop. */
static bool one_dt(const struct accuracy_table *plan, double dt, const struct models *models, struct effort *effort,
                   struct sheet *sheet)
{
    struct accuracy *of[MODELS_MOST] = {0};
    bool going = true;
    for (size_t m = 0; m < models->count && going; m++) {
        of[m] = accuracy_new(models->model[m], &plan->params, dt, plan->J->value, plan->J->count);
        going = advance(of[m], steps_of(plan, dt), effort);
    }
    if (going)
        write_rows(plan, dt, of, models, sheet);
    for (size_t m = 0; m < models->count; m++)
        accuracy_free(of[m]);
    return going;
}

bool accuracy_table(const struct accuracy_table *plan, struct sheet *sheet, struct progress progress,
                    struct error *error)
{
    struct models models = choose(plan);
    struct effort effort = {.progress = progress};
    bool going = true;
    for (size_t i = 0; i < plan->dt->count; i++) {
        if (!(plan->time / plan->dt->value[i] < 1e15))
            return error_set(error, "time=%g s in steps of %g s are too many steps", plan->time, plan->dt->value[i]);
        effort.all += (double)steps_of(plan, plan->dt->value[i]) * (double)(plan->J->count * models.count);
    }
    if (!write_header(&models, sheet, error))
        return false;
    for (size_t i = 0; i < plan->dt->count && going; i++)
        going = one_dt(plan, plan->dt->value[i], &models, &effort, sheet);
    return going || error_set(error, "interrupted");
}
