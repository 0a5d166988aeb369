/* What several panes ask of a subject. Pure; any thread that may read the subject. */
#ifndef DRAW_SUBJECT_H
#define DRAW_SUBJECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "draw/view.h"

/* A live population of a model that does not spike. */
bool subject_is_rate_model(const struct subject *subject);
/* A recording or a stream: units have labels, and any part of the record is quickly counted. */
bool subject_is_record(const struct subject *subject);
/* Neurons that have a place in the display order. */
size_t subject_places(const struct subject *subject);
/* The neuron at a place of the display order, and the place of a neuron (-1: it has none). */
uint32_t subject_neuron(const struct subject *subject, size_t place);
long subject_place(const struct subject *subject, long neuron);
/* What stands before a label in a sentence: "neuron ", or "" where the label is a word already. */
const char *subject_word(const char *label);
/* Bytes of a name, kept whole for as long as it matters to tell it from others. */
#define LABEL_BYTES 256
/* "neuron 31", "cortex:12" */
const char *subject_title(const struct subject *subject, uint32_t neuron, char *buffer, size_t size);
/* "31", "cortex:12" */
const char *subject_label(const struct subject *subject, uint32_t neuron, char *buffer, size_t size);
/* The part of the display order that is shown, kept within what there is. */
void subject_rows(const struct subject *subject, size_t *first, size_t *rows);
/* The time up to which things are known: now, or the end of the window. */
double subject_present(const struct subject *subject);
/* What a neuron does now, Hz: the mean over its latest intervals, a few of them and never older than a quarter of a
 * second; in a silence that outlasts them no more than one spike in that silence. NaN while it is not known: after a
 * change of the population only what came later counts. */
double subject_rate_now(const struct subject *subject, uint32_t neuron);
/* What the record has of [from, to], as tables count it: half-open (signal/span.h), and of a population only since its
 * neurons last changed, unless all of that lies before. Of no length where it has nothing. */
struct time_span subject_span(const struct subject *subject, double from, double to);
/* "since 1.2 s" when the neurons changed between those times, so that of what was before nothing is shown; else "". */
const char *subject_since(const struct subject *subject, double from, double to, char *buffer, size_t size);
/* The input at a time of the history (dims values), NULL when that is not kept. */
const double *subject_input(const struct subject *subject, double time);

/* Seconds between the samples of a dense recording, or the steps of a record; 0 where spikes have no grid. */
double subject_step(const struct subject *subject);

#endif
