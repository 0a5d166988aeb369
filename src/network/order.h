/* What has to be done before what in a step. Inside network/ only.
 *
 * Nodes of the graph are places, links and rules. An arrow is either instant (in the same step) or late (the step
 * after). Groups are the strongly connected parts of the graph of all arrows (Tarjan 1972), sources first: a group of
 * one that has no arrow to itself can do many steps at once, the others go step by step, inside by the instant arrows.
 * A circle of instant arrows alone has no order, and is what a network refuses. */
#ifndef NETWORK_ORDER_H
#define NETWORK_ORDER_H

#include <stdbool.h>
#include <stddef.h>

struct arrow {
    size_t from, to;
    bool late;
};

struct order {
    size_t vertices, groups;
    size_t *vertex; /* [vertices] in the order they are done */
    size_t *first;  /* [groups + 1] into vertex */
    bool *loop;     /* [groups] */
};

/* NULL when instant arrows run in a circle: it is then in circle[0 .. *length), room for `vertices` of them. */
struct order *order_new(size_t vertices, const struct arrow *arrow, size_t arrows, size_t *circle, size_t *length);
void order_free(struct order *order); /* NULL is fine */

#endif
