/* Brian2. Neurons are its NeuronGroups, their step written out as run_regularly, so that they spike as they do here, which
 * Brian's own refractory= does not. What goes between them is kept in its factors, decoders and encoders, and passed on in two
 * network operations: before the neurons advance each place is told what arrives, afterwards spikes times decoders enter the
 * synapses. */
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/xalloc.h"
#include "python.h"

/* All groups advance at once, so that nothing passes from one to another within a step. */
static bool brian_check(const struct export_model *model, struct error *error)
{
    if (!python_check(model, &export_brian, error))
        return false;
    for (size_t i = 0; i < model->links; i++) {
        const struct export_link *link = &model->link[i];
        if (link->connection->synapse == &synapse_none && !model->place[link->pre].population->node)
            return error_set(error,
                             "brian: %s has no synapse and comes from neurons, and Brian's groups all advance at once; "
                             "set %s synapse=lowpass lets it be written",
                             link->name, link->name);
    }
    return true;
}

static void write_neurons(struct text *s, const struct export_place *place)
{
    const struct population *p = place->population;
    char rc[NUMBER_EXACT], ref[NUMBER_EXACT], least[NUMBER_EXACT];
    number_exact(rc, p->params.tau_rc);
    number_exact(ref, p->params.tau_ref);
    number_exact(least, p->params.min_voltage);
    bool fast = strcmp(p->model->name, "fastlif") == 0;
    text_printf(s, "\n# %s: J = bias + encoder (gain and radius in it) . x\n%s_bias = np.array(", place->name,
                place->name);
    python_list(s, p->bias_acting, p->n);
    text_printf(s, ")\n%s_encoder = ", place->name);
    python_matrix(s, p->scaled, p->dims, p->n, p->padded);
    if (fast)
        text_printf(s,
                    "\n%s = NeuronGroup(\n    %zu,\n    \"\"\"J : 1\n    v : 1\n    dv : 1\n    r : second\"\"\",\n"
                    "    threshold=\"v > 1\",\n"
                    "    reset=\"r = tau_ref + dt * (1 - (v - 1) / dv); v = 0\",\n"
                    "    namespace={\"tau_rc\": %s * second, \"tau_ref\": %s * second},\n    name=\"%s\",\n)\n"
                    "%s.run_regularly(\n    \"\"\"dv = -expm1(-dt / tau_rc) * (J - v)\n    v = clip(v + dv, %s, inf)\n"
                    "    r = r - dt\n    v = v * clip(1 - r / dt, 0, 1)\"\"\",\n    when=\"groups\",\n)\n",
                    place->name, p->n, rc, ref, place->name, place->name, least);
    else
        text_printf(s,
                    "\n%s = NeuronGroup(\n    %zu,\n    \"\"\"J : 1\n    v : 1\n    r : second\"\"\",\n"
                    "    threshold=\"v > 1\",\n"
                    "    reset=\"r = tau_ref + (dt + tau_rc * log1p(-(v - 1) / (J - 1))); v = 0\",\n"
                    "    namespace={\"tau_rc\": %s * second, \"tau_ref\": %s * second},\n    name=\"%s\",\n)\n"
                    "%s.run_regularly(\n    \"\"\"r = r - dt\n"
                    "    v = clip(v - (J - v) * expm1(-clip(dt - r, 0 * second, dt) / tau_rc), %s, inf)\"\"\",\n"
                    "    when=\"groups\",\n)\n",
                    place->name, p->n, rc, ref, place->name, place->name, least);
}

static void write_filter(struct text *s, const struct export_model *model, const struct export_link *link, size_t width)
{
    const struct connection *c = link->connection;
    struct synapse_filter f = synapse_filter(c->synapse, c->tau_synapse, model->dt);
    text_printf(s, "%s_synapse = Synapse(%zu, ", link->name, width);
    python_matrix(s, f.a[0], f.order, f.order, SYNAPSE_ORDER_MAX);
    text_add(s, ", ");
    python_list(s, f.b, f.order);
    text_add(s, ", ");
    python_list(s, f.c, f.order);
    char d[NUMBER_EXACT];
    text_printf(s, ", %s)\n", number_exact(d, f.d));
}

static bool has_neurons(const struct export_model *model, const struct export_link *link)
{
    return !model->place[link->pre].population->node;
}

/* Of a spike: what stands for it in one step. */
static double height_of(const struct export_model *model, const struct export_link *link)
{
    const struct population *pre = model->place[link->pre].population;
    return pre->model->spike_height(&pre->params, model->dt);
}

/* Its numbers, and what it says of PRE: NAME_says(). */
static void write_link(struct text *s, const struct export_model *model, const struct export_link *link)
{
    const struct connection *c = link->connection;
    const char *pre = model->place[link->pre].name;
    char height[NUMBER_EXACT];
    double *decoders = python_decoders(link), *weights = python_weights(model, link);
    text_printf(s, "\n# %s: %s to %s\n", link->name, pre, model->place[link->post].name);
    if (weights) {
        text_printf(s, "%s_weights = ", link->name);
        python_matrix(s, weights, c->n_post, c->n_pre, c->n_pre);
        text_printf(s, "\n\n\ndef %s_says():\n    return %s_weights[:, %s.spikes].sum(axis=1) * %s\n\n\n", link->name,
                    link->name, pre, number_exact(height, height_of(model, link)));
    } else if (has_neurons(model, link)) {
        text_printf(s, "%s_decoders = ", link->name);
        python_matrix(s, decoders, c->rows, c->n_pre, c->n_pre);
        text_printf(s, "\n\n\ndef %s_says():\n    return %s_decoders[:, %s.spikes].sum(axis=1) * %s\n\n\n", link->name,
                    link->name, pre, number_exact(height, height_of(model, link)));
    } else {
        double *transform = xcalloc(c->rows * c->outputs, sizeof *transform);
        for (size_t i = 0; i < c->rows * c->outputs; i++)
            transform[i] = c->scale * c->transform[i];
        text_printf(s, "%s_transform = ", link->name);
        python_matrix(s, transform, c->rows, c->outputs, c->outputs);
        text_printf(s, "\n\n\ndef %s_says():\n    ", link->name);
        for (size_t i = 0; i < c->inputs; i++)
            text_printf(s, "x%zu%s", i + 1, i + 1 < c->inputs ? ", " : "");
        text_printf(s, "%s = x[\"%s\"][[", c->inputs == 1 ? "," : "", pre);
        for (size_t i = 0; i < c->inputs; i++)
            text_printf(s, "%s%zu", i ? ", " : "", c->from[i]);
        text_printf(s, "]]\n    return %s_transform @ np.array(", link->name);
        python_function(s, link->function, c->inputs);
        text_add(s, ")\n\n\n");
        free(transform);
    }
    if (c->currents) {
        text_printf(s, "%s_currents = ", link->name);
        python_matrix(s, c->currents, c->n_post, c->rows, c->rows);
        text_add(s, "\n");
    }
    if (c->synapse != &synapse_none)
        write_filter(s, model, link, weights ? c->n_post : c->rows);
    free(decoders);
    free(weights);
}

/* What it brings now, as Python has it. */
static void add_value(struct text *s, const struct export_link *link)
{
    text_printf(s, link->connection->synapse == &synapse_none ? "%s_says()" : "%s_synapse.y", link->name);
}

/* A place comes after those whose values reach it in the same step. */
static void order_places(const struct export_model *model, size_t *order)
{
    bool *done = xcalloc(model->places, sizeof *done);
    for (size_t n = 0; n < model->places;) {
        size_t before = n;
        for (size_t i = 0; i < model->places; i++) {
            bool ready = !done[i];
            for (size_t l = 0; l < model->links && ready; l++)
                ready = model->link[l].post != i || model->link[l].connection->synapse != &synapse_none ||
                        done[model->link[l].pre];
            if (ready) {
                done[i] = true;
                order[n++] = i;
            }
        }
        if (n == before)
            break; /* not reached: loops without a synapse are refused when they are made */
    }
    free(done);
}

static bool gives_currents(const struct export_model *model, const struct export_link *link)
{
    double *weights = python_weights(model, link);
    free(weights);
    return weights || link->connection->currents;
}

static void write_arrival(struct text *s, const struct export_model *model, size_t index)
{
    const struct export_place *place = &model->place[index];
    const struct population *p = place->population;
    text_printf(s, "    x[\"%s\"] = np.array(", place->name);
    python_input(s, place->input, p->dims);
    text_add(s, ", dtype=float)\n");
    for (size_t l = 0; l < model->links; l++) {
        const struct export_link *link = &model->link[l];
        if (link->post != index || gives_currents(model, link))
            continue;
        text_printf(s, "    x[\"%s\"][[", place->name);
        for (size_t r = 0; r < link->connection->rows; r++)
            text_printf(s, "%s%zu", r ? ", " : "", link->connection->to[r]);
        text_add(s, "]] += ");
        add_value(s, link);
        text_add(s, "\n");
    }
    if (p->node)
        return;
    text_printf(s, "    J = %s_bias + 0\n", place->name);
    for (size_t l = 0; l < model->links; l++) {
        const struct export_link *link = &model->link[l];
        if (link->post != index || !gives_currents(model, link))
            continue;
        text_printf(s, link->connection->currents ? "    J += %s_currents @ " : "    J += ", link->name);
        add_value(s, link);
        text_add(s, "\n");
    }
    text_printf(s, "    %s.J = J + drive(%s_encoder, x[\"%s\"])\n", place->name, place->name, place->name);
}

static void brian_write(const struct export_model *model, struct text *s)
{
    size_t *order = xcalloc(model->places + 1, sizeof *order);
    python_head(model, &export_brian, "Neurons are stepped as they are there, and spike alike.", s);
    python_options(s, model);
    text_add(s, "\n\nimport warnings\n\nwarnings.simplefilter(\"ignore\")\n"
                "from brian2 import Network, NeuronGroup, defaultclock, network_operation, prefs, second\n\n"
                "prefs.codegen.target = \"numpy\"  # no compiler is needed\n"
                "defaultclock.dt = step * second\nx = {}\n"
                "\n\nclass Synapse:\n"
                "    \"\"\"A linear filter: state = A state + B u, y = C state + d u.\"\"\"\n\n"
                "    def __init__(self, width, a, b, c, d):\n"
                "        self.a, self.b, self.c, self.d = a, np.array(b)[:, None], np.array(c), d\n"
                "        self.state, self.y = np.zeros((len(b), width)), np.zeros(width)\n\n"
                "    def step(self, u):\n"
                "        self.state = self.a @ self.state + self.b * u\n"
                "        self.y = self.c @ self.state + self.d * u\n"
                "\n\ndef drive(encoder, x):\n"
                "    sum = encoder[0] * x[0]\n"
                "    for d in range(1, len(x)):\n"
                "        sum = sum + encoder[d] * x[d]\n"
                "    return sum\n\n\n# ---- neurons ----\n");
    for (size_t i = 0; i < model->places; i++)
        if (!model->place[i].population->node)
            write_neurons(s, &model->place[i]);
    text_add(s, "\n# ---- what goes between them ----\n");
    for (size_t l = 0; l < model->links; l++)
        write_link(s, model, &model->link[l]);
    order_places(model, order);
    text_add(s,
             "\n\n@network_operation(when=\"start\")\ndef arrive():\n    t = float(defaultclock.t / second) + step\n");
    for (size_t i = 0; i < model->places; i++)
        write_arrival(s, model, order[i]);
    text_add(s, "\n\nsteps = 0\nsink = Sink([");
    bool first = true;
    for (size_t i = 0; i < model->places; i++)
        if (!model->place[i].population->node) {
            text_printf(s, "%s\"%s\"", first ? "" : ", ", model->place[i].name);
            first = false;
        }
    text_add(s, "])\n\n\n@network_operation(when=\"end\")\ndef carry():\n    global steps\n    steps += 1\n");
    for (size_t i = 0; i < model->places; i++)
        if (!model->place[i].population->node)
            text_printf(s, "    sink.spikes(steps * step, \"%s\", %s.spikes)\n", model->place[i].name,
                        model->place[i].name);
    for (size_t l = 0; l < model->links; l++)
        if (model->link[l].connection->synapse != &synapse_none)
            text_printf(s, "    %s_synapse.step(%s_says())\n", model->link[l].name, model->link[l].name);
    text_add(s, "\n\nnetwork = Network(arrive, carry");
    for (size_t i = 0; i < model->places; i++)
        if (!model->place[i].population->node)
            text_printf(s, ", %s", model->place[i].name);
    text_add(s,
             ")\ntry:\n    network.run(options.time * second)\n    sink.flush(options.time)\nexcept BrokenPipeError:\n"
             "    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())\n");
    free(order);
}

const struct export_engine export_brian = {
    .name = "brian",
    .title = "Brian2",
    .summary = "Brian2, with every neuron's step written out: the same spikes",
    .check = brian_check,
    .write = brian_write,
};
