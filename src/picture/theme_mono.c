/* No colours: bold, dim and the signs themselves tell inks apart. */
#include "inks.h"

const struct theme theme_mono = {
    .name = "mono",
    .help = "no colours",
    .colours = false,
    .ground = {OWN, OWN},
    .text = {OWN, OWN},
    .assumed = 0x000000,
    .contrast = 4.5,
    .ink =
        {
            [INK_PLAIN] = {OWN, OWN},     [INK_DIM] = {OWN, OWN},       [INK_BOLD] = {OWN, OWN},
            [INK_STATUS] = {OWN, OWN},    [INK_FRAME] = {OWN, OWN},     [INK_FOCUS] = {OWN, OWN},
            [INK_TITLE] = {OWN, OWN},     [INK_SPIKE] = {OWN, OWN},     [INK_SELECTED] = {OWN, OWN},
            [INK_NEAR] = {OWN, OWN},      [INK_PREDICT] = {OWN, OWN},   [INK_MARK] = {OWN, OWN},
            [INK_GOOD] = {OWN, OWN},      [INK_WARN] = {OWN, OWN},      [INK_ERROR] = {OWN, OWN},
            [INK_ECHO] = {OWN, OWN},      [INK_REMARK] = {OWN, OWN},    [INK_PROMPT] = {OWN, OWN},
            [INK_KEY] = {OWN, OWN},       [INK_HEAT0] = {OWN, OWN},     [INK_HEAT0 + 1] = {OWN, OWN},
            [INK_HEAT0 + 2] = {OWN, OWN}, [INK_HEAT0 + 3] = {OWN, OWN}, [INK_HEAT0 + 4] = {OWN, OWN},
            [INK_HEAT0 + 5] = {OWN, OWN}, [INK_HEAT0 + 6] = {OWN, OWN}, [INK_HEAT0 + 7] = {OWN, OWN},
        },
};
