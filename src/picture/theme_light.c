/* On white, as projectors and papers are: yellow and light blue cannot be read there, so hues are darker, and the scale
 * runs the other way, from mauve to black: much is dark. */
#include "inks.h"

const struct theme theme_light = {
    .name = "light",
    .help = "for a light background",
    .colours = true,
    .ground = {OWN, OWN},
    .text = {OWN, OWN},
    .assumed = 0xffffff,
    .contrast = 4.5,
    .ink = INKS_ON_WHITE,
};
