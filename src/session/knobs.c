/* The knobs together: which is chosen, who has the keys, what the screen shows and the transcript hears of
 * them. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "rig/rig.h"
#include "session/knob.h"
#include "session/message.h"
#include "session/session.h"

struct knob *knobs_chosen(struct session *session)
{
    struct knobs *knobs = &session->knobs;
    return knobs->count ? &knobs->knob[knobs->chosen] : NULL;
}

bool knobs_focused(const struct session *session)
{
    return session->knobs.focus && session->knobs.count > 0 && session->look.layout.focus < 0;
}

void knobs_say(struct session *session)
{
    char now[KNOB_COMMAND], line[KNOB_COMMAND];
    for (size_t i = 0; i < session->knobs.count; i++) {
        struct knob *knob = &session->knobs.knob[i];
        if (!knob->unsaid)
            continue;
        knob->unsaid = false;
        knob_now(session, knob, now, sizeof now);
        knob_command(knob, now, line, sizeof line);
        if (*now && session->options.screen)
            session_echo(session, line);
    }
}

void knobs_choose(struct session *session, size_t index)
{
    struct knobs *knobs = &session->knobs;
    if (index == knobs->chosen)
        return;
    knobs_say(session);
    if (knobs->chosen < knobs->count)
        knobs->knob[knobs->chosen].armed = false;
    knobs->chosen = index;
}

void knobs_focus(struct session *session, bool on)
{
    if (on)
        session->look.layout.focus = -1;
    else
        knobs_say(session);
    session->knobs.focus = on;
}

void knob_off(struct session *session, size_t index)
{
    struct knobs *knobs = &session->knobs;
    knobs_say(session);
    free(knobs->knob[index].before);
    knobs->count--;
    memmove(&knobs->knob[index], &knobs->knob[index + 1], (knobs->count - index) * sizeof *knobs->knob);
    if (knobs->chosen > index || knobs->chosen == knobs->count)
        knobs->chosen -= knobs->chosen > 0;
    knobs->dragged = -1;
    knobs->focus = knobs->focus && knobs->count > 0;
}

static const char *knob_name(const void *list, size_t i)
{
    return ((const struct knob *)list)[i].key;
}

/* Two populations may have knobs of one name; then the population decides. */
long knob_named(const struct session *session, const char *channel, const char *key, struct error *error)
{
    const struct knobs *knobs = &session->knobs;
    struct word_list words = {"knob", knobs->count, knob_name, knobs->knob};
    for (size_t i = 0; channel && i < knobs->count; i++)
        if (strcmp(knobs->knob[i].channel, channel) == 0 && strcmp(knobs->knob[i].key, key) == 0)
            return (long)i;
    return word_find(&words, key, strlen(key), error);
}

void knobs_prune(struct session *session)
{
    for (size_t i = session->knobs.count; i-- > 0;)
        if (*session->knobs.knob[i].channel && !channel_named(&session->rig, session->knobs.knob[i].channel))
            knob_off(session, i);
}

static const char *row_name(const void *list, size_t i)
{
    return ((const struct knob_rows *)list)->set.row[i].name;
}

struct word_list knob_words(const struct session *session)
{
    struct knob_rows *rows = session->knobs.offered;
    *rows = (struct knob_rows){0};
    knob_collect(session, NULL, rows);
    return (struct word_list){"number", rows->set.count, row_name, rows};
}

/* ---- what a frame shows ---- */

/* Where a value stands on the slider, 0..1 within the range. */
static double part_of(const struct knob *knob, double value)
{
    if (knob->log)
        return value > 0 ? log(value / knob->low) / log(knob->high / knob->low) : -1;
    return (value - knob->low) / (knob->high - knob->low);
}

static void show_number(const struct knob *knob, double value, char *out, size_t size)
{
    char human[NUMBER_HUMAN];
    snprintf(out, size, "%s", number_human(human, value, knob->dimension));
}

static double before_number(const struct session *session, const struct knob *knob)
{
    double value;
    struct error ignored;
    (void)session;
    return quantity_parse(knob->before, knob->dimension, &value, &ignored) ? value : NAN;
}

static void show(const struct session *session, struct knob *knob, struct knob_view *shown)
{
    char typed[64];
    double now = knob_now(session, knob, typed, sizeof typed);
    size_t size = sizeof knob->text[0];
    snprintf(knob->text[0], size, "%s%s%s", knob->channel, *knob->channel ? " " : "", knob->key);
    if (isnan(now)) /* "200:400", "sine ...", or there is none any more */
        snprintf(knob->text[1], size, "%.*s", *typed ? (int)strcspn(typed, " ") : 4, *typed ? typed : "gone");
    else
        show_number(knob, now, knob->text[1], size);
    show_number(knob, knob->low, knob->text[2], size);
    show_number(knob, knob->high, knob->text[3], size);
    *shown = (struct knob_view){.name = knob->text[0],
                                .value = knob->text[1],
                                .low = knob->text[2],
                                .high = knob->text[3],
                                .at = part_of(knob, now),
                                .before = part_of(knob, before_number(session, knob))};
}

void knobs_fill(struct session *session, struct view *view)
{
    struct knobs *knobs = &session->knobs;
    for (size_t i = 0; i < knobs->count; i++)
        show(session, &knobs->knob[i], &knobs->shown[i]);
    session->look.layout.knobs = knobs->count;
    view->knob = knobs->shown;
    view->knobs = knobs->count;
    view->knob_chosen = knobs->chosen;
    view->knob_keys = knobs_focused(session);
}

void knobs_init(struct knobs *knobs)
{
    *knobs = (struct knobs){.dragged = -1, .offered = xcalloc(1, sizeof *knobs->offered)};
}

void knobs_free(struct knobs *knobs)
{
    free(knobs->offered);
    for (size_t i = 0; i < knobs->count; i++)
        free(knobs->knob[i].before);
}
