#include "picture/theme.h"

enum { OWN = -1, RED = 1, GREEN, YELLOW, BLUE, MAGENTA, CYAN };

/* Orange 214, sky 74, green 36, vermillion 166 and purple 175 are the palette's nearest among xterm's colours; the scale
 * is viridis without its two darkest steps, which are one colour there. All stay readable on black and on white. */
const struct theme_ink theme[INK_COUNT] = {
    [INK_PLAIN] = {"plain", OWN, OWN, 0},
    [INK_DIM] = {"dim", 245, OWN, THEME_DIM},
    [INK_BOLD] = {"bold", OWN, OWN, THEME_BOLD},
    [INK_STATUS] = {"status", OWN, OWN, 0},
    [INK_FRAME] = {"frame", 242, OWN, THEME_DIM},
    [INK_FOCUS] = {"focus", 74, CYAN, THEME_BOLD},
    [INK_TITLE] = {"title", OWN, OWN, THEME_BOLD},
    [INK_SPIKE] = {"spike", 74, CYAN, 0},
    [INK_SELECTED] = {"selected", 214, YELLOW, THEME_BOLD},
    [INK_NEAR] = {"near", 36, GREEN, 0},
    [INK_PREDICT] = {"prediction", 175, MAGENTA, 0},
    [INK_MARK] = {"mark", 166, RED, 0},
    [INK_GOOD] = {"good", 36, GREEN, 0},
    [INK_WARN] = {"warning", 214, YELLOW, THEME_BOLD},
    [INK_ERROR] = {"error", 166, RED, THEME_BOLD},
    [INK_ECHO] = {"echo", OWN, OWN, THEME_BOLD},
    [INK_REMARK] = {"remark", 36, GREEN, 0},
    [INK_PROMPT] = {"prompt", 74, CYAN, THEME_BOLD},
    [INK_KEY] = {"key", OWN, OWN, THEME_BOLD},
    [INK_HEAT0] = {"heat 0", 61, BLUE, 0},
    [INK_HEAT0 + 1] = {"heat 1", 31, BLUE, 0},
    [INK_HEAT0 + 2] = {"heat 2", 30, CYAN, 0},
    [INK_HEAT0 + 3] = {"heat 3", 36, CYAN, 0},
    [INK_HEAT0 + 4] = {"heat 4", 35, GREEN, 0},
    [INK_HEAT0 + 5] = {"heat 5", 113, GREEN, 0},
    [INK_HEAT0 + 6] = {"heat 6", 148, YELLOW, 0},
    [INK_HEAT0 + 7] = {"heat 7", 220, YELLOW, THEME_BOLD},
};
