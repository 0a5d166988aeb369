/* What themes are written with. */
#ifndef PICTURE_INKS_H
#define PICTURE_INKS_H

#include "picture/theme.h"

/* The 8 colours every terminal has. */
enum { OWN = THEME_OWN, BLACK = 0, RED, GREEN, YELLOW, BLUE, MAGENTA, CYAN, WHITE };

/* Inks that can be read on white, for each theme with such a ground. */
#define INKS_ON_WHITE                                                                                                  \
    {                                                                                                                  \
        [INK_PLAIN] = {OWN, OWN}, [INK_DIM] = {242, OWN}, [INK_BOLD] = {OWN, OWN}, [INK_STATUS] = {OWN, OWN},          \
        [INK_FRAME] = {242, OWN}, [INK_FOCUS] = {25, BLUE}, [INK_TITLE] = {OWN, OWN}, [INK_SPIKE] = {25, BLUE},        \
        [INK_SELECTED] = {160, RED}, [INK_NEAR] = {23, OWN}, [INK_PREDICT] = {127, MAGENTA}, [INK_MARK] = {130, RED},  \
        [INK_GOOD] = {28, BLUE}, [INK_WARN] = {130, MAGENTA}, [INK_ERROR] = {160, RED}, [INK_ECHO] = {OWN, OWN},       \
        [INK_REMARK] = {28, BLUE}, [INK_PROMPT] = {25, BLUE}, [INK_KEY] = {OWN, OWN}, [INK_HEAT0] = {96, OWN},         \
        [INK_HEAT0 + 1] = {126, MAGENTA}, [INK_HEAT0 + 2] = {125, MAGENTA}, [INK_HEAT0 + 3] = {90, MAGENTA},           \
        [INK_HEAT0 + 4] = {55, BLUE}, [INK_HEAT0 + 5] = {54, BLUE}, [INK_HEAT0 + 6] = {18, BLUE},                      \
        [INK_HEAT0 + 7] = {16, OWN},                                                                                   \
    }

#endif
