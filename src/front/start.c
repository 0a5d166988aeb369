#include "front/start.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/xalloc.h"
#include "record/one_run.h"
#include "session/message.h"
#include "session/session.h"

/* A file's name as one word of the command language, which has two kinds of quotes and no other escape. */
static void add_quoted(struct text *line, const char *name)
{
    while (*name) {
        char quote = *name == '"' ? '\'' : '"';
        size_t length = quote == '"' ? strcspn(name, "\"") : strspn(name, "\"");
        text_printf(line, "%c%.*s%c", quote, (int)length, name, quote);
        name += length;
    }
}

static bool has_name(struct session *session, const char *file)
{
    struct error error;
    if (*file && !strchr(file, '\n'))
        return true;
    error_set(&error,
              *file ? "a file whose name has two lines cannot be read here: rename it, or give it as - (cat ... | "
                      "lifscope -)"
                    : "the name of a file is wanted, and this argument is empty");
    session_error(session, &error);
    return false;
}

static bool may_be_part(const struct options *options, size_t i)
{
    return strcmp(options->file[i], "-") != 0 && !options->follow[i] && *options->file[i] &&
           !strchr(options->file[i], '\n');
}

/* What is done about each file. */
struct starting {
    struct session *session;
    const struct options *options;
    bool *done;         /* [files] read, or refused */
    bool *alone;        /* [files] found to be no part of a run with those that are called alike */
    size_t *part;       /* [parts] files that may be one run */
    size_t parts, made; /* lines of load and follow so far */
    bool screen, good;
};

static void add_name(struct starting *s, struct text *line)
{
    text_add(line, " as R");
    if (++s->made > 1)
        text_printf(line, "%zu", s->made);
}

/* The file i, and those behind it that are called so but for a number. */
static bool find_parts(struct starting *s, size_t i)
{
    const char *const *file = (const char *const *)s->options->file;
    s->parts = 0;
    for (size_t k = i; k < s->options->files; k++)
        if (!s->done[k] && !s->alone[k] && may_be_part(s->options, k) && (k == i || one_run_named(file[i], file[k])))
            s->part[s->parts++] = k;
    if (s->parts < 2 || s->part[0] != i)
        return false;
    const char **path = xcalloc(s->parts, sizeof *path);
    for (size_t k = 0; k < s->parts; k++)
        path[k] = file[s->part[k]];
    bool one = one_run(path, s->parts);
    free(path);
    for (size_t k = 0; k < s->parts; k++)
        s->alone[s->part[k]] = !one;
    return one;
}

/* These files as one recording. */
static void load_parts(struct starting *s)
{
    struct text line = {0}, last = {0};
    char name[32] = "";
    if (s->made > 0)
        snprintf(name, sizeof name, "%zu", s->made + 1);
    text_add(&line, "load");
    for (size_t k = 0; k < s->parts; k++) {
        text_add(&line, " ");
        add_quoted(&line, s->options->file[s->part[k]]);
        s->done[s->part[k]] = true;
    }
    add_name(s, &line);
    bool read = session_line(s->session, line.bytes, NULL, 0);
    s->good = s->good && read;
    add_quoted(&last, s->options->file[s->part[s->parts - 1]]);
    text_clear(&line);
    text_printf(&line,
                "R%s: the names of these %zu files differ in a number, and they are taken for parts of one run; "
                "load %s as R%zu reads one by itself",
                name, s->parts, last.bytes, s->options->files - s->parts + 2);
    if (read)
        session_report(s->session, line.bytes);
    text_free(&line);
    text_free(&last);
}

static void load_alone(struct starting *s, size_t i)
{
    struct text line = {0};
    const char *file = s->options->file[i];
    bool input = strcmp(file, "-") == 0, follow = s->options->follow[i] || (input && s->screen);
    s->done[i] = true;
    if (!has_name(s->session, file)) {
        s->good = false;
        s->made++;
        return;
    }
    text_add(&line, follow ? "follow " : "load ");
    if (input)
        text_add(&line, follow ? "-" : "/dev/fd/0");
    else
        add_quoted(&line, file);
    add_name(s, &line);
    s->good = session_line(s->session, line.bytes, NULL, 0) && s->good;
    text_free(&line);
}

bool start_files(struct session *session, const struct options *options, bool screen)
{
    size_t n = options->files;
    struct starting s = {.session = session, .options = options, .screen = screen, .good = true};
    s.done = xcalloc(n + 1, sizeof *s.done);
    s.alone = xcalloc(n + 1, sizeof *s.alone);
    s.part = xcalloc(n + 1, sizeof *s.part);
    for (size_t i = 0; i < n; i++) {
        if (s.done[i])
            continue;
        if (find_parts(&s, i))
            load_parts(&s);
        else
            load_alone(&s, i);
    }
    free(s.done);
    free(s.alone);
    free(s.part);
    return s.good;
}

void start_population(struct session *session)
{
    static const char *const lines[] = {
        "population A n=50 max_rates=100:200 seed=4",
        "input A sine freq=0.5Hz",
        "run",
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        session_line(session, lines[i], NULL, 0);
    journal_forget(&session->journal); /* nobody has done anything yet */
    session_say(session, "50 spiking neurons follow a moving input x: type lesson, or F1");
}
