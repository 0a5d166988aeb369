/* What themes share, and their list. */
#include "picture/theme.h"

#include <math.h>

const struct theme_look theme_look[INK_COUNT] = {
    [INK_PLAIN] = {"plain", 0},
    [INK_DIM] = {"dim", THEME_DIM},
    [INK_BOLD] = {"bold", THEME_BOLD},
    [INK_STATUS] = {"status", 0},
    [INK_FRAME] = {"frame", THEME_DIM},
    [INK_FOCUS] = {"focus", THEME_BOLD},
    [INK_TITLE] = {"title", THEME_BOLD},
    [INK_SPIKE] = {"spike", 0},
    [INK_SELECTED] = {"selected", THEME_BOLD},
    [INK_NEAR] = {"near", 0},
    [INK_PREDICT] = {"prediction", 0},
    [INK_MARK] = {"mark", 0},
    [INK_GOOD] = {"good", 0},
    [INK_WARN] = {"warning", THEME_BOLD},
    [INK_ERROR] = {"error", THEME_BOLD},
    [INK_ECHO] = {"echo", THEME_BOLD},
    [INK_REMARK] = {"remark", 0},
    [INK_PROMPT] = {"prompt", THEME_BOLD},
    [INK_KEY] = {"key", THEME_BOLD},
    [INK_HEAT0] = {"heat 0", 0},
    [INK_HEAT0 + 1] = {"heat 1", 0},
    [INK_HEAT0 + 2] = {"heat 2", 0},
    [INK_HEAT0 + 3] = {"heat 3", 0},
    [INK_HEAT0 + 4] = {"heat 4", 0},
    [INK_HEAT0 + 5] = {"heat 5", 0},
    [INK_HEAT0 + 6] = {"heat 6", 0},
    [INK_HEAT0 + 7] = {"heat 7", THEME_BOLD},
};

/* In the order shown to people. */
const struct theme *const themes[] = {&theme_dark, &theme_light, &theme_paper, &theme_contrast, &theme_mono};
const size_t theme_count = sizeof themes / sizeof *themes;

const char *theme_list_name(const void *list, size_t i)
{
    (void)list;
    return themes[i]->name;
}

/* 16 to 231 are a cube of 6 x 6 x 6, 232 to 255 greys. */
unsigned theme_rgb(int of256)
{
    if (of256 >= 232)
        return (unsigned)(8 + 10 * (of256 - 232)) * 0x010101u;
    unsigned rgb = 0;
    int cube = of256 - 16;
    for (int side = 36; side > 0; side /= 6) {
        int step = cube / side % 6;
        rgb = rgb << 8 | (step ? 55u + 40u * (unsigned)step : 0u);
    }
    return rgb;
}

/* Of a colour of sRGB. */
static double luminance(unsigned rgb)
{
    static const double share[] = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
        double v = (rgb >> (16 - 8 * i) & 0xff) / 255.0;
        sum += share[i] * (v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4));
    }
    return sum;
}

double theme_contrast_of(unsigned a, unsigned b)
{
    double la = luminance(a), lb = luminance(b);
    return (fmax(la, lb) + 0.05) / (fmin(la, lb) + 0.05);
}

const struct theme *theme_for_ground(unsigned rgb)
{
    return theme_contrast_of(rgb, 0) > theme_contrast_of(rgb, 0xffffff) ? &theme_light : &theme_dark;
}
