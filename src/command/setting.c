/* The settings, each with its own little apply and show. */
#include "command/setting.h"

#include <math.h>
#include <stdio.h>

#include "command/state.h"
#include "command/view_link.h"
#include "command/view_time.h"
#include "engine/sim.h"

static const char *const mode_names[] = {"sweep", "scroll"};

static struct word_list mode_words(const struct session *session)
{
    (void)session;
    return (struct word_list){"mode", 2, word_plain, mode_names};
}

static struct word_list glyph_words(const struct session *session)
{
    (void)session;
    return (struct word_list){"glyphs", 3, word_plain, glyph_set_names};
}

static bool apply_dt(struct session *session, const struct value *value, struct error *error)
{
    return live_dt(session, value->number, error);
}

static void show_dt(const struct session *session, char *out, size_t size)
{
    char dt[NUMBER_HUMAN];
    snprintf(out, size, "%s", number_human(dt, session->status.dt, DIMENSION_TIME));
}

static bool apply_fps(struct session *session, const struct value *value, struct error *error)
{
    (void)error;
    session->settings.fps = (int)value->count;
    return true;
}

static void show_fps(const struct session *session, char *out, size_t size)
{
    snprintf(out, size, "%d", session->settings.fps);
}

static bool apply_glyphs(struct session *session, const struct value *value, struct error *error)
{
    (void)error;
    session->settings.glyphs = (enum glyph_set)value->choice;
    return true;
}

static void show_glyphs(const struct session *session, char *out, size_t size)
{
    snprintf(out, size, "%s", glyph_set_names[session->settings.glyphs]);
}

static bool apply_window(struct session *session, const struct value *value, struct error *error)
{
    (void)error;
    struct channel *live = NULL;
    for (size_t i = 0; i < session->channels && !live; i++)
        live = session->channel[i]->population ? session->channel[i] : NULL;
    if (live)
        view_time_width(session, live, value->number, NAN);
    else
        session->window.width = value->number;
    return true;
}

static void show_window(const struct session *session, char *out, size_t size)
{
    char width[NUMBER_HUMAN];
    snprintf(out, size, "%s", number_human(width, session->window.width, DIMENSION_TIME));
}

static bool apply_mode(struct session *session, const struct value *value, struct error *error)
{
    (void)error;
    session->settings.sweep = value->choice == 0;
    return true;
}

static void show_mode(const struct session *session, char *out, size_t size)
{
    snprintf(out, size, "%s", mode_names[session->settings.sweep ? 0 : 1]);
}

static bool apply_mouse(struct session *session, const struct value *value, struct error *error)
{
    (void)error;
    session->settings.mouse = value->on;
    return true;
}

static void show_mouse(const struct session *session, char *out, size_t size)
{
    snprintf(out, size, "%s", session->settings.mouse ? "on" : "off");
}

static const char *const link_names[] = {[LINK_AUTO] = "auto", [LINK_ON] = "on", [LINK_OFF] = "off"};

static struct word_list link_words(const struct session *session)
{
    (void)session;
    return (struct word_list){"link", 3, word_plain, link_names};
}

/* Those that now belong together follow what is in focus. */
static bool apply_link(struct session *session, const struct value *value, struct error *error)
{
    (void)error;
    struct channel *channel = view_channel(session);
    session->settings.link = (enum link)value->choice;
    if (channel)
        view_link_share(session, channel);
    return true;
}

static void show_link(const struct session *session, char *out, size_t size)
{
    snprintf(out, size, "%s", link_names[session->settings.link]);
}

static bool apply_history(struct session *session, const struct value *value, struct error *error)
{
    (void)error;
    session->settings.history = value->number;
    live_new_records(session);
    return true;
}

static void show_history(const struct session *session, char *out, size_t size)
{
    snprintf(out, size, "%g", session->settings.history);
}

const struct setting settings[] = {
    {{.name = "dt",
      .type = TYPE_QUANTITY,
      .dimension = DIMENSION_TIME,
      .low = SIM_DT_MIN,
      .high = SIM_DT_MAX,
      .help = "step of the simulation"},
     apply_dt,
     show_dt},
    {{.name = "fps", .type = TYPE_COUNT, .low = 1, .high = 120, .help = "frames a second, at most"},
     apply_fps,
     show_fps},
    {{.name = "glyphs",
      .type = TYPE_CHOICE,
      .choices = glyph_words,
      .help = "signs that panes are drawn with"},
     apply_glyphs,
     show_glyphs},
    {{.name = "window",
      .type = TYPE_QUANTITY,
      .dimension = DIMENSION_TIME,
      .low = 1e-6,
      .high = 1e6,
      .help = "time that live panes show"},
     apply_window,
     show_window},
    {{.name = "mode",
      .type = TYPE_CHOICE,
      .choices = mode_words,
      .help = "sweep: a page fills and starts anew, few bytes over ssh; scroll: now stays at the right edge"},
     apply_mode,
     show_mode},
    {{.name = "mouse",
      .type = TYPE_SWITCH,
      .help = "clicks choose panes and neurons, dragging pans, the wheel zooms, the right button sets cursors"},
     apply_mouse,
     show_mouse},
    {{.name = "link",
      .type = TYPE_CHOICE,
      .choices = link_words,
      .help = "what shares one axis of time; auto: recordings that overlap; on: all, populations too; off: none"},
     apply_link,
     show_link},
    {{.name = "history",
      .type = TYPE_QUANTITY,
      .low = 1,
      .high = 1e6,
      .help = "MB of memory for the record of each population; a new value starts new records"},
     apply_history,
     show_history},
};
const size_t setting_count = sizeof settings / sizeof *settings;
