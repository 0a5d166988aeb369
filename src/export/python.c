#include "python.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/xalloc.h"

/* ---- what cannot be written ---- */

static bool check_place(const struct export_place *place, const struct export_engine *engine, struct error *error)
{
    const struct population *p = place->population;
    const char *model = p->model->name;
    if (!p->node && strcmp(model, "fastlif") != 0 && strcmp(model, "lif") != 0)
        return error_set(error, "%s: %s of %s cannot be written; fastlif and lif can", engine->name, model,
                         place->name);
    for (const struct stimulus *s = place->input; s; s = s->next)
        for (size_t k = 0; s->samples && !s->samples->rows && s->type->params[k].name; k++)
            if (s->param[k] != 0)
                return error_set(error, "%s: the file that %s plays cannot be written with %s=on", engine->name,
                                 place->name, s->type->params[k].name);
    for (const struct stimulus *s = place->input; s; s = s->next)
        if (s->type == &stimulus_noise || s->type == &stimulus_white)
            return error_set(error, "%s: %s of %s cannot be written; constant, step, ramp, sine and file can",
                             engine->name, s->type->name, place->name);
    return true;
}

static bool check_function(const struct export_link *link, const struct export_engine *engine, struct error *error)
{
    const char *f = link->function;
    if (f && strchr(f, '?') && strchr(strchr(f, '?') + 1, '?'))
        return error_set(error, "%s: function %.60s of %s cannot be written: one c ? a : b can, several cannot",
                         engine->name, f, link->name);
    return true;
}

bool python_check(const struct export_model *model, const struct export_engine *engine, struct error *error)
{
    double numbers = 0;
    for (size_t i = 0; i < model->places; i++)
        if (!check_place(&model->place[i], engine, error))
            return false;
    for (size_t i = 0; i < model->links; i++) {
        const struct connection *c = model->link[i].connection;
        if (!check_function(&model->link[i], engine, error))
            return false;
        bool matrix = c->weights || (model->link[i].learned && model->link[i].learned->weights);
        numbers += matrix ? (double)c->n_pre * (double)c->n_post : 0;
    }
    char count[NUMBER_HUMAN], most[NUMBER_HUMAN];
    return numbers <= PYTHON_NUMBERS_MOST ||
           error_set(error,
                     "%s: %s weights are too many for a script; up to %s can be written, and decoders of any number",
                     engine->name, number_grouped(count, (size_t)numbers), number_grouped(most, PYTHON_NUMBERS_MOST));
}

/* ---- numbers ---- */

void python_list(struct text *script, const double *value, size_t count)
{
    char exact[NUMBER_EXACT];
    text_add(script, "[");
    for (size_t i = 0; i < count; i++)
        text_printf(script, "%s%s", i ? ", " : "", number_exact(exact, value[i]));
    text_add(script, "]");
}

void python_matrix(struct text *script, const double *value, size_t rows, size_t columns, size_t stride)
{
    text_add(script, "np.array([");
    for (size_t r = 0; r < rows; r++) {
        text_add(script, r ? ",\n    " : "");
        python_list(script, value + r * stride, columns);
    }
    text_add(script, "])");
}

double *python_decoders(const struct export_link *link)
{
    const struct connection *c = link->connection;
    const double *of = link->learned && link->learned->decoders ? link->learned->decoders : c->decoders;
    if (!of || c->n_pre == 0)
        return NULL;
    double *decoders = xcalloc(c->rows * c->n_pre, sizeof *decoders);
    for (size_t i = 0; i < c->rows * c->n_pre; i++)
        decoders[i] = c->scale * of[i];
    return decoders;
}

double *python_weights(const struct export_model *model, const struct export_link *link)
{
    const struct connection *c = link->connection;
    bool learned = link->learned && (link->learned->weights || link->learned->change);
    if (!c->weights && !learned)
        return NULL;
    double *weights = xcalloc(c->n_post * c->n_pre, sizeof *weights);
    for (size_t j = 0; j < c->n_post; j++)
        connection_weights_row(c, link->learned, model->place[link->post].population, j, weights + j * c->n_pre);
    return weights;
}

/* ---- functions ---- */

/* Names of muParser's functions that NumPy has under another name. */
static const char *const renamed[][2] = {
    {"ln", "log"},        {"asin", "arcsin"},   {"acos", "arccos"},   {"atan", "arctan"}, {"atan2", "arctan2"},
    {"asinh", "arcsinh"}, {"acosh", "arccosh"}, {"atanh", "arctanh"}, {"mod", "fmod"},    {"sum", "sum"},
    {"avg", "mean"},      {"min", "min"},       {"max", "max"},
};

/* Several arguments that NumPy wants as one list. */
static bool takes_list(const char *name, size_t length)
{
    static const char *const names[] = {"min", "max", "sum", "avg"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i]) == length && strncmp(names[i], name, length) == 0)
            return true;
    return false;
}

static size_t closing(const char *text, size_t open)
{
    size_t depth = 0;
    for (size_t i = open; text[i]; i++) {
        depth += text[i] == '(';
        if (text[i] == ')' && --depth == 0)
            return i;
    }
    return strlen(text);
}

static void add_name(struct text *script, const char *name, size_t length)
{
    if (length == 1 && *name == 'x') {
        text_add(script, "x1");
        return;
    }
    if ((length > 1 && *name == 'x' && isdigit((unsigned char)name[1])) || (length == 1 && *name == 'e')) {
        text_printf(script, "%s%.*s", *name == 'e' ? "np." : "", (int)length, name);
        return;
    }
    for (size_t i = 0; i < sizeof renamed / sizeof *renamed; i++)
        if (strlen(renamed[i][0]) == length && strncmp(renamed[i][0], name, length) == 0) {
            text_printf(script, "np.%s", renamed[i][1]);
            return;
        }
    text_printf(script, "np.%.*s", (int)length, name);
}

/* An expression without ?, from muParser's signs to Python's. */
static void add_expression(struct text *script, const char *text, size_t length)
{
    for (size_t i = 0; i < length;) {
        if (isalpha((unsigned char)text[i])) {
            size_t end = i;
            while (end < length && isalnum((unsigned char)text[end]))
                end++;
            add_name(script, text + i, end - i);
            if (takes_list(text + i, end - i) && end < length && text[end] == '(') {
                size_t close = closing(text, end);
                text_add(script, "([");
                add_expression(script, text + end + 1, close - end - 1);
                text_add(script, "])");
                end = close + 1;
            }
            i = end;
        } else if (isdigit((unsigned char)text[i]) || text[i] == '.') {
            size_t end = i;
            while (end < length &&
                   (isdigit((unsigned char)text[end]) || text[end] == '.' ||
                    ((text[end] == 'e' || text[end] == 'E') && end + 1 < length) ||
                    ((text[end] == '-' || text[end] == '+') && (text[end - 1] == 'e' || text[end - 1] == 'E'))))
                end++;
            text_printf(script, "%.*s", (int)(end - i), text + i);
            i = end;
        } else if (strncmp(text + i, "&&", 2) == 0 || strncmp(text + i, "||", 2) == 0) {
            text_add(script, text[i] == '&' ? " and " : " or ");
            i += 2;
        } else {
            text_printf(script, text[i] == '^' ? "**" : "%c", text[i]);
            i++;
        }
    }
}

/* One output: c ? a : b becomes (a if c else b). */
static void add_output(struct text *script, const char *text, size_t length)
{
    const char *question = memchr(text, '?', length);
    const char *colon = question ? memchr(question, ':', length - (size_t)(question - text)) : NULL;
    if (!question || !colon) {
        add_expression(script, text, length);
        return;
    }
    text_add(script, "(");
    add_expression(script, question + 1, (size_t)(colon - question - 1));
    text_add(script, " if ");
    add_expression(script, text, (size_t)(question - text));
    text_add(script, " else ");
    add_expression(script, colon + 1, length - (size_t)(colon + 1 - text));
    text_add(script, ")");
}

void python_function(struct text *script, const char *function, size_t inputs)
{
    text_add(script, "[");
    if (!function || strcmp(function, "x") == 0) {
        for (size_t i = 0; i < inputs; i++)
            text_printf(script, "%sx%zu", i ? ", " : "", i + 1);
        text_add(script, "]");
        return;
    }
    size_t depth = 0, begin = 0, i = 0;
    for (;; i++) {
        depth += function[i] == '(';
        depth -= function[i] == ')';
        if (function[i] && !(function[i] == ',' && depth == 0))
            continue;
        add_output(script, function + begin, i - begin);
        if (!function[i])
            break;
        text_add(script, ", ");
        begin = i + 1;
    }
    text_add(script, "]");
}

/* ---- inputs ---- */

static void add_stimulus(struct text *script, const struct stimulus *s)
{
    char p[4][NUMBER_EXACT];
    for (size_t i = 0; i < 4; i++)
        number_exact(p[i], s->param[i]);
    if (s->type == &stimulus_constant)
        text_add(script, p[0]);
    else if (s->type == &stimulus_sine)
        text_printf(script, "%s + %s * np.sin(6.283185307179586 * (%s * t %% 1) + %s)", p[2], p[1], p[0], p[3]);
    else if (s->type == &stimulus_step)
        text_printf(script, "(%s if t < %s else %s)", p[0], p[2], p[1]);
    else if (s->type == &stimulus_ramp)
        text_printf(script, "ramp(t, %s, %s, %s, %s)", p[0], p[1], p[2], p[3]);
    else if (s->samples) {
        text_add(script, "played(t, ");
        python_list(script, s->samples->time, s->samples->count);
        text_add(script, ", ");
        python_list(script, s->samples->value, s->samples->count);
        text_printf(script, ", %s)", s->samples->rows ? "True" : "False");
    }
}

void python_input(struct text *script, const struct stimulus *input, size_t dims)
{
    bool alike = input && !input->next; /* one signal is that of every dimension */
    text_add(script, "[");
    for (size_t d = 0; d < dims; d++) {
        text_add(script, d ? ", " : "");
        if (input)
            add_stimulus(script, input);
        else
            text_add(script, "0.0");
        input = alike || !input ? input : input->next;
    }
    text_add(script, "]");
}

/* ---- the frame of a script ---- */

void python_head(const struct export_model *model, const struct export_engine *engine, const char *differs,
                 struct text *script)
{
    char dt[NUMBER_HUMAN], count[NUMBER_COUNTED];
    text_printf(script, "#!/usr/bin/env python3\n\"\"\"A network for %s, written by lifscope.\n\n", engine->title);
    for (size_t i = 0; i < model->places; i++) {
        const struct export_place *p = &model->place[i];
        if (p->population->node)
            text_printf(script, "  %s: a node\n", p->name);
        else
            text_printf(script, "  %s: %s, %s\n", p->name, number_counted(count, p->population->n, "neuron"),
                        p->population->model->title);
    }
    for (size_t i = 0; i < model->links; i++)
        text_printf(script, "  %s: %s to %s%s%s\n", model->link[i].name, model->place[model->link[i].pre].name,
                    model->place[model->link[i].post].name, model->link[i].function ? ", " : "",
                    model->link[i].function ? model->link[i].function : "");
    text_printf(script, "\nSteps of %s. Every gain, bias, encoder and decoder is a number from there. %s\n",
                number_human(dt, model->dt, DIMENSION_TIME), differs);
    for (size_t i = 0; i < model->links; i++)
        if (model->link[i].learns)
            text_printf(script, "%s learns there; here its weights stay as they were when this was written.\n",
                        model->link[i].name);
    text_add(script,
             "\n  python3 model.py --time 10 > spikes.csv      rows of time,population,neuron\n"
             "  python3 model.py --time 10 | lifscope -      to watch them\n"
             "  python3 model.py --time 10 --dir out         a file of time,neuron for each population\n\"\"\"\n");
}

void python_options(struct text *script, const struct export_model *model)
{
    char dt[NUMBER_EXACT];
    text_add(script, "import argparse\nimport os\nimport sys\n\nimport numpy as np\n");
    text_printf(script,
                "\noptions = argparse.ArgumentParser(description=__doc__, "
                "formatter_class=argparse.RawDescriptionHelpFormatter)\n"
                "options.add_argument(\"--time\", type=float, default=10.0, metavar=\"S\", help=\"seconds\")\n"
                "options.add_argument(\"--dir\", metavar=\"OUT\", help=\"a directory for a file of each population\")\n"
                "options = options.parse_args()\n"
                "step = %s  # s\n"
                "piece = 0.05  # s, after which what was written is flushed\n",
                number_exact(dt, model->dt));
    text_add(script,
             "\n\ndef ramp(t, low, high, start, duration):\n"
             "    gone = t - start\n"
             "    if gone <= 0 and (gone < 0 or duration > 0):\n"
             "        return low\n"
             "    if gone >= duration:\n"
             "        return high\n"
             "    return (1 - gone / duration) * low + gone / duration * high\n"
             "\n\ndef played(t, times, values, rows):\n"
             "    # a row a step holds up to its time; other samples hold from their time on\n"
             "    if rows:\n"
             "        return values[min(int(np.searchsorted(times, t - 1e-9)), len(times) - 1)]\n"
             "    return values[max(int(np.searchsorted(times, t + 1e-12, side=\"right\")) - 1, 0)]\n"
             "\n\nclass Sink:\n"
             "    \"\"\"Spikes as they come: rows of time,population,neuron, or a file for each population.\"\"\"\n\n"
             "    def __init__(self, names):\n"
             "        self.file, self.flushed = {}, 0.0\n"
             "        if options.dir:\n"
             "            os.makedirs(options.dir, exist_ok=True)\n"
             "        for name in names:\n"
             "            self.file[name] = open(os.path.join(options.dir, name + \".csv\"), \"w\") if options.dir "
             "else sys.stdout\n"
             "            if options.dir:\n"
             "                self.file[name].write(\"time,neuron\\n\")\n"
             "        if not options.dir:\n"
             "            sys.stdout.write(\"time,population,neuron\\n\")\n\n"
             "    def spikes(self, t, name, neurons):\n"
             "        between = \"\" if options.dir else name + \",\"\n"
             "        self.file[name].writelines(\"%.17g,%s%d\\n\" % (t, between, i) for i in neurons)\n"
             "        if t - self.flushed >= piece:\n"
             "            self.flush(t)\n\n"
             "    def flush(self, t):\n"
             "        self.flushed = t\n"
             "        for file in self.file.values():\n"
             "            file.flush()\n");
}
