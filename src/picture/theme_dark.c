/* On black: Okabe and Ito's hues as near as xterm's colours come. The scale runs as viridis does, from blue over green
 * to yellow, without its dark end, which nobody could see. */
#include "inks.h"

const struct theme theme_dark = {
    .name = "dark",
    .help = "for a dark background",
    .colours = true,
    .ground = {OWN, OWN},
    .text = {OWN, OWN},
    .assumed = 0x1c1c1c,
    .contrast = 4.5,
    .ink =
        {
            [INK_PLAIN] = {OWN, OWN},        [INK_DIM] = {245, OWN},          [INK_BOLD] = {OWN, OWN},
            [INK_STATUS] = {OWN, OWN},       [INK_FRAME] = {245, OWN},        [INK_FOCUS] = {74, CYAN},
            [INK_TITLE] = {OWN, OWN},        [INK_SPIKE] = {74, CYAN},        [INK_SELECTED] = {214, YELLOW},
            [INK_NEAR] = {36, GREEN},        [INK_PREDICT] = {175, MAGENTA},  [INK_MARK] = {202, RED},
            [INK_GOOD] = {36, GREEN},        [INK_WARN] = {214, YELLOW},      [INK_ERROR] = {202, RED},
            [INK_ECHO] = {OWN, OWN},         [INK_REMARK] = {36, GREEN},      [INK_PROMPT] = {74, CYAN},
            [INK_KEY] = {OWN, OWN},          [INK_HEAT0] = {68, BLUE},        [INK_HEAT0 + 1] = {37, CYAN},
            [INK_HEAT0 + 2] = {41, CYAN},    [INK_HEAT0 + 3] = {113, GREEN},  [INK_HEAT0 + 4] = {149, GREEN},
            [INK_HEAT0 + 5] = {185, YELLOW}, [INK_HEAT0 + 6] = {220, YELLOW}, [INK_HEAT0 + 7] = {227, YELLOW},
        },
};
