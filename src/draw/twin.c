#include "draw/twin.h"

/* Rows of the lower picture at least, so that its title stands over it, and inside a pane that has one. */
#define LOWER_LEAST 8
#define TALL (2 * LOWER_LEAST)

struct twin twin_split(struct rect inner)
{
    struct twin t = {.upper = inner, .lower = inner};
    int low = inner.height / 3 > LOWER_LEAST ? inner.height / 3 : LOWER_LEAST;
    t.lower.height = inner.height >= TALL ? low : 0;
    t.upper.height -= t.lower.height;
    t.lower.y += t.upper.height;
    return t;
}

/* Labels of both beside columns of the same width. */
static void align(struct graph_place place[2])
{
    int left = place[0].axes.left > place[1].axes.left ? place[0].axes.left : place[1].axes.left;
    for (int i = 0; i < 2; i++) {
        struct axes *a = &place[i].axes;
        int more = a->left > 0 ? left - a->left : 0;
        if (more == 0 || a->data.width <= more)
            continue;
        a->left += more;
        a->data.x += more;
        a->data.width -= more;
        place[i].plot = plot_over(place[i].plot.canvas, a->data);
        place[i].plot.apart = true;
    }
}

void twin_draw(const struct graph graph[2], struct canvas *canvas, struct rect inner, struct graph_place place[2])
{
    struct twin t = twin_split(inner);
    int count = t.lower.height > 0 ? 2 : 1;
    place[1] = (struct graph_place){0};
    place[0] = graph_fit(&graph[0], canvas, t.upper);
    if (count > 1) {
        place[1] = graph_fit(&graph[1], canvas, t.lower);
        align(place);
    }
    for (int i = 0; i < count; i++) {
        place[i].plot.woven = true;
        plot_ground(&place[i].plot, INK_MARK);
        graph_draw(&graph[i], &place[i]);
    }
}
