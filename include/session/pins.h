/* Pins: what panes showed and populations were, kept under a name, to be compared with what they are now and to be gone
 * back to. UI thread only. */
#ifndef SESSION_PINS_H
#define SESSION_PINS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "draw/ghost.h"
#include "draw/view.h"
#include "pane/layout.h"

struct session;
struct memory;

#define PINS_MAX 8
#define PIN_NAME 16

struct pin {
    char name[PIN_NAME];
    struct memory *memory; /* owned */
};

struct pins {
    struct pin pin[PINS_MAX];
    size_t count;
    struct ghost ghost[PINS_MAX * LAYOUT_MAX]; /* [ghosts] in the order of the pins; owned */
    size_t ghosts;
    size_t made; /* for names */
};

/* The pin of that name; -1 with a sentence. */
long pins_named(const struct session *session, const char *name, struct error *error);
/* Keeps what is now under a name (NULL: "pin1", "pin2" ...; one of that name is replaced). NULL with a sentence. */
const struct pin *pins_put(struct session *session, const char *name, struct error *error);
/* Takes the ghosts of a pin away, and leaves it. */
void pins_bare(struct session *session, const struct pin *pin);
/* Lays what panes of a type would show over them, if their channel had such neurons: a ghost of the pin, with a name. */
void pins_lay(struct session *session, const struct pin *pin, const char *channel, const struct population *population,
              const char *name);
void pins_off(struct session *session, size_t index);
void pins_free(struct pins *pins);

#endif
