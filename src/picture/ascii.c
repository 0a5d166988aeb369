#include "picture/ascii.h"

#include <stddef.h>

static const struct {
    uint32_t point;
    const char *text;
} spellings[] = {
    {0xB0, "deg"}, {0xB1, "+-"},   {0xB2, "2"},    {0xB3, "3"},    {0xB5, "u"},   {0xB7, "*"},      {0xBD, "1/2"},
    {0xD7, "x"},   {0xF7, "/"},    {0x2010, "-"},  {0x2011, "-"},  {0x2012, "-"}, {0x2013, "-"},    {0x2014, "-"},
    {0x2018, "'"}, {0x2019, "'"},  {0x201C, "\""}, {0x201D, "\""}, {0x2022, "*"}, {0x2026, "..."},  {0x2190, "<-"},
    {0x2191, "^"}, {0x2192, "->"}, {0x2193, "v"},  {0x2212, "-"},  {0x2219, "."}, {0x221A, "sqrt"}, {0x221E, "inf"},
    {0x2248, "~"}, {0x22A3, "-|"}, {0x2264, "<="}, {0x2265, ">="}, {0x2504, "."}, {0x2506, ":"},    {0x250A, ":"},
    {0x254C, "."}, {0x254E, ":"},  {0x2508, "."},  {0x2571, "/"},  {0x2605, "*"}, {0x25A0, "#"},    {0x25B2, "^"},
    {0x25B6, ">"}, {0x25B8, ">"},  {0x25BC, "v"},  {0x25C0, "<"},  {0x25C6, "*"}, {0x25CB, "o"},    {0x25CF, "@"},
    {0x25E6, "o"}, {0x2588, "#"},  {0x258F, "|"},  {0x2591, "."},  {0x2592, ":"}, {0x2593, "#"},    {0x275A, "|"},
};

static const char *const greek[] = {"alpha", "beta",   "gamma",   "delta", "epsilon", "zeta", "eta",  "theta", "iota",
                                    "kappa", "lambda", "mu",      "nu",    "xi",      "o",    "pi",   "rho",   "s",
                                    "sigma", "tau",    "upsilon", "phi",   "chi",     "psi",  "omega"};

/* U+00C0 to U+00FF without their accents. */
static const char latin[] = "AAAAAAACEEEEIIIIDNOOOOOxOUUUUYTsaaaaaaaceeeeiiiidnooooo/ouuuuyty";

/* Lines of frames: thin ones as - | +, heavy ones (the focused pane) as = # so that focus shows without colour. */
static char box(uint32_t point)
{
    switch (point) {
    case 0x2500:
        return '-';
    case 0x2501:
        return '=';
    case 0x2502:
        return '|';
    case 0x2503:
    case 0x250F:
    case 0x2513:
    case 0x2517:
    case 0x251B:
        return '#';
    default:
        return '+';
    }
}

static const char *one_letter(char letter, char buffer[2])
{
    buffer[0] = letter;
    buffer[1] = '\0';
    return buffer;
}

const char *ascii_spelling(uint32_t point, char buffer[2])
{
    if (point < 0x80)
        return one_letter((char)point, buffer);
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++)
        if (spellings[i].point == point)
            return spellings[i].text;
    if (point >= 0xC0 && point <= 0xFF)
        return one_letter(latin[point - 0xC0], buffer);
    if (point >= 0x3B1 && point <= 0x3C9)
        return greek[point - 0x3B1];
    if (point >= 0x391 && point <= 0x3A9)
        return greek[point - 0x391];
    if (point >= 0x2500 && point <= 0x254F)
        return one_letter(box(point), buffer);
    return one_letter('?', buffer);
}
