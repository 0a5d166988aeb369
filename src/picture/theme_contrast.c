/* Black is painted behind everything, and nothing is faint: for poor sight and poor light. 7 to 1 is the stricter bound
 * of WCAG 2.1 (1.4.6). */
#include "inks.h"

const struct theme theme_contrast = {
    .name = "contrast",
    .help = "bright on black, nothing faint",
    .colours = true,
    .ground = {16, BLACK},
    .text = {231, WHITE},
    .assumed = 0x000000,
    .contrast = 7,
    .ink =
        {
            [INK_PLAIN] = {OWN, OWN},        [INK_DIM] = {252, WHITE},        [INK_BOLD] = {OWN, OWN},
            [INK_STATUS] = {OWN, OWN},       [INK_FRAME] = {250, WHITE},      [INK_FOCUS] = {117, CYAN},
            [INK_TITLE] = {OWN, OWN},        [INK_SPIKE] = {117, CYAN},       [INK_SELECTED] = {227, YELLOW},
            [INK_NEAR] = {122, GREEN},       [INK_PREDICT] = {218, MAGENTA},  [INK_MARK] = {215, YELLOW},
            [INK_GOOD] = {122, GREEN},       [INK_WARN] = {227, YELLOW},      [INK_ERROR] = {215, YELLOW},
            [INK_ECHO] = {OWN, OWN},         [INK_REMARK] = {122, GREEN},     [INK_PROMPT] = {117, CYAN},
            [INK_KEY] = {OWN, OWN},          [INK_HEAT0] = {38, CYAN},        [INK_HEAT0 + 1] = {41, CYAN},
            [INK_HEAT0 + 2] = {113, GREEN},  [INK_HEAT0 + 3] = {149, GREEN},  [INK_HEAT0 + 4] = {185, YELLOW},
            [INK_HEAT0 + 5] = {220, YELLOW}, [INK_HEAT0 + 6] = {227, YELLOW}, [INK_HEAT0 + 7] = {230, WHITE},
        },
};
