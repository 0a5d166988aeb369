/* The ways in which a table may be one of spikes, a row each. */
#ifndef RECORD_EVENTS_READINGS_H
#define RECORD_EVENTS_READINGS_H

#include "record/harvest.h"
#include "record/reading.h"

/* Every column that may be the time with every column, or columns together, that may be the neuron; as columns= says
 * if it is told. */
void events_readings(const struct look *look, const struct load_options *options, struct reading_list *list);

/* The one whose columns the names tell, for formats that fix their names; false with a sentence. */
bool events_named(struct reading_columns *columns, const struct look *look, const struct load_options *options,
                  struct error *error);

/* Whether a column only numbers the rows. */
bool events_is_row_number(const struct look *look, size_t column);

/* Says that the times of the trials, which begin anew in each, lie over one another, and what takes each for a row;
 * false if no column is called a trial. */
bool events_say_trials(struct harvest *harvest, const struct look *look, const struct reading_columns *columns);

#endif
