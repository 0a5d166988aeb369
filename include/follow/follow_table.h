/* What a text that arrives is found to be: its layout, the reader for it, its unit of time, and the words for
 * all that. For follow/ alone. One thread at a time. */
#ifndef FOLLOW_FOLLOW_TABLE_H
#define FOLLOW_FOLLOW_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/text.h"
#include "record/format_private.h"
#include "record/report.h"

struct follow_table {
    struct load_options options; /* with texts of its own */
    struct look_options look_options;
    const struct spike_format *format; /* told or found */
    struct look look;
    struct harvest harvest;
    void *reader; /* NULL: none is open */
    struct time_unit unit;
    enum unit_origin origin;
    struct text described, override;
};

/* False with a sentence, and nothing to close, when an option is wrong whatever comes. */
bool follow_table_init(struct follow_table *table, const struct load_options *options, struct error *error);
void follow_table_free(struct follow_table *table);

/* Looks at complete lines and opens the reader for them; false with a sentence, and nothing open, if no sense
 * can be made of them. */
bool follow_table_open(struct follow_table *table, const char *bytes, size_t length, struct error *error);
void follow_table_close(struct follow_table *table);

/* From what was harvested so far: told, named, or guessed; then the words are written. */
void follow_table_choose_unit(struct follow_table *table);
/* As told from now on; what times given before are to be multiplied by. */
double follow_table_set_unit(struct follow_table *table, const struct time_unit *unit);
double follow_table_seconds(const struct follow_table *table, double time);

enum follow_header { FOLLOW_NO_HEADER, FOLLOW_SAME_HEADER, FOLLOW_OTHER_HEADER };

/* What a row is that could not be read: the header once more, also if there was none at first; the header of
 * another table: words, and a name for time among them, but not the columns there are; or no header. */
enum follow_header follow_table_header(const struct follow_table *table, const struct row *row);
/* Whether the two are read in the same way. */
bool follow_table_agree(const struct follow_table *a, const struct follow_table *b);

#endif
