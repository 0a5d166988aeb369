/* What panes show when there is something new, and what it is called. */
#include <stdio.h>
#include <string.h>

#include "pane/pane.h"
#include "session/state.h"
#include "view/link.h"

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

/* The panes of what is linked get company: the same for what came just now. */
static bool open_beside(struct session *session, const struct channel *channel)
{
    struct layout *layout = &session->layout;
    struct error ignored;
    const struct channel *other = NULL;
    for (size_t p = 0; p < layout->panes && !other; p++) {
        const struct channel *shown = channel_named(session, layout->pane[p].subject);
        if (shown && !shown->population && view_linked(session, shown, channel))
            other = shown;
    }
    for (size_t p = 0, panes = layout->panes; other && p < panes; p++) {
        if (strcmp(layout->pane[p].subject, other->name) != 0)
            continue;
        if (!layout_open(layout, layout->pane[p].type, channel->name, &ignored)) {
            session_say(session, "%s finds no room: %d panes are open; pane 1 raster %s shows it",
                        channel->name, LAYOUT_MAX, channel->name);
            return true;
        }
    }
    return other;
}

/* What was looked at so far gives its place to what came just now, unless they share an axis of time. */
void channel_show(struct session *session, const struct channel *channel)
{
    struct error ignored;
    struct layout *layout = &session->layout;
    if (channel_show_first(session, channel) || open_beside(session, channel))
        return;
    for (size_t p = 0; p < layout->panes; p++)
        if (view_suits(layout->pane[p].type, channel))
            layout_put(layout, p + 1, layout->pane[p].type, channel->name, &ignored);
}
