/* Every command with every kind of channel: a population of one and of two dimensions, one of rate neurons, a recording
 * with and without a stimulus, and a stream; each key alone with each of its words. A line succeeds or says a sentence;
 * it never ends the program. Which lines there are is read from the commands' own rows. */
#include "run.h"

#include <signal.h>
#include <sys/wait.h>

#include "base/text.h"
#include "command/families.h"
#include "language/command.h"

static const struct {
    const char *name, *made_by;
} channels[] = {
    {"A", "population A n=5 max_rates=100:200 seed=4; input A sine 5Hz; run 50ms"},
    {"B", "population B n=5 dims=2; run 20ms"},
    {"C", "population C n=5 model=softlif; run 20ms"},
    {"N", "population N n=3"},
    {"R", "load %s as R"},
    {"S", "load %s as S; stimulus S @%s"},
    {"F", "follow %s as F"},
};
#define CHANNELS (sizeof channels / sizeof *channels)

static struct session *bare; /* for the words of choices */
static char spikes[300], stimulus[300], made[CHANNELS][1000];

static void make_files(void)
{
    snprintf(spikes, sizeof spikes, "%s", scratch("own.csv"));
    snprintf(stimulus, sizeof stimulus, "%s", scratch("stimulus.csv"));
    write_file(spikes, "time,neuron\n0.001,3\n0.003,12\n0.25,3\n");
    write_file(stimulus, "time,x\n0,0\n1,1\n");
    for (size_t i = 0; i < CHANNELS; i++)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        snprintf(made[i], sizeof made[i], channels[i].made_by, spikes, stimulus);
#pragma GCC diagnostic pop
}

/* ---- one line, in a process of its own ---- */

struct tally {
    size_t lines, good, refused;
};

static void run_line(const char *line)
{
    struct outcome o = run(line);
    bool said = strstr(o.err, "lifscope: t:") != NULL;
    _exit(o.good ? 0 : said ? 1 : 2);
}

static void try_line(struct tally *tally, size_t channel, const char *line)
{
    static char all[4096];
    int status;
    snprintf(all, sizeof all, "%s\n%s", made[channel], line);
    pid_t child = fork();
    if (child == 0) {
        freopen("/dev/null", "w", stderr);
        run_line(all);
    }
    waitpid(child, &status, 0);
    ck_assert_msg(!WIFSIGNALED(status), "'%s' with '%s' ends by signal %d", line, channels[channel].made_by,
                  WTERMSIG(status));
    ck_assert_msg(WEXITSTATUS(status) < 2, "'%s' with '%s' fails without a sentence", line, channels[channel].made_by);
    tally->lines++;
    tally->good += WEXITSTATUS(status) == 0;
    tally->refused += WEXITSTATUS(status) == 1;
}

/* ---- what a row may be given ---- */

/* Something that the row takes; a choice is asked for word by word. NULL: no more. */
static const char *given(const struct parameter *row, size_t which)
{
    static char text[600];
    struct word_list words;
    if ((row->type == TYPE_CHOICE || row->type == TYPE_TEXT) && parameter_words(bare, row, &words)) {
        if (which < words.count)
            return words.name(words.list, which);
        return row->number_too && which == words.count ? "1" : NULL;
    }
    if (which > 0 && row->type != TYPE_SWITCH)
        return NULL;
    switch (row->type) {
    case TYPE_SWITCH:
        return which == 0 ? "on" : which == 1 ? "off" : NULL;
    case TYPE_COUNT:
        return row->low > 3 ? row->fallback : "3";
    case TYPE_QUANTITY:
        return row->fallback ? row->fallback : "0.1";
    case TYPE_RANGE:
        return "0:0.5";
    case TYPE_POINTS:
        return "0:0.5:3";
    case TYPE_TABLE:
        snprintf(text, sizeof text, "@%s", stimulus);
        return text;
    case TYPE_FILE:
        return scratch("written");
    case TYPE_NAME:
        return "Q";
    case TYPE_TEXT:
        return "1";
    default:
        return NULL;
    }
}

static void add_value(struct text *line, const struct parameter *row, const char *value)
{
    if (row->positional)
        text_printf(line, " %s", value);
    else
        text_printf(line, " %s=%s", row->name, value);
}

/* What takes long with its defaults, and what keeps it short. */
static const struct {
    const char *verb, *key, *words;
} short_work[] = {{"rmse", "n", " n=5,10"}, {"rmse", "seeds", " seeds=1"}, {"rmse", "eval_points", " eval_points=50"}};

static void add_short_work(struct text *line, const struct command *command, const char *but)
{
    for (size_t i = 0; i < sizeof short_work / sizeof *short_work; i++)
        if (strcmp(command->name, short_work[i].verb) == 0 && strcmp(but, short_work[i].key) != 0)
            text_add(line, short_work[i].words);
}

/* The verb, the channel and what else is required. */
static void begin_line(struct text *line, const struct command *command, const char *channel)
{
    text_clear(line);
    text_add(line, command->name);
    for (const struct parameter *row = command->parameters; row && row->name; row++)
        if (row->type == TYPE_CHANNEL && row->positional)
            text_printf(line, " %s", channel);
        else if (row->required)
            add_value(line, row, row->type == TYPE_CHANNEL ? channel : given(row, 0));
}

static void try_rows(struct tally *tally, size_t channel, const struct command *command, const struct parameter *rows,
                     size_t count)
{
    struct text line = {0};
    for (size_t i = 0; i < count; i++) {
        const char *value;
        for (size_t k = 0; !rows[i].required && rows[i].type != TYPE_CHANNEL && (value = given(&rows[i], k)); k++) {
            begin_line(&line, command, channels[channel].name);
            add_value(&line, &rows[i], value);
            add_short_work(&line, command, rows[i].name);
            try_line(tally, channel, text_string(&line));
        }
    }
    text_free(&line);
}

/* `quit` ends what it is told to, `source` reads the files of others; what names no channel is tried once. */
static bool is_tried(const struct command *command, size_t channel)
{
    bool names = channel == 0;
    for (const struct parameter *row = command->parameters; row && row->name; row++)
        names = names || row->type == TYPE_CHANNEL || row->type == TYPE_NAME;
    return names && strcmp(command->name, "quit") != 0 && strcmp(command->name, "source") != 0;
}

static void try_command(struct tally *tally, size_t channel, const struct command *command)
{
    struct text line = {0};
    begin_line(&line, command, channels[channel].name);
    add_short_work(&line, command, "");
    try_line(tally, channel, text_string(&line));
    text_free(&line);
    size_t count = 0;
    while (command->parameters && command->parameters[count].name)
        count++;
    try_rows(tally, channel, command, command->parameters, count);
}

START_TEST(every_command_suits_every_channel_or_says_why_not)
{
    struct tally tally = {0};
    make_files();
    bare = session_new(&(struct session_options){.out = stdout, .err = stderr}, &all_commands);
    for (size_t channel = 0; channel < CHANNELS; channel++)
        for (size_t i = 0; i < command_count(); i++)
            if (is_tried(command_at(i), channel))
                try_command(&tally, channel, command_at(i));
    session_free(bare);
    ck_assert_msg(tally.good > tally.lines / 4 && tally.refused > tally.lines / 20,
                  "of %zu lines %zu succeed and %zu are refused: they try nothing", tally.lines, tally.good,
                  tally.refused);
}
END_TEST

/* What was said last. */
static void expect_refused(const char *made_first, const char *line, const char *says)
{
    struct text all = {0}, want = {0};
    text_printf(&all, "%s; %s", made_first, line);
    text_printf(&want, "lifscope: t:1: %s\n", says);
    struct outcome o = run(text_string(&all));
    size_t length = strlen(o.err);
    ck_assert_msg(!o.good && length >= want.length && strcmp(o.err + length - want.length, text_string(&want)) == 0,
                  "'%s' said\n%s\nnot\n%s", line, o.err, text_string(&want));
    outcome_free(&o);
    text_free(&all);
    text_free(&want);
}

START_TEST(streams_have_no_curves)
{
    static const char *const asked[] = {
        "tuning F", "tuning F model=measured", "tuning F model=fitted", "tuning F model=lif",
        "fit F",    "fit F model=lif"};
    make_files();
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++)
        expect_refused(made[CHANNELS - 1], asked[i],
                       "F is a stream, and curves need a stimulus beside the spikes: unfollow F makes a recording, "
                       "stimulus F @FILE.csv gives it one");
    expect_refused(made[4], "tuning R along=encoder",
                   "along=encoder: R is a recording, and its neurons have no encoders");
    expect_refused(made[4], "tuning R along=plane", "along=plane: R has 1 dimension, and a plane has two; along=1");
}
END_TEST

int main(void)
{
    return HARNESS_RUN("command: every channel", every_command_suits_every_channel_or_says_why_not,
                       streams_have_no_curves);
}
