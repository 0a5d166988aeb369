/* What the name of a column says about what it holds: a time, a neuron, a unit of time. Any thread. */
#ifndef TEXT_COLUMN_NAME_H
#define TEXT_COLUMN_NAME_H

#include <stdbool.h>
#include <stddef.h>

enum column_role {
    ROLE_NONE,
    ROLE_TIME,
    ROLE_NEURON,
    ROLE_POPULATION, /* or another group in which neurons are numbered anew: tetrode, shank, well, animal, session */
    ROLE_OFFSET,     /* ms to take off a time in steps, as NEST writes them */
    ROLE_TRIAL,      /* times may begin anew in each */
    ROLE_ATTRIBUTE,  /* what else is known of a spike: amplitude, polarity, voltage, position */
    ROLE_SERIAL,     /* number of the row */
};

#define COLUMN_UNIT 8
struct column_meaning {
    enum column_role role;
    size_t rank;            /* within the role: lower is the likelier one when several columns have the role */
    char unit[COLUMN_UNIT]; /* "ms" of "time_ms", "Time (ms)"; "samples", "steps" ("bin") where the name says
                     that; "" otherwise */
};

/* "spike times [ms]" is a time in ms, "node_ids" a neuron; case, blanks and punctuation do not matter. */
struct column_meaning column_meaning(const char *name);

/* What stands behind a name in brackets or after an underscore, whatever the name means: "ms" of "Zeitpunkt
 * [ms]"; of no name but the unit alone, that. "" where there is none. Returns buffer. */
char *column_unit(const char *name, char buffer[COLUMN_UNIT]);

/* How many seconds a unit of time is that column_unit() gives; 0 for samples, steps and "". */
double column_unit_size(const char *unit);

/* Whether a column of that name holds how many spikes there were: "count", "n_spikes". */
bool column_name_counts(const char *name);

/* Whether such columns are those of other tables: prices, weather, spectra. */
bool column_name_is_foreign(const char *name);

/* Whether it is a place where several neurons may be heard: "electrode", "channel". Such a column is a neuron's,
 * too. */
bool column_name_is_site(const char *name);

/* Whether it is a unit of time and no more, "seconds", "ms": a column of times, or a cell below the name of one. */
bool column_name_is_unit(const char *name);

/* Whether the letters and digits of a name, in lower case, are these. */
bool column_name_is(const char *name, const char *letters);

#endif
