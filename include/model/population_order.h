/* The order in which a population's neurons are displayed. */
#ifndef MODEL_POPULATION_ORDER_H
#define MODEL_POPULATION_ORDER_H

#include "model/population.h"

/* Fills population->order: OFF neurons from the one that fires least to the one that fires most, then ON neurons the
 * other way round, so that a sine runs through the raster as one band. In more dimensions: round the circle of the
 * first two. Of equal ones the lower number comes first. False with a sentence
 * when it was stopped. */
bool population_sort(struct population *population, struct error *error);

#endif
