/* The program's arguments: one row each, which reading, --help and the completions of shells walk. */
#include "options.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

#define SIDE_LIMIT 10000

static bool take_size(struct options *options, const char *text, struct error *error)
{
    int w = 0, h = 0, end = 0;
    if (sscanf(text, "%5d%*1[xX]%5d%n", &w, &h, &end) != 2 || text[end] || w < 1 || h < 1 || w > SIDE_LIMIT ||
        h > SIDE_LIMIT)
        return error_set(error, "--size '%s': columns and rows are wanted, such as 120x36 (each from 1 to %d)", text,
                         SIDE_LIMIT);
    options->width = w;
    options->height = h;
    return true;
}

static bool take_colour(struct options *options, const char *text, struct error *error)
{
    static const char *const words[] = {[COLOUR_AUTO] = "auto", [COLOUR_NEVER] = "never", [COLOUR_ALWAYS] = "always"};
    for (int i = 0; i < 3; i++)
        if (strcmp(text, words[i]) == 0) {
            options->colour = (enum colour_wish)i;
            return true;
        }
    return error_set(error, "--color '%s': auto, always or never is wanted", text);
}

static void add_step(struct options *options, bool script, const char *text)
{
    options->step = xreallocarray(options->step, options->steps + 1, sizeof *options->step);
    options->step[options->steps++] = (struct step){script, text};
}

static void add_file(struct options *options, bool follow, const char *name)
{
    options->file = xreallocarray(options->file, options->files + 1, sizeof *options->file);
    options->follow = xreallocarray(options->follow, options->files + 1, sizeof *options->follow);
    options->follow[options->files] = follow;
    options->file[options->files++] = name;
}

static bool take_commands(struct options *options, const char *value, struct error *error)
{
    (void)error;
    add_step(options, false, value);
    return true;
}

static bool take_script(struct options *options, const char *value, struct error *error)
{
    (void)error;
    add_step(options, true, value);
    return true;
}

static bool take_followed(struct options *options, const char *value, struct error *error)
{
    (void)error;
    add_file(options, true, value);
    return true;
}

/* One that takes no value, and only says so. */
#define SWITCH(field)                                                                                                  \
    static bool take_##field(struct options *options, const char *value, struct error *error)                          \
    {                                                                                                                  \
        (void)value, (void)error;                                                                                      \
        options->field = true;                                                                                         \
        return true;                                                                                                   \
    }
SWITCH(plain)
SWITCH(ascii)
SWITCH(mouse)
SWITCH(present)
SWITCH(engine_process)
SWITCH(serve)
SWITCH(help)
SWITCH(version)
SWITCH(check)
SWITCH(merge)

static bool take_completion(struct options *options, const char *value, struct error *error)
{
    (void)error;
    options->completion = value;
    return true;
}

static const struct option_row rows[] = {
    {NULL, 'c', "COMMANDS", OPTION_TEXT, NULL, "run commands, print tables as CSV, exit", take_commands},
    {NULL, 'f', "SCRIPT", OPTION_FILE, NULL, "run the commands of a file (-: standard input)", take_script},
    {"plain", 0, NULL, OPTION_ALONE, NULL, "line-by-line command line without a screen", take_plain},
    {"follow", 0, "FILE", OPTION_FILE, NULL, "show a file that grows, or a named pipe", take_followed},
    {"merge", 0, NULL, OPTION_ALONE, NULL, "write the lines of growing FILEs as one stream, none of them cut",
     take_merge},
    {"size", 0, "WxH", OPTION_TEXT, NULL, "size of the picture save-screen takes without a terminal (80x24)",
     take_size},
    {"color", 0, "WHEN", OPTION_CHOICE, "auto|always|never", "auto (default), always, never; NO_COLOR counts for auto",
     take_colour},
    {"colour", 0, "WHEN", OPTION_CHOICE, "auto|always|never", NULL, take_colour},
    {"ascii", 0, NULL, OPTION_ALONE, NULL, "draw with ASCII characters only", take_ascii},
    {"mouse", 0, NULL, OPTION_ALONE, NULL, "let the mouse select neurons and scroll", take_mouse},
    {"present", 0, NULL, OPTION_ALONE, NULL, "show everything so large that it is read from the last row of a room",
     take_present},
    {"engine-process", 0, NULL, OPTION_ALONE, NULL,
     "simulate in a process of its own, which may end without ending the session", take_engine_process},
    {"serve", 0, NULL, OPTION_ALONE, NULL, "be that process: answer another lifscope on standard input and output",
     take_serve},
    {"check", 0, NULL, OPTION_ALONE, NULL, "say what of this terminal and machine works, and what to do about the rest",
     take_check},
    {"completion", 0, "SHELL", OPTION_CHOICE, "bash|zsh|fish",
     "print what completes lifscope's arguments in that shell", take_completion},
    {"help", 'h', NULL, OPTION_ALONE, NULL, "this text", take_help},
    {"version", 'V', NULL, OPTION_ALONE, NULL, "the version, how it was built and what it runs on", take_version},
};
#define ROWS (sizeof rows / sizeof *rows)

size_t options_count(void)
{
    return ROWS;
}

const struct option_row *options_row(size_t i)
{
    return &rows[i];
}

static const char usage[] = "lifscope - an oscilloscope for spiking neurons in a terminal\n"
                            "\n"
                            "  lifscope                  the screen, with a small population already running\n"
                            "  lifscope FILE...          the screen, showing recordings (CSV of spikes)\n"
                            "  producer | lifscope -     the screen, following spikes as they arrive\n"
                            "\n";

static const char usage_end[] =
    "\n"
    "-c and -f may be given several times; they run in order, after FILEs are loaded.\n"
    "Without a terminal on standard input and output, commands are read from standard input.\n"
    "\n"
    "Exit status: 0 all well, 1 a command failed, 2 the arguments were wrong.\n"
    "Inside, `help` lists the commands and F1 the keys.\n";

void options_help(FILE *out)
{
    fputs(usage, out);
    for (size_t i = 0; i < ROWS; i++) {
        const struct option_row *row = &rows[i];
        char form[64], letter[8] = "";
        if (!row->help)
            continue; /* another spelling of the one before */
        if (row->letter)
            snprintf(letter, sizeof letter, "-%c%s", row->letter, row->name ? ", " : "");
        snprintf(form, sizeof form, "%s%s%s%s%s", letter, row->name ? "--" : "", row->name ? row->name : "",
                 row->value ? " " : "", row->value ? row->value : "");
        fprintf(out, "  %-24s  %s\n", form, row->help);
    }
    fputs(usage_end, out);
}

/* The argument getopt is unhappy with, as it was typed. */
static bool unknown(char **argv, struct error *error)
{
    const char *typed = argv[optind - 1];
    if (optopt > 0 && optopt < 256 && strncmp(typed, "--", 2) != 0)
        return error_set(error, "unknown option '-%c' (lifscope --help lists them)", optopt);
    if (optopt)
        return error_set(error, "'%s' takes no value (lifscope --help lists the options)", typed);
    return error_set(error, "unknown or ambiguous option '%s' (lifscope --help lists them)", typed);
}

/* What getopt gives for a row: its letter, or a number no letter has. */
static int code(size_t i)
{
    return rows[i].letter ? rows[i].letter : 256 + (int)i;
}

static bool take(struct options *options, int found, char **argv, struct error *error)
{
    for (size_t i = 0; i < ROWS; i++)
        if (code(i) == found)
            return rows[i].take(options, optarg, error);
    if (found == ':')
        return error_set(error, "'%s' needs a value (lifscope --help)", argv[optind - 1]);
    return unknown(argv, error);
}

bool options_read(struct options *options, int argc, char **argv, struct error *error)
{
    struct option named[ROWS + 1] = {0};
    char letters[2 * ROWS + 2] = ":";
    size_t names = 0, length = 1;
    for (size_t i = 0; i < ROWS; i++) {
        if (rows[i].name)
            named[names++] =
                (struct option){rows[i].name, rows[i].value ? required_argument : no_argument, NULL, code(i)};
        if (rows[i].letter)
            letters[length++] = rows[i].letter;
        if (rows[i].letter && rows[i].value)
            letters[length++] = ':';
    }
    *options = (struct options){.program = argv[0]};
    opterr = 0;
    optind = 1;
    int found;
    while ((found = getopt_long(argc, argv, letters, named, NULL)) != -1)
        if (!take(options, found, argv, error))
            return false;
    while (optind < argc)
        add_file(options, false, argv[optind++]);
    return true;
}

void options_free(struct options *options)
{
    free(options->file);
    free(options->follow);
    free(options->step);
    *options = (struct options){0};
}
