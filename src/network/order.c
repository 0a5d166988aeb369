#include "order.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

#define NONE ((size_t)-1)

struct search {
    size_t vertices, arrows;
    const struct arrow *arrow;
    size_t *number, *low, *stack; /* [vertices] */
    size_t *group;                /* [vertices] which one it is in; NONE: not found yet */
    size_t next, depth, groups;
};

/* Arrows into v first, so that groups are found with their sources first. */
static void visit(struct search *s, size_t v)
{
    s->number[v] = s->low[v] = s->next++;
    s->stack[s->depth++] = v;
    for (size_t a = 0; a < s->arrows; a++) {
        size_t u = s->arrow[a].from;
        if (s->arrow[a].to != v || s->group[u] != NONE)
            continue;
        if (s->number[u] == NONE)
            visit(s, u);
        if (s->low[u] < s->low[v])
            s->low[v] = s->low[u];
    }
    if (s->low[v] != s->number[v])
        return;
    size_t u;
    do {
        u = s->stack[--s->depth];
        s->group[u] = s->groups;
    } while (u != v);
    s->groups++;
}

static bool in_group(const struct search *s, size_t vertex, size_t group)
{
    return s->group[vertex] == group;
}

/* Whether everything that has to be done before v, inside its group, is done. */
static bool is_ready(const struct search *s, size_t v, const bool *done)
{
    for (size_t a = 0; a < s->arrows; a++) {
        const struct arrow *arrow = &s->arrow[a];
        if (arrow->to == v && !arrow->late && in_group(s, arrow->from, s->group[v]) && !done[arrow->from])
            return false;
    }
    return true;
}

/* Puts the vertices of a group in order; false when some are never ready. */
static bool put_group(const struct search *s, struct order *order, size_t group, bool *done, size_t *count)
{
    for (bool any = true; any;) {
        any = false;
        for (size_t v = 0; v < s->vertices; v++)
            if (in_group(s, v, group) && !done[v] && is_ready(s, v, done)) {
                done[v] = any = true;
                order->vertex[(*count)++] = v;
            }
    }
    for (size_t v = 0; v < s->vertices; v++)
        if (in_group(s, v, group) && !done[v])
            return false;
    return true;
}

static bool has_loop(const struct search *s, size_t group, size_t size)
{
    bool self = size > 1;
    for (size_t a = 0; a < s->arrows && !self; a++)
        self = s->arrow[a].from == s->arrow[a].to && in_group(s, s->arrow[a].from, group);
    return self;
}

/* Walks instant arrows backwards from one that is never ready until a vertex comes again. */
static void find_circle(const struct search *s, const bool *done, size_t *circle, size_t *length)
{
    size_t *seen = xcalloc(s->vertices, sizeof *seen), walked = 0, v = 0;
    size_t *way = xcalloc(s->vertices + 1, sizeof *way);
    while (done[v] || is_ready(s, v, done))
        v++;
    while (!seen[v]) {
        seen[v] = ++walked;
        way[walked - 1] = v;
        for (size_t a = 0; a < s->arrows; a++)
            if (s->arrow[a].to == v && !s->arrow[a].late && !done[s->arrow[a].from] &&
                in_group(s, s->arrow[a].from, s->group[v])) {
                v = s->arrow[a].from;
                break;
            }
    }
    *length = 0;
    for (size_t i = walked; i-- >= seen[v];)
        circle[(*length)++] = way[i];
    free(seen);
    free(way);
}

static struct order *put_in_order(struct search *s, size_t *circle, size_t *length)
{
    struct order *order = xcalloc(1, sizeof *order);
    bool *done = xcalloc(s->vertices, sizeof *done);
    size_t count = 0;
    order->vertices = s->vertices;
    order->groups = s->groups;
    order->vertex = xcalloc(s->vertices, sizeof *order->vertex);
    order->first = xcalloc(s->groups + 1, sizeof *order->first);
    order->loop = xcalloc(s->groups, sizeof *order->loop);
    bool good = true;
    for (size_t g = 0; g < s->groups && good; g++) {
        order->first[g] = count;
        good = put_group(s, order, g, done, &count);
        order->loop[g] = has_loop(s, g, count - order->first[g]);
    }
    order->first[s->groups] = count;
    if (!good) {
        find_circle(s, done, circle, length);
        order_free(order);
        order = NULL;
    }
    free(done);
    return order;
}

struct order *order_new(size_t vertices, const struct arrow *arrow, size_t arrows, size_t *circle, size_t *length)
{
    struct search s = {.vertices = vertices, .arrows = arrows, .arrow = arrow};
    s.number = xcalloc(vertices, sizeof *s.number);
    s.low = xcalloc(vertices, sizeof *s.low);
    s.stack = xcalloc(vertices, sizeof *s.stack);
    s.group = xcalloc(vertices, sizeof *s.group);
    memset(s.number, 0xff, vertices * sizeof *s.number);
    memset(s.group, 0xff, vertices * sizeof *s.group);
    for (size_t v = 0; v < vertices; v++)
        if (s.number[v] == NONE)
            visit(&s, v);
    struct order *order = put_in_order(&s, circle, length);
    free(s.number);
    free(s.low);
    free(s.stack);
    free(s.group);
    return order;
}

void order_free(struct order *order)
{
    if (!order)
        return;
    free(order->vertex);
    free(order->first);
    free(order->loop);
    free(order);
}
