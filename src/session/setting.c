/* The settings, each with its own little apply and show. */
#include "session/setting.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "engine/limits.h"
#include "rig/live.h"
#include "session/session.h"
#include "view/link.h"
#include "view/subject.h"
#include "view/window.h"

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
    return live_dt(&session->rig, value->number, error);
}

static double get_dt(const struct session *session)
{
    return session->rig.status.dt;
}

static bool apply_fps(struct session *session, const struct value *value, struct error *error)
{
    (void)error;
    session->settings.fps = (int)value->count;
    return true;
}

static double get_fps(const struct session *session)
{
    return session->settings.fps;
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

static const char *theme_name(const void *list, size_t i)
{
    (void)list;
    return i == 0 ? "auto" : themes[i - 1]->name;
}

static struct word_list theme_words(const struct session *session)
{
    (void)session;
    return (struct word_list){"theme", theme_count + 1, theme_name, NULL};
}

static bool apply_theme(struct session *session, const struct value *value, struct error *error)
{
    (void)error;
    session->settings.theme = value->choice > 0 ? themes[value->choice - 1] : NULL;
    return true;
}

static void show_theme(const struct session *session, char *out, size_t size)
{
    snprintf(out, size, "%s", session->settings.theme ? session->settings.theme->name : "auto");
}

static bool apply_window(struct session *session, const struct value *value, struct error *error)
{
    (void)error;
    struct channel *live = NULL;
    for (size_t i = 0; i < session->rig.channels && !live; i++)
        live = session->rig.channel[i]->population ? session->rig.channel[i] : NULL;
    if (live)
        view_time_width(&session->look, live, value->number, NAN);
    else
        session->look.window.width = value->number;
    return true;
}

static double get_window(const struct session *session)
{
    return session->look.window.width;
}

static bool apply_mode(struct session *session, const struct value *value, struct error *error)
{
    (void)error;
    session->look.sweep = value->choice == 0;
    return true;
}

static void show_mode(const struct session *session, char *out, size_t size)
{
    snprintf(out, size, "%s", mode_names[session->look.sweep ? 0 : 1]);
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
    struct channel *channel = view_channel(&session->look);
    session->look.link = (enum link)value->choice;
    if (channel)
        view_link_share(&session->look, channel);
    return true;
}

static void show_link(const struct session *session, char *out, size_t size)
{
    snprintf(out, size, "%s", link_names[session->look.link]);
}

static const char *const hold_names[] = {[HOLD_RATES] = "rates", [HOLD_GAIN] = "gain"};

static struct word_list hold_words(const struct session *session)
{
    (void)session;
    return (struct word_list){"hold", 2, word_plain, hold_names};
}

static bool apply_hold(struct session *session, const struct value *value, struct error *error)
{
    (void)error;
    session->settings.hold = (int)value->choice;
    return true;
}

static void show_hold(const struct session *session, char *out, size_t size)
{
    snprintf(out, size, "%s", hold_names[session->settings.hold]);
}

static bool apply_history(struct session *session, const struct value *value, struct error *error)
{
    (void)error;
    session->rig.history = value->number;
    live_new_records(&session->rig);
    return true;
}

static double get_history(const struct session *session)
{
    return session->rig.history;
}

static const char *const speed_names[] = {"max"};

static struct word_list speed_words(const struct session *session)
{
    (void)session;
    return (struct word_list){"speed", 1, word_plain, speed_names};
}

static bool apply_speed(struct session *session, const struct value *value, struct error *error)
{
    (void)error;
    port_speed(session->rig.engine, value->choice < 0 ? value->number : INFINITY);
    return true;
}

static void show_speed(const struct session *session, char *out, size_t size)
{
    char number[NUMBER_HUMAN];
    double speed = port_status(session->rig.engine).speed;
    snprintf(out, size, "%s", isinf(speed) ? speed_names[0] : number_typed(number, speed, DIMENSION_NONE));
}

static double get_speed(const struct session *session)
{
    return port_status(session->rig.engine).speed;
}

const struct setting settings[] = {
    {{.name = "dt",
      .type = TYPE_QUANTITY,
      .dimension = DIMENSION_TIME,
      .low = ENGINE_DT_MIN,
      .high = ENGINE_DT_MAX,
      .fallback = "1ms",
      .help = "step of the simulation"},
     apply_dt,
     get_dt,
     NULL},
    {{.name = "speed",
      .type = TYPE_CHOICE,
      .choices = speed_words,
      .number_too = true,
      .low = 0,
      .low_open = true,
      .high = 1e9,
      .fallback = "1",
      .help = "seconds simulated in a second of real time; max: as fast as possible"},
     apply_speed,
     get_speed,
     show_speed},
    {{.name = "fps", .type = TYPE_COUNT, .low = 1, .high = 120, .fallback = "30", .help = "frames a second, at most"},
     apply_fps,
     get_fps,
     NULL},
    {{.name = "glyphs", .type = TYPE_CHOICE, .choices = glyph_words, .help = "signs that panes are drawn with"},
     apply_glyphs,
     NULL,
     show_glyphs},
    {{.name = "theme",
      .type = TYPE_CHOICE,
      .choices = theme_words,
      .fallback = "auto",
      .help =
          "colours; auto: dark or light, as the terminal says its background is; paper and contrast paint their own "
          "background; mono: none"},
     apply_theme,
     NULL,
     show_theme},
    {{.name = "window",
      .type = TYPE_QUANTITY,
      .dimension = DIMENSION_TIME,
      .low = 1e-6,
      .high = 1e6,
      .fallback = "500ms",
      .help = "time that live panes show"},
     apply_window,
     get_window,
     NULL},
    {{.name = "mode",
      .type = TYPE_CHOICE,
      .choices = mode_words,
      .fallback = "sweep",
      .help = "sweep: a page fills and starts anew, few bytes over ssh; scroll: now stays at the right edge"},
     apply_mode,
     NULL,
     show_mode},
    {{.name = "mouse",
      .type = TYPE_SWITCH,
      .fallback = "off",
      .help = "clicks choose panes and neurons, dragging pans, the wheel zooms, the right button sets cursors"},
     apply_mouse,
     NULL,
     show_mouse},
    {{.name = "link",
      .type = TYPE_CHOICE,
      .choices = link_words,
      .fallback = "auto",
      .help = "what shares one axis of time; auto: recordings that overlap; on: all, populations too; off: none"},
     apply_link,
     NULL,
     show_link},
    {{.name = "hold",
      .type = TYPE_CHOICE,
      .choices = hold_words,
      .fallback = "rates",
      .help =
          "what stays when tau_rc, tau_ref or the model change; rates: max rates and intercepts; gain: gain and bias"},
     apply_hold,
     NULL,
     show_hold},
    {{.name = "history",
      .type = TYPE_QUANTITY,
      .low = 1,
      .high = 1e6,
      .fallback = "256",
      .help = "MB of memory for the record of each population; a new value starts new records"},
     apply_history,
     get_history,
     NULL},
};
const size_t setting_count = sizeof settings / sizeof *settings;

void setting_show(const struct setting *setting, const struct session *session, char *out, size_t size)
{
    char number[NUMBER_HUMAN];
    if (setting->show)
        setting->show(session, out, size);
    else
        snprintf(out, size, "%s", number_human(number, setting->number(session), setting->row.dimension));
}

const struct setting *setting_find(const char *name)
{
    for (size_t i = 0; i < setting_count; i++)
        if (strcmp(settings[i].row.name, name) == 0)
            return &settings[i];
    return NULL;
}

void setting_rows_add(const struct session *session, struct parameter_set *set)
{
    for (size_t i = 0; i < setting_count; i++) {
        struct parameter *row = parameter_set_add(set, settings[i].row);
        char typed[NUMBER_HUMAN];
        if (settings[i].show)
            settings[i].show(session, typed, sizeof typed);
        else
            number_typed(typed, settings[i].number(session), row->dimension);
        row->present = parameter_set_store(set, typed);
        row->shown_only = true;
    }
}
