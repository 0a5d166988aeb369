/* A network as a script for another engine. */
#include "command/families.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/whole_file.h"
#include "base/xalloc.h"
#include "export/model.h"
#include "language/command.h"
#include "rig/wired.h"
#include "session/message.h"
#include "session/session.h"
#include "session/wiring.h"

static const char *engine_name(const void *list, size_t i)
{
    (void)list;
    return export_engines[i]->name;
}

static struct word_list engine_words(void)
{
    return (struct word_list){"engine", export_engine_count, engine_name, NULL};
}

/* What is to be written, gathered from the rig. */
struct gathering {
    struct session *session;
    bool wanted[CHANNELS_MAX]; /* channels */
    size_t number[CHANNELS_MAX];
    struct export_place place[CHANNELS_MAX];
    struct export_link *link;           /* [model.links] owned */
    struct connection_learned *learned; /* [model.links] owned, borrowed from the engine */
    struct export_model model;
};

static size_t index_of(const struct session *session, const struct channel *channel)
{
    size_t i = 0;
    while (session->rig.channel[i] != channel)
        i++;
    return i;
}

static bool want_named(struct gathering *g, const char *names, struct error *error)
{
    const struct session *session = g->session;
    char name[SUBJECT_NAME];
    for (const char *at = names; *at; at += at[0] == ',') {
        size_t length = strcspn(at, ",");
        snprintf(name, sizeof name, "%.*s", (int)(length < SUBJECT_NAME ? length : SUBJECT_NAME - 1), at);
        const struct channel *channel = channel_named(&session->rig, name);
        if (!channel || !channel->population)
            return error_set(error, "'%s' is neither a population nor a node; list says what there is", name);
        g->wanted[index_of(session, channel)] = true;
        at += length;
    }
    return true;
}

/* What feeds them comes with them: without it they would do something else. */
static void want_what_feeds(struct gathering *g)
{
    const struct rig *rig = &g->session->rig;
    for (bool more = true; more;) {
        more = false;
        for (size_t w = 0; w < rig->wires; w++) {
            size_t pre = index_of(g->session, wired_place(rig, rig->wired[w]->spec.pre));
            size_t post = index_of(g->session, wired_place(rig, rig->wired[w]->spec.post));
            if (g->wanted[post] && !g->wanted[pre])
                g->wanted[pre] = more = true;
        }
    }
}

static void gather_places(struct gathering *g)
{
    const struct rig *rig = &g->session->rig;
    for (size_t i = 0; i < rig->channels; i++) {
        const struct channel *channel = rig->channel[i];
        if (!g->wanted[i])
            continue;
        bool reached = wired_reaches(rig, channel) && channel->input && channel->input->type == &stimulus_constant &&
                       channel->input->param[0] == 0 && !channel->input->next;
        g->number[i] = g->model.places;
        g->place[g->model.places++] = (struct export_place){.name = channel->name,
                                                            .population = channel->population,
                                                            .input = reached ? NULL : channel->input,
                                                            .input_text = channel->input_text};
    }
}

static bool gather_links(struct gathering *g, struct error *error)
{
    const struct rig *rig = &g->session->rig;
    g->link = xcalloc(rig->wires + 1, sizeof *g->link);
    g->learned = xcalloc(rig->wires + 1, sizeof *g->learned);
    for (size_t w = 0; w < rig->wires; w++) {
        const struct wired *wired = rig->wired[w];
        size_t pre = index_of(g->session, wired_place(rig, wired->spec.pre));
        size_t post = index_of(g->session, wired_place(rig, wired->spec.post));
        struct port_learned got;
        if (!g->wanted[pre] || !g->wanted[post])
            continue;
        if (!wiring_learned(g->session, wired, &got, error))
            return false;
        /* What the engine tells lasts until it is asked again. */
        struct connection_learned *learned = &g->learned[g->model.links];
        const struct connection *c = wired->built;
        if (got.decoders)
            learned->decoders = memcpy(xcalloc(got.rows * got.n_pre, sizeof(double)), got.decoders,
                                       got.rows * got.n_pre * sizeof(double));
        if (got.change)
            learned->change = memcpy(xcalloc(got.rows * got.n_pre, sizeof(double)), got.change,
                                     got.rows * got.n_pre * sizeof(double));
        if (got.weights)
            learned->weights = memcpy(xcalloc(got.padded * got.n_pre, sizeof(double)), got.weights,
                                      got.padded * got.n_pre * sizeof(double));
        g->link[g->model.links++] =
            (struct export_link){.name = wired->face.name,
                                 .pre = g->number[pre],
                                 .post = g->number[post],
                                 .connection = c,
                                 .function = wired->spec.function,
                                 .learned = learned,
                                 .learns = wired->spec.learning.rule && wired->spec.learning.on};
    }
    return true;
}

static void gathering_free(struct gathering *g)
{
    for (size_t i = 0; i < g->model.links; i++) {
        free(g->learned[i].decoders);
        free(g->learned[i].change);
        free(g->learned[i].weights);
    }
    free(g->learned);
    free(g->link);
}

static bool run_export(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                       struct error *error)
{
    (void)sheet;
    const struct export_engine *engine = export_engines[argument(arguments, "ENGINE")->choice];
    struct gathering *g = xcalloc(1, sizeof *g);
    struct text script = {0};
    g->session = session;
    bool good = want_named(g, argument(arguments, "NAMES")->text, error);
    if (good) {
        want_what_feeds(g);
        gather_places(g);
        good = gather_links(g, error);
    }
    g->model.dt = port_status(session->rig.engine).dt;
    g->model.place = g->place;
    g->model.link = g->link;
    good = good && engine->check(&g->model, error);
    if (good)
        engine->write(&g->model, &script);
    if (good && arguments->file)
        good = whole_file_write(arguments->file, script.bytes, script.length, error);
    else if (good)
        session_answer(session, text_string(&script));
    text_free(&script);
    gathering_free(g);
    free(g);
    return good;
}

static const struct parameter export_parameters[] = {
    {.name = "NAMES",
     .type = TYPE_TEXT,
     .positional = true,
     .required = true,
     .help = "populations and nodes, parted by commas; what feeds them comes with them"},
    {.name = "ENGINE",
     .type = TYPE_CHOICE,
     .words = engine_words,
     .positional = true,
     .required = true,
     .help = "the engine it is for"},
    {.name = "FILE", .type = TYPE_FILE, .positional = true, .help = "the file (default: it is an answer)"},
    {0},
};

static const struct command commands[] = {
    {.name = "export",
     .summary = "writes a network as a script for another engine, with all its numbers",
     .details = "The script takes --time S and --dir OUT; without --dir it prints rows of time,population,neuron.\n"
                "What learns is written as it stands and learns no more.",
     .example = "export A,B brian > model.py",
     .parameters = export_parameters,
     .file = true,
     .run = run_export},
};

const struct command_family family_export = {"Other engines", commands, sizeof commands / sizeof *commands};
