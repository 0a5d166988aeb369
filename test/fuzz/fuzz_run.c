/* Any bytes as commands that are run, one after the other, with a frame drawn behind each: two bytes choose a word, and
 * the words are those of the commands' own tables, with numbers and names between them. On the screen, on a plain
 * command line and in a script. */
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>

#include "base/stop.h"
#include "base/text.h"
#include "command/families.h"
#include "frame/frame.h"
#include "language/command.h"
#include "picture/canvas.h"
#include "session/session.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static const char *const others[] = {
    "A",
    "B",
    "R",
    "0",
    "1",
    "2",
    "3",
    "50",
    "0.5",
    "-1",
    "1e300",
    "nan",
    "inf",
    "20ms",
    "5Hz",
    "0:1",
    "0:1:5",
    "1,2,3",
    "3,7,20:40",
    "x",
    "x^2",
    "sin(x)",
    "as",
    "all",
    "none",
    "next",
    "start",
    "sine",
    "white",
    "noise",
    "constant",
    "raster",
    "tuning",
    "rates",
    "isi",
    "decoded",
    "accuracy",
    "voltage",
    "on",
    "off",
    "softlif",
    "lif",
    "measured",
    "fitted",
    "encoder",
    "\n",
    "\n",
    ";",
    "reset\n",
    "run 10ms\n",
    "list\n",
    "population B n=3 dims=2\n",
    "input A sine 5Hz\n",
};
#define OTHERS (sizeof others / sizeof *others)

/* A verb, a key of some verb, or something else. */
static void add_word(struct text *line, unsigned choice)
{
    const struct command *command = command_at(choice / 3 % command_count());
    if (choice % 3 == 0) {
        text_printf(line, "%s ", command->name);
    } else if (choice % 3 == 1 && command->parameters && command->parameters[0].name) {
        size_t rows = 0;
        while (command->parameters[rows].name)
            rows++;
        const struct parameter *row = &command->parameters[choice / 300 % rows];
        text_printf(line, row->positional ? "" : "%s=", row->name);
    } else {
        text_printf(line, "%s", others[choice / 3 % OTHERS]);
        text_add(line, choice & 1 ? " " : "");
    }
}

static bool is_harmless(const char *line) /* no files of others, no end */
{
    return !strstr(line, "quit") && !strstr(line, "source") && !strchr(line, '>') && !strchr(line, '/') &&
           !strstr(line, "save");
}

static void draw(struct session *session, struct canvas *canvas)
{
    struct view view = {0};
    session_view(session, &view);
    view.prompt = "> ";
    view.line = "";
    frame_draw(canvas, &view);
}

static void on_alarm(int signal)
{
    (void)signal;
    stop_request(); /* long work is right, and slow */
}

static void run_line(struct session *session, struct canvas *canvas, struct text *line)
{
    struct itimerval soon = {{0, 0}, {0, 100000}};
    stop_forget();
    setitimer(ITIMER_VIRTUAL, &soon, NULL);
    if (is_harmless(text_string(line)))
        session_line(session, text_string(line), NULL, 0);
    stop_forget();
    session_collect(session);
    draw(session, canvas);
    text_clear(line);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    if (length < 2)
        return 0;
    FILE *nowhere = fopen("/dev/null", "w");
    int width = 20 + bytes[0] % 128, height = 6 + bytes[0] / 8;
    struct session_options options = {.out = nowhere,
                                      .err = nowhere,
                                      .width = width,
                                      .height = height,
                                      .interactive = bytes[1] % 3 > 0,
                                      .screen = bytes[1] % 3 == 2};
    struct session *session = session_new(&options, &all_commands);
    struct canvas *canvas = canvas_new(width, height, bytes[1] & 64 ? GLYPHS_ASCII : GLYPHS_BRAILLE);
    struct text line = {0};
    signal(SIGVTALRM, on_alarm);
    text_add(&line, "population A n=5 max_rates=100:200 seed=4");
    run_line(session, canvas, &line);
    for (size_t i = 2; i + 1 < length; i += 2) {
        add_word(&line, bytes[i] | (unsigned)bytes[i + 1] << 8);
        if (line.length > 0 && (line.bytes[line.length - 1] == '\n' || line.length > 2000)) {
            line.bytes[--line.length] = '\0';
            run_line(session, canvas, &line);
        }
    }
    run_line(session, canvas, &line);
    struct itimerval off = {{0, 0}, {0, 0}};
    setitimer(ITIMER_VIRTUAL, &off, NULL);
    text_free(&line);
    session_free(session);
    canvas_free(canvas);
    fclose(nowhere);
    return 0;
}
