#include "session/pins.h"

#include <stdio.h>
#include <string.h>

#include "base/word.h"
#include "frame/frame.h"
#include "pane/pane.h"
#include "rig/live.h"
#include "session/memory.h"
#include "session/session.h"

static const char *pin_name(const void *list, size_t i)
{
    return ((const struct pin *)list)[i].name;
}

long pins_named(const struct session *session, const char *name, struct error *error)
{
    const struct pins *pins = &session->pins;
    struct word_list words = {"pin", pins->count, pin_name, pins->pin};
    return word_find(&words, name, strlen(name), error);
}

/* Lays a ghost of every pane over it; each pin has a pattern of its own. */
static void lay(struct session *session, const struct pin *pin)
{
    struct pins *pins = &session->pins;
    struct view view;
    live_drain(&session->rig);
    session_view(session, &view);
    for (size_t i = 0; i < session->look.layout.panes && pins->ghosts < PINS_MAX * LAYOUT_MAX; i++) {
        struct ghost *ghost = &pins->ghost[pins->ghosts];
        if (!frame_ghost(&view, (int)i, ghost))
            continue;
        memcpy(ghost->of, pin->name, sizeof ghost->of);
        memcpy(ghost->name, pin->name, sizeof ghost->name);
        ghost->pattern = 2 + (int)(pin - pins->pin) % 3;
        pins->ghosts++;
    }
}

/* What follows from a population alone. */
static bool is_of_neurons(const struct pane *pane)
{
    return pane->type == &pane_tuning || pane->type == &pane_response;
}

void pins_lay(struct session *session, const struct pin *pin, const char *channel, const struct population *population,
              const char *name)
{
    struct pins *pins = &session->pins;
    const struct layout *layout = &session->look.layout;
    struct view view;
    session_view(session, &view);
    for (size_t i = 0; i < view.subjects; i++)
        if (strcmp(session->subject[i].name, channel) == 0)
            session->subject[i].population = population; /* until the next frame */
    for (size_t i = 0; i < layout->panes && pins->ghosts < PINS_MAX * LAYOUT_MAX; i++) {
        struct ghost *ghost = &pins->ghost[pins->ghosts];
        if (strcmp(layout->pane[i].subject, channel) != 0 || !is_of_neurons(&layout->pane[i]) ||
            !frame_ghost(&view, (int)i, ghost))
            continue;
        memcpy(ghost->of, pin->name, sizeof ghost->of);
        snprintf(ghost->name, sizeof ghost->name, "%s", name);
        ghost->pattern = 2;
        pins->ghosts++;
    }
}

static void drop_ghosts(struct pins *pins, const char *of)
{
    size_t kept = 0;
    for (size_t i = 0; i < pins->ghosts; i++)
        if (strcmp(pins->ghost[i].of, of) == 0)
            ghost_free(&pins->ghost[i]);
        else
            pins->ghost[kept++] = pins->ghost[i];
    pins->ghosts = kept;
}

void pins_bare(struct session *session, const struct pin *pin)
{
    drop_ghosts(&session->pins, pin->name);
}

const struct pin *pins_put(struct session *session, const char *name, struct error *error)
{
    struct pins *pins = &session->pins;
    struct pin pin = {0};
    if (name)
        snprintf(pin.name, sizeof pin.name, "%s", name);
    else
        snprintf(pin.name, sizeof pin.name, "pin%zu", ++pins->made);
    for (size_t i = pins->count; i-- > 0;)
        if (strcmp(pins->pin[i].name, pin.name) == 0)
            pins_off(session, i);
    if (pins->count == PINS_MAX) {
        error_set(error, "there are %d pins, which is the most: pin off NAME takes one away", PINS_MAX);
        return NULL;
    }
    pin.memory = memory_take(session);
    pins->pin[pins->count++] = pin;
    lay(session, &pins->pin[pins->count - 1]);
    return &pins->pin[pins->count - 1];
}

void pins_off(struct session *session, size_t index)
{
    struct pins *pins = &session->pins;
    drop_ghosts(pins, pins->pin[index].name);
    memory_free(pins->pin[index].memory);
    pins->count--;
    memmove(&pins->pin[index], &pins->pin[index + 1], (pins->count - index) * sizeof *pins->pin);
}

void pins_free(struct pins *pins)
{
    for (size_t i = 0; i < pins->ghosts; i++)
        ghost_free(&pins->ghost[i]);
    for (size_t i = 0; i < pins->count; i++)
        memory_free(pins->pin[i].memory);
    *pins = (struct pins){0};
}
