/* The parameters of mean-field theory: set, and shown as a table. */
#include <stdio.h>

#include "session/message.h"
#include "table/meanfield_request.h"

static void show_number(struct sheet *sheet, const char *name, const struct meanfield_param *param, double value)
{
    sheet_text(sheet, name);
    sheet_number(sheet, value);
    if (param->dimension == DIMENSION_NONE)
        sheet_blank(sheet);
    else
        sheet_text(sheet, dimension_symbol(param->dimension));
    sheet_row(sheet);
}

static double neuron_value(const struct meanfield_network *network, int p, size_t i)
{
    return *(const double *)((const char *)&network->neuron[p] + meanfield_neuron_table[i].offset);
}

/* One row, or one a population where they differ. */
static void show_pair(struct sheet *sheet, const struct meanfield_param *param, double exc, double inh)
{
    char name[48];
    if (exc == inh) {
        show_number(sheet, param->name, param, exc);
        return;
    }
    snprintf(name, sizeof name, "exc.%s", param->name);
    show_number(sheet, name, param, exc);
    snprintf(name, sizeof name, "inh.%s", param->name);
    show_number(sheet, name, param, inh);
}

static void show_word(struct sheet *sheet, const char *name, const char *word)
{
    sheet_text(sheet, name);
    sheet_text(sheet, word);
    sheet_blank(sheet);
    sheet_row(sheet);
}

bool meanfield_table_show(struct meanfield_request *request, struct error *error)
{
    static const char *const columns[] = {"parameter", "value", "unit", NULL};
    static const struct meanfield_param volts = {.dimension = DIMENSION_VOLT};
    const struct meanfield_state *state = &request->state;
    const struct meanfield_network *network = &state->network;
    struct sheet *sheet = request->sheet;
    if (!sheet_header(sheet, error, columns))
        return false;
    for (size_t i = 0; i < meanfield_neuron_count; i++)
        show_pair(sheet, &meanfield_neuron_table[i], neuron_value(network, EXC, i), neuron_value(network, INH, i));
    show_pair(sheet, &meanfield_network_table[0], network->C[EXC], network->C[INH]);
    for (size_t i = 1; i < meanfield_network_count; i++) {
        const struct meanfield_param *param = &meanfield_network_table[i];
        if (!meanfield_network_unused(network, param))
            show_number(sheet, param->name, param, *(const double *)((const char *)network + param->offset));
    }
    show_number(sheet, "mu", &volts, state->point.mu);
    show_number(sheet, "sigma", &volts, state->point.sigma);
    show_word(sheet, "method", meanfield_method_names[state->options.method]);
    show_word(sheet, "filter", state->options.filter ? "on" : "off");
    show_word(sheet, "refractory", state->options.refractory ? "on" : "off");
    return true;
}

bool meanfield_set(struct meanfield_request *request, struct error *error)
{
    const struct value *mu = argument(request->arguments, "mu"), *sigma = argument(request->arguments, "sigma");
    char typed_mu[NUMBER_HUMAN], typed_sigma[NUMBER_HUMAN];
    if (!arguments_keyed(request->arguments))
        return error_set(error, "meanfield set needs something to set: meanfield set tau_s=1ms mu=8mV; help meanfield "
                                "lists all");
    if (mu->given)
        request->state.point.mu = mu->number;
    if (sigma->given)
        request->state.point.sigma = sigma->number;
    request->session->meanfield = request->state;
    session_say(request->session, "meanfield: mu %s, sigma %s; meanfield show lists all",
                number_human(typed_mu, request->state.point.mu, DIMENSION_VOLT),
                number_human(typed_sigma, request->state.point.sigma, DIMENSION_VOLT));
    return true;
}
