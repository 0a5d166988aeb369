/* The program's own arguments. */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

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
    bool plain, ascii, mouse, present, help, version, check;
    bool merge;             /* files are written to standard output as one stream */
    bool engine_process;    /* the simulation in a process of its own */
    bool serve;             /* this is that process */
    const char *completion; /* the shell whose completion is wanted, or NULL */
    const char *program;    /* argv[0] */
};

/* False with a sentence that names the argument. argv's order may change. */
bool options_read(struct options *options, int argc, char **argv, struct error *error);
void options_free(struct options *options);

enum option_value { OPTION_ALONE, OPTION_TEXT, OPTION_FILE, OPTION_CHOICE };

/* One argument of the program. */
struct option_row {
    const char *name;        /* "size" of --size; NULL: a letter only */
    char letter;             /* 'h' of -h; 0: none */
    const char *value;       /* what --help calls its value; NULL: takes none */
    enum option_value takes; /* what its value can be, for those who complete it */
    const char *choices;     /* "auto|always|never" where takes is OPTION_CHOICE */
    const char *help;        /* one line; NULL: another spelling of the row before */
    bool (*take)(struct options *options, const char *value, struct error *error);
};
size_t options_count(void);
const struct option_row *options_row(size_t i);

/* What --help prints. */
void options_help(FILE *out);

#endif
