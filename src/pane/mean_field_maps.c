/* Maps share the pane evenly, as wide as they are high as far as that goes: beside each other where each has
 * room for its bar, else under one another, and what has no room is said. */
#include "pane/mean_field_maps.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "draw/foot.h"
#include "draw/heat.h"
#include "draw/note.h"
#include "pane/pane_option.h"

enum { MAP_WIDTH = 22, MAP_HEIGHT = 6, MOST = 8, FOOT_FRAME = 4 };

/* Millivolts of both sides, and the values of one map. */
struct plane {
    double mu[MEAN_FIELD_SIDE], sigma[MEAN_FIELD_SIDE];
    double value[MEAN_FIELD_SIDE * MEAN_FIELD_SIDE];
    size_t hatched;
};

static struct heat heat_of(const struct mean_field *field, const struct mean_field_map *map, struct plane *plane)
{
    plane->hatched = 0;
    for (size_t i = 0; i < field->mus; i++)
        plane->mu[i] = 1e3 * field->mu[i];
    for (size_t i = 0; i < field->sigmas; i++)
        plane->sigma[i] = 1e3 * field->sigma[i];
    for (size_t i = 0; i < field->mus * field->sigmas; i++) {
        plane->value[i] = map->value(&field->row[i]);
        plane->hatched += isnan(plane->value[i]);
    }
    struct heat heat = {.across = {plane->mu, field->mus, false, "μ (mV)"},
                        .up = {plane->sigma, field->sigmas, false, "σ (mV)"},
                        .value = plane->value,
                        .colour = {.title = map->title},
                        .signs = true};
    heat_span(&heat);
    heat.beyond = map->most > 0 && heat.colour.high > map->most && heat.colour.low < map->most;
    if (heat.beyond)
        heat.colour.high = map->most;
    return heat;
}

/* ---- words ---- */

static void put_value(const struct mean_field_map *map, const struct scan_row *star, char *out, size_t size)
{
    char number[NUMBER_HUMAN];
    double value = map->value(star);
    if (isnan(value))
        snprintf(out, size, "no %s", map->name);
    else
        snprintf(out, size, "%s %s%s", map->name, number_round(number, value, 3), map->unit);
}

/* "* 10, 10 mV: tau 1.94 ms, ..." */
static void describe(const struct maps *maps, const struct scan_row *star, char *out, size_t size)
{
    char mu[NUMBER_HUMAN], sigma[NUMBER_HUMAN];
    size_t used = (size_t)snprintf(out, size, "★ %s, %s mV:", number_round(mu, 1e3 * star->point.mu, 4),
                                   number_round(sigma, 1e3 * star->point.sigma, 4));
    for (size_t i = 0; i < maps->count && used < size; i++) {
        char value[96];
        put_value(&maps->map[i], star, value, sizeof value);
        used += (size_t)snprintf(out + used, size - used, "%s %s", i ? "," : "", value);
    }
    if (star->status != SCAN_OK && used < size)
        used += (size_t)snprintf(out + used, size - used, "; %s", scan_status_names[star->status]);
    if (star->off > 0 && used < size)
        snprintf(out + used, size - used, "; populations differ, %.2g mV off", 1e3 * star->off);
}

/* Lines that the words take, no more than a seventh of the pane; drawn if `canvas` has cells. */
static int put_words(struct canvas *canvas, struct rect inner, const char *words)
{
    int most = inner.height / 7, lines = 0;
    while (*words && lines < most && inner.width > 0) {
        const char *next;
        size_t bytes = note_break(canvas, words, inner.width, &next);
        char line[400];
        snprintf(line, sizeof line, "%.*s", lines + 1 < most ? (int)bytes : (int)strlen(words), words);
        if (canvas->cell)
            canvas_text_cut(canvas, inner.x, inner.y + lines, inner.width, INK_SELECTED, line);
        words = next;
        lines++;
    }
    return lines;
}

/* ---- what goes where ---- */

struct places {
    struct canvas *canvas;
    struct maps maps;
    size_t shown;
    struct rect rect[MOST];
};

/* Below the words. */
static struct places divide(struct canvas *canvas, struct maps maps, const struct scan_row *star, struct rect inner)
{
    char words[400];
    struct places p = {.canvas = canvas, .maps = maps};
    describe(&maps, star, words, sizeof words);
    int lines = put_words(canvas, inner, words), height = inner.height - lines, top = inner.y + lines;
    int across = inner.width / MAP_WIDTH, down = height / MAP_HEIGHT, wanted = (int)maps.count;
    /* Stacked if the pane is high rather than wide; a cell is twice as high as it is wide. */
    int columns = wanted <= across && (inner.width > 2 * height || down < wanted) ? wanted : 1;
    int rows = columns > 1 ? 1 : down < 1 ? 1 : down < wanted ? down : wanted;
    p.shown = (size_t)(rows * columns);
    for (int i = 0; i < (int)p.shown; i++) {
        int c = i % columns, r = i / columns;
        int left = inner.width * c / columns, right = inner.width * (c + 1) / columns - (c + 1 < columns);
        int low = height * r / rows, high = height * (r + 1) / rows;
        p.rect[i] = (struct rect){inner.x + left, top + low, right - left, high - low};
    }
    return p;
}

/* "hatched: 25 no_noise, 183 negative_external_rate": why points of a map are; only the most frequent reason
 * where that is too long. */
static void put_reasons(const struct mean_field *field, const struct mean_field_map *map, int width, struct foot *foot)
{
    size_t count[SCAN_STATUSES] = {0}, hatched = 0, used = 0, most = 0;
    char text[200], shorter[64];
    for (size_t i = 0; i < field->mus * field->sigmas; i++)
        if (isnan(map->value(&field->row[i]))) {
            count[map->fitted ? field->row[i].shape : field->row[i].outside]++;
            hatched++;
        }
    if (hatched == 0)
        return;
    used = (size_t)snprintf(text, sizeof text, "hatched: ");
    for (size_t s = 0, told = 0; s < SCAN_STATUSES; s++)
        if (count[s] > 0 && used < sizeof text)
            used += (size_t)snprintf(text + used, sizeof text - used, "%s%zu %s", told++ ? ", " : "", count[s],
                                     scan_status_names[s]);
    for (size_t s = 1; s < SCAN_STATUSES; s++)
        most = count[s] > count[most] ? s : most;
    if (canvas_columns(foot->canvas, text) + FOOT_FRAME > width)
        snprintf(text, sizeof text, "%zu %s%s", count[most], scan_status_names[most],
                 count[most] < hatched ? ", …" : "");
    snprintf(shorter, sizeof shorter, "%zu hatched", hatched);
    foot_add(foot, text, shorter);
}

/* `worst`: the map with most points hatched; NULL: none is. */
static void write_foot(const struct places *p, const struct mean_field *field, const struct mean_field_map *worst,
                       int width, char *out, size_t size)
{
    struct foot foot = foot_begin(p->canvas, out, size, width);
    char text[96], shorter[64];
    if (p->shown < p->maps.count) {
        snprintf(text, sizeof text, "%zu of %zu maps: F5 zooms", p->shown, p->maps.count);
        snprintf(shorter, sizeof shorter, "%zu of %zu maps", p->shown, p->maps.count);
        foot_add(&foot, text, shorter);
    }
    if (worst)
        put_reasons(field, worst, width, &foot);
    snprintf(text, sizeof text, "%zu × %zu points", field->mus, field->sigmas);
    foot_add(&foot, text, NULL);
}

/* ---- drawing ---- */

/* "sigma (mV)   42.2 to 146, exc (kHz)"; without the name of the side, then without the range, where that is
 * too long. */
static void draw_title(const struct heat *heat, struct canvas *canvas, struct rect rect)
{
    char text[160], low[NUMBER_HUMAN], high[NUMBER_HUMAN];
    const char *plus = heat->beyond ? "+" : "";
    number_round(low, heat->colour.low, 3);
    number_round(high, heat->colour.high, 3);
    snprintf(text, sizeof text, "%s to %s%s, %.60s", low, high, plus, heat->colour.title);
    int side = canvas_columns(canvas, heat->up.title) + 2, columns = canvas_columns(canvas, text);
    if (columns > rect.width) {
        /* As in "31.8-146 exc". */
        snprintf(text, sizeof text, "%s%s%s%s %.60s", low, heat->colour.low < 0 ? " to " : "–", high, plus,
                 heat->colour.title);
        columns = canvas_columns(canvas, text);
    }
    if (columns > rect.width) {
        canvas_text_cut(canvas, rect.x, rect.y, rect.width, INK_DIM, heat->colour.title);
        return;
    }
    if (columns + side <= rect.width)
        canvas_text(canvas, rect.x, rect.y, -1, INK_DIM, heat->up.title);
    canvas_text(canvas, rect.x + rect.width - columns, rect.y, columns, INK_DIM, text);
}

/* A low map has no line over it for its title, so it gets one. */
static struct heat_place fit(const struct heat *heat, struct canvas *canvas, struct rect rect)
{
    struct heat_place place = heat_fit(heat, canvas, rect);
    if (place.axes.header.height > 0 || rect.height < 3)
        return place;
    if (canvas->cell)
        draw_title(heat, canvas, rect);
    rect.y++;
    rect.height--;
    return heat_fit(heat, canvas, rect);
}

static void draw_map(const struct mean_field *field, const struct mean_field_map *map, struct plane *plane,
                     struct canvas *canvas, struct rect rect)
{
    struct heat heat = heat_of(field, map, plane);
    struct heat_place place = fit(&heat, canvas, rect);
    heat_draw(&heat, &place);
    heat_mark(&heat, &place, 1e3 * field->star->point.mu, 1e3 * field->star->point.sigma, 0x2605, INK_SELECTED);
}

static struct maps wanted(const struct pane *pane, struct maps maps)
{
    size_t only = pane_option_choice(pane, "show");
    return only ? (struct maps){maps.map + only - 1, 1} : maps;
}

void mean_field_maps_draw(const struct pane *pane, struct maps maps, const struct mean_field *field,
                          struct canvas *canvas, struct rect inner, char *foot, size_t size)
{
    struct plane plane;
    size_t hatched = 0;
    const struct mean_field_map *worst = NULL;
    struct places p = divide(canvas, wanted(pane, maps), field->star, inner);
    for (size_t i = 0; i < p.shown; i++) {
        draw_map(field, &p.maps.map[i], &plane, canvas, p.rect[i]);
        if (plane.hatched > hatched) {
            hatched = plane.hatched;
            worst = &p.maps.map[i];
        }
    }
    write_foot(&p, field, worst, inner.width, foot, size);
}

void mean_field_maps_hit(const struct pane *pane, struct maps maps, const struct mean_field *field, struct rect inner,
                         int x, int y, struct pane_hit *hit)
{
    struct plane plane;
    struct canvas paper = {.glyphs = GLYPHS_BRAILLE}; /* without cells: only columns are asked for */
    struct places p = divide(&paper, wanted(pane, maps), field->star, inner);
    for (size_t i = 0; i < p.shown; i++) {
        struct heat heat = heat_of(field, &p.maps.map[i], &plane);
        struct heat_place place = fit(&heat, &paper, p.rect[i]);
        double mu, sigma;
        if (heat_at(&heat, &place, x, y, &mu, &sigma)) {
            hit->mu = 1e-3 * mu;
            hit->sigma = 1e-3 * sigma;
        }
    }
}
