#include "options.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

const char options_help[] =
    "lifscope - an oscilloscope for spiking neurons in a terminal\n"
    "\n"
    "  lifscope                  the screen, with a small population already running\n"
    "  lifscope FILE...          the screen, showing recordings (CSV of spikes)\n"
    "  lifscope -c 'COMMANDS'    run commands, print tables as CSV, exit\n"
    "  lifscope -f SCRIPT        the same from a file (-: standard input)\n"
    "  lifscope --plain          line-by-line command line without a screen\n"
    "  producer | lifscope -     the screen, following spikes as they arrive\n"
    "  lifscope --follow FILE    the same for a file that grows, or a named pipe\n"
    "\n"
    "-c and -f may be given several times; they run in order, after FILEs are loaded.\n"
    "Without a terminal on standard input and output, commands are read from standard input.\n"
    "\n"
    "  --size WxH                size of the picture save-screen takes without a terminal (80x24)\n"
    "  --color=WHEN              auto (default), always, never; NO_COLOR counts for auto\n"
    "  --ascii                   draw with ASCII characters only\n"
    "  --mouse                   let the mouse select neurons and scroll\n"
    "  --engine-process          simulate in a process of its own, which may end without ending the session\n"
    "  --serve                   be that process: answer another lifscope on standard input and output\n"
    "  -h, --help                this text\n"
    "  -V, --version             the version\n"
    "\n"
    "Exit status: 0 all well, 1 a command failed, 2 the arguments were wrong.\n"
    "Inside, `help` lists the commands and F1 the keys.\n";

enum long_option {
    OPTION_PLAIN = 256,
    OPTION_SIZE,
    OPTION_COLOUR,
    OPTION_ASCII,
    OPTION_MOUSE,
    OPTION_FOLLOW,
    OPTION_ENGINE_PROCESS,
    OPTION_SERVE
};

static const struct option long_options[] = {
    {"plain", no_argument, NULL, OPTION_PLAIN},
    {"size", required_argument, NULL, OPTION_SIZE},
    {"color", required_argument, NULL, OPTION_COLOUR},
    {"colour", required_argument, NULL, OPTION_COLOUR},
    {"ascii", no_argument, NULL, OPTION_ASCII},
    {"mouse", no_argument, NULL, OPTION_MOUSE},
    {"follow", required_argument, NULL, OPTION_FOLLOW},
    {"engine-process", no_argument, NULL, OPTION_ENGINE_PROCESS},
    {"serve", no_argument, NULL, OPTION_SERVE},
    {"help", no_argument, NULL, 'h'},
    {"version", no_argument, NULL, 'V'},
    {NULL, 0, NULL, 0},
};

#define SIDE_LIMIT 10000

static bool read_size(const char *text, int *width, int *height, struct error *error)
{
    int w = 0, h = 0, end = 0;
    if (sscanf(text, "%5d%*1[xX]%5d%n", &w, &h, &end) != 2 || text[end] || w < 1 || h < 1 || w > SIDE_LIMIT ||
        h > SIDE_LIMIT)
        return error_set(error, "--size '%s': columns and rows are wanted, such as 120x36 (each from 1 to %d)", text,
                         SIDE_LIMIT);
    *width = w;
    *height = h;
    return true;
}

static bool read_colour(const char *text, enum colour_wish *colour, struct error *error)
{
    static const char *const words[] = {[COLOUR_AUTO] = "auto", [COLOUR_NEVER] = "never", [COLOUR_ALWAYS] = "always"};
    for (int i = 0; i < 3; i++)
        if (strcmp(text, words[i]) == 0) {
            *colour = (enum colour_wish)i;
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

static bool take(struct options *options, int letter, char **argv, struct error *error)
{
    switch (letter) {
    case 'c':
    case 'f':
        add_step(options, letter == 'f', optarg);
        return true;
    case 'h':
        options->help = true;
        return true;
    case 'V':
        options->version = true;
        return true;
    case OPTION_PLAIN:
        options->plain = true;
        return true;
    case OPTION_ASCII:
        options->ascii = true;
        return true;
    case OPTION_MOUSE:
        options->mouse = true;
        return true;
    case OPTION_ENGINE_PROCESS:
        options->engine_process = true;
        return true;
    case OPTION_SERVE:
        options->serve = true;
        return true;
    case OPTION_FOLLOW:
        add_file(options, true, optarg);
        return true;
    case OPTION_SIZE:
        return read_size(optarg, &options->width, &options->height, error);
    case OPTION_COLOUR:
        return read_colour(optarg, &options->colour, error);
    case ':':
        return error_set(error, "'%s' needs a value (lifscope --help)", argv[optind - 1]);
    default:
        return unknown(argv, error);
    }
}

bool options_read(struct options *options, int argc, char **argv, struct error *error)
{
    *options = (struct options){.program = argv[0]};
    opterr = 0;
    optind = 1;
    int letter;
    while ((letter = getopt_long(argc, argv, ":c:f:hV", long_options, NULL)) != -1)
        if (!take(options, letter, argv, error))
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
