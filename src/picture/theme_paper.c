/* White is painted behind everything, whatever the terminal has: for projectors, and for pictures of the screen in a
 * text. */
#include "inks.h"

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
