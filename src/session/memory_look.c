/* Written and read in one order, a pair of functions for each thing. What moves by itself (where a window that follows
 * begins) is left out, so that two looks are the same when nobody did anything. */
#include "session/memory_look.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "pane/pane.h"
#include "rig/rig.h"
#include "rig/sort_key.h"
#include "session/knob_rows.h"
#include "session/session.h"

/* ---- times ---- */

static void put_instant(struct bytes *out, const struct instant *instant)
{
    bytes_u8(out, instant->on);
    bytes_f64(out, instant->on ? instant->time : 0);
}

static struct instant get_instant(struct reader *from)
{
    struct instant instant = {.on = read_flag(from)};
    instant.time = read_f64(from);
    return instant;
}

static void put_window(struct bytes *out, const struct time_window *window)
{
    bytes_f64(out, window->width);
    bytes_u8(out, window->follow);
    bytes_f64(out, window->follow ? 0 : window->from);
    put_instant(out, &window->point);
    put_instant(out, &window->cursor[0]);
    put_instant(out, &window->cursor[1]);
}

/* One that went on following keeps where it is. */
static void get_window(struct reader *from, struct time_window *window)
{
    window->width = read_f64(from);
    window->follow = read_flag(from);
    double start = read_f64(from);
    window->from = window->follow ? window->from : start;
    window->point = get_instant(from);
    window->cursor[0] = get_instant(from);
    window->cursor[1] = get_instant(from);
}

/* ---- text that is kept in arrays ---- */

static void get_text(struct reader *from, char *out, size_t size)
{
    char *text = read_text(from);
    snprintf(out, size, "%s", text ? text : "");
    free(text);
}

/* ---- panes ---- */

static void put_layout(struct bytes *out, const struct layout *layout)
{
    bytes_count(out, layout->panes);
    for (size_t i = 0; i < layout->panes; i++) {
        const struct pane *pane = &layout->pane[i];
        bytes_text(out, pane->type->name);
        bytes_text(out, pane->subject);
        for (size_t o = 0; o < PANE_OPTIONS; o++)
            bytes_f64(out, pane->option[o]);
    }
    bytes_u32(out, (uint32_t)layout->columns);
    bytes_u8(out, layout->zoomed);
}

static const struct pane_type *type_named(const char *name)
{
    for (size_t i = 0; i < pane_type_count; i++)
        if (strcmp(pane_types[i]->name, name) == 0)
            return pane_types[i];
    return pane_types[0];
}

static void get_layout(struct reader *from, struct layout *layout)
{
    char name[64];
    layout->panes = (size_t)read_count(from);
    for (size_t i = 0; i < layout->panes; i++) {
        struct pane *pane = &layout->pane[i]; /* what a lesson does to it stays */
        get_text(from, name, sizeof name);
        pane->type = type_named(name);
        get_text(from, pane->subject, sizeof pane->subject);
        for (size_t o = 0; o < PANE_OPTIONS; o++)
            pane->option[o] = read_f64(from);
    }
    layout->columns = (int)read_u32(from);
    layout->zoomed = read_flag(from);
    if (layout->focus >= (int)layout->panes)
        layout->focus = -1;
}

/* ---- channels ---- */

static void put_rows(struct bytes *out, const struct shown_rows *shown)
{
    bytes_u8(out, shown->chosen != NULL);
    bytes_count(out, shown->chosen_count);
    bytes_append(out, shown->chosen ? shown->chosen : (const uint32_t[]){0}, shown->chosen_count * sizeof(uint32_t));
    bytes_text(out, shown->key ? shown->key->name : "");
    bytes_u8(out, shown->descending);
    bytes_text(out, shown->by);
    bytes_count(out, shown->depths);
    bytes_doubles(out, shown->depth, shown->depths);
    bytes_count(out, shown->first_row);
    bytes_count(out, shown->rows);
}

static const struct sort_key *key_named(const char *name)
{
    for (size_t i = 0; i < sort_key_count; i++)
        if (strcmp(sort_keys[i].name, name) == 0)
            return &sort_keys[i];
    return strcmp(sort_key_file.name, name) == 0 ? &sort_key_file : NULL;
}

/* Into `shown`, which is empty. */
static void get_rows(struct reader *from, struct shown_rows *shown)
{
    char key[64];
    bool chosen = read_flag(from);
    shown->chosen_count = (size_t)read_count(from);
    size_t bytes = shown->chosen_count * sizeof *shown->chosen;
    if (chosen && bytes <= from->left) {
        shown->chosen = xalloc(bytes ? bytes : 1);
        memcpy(shown->chosen, from->at, bytes);
        from->at += bytes;
        from->left -= bytes;
    }
    get_text(from, key, sizeof key);
    shown->key = *key ? key_named(key) : NULL;
    shown->descending = read_flag(from);
    get_text(from, shown->by, sizeof shown->by);
    shown->depths = (size_t)read_count(from);
    shown->depth = shown->depths ? read_doubles(from, shown->depths) : NULL;
    shown->first_row = (size_t)read_count(from);
    shown->rows = (size_t)read_count(from);
    shown->stale = true;
}

static void put_channels(struct bytes *out, const struct rig *rig)
{
    bytes_count(out, rig->channels);
    for (size_t i = 0; i < rig->channels; i++) {
        const struct channel *channel = rig->channel[i];
        bytes_text(out, channel->name);
        put_window(out, &channel->window);
        bytes_u64(out, (uint64_t)(channel->selected + 1));
        put_rows(out, &channel->shown);
    }
}

static void get_channels(struct reader *from, const struct rig *rig)
{
    size_t count = (size_t)read_count(from);
    for (size_t i = 0; i < count; i++) {
        char name[SUBJECT_NAME];
        struct time_window window = {0};
        struct shown_rows shown = {0};
        get_text(from, name, sizeof name);
        struct channel *channel = channel_named(rig, name);
        if (channel)
            window = channel->window;
        get_window(from, &window);
        long selected = (long)read_u64(from) - 1;
        get_rows(from, &shown);
        if (!channel) {
            view_rows_free(&shown);
            continue;
        }
        channel->window = window;
        channel->selected = selected < (long)channel_neurons(channel) ? selected : -1;
        view_rows_free(&channel->shown);
        channel->shown = shown;
        view_rows_fit(channel);
    }
}

/* ---- marks, settings, knobs ---- */

static void put_markers(struct bytes *out, const struct look *look)
{
    bytes_count(out, look->markers);
    for (size_t i = 0; i < look->markers; i++) {
        bytes_text(out, look->marker[i].channel);
        bytes_f64(out, look->marker[i].time);
        bytes_text(out, look->marker[i].label);
    }
}

static void get_markers(struct reader *from, struct look *look)
{
    look->markers = (size_t)read_count(from);
    xgrow(&look->marker, &look->marker_capacity, look->markers + 1, sizeof *look->marker);
    for (size_t i = 0; i < look->markers; i++) {
        get_text(from, look->marker[i].channel, sizeof look->marker[i].channel);
        look->marker[i].time = read_f64(from);
        get_text(from, look->marker[i].label, sizeof look->marker[i].label);
    }
}

static void put_settings(struct bytes *out, const struct session *session)
{
    const struct settings *settings = &session->settings;
    bytes_u32(out, (uint32_t)settings->fps);
    bytes_u32(out, (uint32_t)settings->glyphs);
    bytes_text(out, settings->theme ? settings->theme->name : "");
    bytes_u8(out, settings->mouse);
    bytes_u32(out, (uint32_t)settings->hold);
    bytes_u32(out, (uint32_t)session->look.link);
    bytes_u8(out, session->look.sweep);
    bytes_append(out, &session->meanfield, sizeof session->meanfield);
}

static void get_settings(struct reader *from, struct session *session)
{
    char theme[32];
    struct settings *settings = &session->settings;
    settings->fps = (int)read_u32(from);
    settings->glyphs = (enum glyph_set)read_u32(from);
    get_text(from, theme, sizeof theme);
    settings->theme = NULL;
    for (size_t i = 0; i < theme_count; i++)
        if (strcmp(themes[i]->name, theme) == 0)
            settings->theme = themes[i];
    settings->mouse = read_flag(from);
    settings->hold = (int)read_u32(from);
    session->look.link = (enum link)read_u32(from);
    session->look.sweep = read_flag(from);
    if (from->left >= sizeof session->meanfield) {
        memcpy(&session->meanfield, from->at, sizeof session->meanfield);
        from->at += sizeof session->meanfield;
        from->left -= sizeof session->meanfield;
    }
}

static void put_knobs(struct bytes *out, const struct knobs *knobs)
{
    bytes_count(out, knobs->count);
    for (size_t i = 0; i < knobs->count; i++) {
        const struct knob *knob = &knobs->knob[i];
        bytes_count(out, (uint64_t)(knob->source - knob_sources));
        bytes_text(out, knob->channel);
        bytes_text(out, knob->key);
        bytes_text(out, knob->before);
        bytes_u32(out, (uint32_t)knob->dimension);
        bytes_u8(out, knob->whole);
        bytes_u8(out, knob->log);
        bytes_f64(out, knob->low);
        bytes_f64(out, knob->high);
        bytes_f64(out, knob->step);
    }
}

static void get_knobs(struct reader *from, struct session *session)
{
    struct knobs *knobs = &session->knobs;
    size_t count = (size_t)read_count(from), last = knobs->count;
    for (size_t i = 0; i < knobs->count; i++)
        free(knobs->knob[i].before);
    knobs->count = 0;
    for (size_t i = 0; i < count; i++) {
        struct knob knob = {.wanted = NAN, .about = NAN};
        knob.source = &knob_sources[read_count(from)];
        get_text(from, knob.channel, sizeof knob.channel);
        get_text(from, knob.key, sizeof knob.key);
        knob.before = read_text(from);
        knob.dimension = (enum dimension)read_u32(from);
        knob.whole = read_flag(from);
        knob.log = read_flag(from);
        knob.low = read_f64(from);
        knob.high = read_f64(from);
        knob.step = read_f64(from);
        knobs->knob[knobs->count++] = knob;
    }
    if (count > last || knobs->chosen >= count)
        knobs->chosen = count ? count - 1 : 0;
    knobs->focus = count > 0 && (knobs->focus || last == 0); /* as when they were made */
    knobs->dragged = -1;
    knobs_prune(session);
}

void memory_look_write(const struct session *session, struct bytes *out)
{
    put_layout(out, &session->look.layout);
    put_window(out, &session->look.window);
    put_channels(out, &session->rig);
    put_markers(out, &session->look);
    put_settings(out, session);
    put_knobs(out, &session->knobs);
}

void memory_look_read(struct session *session, const struct bytes *bytes)
{
    struct reader from = reader_of(bytes);
    get_layout(&from, &session->look.layout);
    get_window(&from, &session->look.window);
    get_channels(&from, &session->rig);
    get_markers(&from, &session->look);
    get_settings(&from, session);
    get_knobs(&from, session);
}
