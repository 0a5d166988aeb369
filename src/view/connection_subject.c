#include "view/connection_subject.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "network/rule.h"

#define ASK_EVERY 0.1  /* s of the simulation, while it runs */
#define ASK_BYTES 1e-8 /* s more for each byte that is copied */

/* ---- what was learned ---- */

static void keep(double **to, const double *from, size_t count)
{
    if (!from) {
        free(*to);
        *to = NULL;
        return;
    }
    *to = xreallocarray(*to, count, sizeof **to);
    memcpy(*to, from, count * sizeof **to);
}

static void ask(struct look *look, struct wired *wired)
{
    const struct engine_status *status = &look->rig->status;
    double bytes = wired->learned.weights ? 8.0 * (double)wired->built->n_pre * (double)wired->built->padded : 0;
    double since = status->time - wired->asked;
    struct port_learned got;
    struct error ignored;
    if (status->running && since >= 0 && since < ASK_EVERY + bytes * ASK_BYTES)
        return;
    if (!wired->spec.learning.rule || !port_learned(look->rig->engine, wired->face.name, &got, &ignored))
        got = (struct port_learned){0};
    keep(&wired->learned.decoders, got.decoders, got.rows * got.n_pre);
    keep(&wired->learned.change, got.change, got.rows * got.n_pre);
    keep(&wired->learned.weights, got.weights, got.padded * got.n_pre);
    wired->asked = status->time;
}

/* ---- its ends ---- */

static void across_free(struct wired *wired)
{
    if (!wired->across)
        return;
    population_free(wired->across->population);
    view_rows_free(&wired->across->shown);
    free(wired->across);
    wired->across = NULL;
}

struct channel *connection_across(struct look *look, struct wired *wired)
{
    struct channel *pre = wired_place(look->rig, wired->spec.pre);
    if (wired->spec.pre != wired->spec.post) {
        across_free(wired);
        return pre;
    }
    if (!wired->across) {
        wired->across = xcalloc(1, sizeof *wired->across);
        wired->across->selected = -1;
    }
    struct channel *across = wired->across;
    memcpy(across->name, pre->name, sizeof across->name);
    if (across->population != pre->population) {
        population_free(across->population);
        across->population = population_share(pre->population);
        across->shown.stale = true;
        if (across->selected >= (long)across->population->n)
            across->selected = -1;
    }
    view_rows_fit(across);
    return across;
}

static const struct subject *subject_of(const struct look *look, size_t slot, const struct subject *place)
{
    for (size_t i = 0; i < look->rig->channels; i++)
        if (look->rig->channel[i]->population && look->rig->channel[i]->slot == slot)
            return &place[i];
    return NULL;
}

static const struct subject *across_of(struct look *look, struct wired *wired, const struct subject *pre)
{
    const struct channel *across = connection_across(look, wired);
    if (across != wired->across)
        return pre;
    wired->across_subject = *pre;
    wired->across_subject.order = across->shown.order ? across->shown.order : across->population->order;
    wired->across_subject.places = across->shown.order ? across->shown.places : 0;
    wired->across_subject.first_row = across->shown.first_row;
    wired->across_subject.rows = across->shown.rows;
    wired->across_subject.selected = across->selected;
    return &wired->across_subject;
}

void connection_subject_fill(struct look *look, struct wired *wired, const struct subject *place,
                             struct subject *subject)
{
    const struct connection_spec *spec = &wired->spec;
    const struct subject *pre = subject_of(look, spec->pre, place), *post = subject_of(look, spec->post, place);
    ask(look, wired);
    bool said = spec->function || !(spec->weights.rows || spec->decoders.rows);
    wired->view = (struct connection_view){
        .connection = wired->built,
        .learned = wired->learned,
        .function = spec->function ? spec->function
                    : said         ? "x"
                                   : NULL,
        .learns = spec->learning.rule,
        .on = spec->learning.rule && spec->learning.on,
        .turn = wired->turn,
        .turns = wired->turns,
        .error = spec->learning.rule && spec->learning.has_error ? subject_of(look, spec->learning.error, place) : NULL,
        .pre = across_of(look, wired, pre),
        .post = post,
    };
    *subject = (struct subject){.connection = &wired->view,
                                .selected = post->selected,
                                .from = post->from,
                                .to = post->to,
                                .now = post->now,
                                .sweep = post->sweep,
                                .mark = post->mark,
                                .marks = post->marks,
                                .between = post->between};
    snprintf(subject->name, sizeof subject->name, "%s", wired->face.name);
}

void connection_subject_free(struct wired *wired)
{
    free(wired->learned.decoders);
    free(wired->learned.change);
    free(wired->learned.weights);
    across_free(wired);
}
