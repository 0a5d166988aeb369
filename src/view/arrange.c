/* What panes show when there is something new, and what it is called. */
#include "view/arrange.h"

#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/voice.h"
#include "pane/pane.h"
#include "rig/rig.h"
#include "view/link.h"
#include "view/look.h"
#include "view/subject.h"

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* "data/2024-run 3.csv" -> "R2024_run_3": the stem, with what a name may not hold made '_'. */
void channel_name_from_path(const char *path, char *name)
{
    const char *stem = path;
    for (const char *c = path; *c && *c != '\n'; c++)
        stem = *c == '/' ? c + 1 : stem;
    size_t length = strcspn(stem, ".\n*?["), used = 0;
    bool pattern = stem[length] && strchr("*?[", stem[length]);
    while (pattern && length > 1 && strchr("-_ ", stem[length - 1])) /* run-*.dat: "run" */
        length--;
    if (length == 0 || !is_letter(stem[0]))
        name[used++] = 'R';
    for (size_t i = 0; i < length && used < SUBJECT_NAME - 1; i++)
        name[used++] = is_letter(stem[i]) || (stem[i] >= '0' && stem[i] <= '9') ? stem[i] : '_';
    name[used] = '\0';
}

/* What it shows is gone; it waits for something new in its place. */
static bool waits(const struct look *look, const struct pane *pane)
{
    return pane->type->about == PANE_CHANNEL && !channel_named(look->rig, pane->subject);
}

/* Panes that wait take the channel, unless one waited for it alone: it has been made anew. */
static bool take_waiting_panes(struct look *look, const struct channel *channel)
{
    struct layout *layout = &look->layout;
    bool shown = false;
    for (size_t p = 0; p < layout->panes; p++)
        shown = shown || strcmp(layout->pane[p].subject, channel->name) == 0;
    for (size_t p = 0; p < layout->panes && !shown; p++)
        if (waits(look, &layout->pane[p]) && view_suits(layout->pane[p].type, channel))
            snprintf(layout->pane[p].subject, sizeof layout->pane[p].subject, "%s", channel->name);
    for (size_t p = 0; p < layout->panes && !shown; p++)
        shown = shown || strcmp(layout->pane[p].subject, channel->name) == 0;
    return shown;
}

bool channel_show_first(struct look *look, const struct channel *channel)
{
    struct error ignored;
    if (look->layout.panes > 0)
        return take_waiting_panes(look, channel);
    for (size_t t = 0; t < pane_type_count; t++)
        if (pane_types[t]->at_first && view_suits(pane_types[t], channel))
            layout_open(&look->layout, pane_types[t], channel->name, &ignored);
    return true;
}

void channel_show_live(struct look *look, struct channel *channel)
{
    /* Something to follow through the panes from the start: an ON neuron a little above the middle. */
    if (channel_show_first(look, channel))
        channel->selected = (long)channel->population->order[channel->population->n * 5 / 8];
}

/* The panes of what is linked get company: the same for what came just now. */
static bool open_beside(struct look *look, const struct channel *channel)
{
    struct layout *layout = &look->layout;
    struct error ignored;
    const struct channel *other = NULL;
    for (size_t p = 0; p < layout->panes && !other; p++) {
        const struct channel *shown = channel_named(look->rig, layout->pane[p].subject);
        if (shown && !shown->population && view_linked(look, shown, channel))
            other = shown;
    }
    for (size_t p = 0, panes = layout->panes; other && p < panes; p++) {
        if (strcmp(layout->pane[p].subject, other->name) != 0)
            continue;
        if (!layout_open(layout, layout->pane[p].type, channel->name, &ignored)) {
            voice_say(&look->rig->voice, "%s finds no room: %d panes are open; pane 1 raster %s shows it",
                      channel->name, LAYOUT_MAX, channel->name);
            return true;
        }
    }
    return other;
}

/* What was recorded at another time, or arrives, leaves the screen, for a recording or what arrives. */
static void say_replaced(const struct look *look, const char *name, const struct channel *by)
{
    const struct channel *gone = channel_named(look->rig, name);
    if (!gone || gone == by || gone->population || by->population)
        return;
    char a[NUMBER_HUMAN], b[NUMBER_HUMAN], c[NUMBER_HUMAN], d[NUMBER_HUMAN];
    struct spike_source now = channel_source(by), before = channel_source(gone);
    double first, last, gone_first, gone_last;
    if (source_span(&now, &first, &last) && source_span(&before, &gone_first, &gone_last))
        voice_say(&look->rig->voice,
                  "%s goes from %s to %s, %s from %s to %s: %s takes the panes, and pane 1 raster %s brings %s back",
                  by->name, number_human(a, first, DIMENSION_TIME), number_human(b, last, DIMENSION_TIME), gone->name,
                  number_human(c, gone_first, DIMENSION_TIME), number_human(d, gone_last, DIMENSION_TIME), by->name,
                  gone->name, gone->name);
    else
        voice_say(&look->rig->voice, "%s takes the panes of %s, and pane 1 raster %s brings %s back", by->name,
                  gone->name, gone->name, gone->name);
}

/* What was looked at so far gives its place to what came just now, unless they share an axis of time. */
void channel_show(struct look *look, const struct channel *channel)
{
    struct error ignored;
    struct layout *layout = &look->layout;
    if (channel_show_first(look, channel) || open_beside(look, channel))
        return;
    char said[SUBJECT_NAME] = "";
    for (size_t p = 0; p < layout->panes; p++)
        if (view_suits(layout->pane[p].type, channel) && strcmp(layout->pane[p].subject, said) != 0) {
            snprintf(said, sizeof said, "%s", layout->pane[p].subject);
            say_replaced(look, said, channel);
        }
    for (size_t p = 0; p < layout->panes; p++)
        if (view_suits(layout->pane[p].type, channel))
            layout_put(layout, p + 1, layout->pane[p].type, channel->name, &ignored);
}
