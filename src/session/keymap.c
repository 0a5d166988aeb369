/* The table of keys. Rows are searched from the top; the first whose key and context fit is used. */
#include "session/keymap.h"

#include "language/help_search.h"

const struct key_binding keymap[] = {
    {"Esc", KEYS_HELP, "keys off", "close this help"},
    {"Enter", KEYS_HELP, "keys off", NULL},
    {"PgUp", KEYS_HELP, "keys up", "scroll this help"},
    {"PgDn", KEYS_HELP, "keys down", NULL},
    {"Up", KEYS_HELP, "keys up", NULL},
    {"Down", KEYS_HELP, "keys down", NULL},

    {"Enter", KEYS_STOP, "next", "go on in the lesson"},
    {"PgDn", KEYS_STOP, "next", "the same, as the remote of a presenter sends it"},
    {"PgUp", KEYS_STOP, "back", "go back in the lesson"},
    {"Right", KEYS_STOP_ARROW, "next", "go on, while neither a pane nor a knob has the keys"},
    {"Left", KEYS_STOP_ARROW, "back", "go back"},

    {"Right", KEYS_POINT, "star right", "the star to a larger mean"},
    {"Left", KEYS_POINT, "star left", "to a smaller one"},
    {"Up", KEYS_POINT, "star up", "the star to a larger deviation"},
    {"Down", KEYS_POINT, "star down", "to a smaller one"},
    {"S-Right", KEYS_POINT, "star far-right", "to the next point of the grid"},
    {"S-Left", KEYS_POINT, "star far-left", NULL},
    {"S-Up", KEYS_POINT, "star far-up", NULL},
    {"S-Down", KEYS_POINT, "star far-down", NULL},
    {"Esc", KEYS_POINT, "focus 0", "back to the command line"},

    {"Up", KEYS_NETWORK, "network up", "to the line above"},
    {"Down", KEYS_NETWORK, "network down", "to the line below"},
    {"Enter", KEYS_NETWORK, "network in", "show what is there in the next pane: its value, its weights"},
    {"Esc", KEYS_NETWORK, "focus 0", "back to the command line"},

    {"Right", KEYS_MAP, "across next", "select the neuron to the right"},
    {"Left", KEYS_MAP, "across prev", "select the neuron to the left"},
    {"S-Right", KEYS_MAP, "across page-right", "to the neurons right of those in sight"},
    {"S-Left", KEYS_MAP, "across page-left", "to the neurons left of them"},
    {"+", KEYS_MAP_TYPED, "across in", "show fewer columns"},
    {"-", KEYS_MAP_TYPED, "across out", "show more columns"},
    {"0", KEYS_MAP_TYPED, "across all", "show all columns"},

    {"Up", KEYS_PANE, "select next", "select the neuron above"},
    {"Down", KEYS_PANE, "select prev", "select the neuron below"},
    {"Left", KEYS_PANE, "scroll left", "back in time"},
    {"Right", KEYS_PANE, "scroll right", "forward in time"},
    {"S-Left", KEYS_PANE, "scroll page-left", "back by a whole window"},
    {"S-Right", KEYS_PANE, "scroll page-right", "forward by a whole window"},
    {"Home", KEYS_PANE, "goto start", "to the beginning of the record"},
    {"End", KEYS_PANE, "goto end", "to its end, and follow it"},
    {"PgUp", KEYS_PANE, "rows page-up", "to the neurons above those in sight"},
    {"PgDn", KEYS_PANE, "rows page-down", "to the neurons below"},
    {"C-Up", KEYS_PANE, "window in", "show less time"},
    {"C-Down", KEYS_PANE, "window out", "show more time"},
    {"Esc", KEYS_PANE, "focus 0", "back to the command line"},
    {"+", KEYS_TYPED, "window in", "show less time"},
    {"-", KEYS_TYPED, "window out", "show more time"},
    {"0", KEYS_TYPED, "window all", "show the whole record"},
    {"<", KEYS_TYPED, "rows in", "show fewer neurons"},
    {">", KEYS_TYPED, "rows out", "show more neurons"},
    {".", KEYS_TYPED, "goto next", "to the next spike of the selected neuron"},
    {",", KEYS_TYPED, "goto prev", "to the spike before"},
    {"[", KEYS_TYPED, "cursor 1", "cursor 1 to where that went, or to now"},
    {"]", KEYS_TYPED, "cursor 2", "cursor 2 likewise; what lies between is measured"},
    {"Delete", KEYS_TYPED, "cursor off", "no cursors"},
    {"Enter", KEYS_TYPED, "focus 0", NULL},

    {"Right", KEYS_KNOB, "turn 1", "turn the knob up"},
    {"Left", KEYS_KNOB, "turn -1", "turn it down"},
    {"S-Right", KEYS_KNOB, "turn 10", "turn it up coarsely"},
    {"S-Left", KEYS_KNOB, "turn -10", "turn it down coarsely"},
    {"PgUp", KEYS_KNOB, "turn 10", NULL},
    {"PgDn", KEYS_KNOB, "turn -10", NULL},
    {"Home", KEYS_KNOB, "turn low", "to the low end"},
    {"End", KEYS_KNOB, "turn high", "to the high end"},
    {"Up", KEYS_KNOBS, "turn prev", "the knob before (with one knob: the history)"},
    {"Down", KEYS_KNOBS, "turn next", "the next knob"},
    {"Backspace", KEYS_KNOB, "turn tap", "twice: back to what it was at first"},
    {"Delete", KEYS_KNOB, "turn tap", NULL},
    {"Esc", KEYS_KNOB, "focus 0", "back to the command line"},
    {"Enter", KEYS_KNOB, "focus 0", NULL},

    {"Space", KEYS_EMPTY, "toggle", "run or pause, play a recording (on an empty line)"},

    {"F1", KEYS_ALWAYS, "keys", "this help; in a line: on the word under the cursor"},
    {"F2", KEYS_ALWAYS, "focus 1", "keys to pane 1; again: back to the command line"},
    {"F3", KEYS_ALWAYS, "focus 2", "keys to pane 2"},
    {"F4", KEYS_ALWAYS, "focus 3", "keys to pane 3"},
    {"S-Tab", KEYS_ALWAYS, "focus next", "keys to the next pane"},
    {"F5", KEYS_ALWAYS, "zoom", "the pane in focus fills the screen, or no longer"},
    {"F6", KEYS_ALWAYS, "swap", "swap the pane in focus with its right neighbour"},
    {"F7", KEYS_ALWAYS, "mouse", "mouse on or off"},
    {"F8", KEYS_ALWAYS, "close", "close the pane in focus"},
    {"F9", KEYS_ALWAYS, "focus knobs", "keys to the knobs; again: back to the command line"},
    {"F10", KEYS_ALWAYS, "undo", "take back what was changed last"},
    {"F11", KEYS_ALWAYS, "pin", "keep what panes show, behind what comes"},
    {"F12", KEYS_ALWAYS, "redo", "do it again"},
    {"PgUp", KEYS_ALWAYS, "answers up", "scroll the answers back"},
    {"PgDn", KEYS_ALWAYS, "answers down", "scroll the answers forward"},
    {"S-PgUp", KEYS_ALWAYS, "answers up", "the same, from a pane too"},
    {"S-PgDn", KEYS_ALWAYS, "answers down", NULL},
};
const size_t keymap_count = sizeof keymap / sizeof *keymap;

/* For people: what always works comes first, though it is searched last. */
static const struct {
    const char *title;
    enum key_context context[2];
} groups[] = {
    {"Always", {KEYS_EMPTY, KEYS_ALWAYS}},
    {"While a lesson waits, on an empty line", {KEYS_STOP, KEYS_STOP_ARROW}},
    {"While a pane has the keys", {KEYS_PANE, KEYS_TYPED}},
    {"While a pane of weights has the keys, besides", {KEYS_MAP, KEYS_MAP_TYPED}},
    {"While the pane of the network has the keys", {KEYS_NETWORK, KEYS_NETWORK}},
    {"While a pane of the mean field has the keys", {KEYS_POINT, KEYS_POINT}},
    {"While the knobs have the keys, on an empty line", {KEYS_KNOB, KEYS_KNOBS}},
    {"While this help is shown", {KEYS_HELP, KEYS_HELP}},
};

void keymap_describe(struct text *out)
{
    for (size_t g = 0; g < sizeof groups / sizeof *groups; g++) {
        text_printf(out, "%s%s\n", g ? "\n" : "", groups[g].title);
        for (size_t i = 0; i < keymap_count; i++) {
            const struct key_binding *row = &keymap[i];
            if (row->help && (row->context == groups[g].context[0] || row->context == groups[g].context[1]))
                text_printf(out, "  %-8s %-52s %s\n", row->key, row->help, row->command);
        }
    }
    text_add(out, "\nWith the mouse (F7)\n"
                  "  Click    choose the pane and the neuron        Drag       pan in time and over neurons\n"
                  "  Wheel    less or more time at the pointer      C-Wheel    fewer or more neurons\n"
                  "  S-Wheel  back and forward in time              M-Wheel    up and down over the neurons\n"
                  "  Right    cursor 1, then 2, then in turn; dragging moves it\n"
                  "\nAll other keys edit the command line: Tab completes, Up and Down go through its history, Ctrl-R\n"
                  "searches it, Ctrl-C empties it and stops what runs, Ctrl-L repaints, Ctrl-D on an empty line "
                  "leaves.\n");
}

bool keymap_search(const char *wanted, struct text *out)
{
    bool any = false;
    for (size_t i = 0; i < keymap_count; i++) {
        const struct key_binding *row = &keymap[i];
        const char *const texts[] = {row->key, row->help, row->command};
        if (!row->help || !help_matches(wanted, texts, 3))
            continue;
        text_printf(out, "%s  %-8s %-52s %s\n",
                    any           ? ""
                    : out->length ? "\nKeys\n"
                                  : "Keys\n",
                    row->key, row->help, row->command);
        any = true;
    }
    return any;
}
