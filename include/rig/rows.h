/* Which neurons of a channel are shown, in which order, and which part of them is looked at. UI thread only.
 */
#ifndef RIG_ROWS_H
#define RIG_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct channel;
struct sort_key;

/* Zeros: all of them, in the channel's own order (a population's by encoder, a recording's by number). */
struct shown_rows {
    uint32_t *chosen; /* [chosen_count] rising; NULL: all neurons */
    size_t chosen_count;
    const struct sort_key *key; /* NULL: the channel's own order */
    bool descending;
    double *depth; /* [depths] values of a file, by neuron; NULL: the key needs none */
    size_t depths;
    char by[48];     /* what people read: "rate", "depth" */
    uint32_t *order; /* [places] made from the above, bottom row first; NULL: the channel's own, all neurons */
    size_t places;
    size_t neurons; /* the channel had when the order was made */
    bool stale;     /* the channel's neurons have changed since */
    /* places first_row .. first_row + rows - 1 are looked at; rows 0: all */
    size_t first_row, rows;
};

void view_rows_free(struct shown_rows *shown);

/* Takes the list (malloc'ed, rising; NULL: all). */
void view_rows_show(struct channel *channel, uint32_t *neuron, size_t count);
/* Sorts by a key, NULL: the channel's own order. Takes `depth` [depths], the values of a key that needs them.
 */
void view_rows_sort(struct channel *channel, const struct sort_key *key, const char *by, bool descending, double *depth,
                    size_t depths);
/* The neuron that was i is map[i] now, of `before` (VIEW_ROWS_GONE: it is none any more): the choice and the values of
 * a file move with them. */
#define VIEW_ROWS_GONE UINT32_MAX
void view_rows_renumber(struct channel *channel, const uint32_t *map, size_t before);
/* Makes the order anew if the channel has changed; to be called before it is looked at. */
void view_rows_fit(struct channel *channel);

/* Neurons that have a place, the neuron at one, and the place of one (-1: it is not shown). */
size_t view_rows_places(const struct channel *channel);
uint32_t view_rows_neuron(const struct channel *channel, size_t place);
long view_rows_place(const struct channel *channel, long neuron);

/* How many places are looked at. */
size_t view_rows_count(const struct channel *channel);
/* Looks at `count` places (all: SIZE_MAX); `neuron` stays where it is, -1: the middle does. */
void view_rows_zoom(struct channel *channel, size_t count, long neuron);
/* By so many places, up if positive, as far as there are any. */
void view_rows_scroll(struct channel *channel, double by);
/* Moves as little as needed for the selected neuron to be in sight. */
void view_rows_reveal(struct channel *channel);

#endif
