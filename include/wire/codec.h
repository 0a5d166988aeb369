/* What passes through an engine's port, as bytes (wire/bytes.h): specs of populations and connections, inputs, spikes,
 * the engine's status. What was written by bytes_* reads back the same to the last bit.
 *
 * Bytes from elsewhere may be anything: codec_read_* return false or NULL with a sentence when they are no such thing,
 * ask for no more memory than the bytes can fill, and leave nothing allocated then. They check the form; whether the
 * values make a population is for population_new to say. */
#ifndef WIRE_CODEC_H
#define WIRE_CODEC_H

#include "base/error.h"
#include "engine/port.h"
#include "wire/bytes.h"

void bytes_spec(struct bytes *bytes, const struct population_spec *spec);
/* *spec is the caller's to free. */
bool codec_read_spec(struct reader *reader, struct population_spec *spec, struct error *error);

/* The whole chain; NULL: none. */
void bytes_input(struct bytes *bytes, const struct stimulus *input);
/* *input is the caller's to free, and may be NULL. */
bool codec_read_input(struct reader *reader, struct stimulus **input, struct error *error);

void bytes_connection(struct bytes *bytes, const struct connection_spec *spec);
/* Its ends are slots that there are. *spec is the caller's to free. */
bool codec_read_connection(struct reader *reader, struct connection_spec *spec, struct error *error);

void bytes_learned(struct bytes *bytes, const struct port_learned *learned);
/* The arrays are the caller's: codec_learned_free. */
bool codec_read_learned(struct reader *reader, struct port_learned *learned, struct error *error);
void codec_learned_free(struct port_learned *learned);

void bytes_status(struct bytes *bytes, const struct engine_status *status);
bool codec_read_status(struct reader *reader, struct engine_status *status, struct error *error);

void bytes_batch(struct bytes *bytes, const struct spike_batch *batch);
/* That of a population of so many dimensions and neurons; the caller's to free. */
struct spike_batch *codec_read_batch(struct reader *reader, size_t dims, size_t neurons, struct error *error);

#endif
