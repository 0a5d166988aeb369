/* Connections, and what was learned by them. */
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "codec_private.h"
#include "network/connection.h"
#include "network/rule.h"

/* ---- parts ---- */

static void put_matrix(struct bytes *bytes, const struct matrix *matrix)
{
    bytes_count(bytes, matrix->rows);
    bytes_count(bytes, matrix->columns);
    bytes_doubles(bytes, matrix->value, matrix->rows * matrix->columns);
}

static void read_matrix(struct reader *reader, struct matrix *matrix)
{
    uint64_t rows = read_count(reader), columns = read_count(reader);
    *matrix = (struct matrix){0};
    if (rows > 0 && (columns == 0 || columns > reader->left || rows > reader->left / sizeof(double) / columns))
        reader->bad = true;
    if (reader->bad)
        return;
    matrix->rows = (size_t)rows;
    matrix->columns = (size_t)columns;
    if (rows > 0)
        matrix->value = read_doubles(reader, matrix->rows * matrix->columns);
}

static void put_dimensions(struct bytes *bytes, const struct dimensions *dimensions)
{
    bytes_count(bytes, dimensions->count);
    for (size_t i = 0; i < dimensions->count; i++)
        bytes_count(bytes, dimensions->of[i]);
}

static void read_dimensions(struct reader *reader, struct dimensions *dimensions)
{
    *dimensions = (struct dimensions){.count = read_count_of(reader, 1)};
    if (dimensions->count > 0)
        dimensions->of = xcalloc(dimensions->count, sizeof *dimensions->of);
    for (size_t i = 0; i < dimensions->count; i++)
        dimensions->of[i] = (size_t)read_count(reader);
}

static void put_points(struct bytes *bytes, const struct eval_points *points)
{
    struct matrix matrix = {0};
    if (points)
        matrix = (struct matrix){points->count, points->dims, points->x};
    put_matrix(bytes, &matrix);
}

static struct eval_points *read_points(struct reader *reader)
{
    struct matrix matrix;
    read_matrix(reader, &matrix);
    if (matrix.rows == 0)
        return NULL;
    struct eval_points *points = xcalloc(1, sizeof *points);
    *points = (struct eval_points){matrix.rows, matrix.columns, matrix.value};
    return points;
}

/* The place of a name in a list of so many; bad when it is not there. */
static size_t find(struct reader *reader, const char *name, size_t count, const char *(*name_at)(size_t i))
{
    for (size_t i = 0; name && i < count; i++)
        if (strcmp(name_at(i), name) == 0)
            return i;
    reader->bad = true;
    return 0;
}

static const char *kind_name(size_t i)
{
    return connection_kinds[i]->name;
}

static const char *solver_name(size_t i)
{
    return connection_solvers[i]->name;
}

static const char *rule_name(size_t i)
{
    return learning_rules[i]->name;
}

static size_t read_one_of(struct reader *reader, size_t count, const char *(*name_at)(size_t i))
{
    char *name = read_text(reader);
    size_t place = find(reader, name, count, name_at);
    free(name);
    return place;
}

static size_t read_slot(struct reader *reader)
{
    uint64_t slot = read_count(reader);
    reader->bad = reader->bad || slot >= ENGINE_SLOTS;
    return reader->bad ? 0 : (size_t)slot;
}

static void put_learning(struct bytes *bytes, const struct learning_spec *learning)
{
    bytes_u8(bytes, learning->rule != NULL);
    if (learning->rule)
        bytes_text(bytes, learning->rule->name);
    bytes_u8(bytes, learning->on);
    bytes_f64(bytes, learning->rate);
    bytes_f64(bytes, learning->tau);
    bytes_u8(bytes, learning->keep_signs);
    bytes_u8(bytes, learning->has_error);
    bytes_count(bytes, learning->has_error ? learning->error : 0);
}

static void read_learning(struct reader *reader, struct learning_spec *learning)
{
    *learning = (struct learning_spec){0};
    if (read_flag(reader))
        learning->rule = learning_rules[read_one_of(reader, learning_rule_count, rule_name)];
    learning->on = read_flag(reader);
    learning->rate = read_f64(reader);
    learning->tau = read_f64(reader);
    learning->keep_signs = read_flag(reader);
    learning->has_error = read_flag(reader);
    learning->error = read_slot(reader);
}

/* ---- a connection ---- */

void bytes_connection(struct bytes *bytes, const struct connection_spec *spec)
{
    bytes_text(bytes, spec->name);
    bytes_count(bytes, spec->pre);
    bytes_count(bytes, spec->post);
    bytes_text(bytes, spec->kind->name);
    bytes_text_or_null(bytes, spec->function);
    bytes_text_or_null(bytes, spec->target);
    put_matrix(bytes, &spec->transform);
    put_dimensions(bytes, &spec->from);
    put_dimensions(bytes, &spec->to);
    bytes_text(bytes, spec->synapse->name);
    bytes_f64(bytes, spec->tau_synapse);
    bytes_text(bytes, spec->solver->name);
    bytes_f64(bytes, spec->reg);
    put_points(bytes, spec->points);
    bytes_count(bytes, spec->point_count);
    bytes_u64(bytes, spec->seed);
    put_matrix(bytes, &spec->decoders);
    put_matrix(bytes, &spec->weights);
    bytes_f64(bytes, spec->scale);
    bytes_f64(bytes, spec->excitatory);
    put_matrix(bytes, &spec->mask);
    bytes_u8(bytes, spec->gram);
    put_learning(bytes, &spec->learning);
}

bool codec_read_connection(struct reader *reader, struct connection_spec *spec, struct error *error)
{
    *spec = (struct connection_spec){.name = read_text(reader)};
    spec->pre = read_slot(reader);
    spec->post = read_slot(reader);
    spec->kind = connection_kinds[read_one_of(reader, connection_kind_count, kind_name)];
    spec->function = read_text_or_null(reader);
    spec->target = read_text_or_null(reader);
    read_matrix(reader, &spec->transform);
    read_dimensions(reader, &spec->from);
    read_dimensions(reader, &spec->to);
    spec->synapse = codec_read_synapse(reader);
    spec->tau_synapse = read_f64(reader);
    spec->solver = connection_solvers[read_one_of(reader, connection_solver_count, solver_name)];
    spec->reg = read_f64(reader);
    spec->points = read_points(reader);
    spec->point_count = (size_t)read_count(reader);
    spec->seed = read_u64(reader);
    read_matrix(reader, &spec->decoders);
    read_matrix(reader, &spec->weights);
    spec->scale = read_f64(reader);
    spec->excitatory = read_f64(reader);
    read_matrix(reader, &spec->mask);
    spec->gram = read_flag(reader);
    read_learning(reader, &spec->learning);
    if (!reader->bad)
        return true;
    connection_spec_free(spec);
    return codec_malformed(error, "a connection");
}

/* ---- what was learned ---- */

static void put_numbers(struct bytes *bytes, const double *values, size_t count)
{
    bytes_u8(bytes, values != NULL);
    if (values)
        bytes_doubles(bytes, values, count);
}

void bytes_learned(struct bytes *bytes, const struct port_learned *learned)
{
    const struct learning_watch *watch = &learned->watch;
    bytes_count(bytes, learned->rows);
    bytes_count(bytes, learned->n_pre);
    put_numbers(bytes, learned->decoders, learned->rows * learned->n_pre);
    put_numbers(bytes, learned->change, learned->rows * learned->n_pre);
    bytes_count(bytes, learned->padded);
    put_numbers(bytes, learned->weights, learned->n_pre * learned->padded);
    bytes_u8(bytes, learned->on);
    bytes_u8(bytes, learned->not_finite);
    bytes_f64(bytes, watch->time);
    bytes_f64(bytes, watch->square);
    bytes_count(bytes, watch->windows);
    bytes_f64(bytes, watch->first);
    bytes_f64(bytes, watch->last);
    bytes_count(bytes, watch->turns);
    bytes_count(bytes, watch->last_turns);
    bytes_f64(bytes, watch->sign);
    bytes_f64(bytes, watch->power);
    bytes_f64(bytes, watch->last_power);
    bytes_u8(bytes, watch->stopped);
}

/* A number of neurons, so that the product of two of them is still one. */
static size_t read_neurons(struct reader *reader)
{
    uint64_t count = read_count(reader);
    reader->bad = reader->bad || count > POPULATION_MAX_NEURONS + NEURON_BLOCK;
    return reader->bad ? 0 : (size_t)count;
}

static double *read_numbers(struct reader *reader, size_t count)
{
    return read_flag(reader) ? read_doubles(reader, count) : NULL;
}

bool codec_read_learned(struct reader *reader, struct port_learned *learned, struct error *error)
{
    struct learning_watch *watch = &learned->watch;
    *learned = (struct port_learned){.rows = read_neurons(reader), .n_pre = read_neurons(reader)};
    learned->decoders = read_numbers(reader, learned->rows * learned->n_pre);
    learned->change = read_numbers(reader, learned->rows * learned->n_pre);
    learned->padded = read_neurons(reader);
    learned->weights = read_numbers(reader, learned->n_pre * learned->padded);
    learned->on = read_flag(reader);
    learned->not_finite = read_flag(reader);
    watch->time = read_f64(reader);
    watch->square = read_f64(reader);
    watch->windows = read_count(reader);
    watch->first = read_f64(reader);
    watch->last = read_f64(reader);
    watch->turns = read_count(reader);
    watch->last_turns = read_count(reader);
    watch->sign = read_f64(reader);
    watch->power = read_f64(reader);
    watch->last_power = read_f64(reader);
    watch->stopped = read_flag(reader);
    if (!reader->bad)
        return true;
    codec_learned_free(learned);
    return codec_malformed(error, "what was learned");
}

void codec_learned_free(struct port_learned *learned)
{
    free((double *)learned->decoders);
    free((double *)learned->change);
    free((double *)learned->weights);
    *learned = (struct port_learned){0};
}
