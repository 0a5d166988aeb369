/* Bytes from a terminal cut into keys: text, named keys, pastes, mouse events. Knows no ncurses; a pure
 * machine that may be fed any bytes in any pieces. UI thread only. */
#ifndef TERM_KEYS_H
#define TERM_KEYS_H

#include <stdbool.h>
#include <stddef.h>

enum key_kind {
    KEY_NONE,
    KEY_TEXT,       /* bytes Readline should see: printable text, control characters, unknown sequences */
    KEY_NAMED,      /* name is "F1".."F12", "Up", "Down", "Left", "Right", "Home", "End", "PgUp", "PgDn", "Delete",
                  "Insert", "Esc", "Space", "Enter", "Tab", with "S-", "C-", "M-" in front in that order;
                  "C-c", "C-l", "C-z" ...; bytes are what the terminal sent, so that it can still be handed to
                  Readline */
    KEY_PASTE,      /* text pasted in brackets, without them */
    KEY_LONG_PASTE, /* one of more than KEYS_PASTE_MOST bytes is over; it is not kept */
    KEY_CUT_PASTE,  /* what had come of a paste when it was found to have no end: not to be run */
    KEY_MOUSE,      /* name "Click", "Drag", "Release", "RightClick", "RightDrag", "WheelUp", "WheelDown", "WheelLeft",
                  "WheelRight", "Other", with modifiers as above; column, row from 0 */
    KEY_GROUND,     /* the terminal has been asked for its background and answers; `ground` is it */
    KEY_FOCUS,      /* name "FocusIn", "FocusOut" */
};

#define KEYS_PASTE_MOST ((size_t)16 << 20)
/* What a terminal sends before and behind a paste. */
#define KEYS_PASTE_BEGIN "\033[200~"
#define KEYS_PASTE_END "\033[201~"

struct key {
    enum key_kind kind;
    char name[24];
    const char *bytes; /* borrowed until the next call */
    size_t length;
    int column, row;
    unsigned ground; /* 0xRRGGBB */
};

struct keys;
struct keys *keys_new(void);
void keys_free(struct keys *keys);
void keys_feed(struct keys *keys, const char *bytes, size_t length);
/* The next whole key; false when none is whole yet. `flush`: no more bytes follow soon, so a lone ESC is the
 * Esc key and an unfinished sequence is text (a paste stays open). */
bool keys_next(struct keys *keys, bool flush, struct key *key);
/* The key that keys_next has just given was no Alt but an Esc typed quickly before another key: *key becomes Esc, and
 * the next keys_next gives the other one. False, doing nothing, unless its bytes are ESC and a whole sequence. */
bool keys_split(struct keys *keys, struct key *key);
/* A paste has begun and not ended; keys_next gives nothing meanwhile, but a Ctrl-C ends it (KEY_CUT_PASTE) and
 * is no other key. Nor does one that stays without bytes for a second have an end: keys_cut_paste gives it up. */
bool keys_pasting(const struct keys *keys);
/* Ends an open paste: *key is what had come of it. False when none is open. */
bool keys_cut_paste(struct keys *keys, struct key *key);
/* Bytes that wait to become keys. */
size_t keys_held(const struct keys *keys);
/* An unfinished escape sequence waits; ask again with flush after some 25 ms without bytes. */
bool keys_pending(const struct keys *keys);

#endif
