/* White is painted behind everything, whatever the terminal has: for projectors, and for pictures of the screen in a text. */
#include "picture/theme.h"

#include "inks_on_white.h"

enum { OWN = THEME_OWN, BLACK = 0, RED, GREEN, YELLOW, BLUE, MAGENTA, CYAN, WHITE };

const struct theme theme_paper = {
    .name = "paper",
    .help = "black on white, whatever the terminal has",
    .colours = true,
    .ground = {231, WHITE},
    .text = {16, BLACK},
    .assumed = 0xffffff,
    .contrast = 4.5,
    .ink = INKS_ON_WHITE,
};
