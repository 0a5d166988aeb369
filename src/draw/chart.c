#include "draw/chart.h"

static bool same_rect(const struct rect *a, const struct rect *b)
{
    return a->x == b->x && a->y == b->y && a->width == b->width && a->height == b->height;
}

void chart_note(const struct canvas *canvas, struct rect data, bool up, const struct scale *scale, bool time)
{
    struct chart *chart = canvas->chart;
    size_t i = 0;
    if (!chart || !scale_is_sound(scale))
        return;
    while (i < chart->parts && !same_rect(&chart->part[i].data, &data))
        i++;
    if (i == CHART_PARTS)
        return;
    if (i == chart->parts)
        chart->part[chart->parts++] = (struct chart_part){.data = data};
    struct chart_part *part = &chart->part[i];
    struct scale *kept = up ? &part->up : &part->across;
    *kept = *scale;
    kept->title = NULL;
    if (up)
        part->has_up = true;
    else
        part->has_across = true;
    part->time = part->time || time;
}

const struct chart_part *chart_at(const struct chart *chart, double x, double y)
{
    for (size_t i = 0; i < chart->parts; i++) {
        const struct chart_part *part = &chart->part[i];
        const struct rect *d = &part->data;
        if (part->has_across && part->has_up && x >= d->x && x <= d->x + d->width && y >= d->y && y <= d->y + d->height)
            return part;
    }
    return NULL;
}
