/* A network as what other engines need to run it: the one table that every script of export is written from. Everything in
 * it is borrowed from whoever made it, for as long as the writing takes; numbers are those that the simulation here uses, so
 * that nothing has to be drawn or solved anew. */
#ifndef EXPORT_MODEL_H
#define EXPORT_MODEL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/text.h"
#include "model/population.h"
#include "model/stimulus.h"
#include "network/connection.h"

struct export_place {
    const char *name;
    const struct population *population; /* of a node one whose `node` is true */
    const struct stimulus *input;        /* of its own; NULL: none */
    const char *input_text;              /* as people read it */
};

struct export_link {
    const char *name;
    size_t pre, post; /* places */
    const struct connection *connection;
    const char *function;                     /* as typed; NULL: x itself */
    const struct connection_learned *learned; /* NULL: it has not learned */
    bool learns;                              /* a rule would go on changing it */
};

struct export_model {
    double dt; /* s */
    const struct export_place *place;
    size_t places;
    const struct export_link *link;
    size_t links;
};

/* An engine: one const descriptor, in a file of its own, listed once in src/export/engine.c. */
struct export_engine {
    const char *name;    /* "brian": the word in the command */
    const char *title;   /* "Brian2" */
    const char *summary; /* a line for help and the manual */
    /* False with a sentence that names what the engine's script cannot hold, and what would do. */
    bool (*check)(const struct export_model *model, struct error *error);
    /* Appends the script. The model has passed check. */
    void (*write)(const struct export_model *model, struct text *script);
};

extern const struct export_engine export_brian, export_nengo;
extern const struct export_engine *const export_engines[];
extern const size_t export_engine_count;

#endif
