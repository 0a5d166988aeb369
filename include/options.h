/* The program's own arguments. */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/* -c and -f in the order given. */
struct step {
    bool script; /* text is a file's name ("-": standard input), else commands */
    const char *text;
};

enum colour_wish { COLOUR_AUTO, COLOUR_NEVER, COLOUR_ALWAYS };

/* Strings are borrowed from argv. */
struct options {
    const char **file;
    bool *follow; /* [files] given with --follow */
    size_t files;
    struct step *step;
    size_t steps;
    int width, height; /* --size; 0: not given */
    enum colour_wish colour;
    bool plain, ascii, mouse, help, version;
    bool engine_process; /* the simulation in a process of its own */
    bool serve;          /* this is that process */
    const char *program; /* argv[0] */
};

/* False with a sentence that names the argument. argv's order may change. */
bool options_read(struct options *options, int argc, char **argv, struct error *error);
void options_free(struct options *options);
/* What --help prints. */
extern const char options_help[];

#endif
