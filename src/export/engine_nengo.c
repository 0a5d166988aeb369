/* Nengo. Its ensembles, nodes and connections are what ours are modelled on, so each thing becomes the thing of the same
 * name, with the numbers given in place of what Nengo would draw and solve. FastLIF, which Nengo itself does not have, is
 * written out as a neuron type. */
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/xalloc.h"
#include "python.h"

static bool nengo_check(const struct export_model *model, struct error *error)
{
    return python_check(model, &export_nengo, error);
}

static void write_place(struct text *s, const struct export_place *place)
{
    const struct population *p = place->population;
    char rc[NUMBER_EXACT], ref[NUMBER_EXACT], least[NUMBER_EXACT], height[NUMBER_EXACT];
    if (p->node) {
        text_printf(s, "    %s = nengo.Node(lambda t, x: x, size_in=%zu, label=\"%s\")\n", place->name, p->dims,
                    place->name);
    } else {
        text_printf(s, "    %s_neurons = %s(tau_rc=%s, tau_ref=%s, min_voltage=%s, amplitude=%s, initial_state=rest)\n",
                    place->name, strcmp(p->model->name, "fastlif") == 0 ? "FastLIF" : "nengo.LIF",
                    number_exact(rc, p->params.tau_rc), number_exact(ref, p->params.tau_ref),
                    number_exact(least, p->params.min_voltage), number_exact(height, p->params.amplitude));
        text_printf(s, "    %s_encoders = ", place->name);
        python_matrix(s, p->scaled, p->dims, p->n, p->padded);
        text_printf(s, "\n    %s_bias = ", place->name);
        python_list(s, p->bias_acting, p->n);
        text_printf(
            s,
            "\n    # Nengo multiplies currents into neurons by their gain: it is in the encoders, with the radius\n"
            "    %s = nengo.Ensemble(\n        %zu,\n        %zu,\n        gain=np.ones(%zu),\n        bias=%s_bias,\n"
            "        encoders=%s_encoders.T,\n        normalize_encoders=False,\n        neuron_type=%s_neurons,\n"
            "        label=\"%s\",\n    )\n",
            place->name, p->n, p->dims, p->n, place->name, place->name, place->name, place->name);
    }
    if (place->input) {
        text_printf(s, "    nengo.Connection(nengo.Node(lambda t: ");
        python_input(s, place->input, p->dims);
        text_printf(s, "), %s, synapse=None)\n", place->name);
    }
}

static void add_dimensions(struct text *s, const size_t *of, size_t count)
{
    text_add(s, "[[");
    for (size_t i = 0; i < count; i++)
        text_printf(s, "%s%zu", i ? ", " : "", of[i]);
    text_add(s, "]]");
}

static void add_synapse(struct text *s, const struct connection *c)
{
    char tau[NUMBER_EXACT];
    if (c->synapse == &synapse_none)
        text_add(s, "None");
    else
        text_printf(s, "nengo.%s(%s)", c->synapse == &synapse_alpha ? "Alpha" : "Lowpass",
                    number_exact(tau, c->tau_synapse));
}

static void write_link(struct text *s, const struct export_model *model, const struct export_link *link)
{
    const struct connection *c = link->connection;
    const struct export_place *pre = &model->place[link->pre], *post = &model->place[link->post];
    double *decoders = python_decoders(link), *weights = python_weights(model, link);
    text_printf(s, "\n    # %s\n", link->name);
    if (weights) {
        text_printf(s, "    %s_weights = ", link->name);
        python_matrix(s, weights, c->n_post, c->n_pre, c->n_pre);
        text_printf(s, "\n    nengo.Connection(%s.neurons, %s.neurons, transform=%s_weights, synapse=", pre->name,
                    post->name, link->name);
        add_synapse(s, c);
        text_add(s, ")\n");
        free(weights);
        free(decoders);
        return;
    }
    if (c->currents) {
        text_printf(s, "    %s_currents = ", link->name);
        python_matrix(s, c->currents, c->n_post, c->rows, c->rows);
        text_printf(s,
                    "\n    %s_value = nengo.Node(size_in=%zu)\n"
                    "    nengo.Connection(%s_value, %s.neurons, transform=%s_currents, synapse=None)\n",
                    link->name, c->rows, link->name, post->name, link->name);
    }
    if (decoders) {
        text_printf(s, "    %s_decoders = ", link->name);
        python_matrix(s, decoders, c->rows, c->n_pre, c->n_pre);
        text_add(s, "\n");
    }
    text_printf(s, "    nengo.Connection(\n        %s", pre->name);
    if (!decoders)
        add_dimensions(s, c->from, c->inputs);
    text_printf(s, ",\n        %s%s", c->currents ? link->name : post->name, c->currents ? "_value" : "");
    if (!c->currents)
        add_dimensions(s, c->to, c->rows);
    text_add(s, ",\n");
    if (decoders) {
        text_printf(s,
                    "        function=lambda x: np.zeros(%zu),  # what is computed is in the decoders\n"
                    "        solver=nengo.solvers.NoSolver(%s_decoders.T),\n",
                    c->rows, link->name);
    } else {
        double *transform = xcalloc(c->rows * c->outputs, sizeof *transform);
        for (size_t i = 0; i < c->rows * c->outputs; i++)
            transform[i] = c->scale * c->transform[i];
        text_printf(s, "        function=lambda x: (lambda ");
        for (size_t i = 0; i < c->inputs; i++)
            text_printf(s, "%sx%zu", i ? ", " : "", i + 1);
        text_add(s, ": ");
        python_function(s, link->function, c->inputs);
        text_add(s, ")(*x),\n        transform=");
        python_matrix(s, transform, c->rows, c->outputs, c->outputs);
        text_add(s, ",\n");
        free(transform);
    }
    text_add(s, "        synapse=");
    add_synapse(s, c);
    text_add(s, ",\n    )\n");
    free(decoders);
}

static void nengo_write(const struct export_model *model, struct text *s)
{
    python_head(model, &export_nengo, "FastLIF is written out, for Nengo has LIF only; both spike as they do there.",
                s);
    python_options(s, model);
    text_add(s, "\n\nimport warnings\n\nimport nengo\n\n"
                "warnings.simplefilter(\"ignore\")  # Nengo asks for the intercepts of neurons that have "
                "none\n\n\nclass FastLIF(nengo.LIF):\n"
                "    \"\"\"Refractory time ends within a step, and the time of a spike is estimated linearly.\"\"\"\n\n"
                "    def step(self, dt, J, output, voltage, refractory_time):\n"
                "        dv = -np.expm1(-dt / self.tau_rc) * (J - voltage)\n"
                "        voltage += dv\n"
                "        voltage[voltage < self.min_voltage] = self.min_voltage\n"
                "        refractory_time -= dt\n"
                "        voltage *= (1 - refractory_time / dt).clip(0, 1)\n"
                "        spiked = voltage > 1\n"
                "        output[:] = spiked * (self.amplitude / dt)\n"
                "        over = (voltage[spiked] - 1) / dv[spiked]\n"
                "        voltage[spiked] = 0\n"
                "        refractory_time[spiked] = self.tau_ref + dt * (1 - over)\n"
                "\n\nrest = {\"voltage\": nengo.dists.Choice([0]), \"refractory_time\": nengo.dists.Choice([0])}\n"
                "\nwith nengo.Network(label=\"from lifscope\") as model:\n");
    for (size_t i = 0; i < model->places; i++)
        write_place(s, &model->place[i]);
    for (size_t l = 0; l < model->links; l++)
        write_link(s, model, &model->link[l]);
    text_add(s, "\n    sink = Sink([");
    bool first = true;
    for (size_t i = 0; i < model->places; i++)
        if (!model->place[i].population->node) {
            text_printf(s, "%s\"%s\"", first ? "" : ", ", model->place[i].name);
            first = false;
        }
    text_add(
        s,
        "])\n\n    def watch(name, ensemble):\n"
        "        node = nengo.Node(lambda t, s: sink.spikes(t, name, np.flatnonzero(s)), size_in=ensemble.n_neurons)\n"
        "        nengo.Connection(ensemble.neurons, node, synapse=None)\n\n");
    for (size_t i = 0; i < model->places; i++)
        if (!model->place[i].population->node)
            text_printf(s, "    watch(\"%s\", %s)\n", model->place[i].name, model->place[i].name);
    text_add(s, "\ntry:\n    with nengo.Simulator(model, dt=step, progress_bar=False, optimize=False) as sim:\n"
                "        sim.run(options.time)\n    sink.flush(options.time)\nexcept BrokenPipeError:\n"
                "    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())\n");
}

const struct export_engine export_nengo = {
    .name = "nengo",
    .title = "Nengo",
    .summary = "Nengo, with FastLIF written out as a neuron type: the same spikes",
    .check = nengo_check,
    .write = nengo_write,
};
