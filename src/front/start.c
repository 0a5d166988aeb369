#include "front/start.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
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

/* All files as one recording, if they are parts of one run. */
static bool start_run(struct session *session, const struct options *options, bool *good)
{
    for (size_t i = 0; i < options->files; i++)
        if (!may_be_part(options, i))
            return false;
    if (options->files < 2 || !one_run((const char *const *)options->file, options->files))
        return false;
    struct text line = {0}, part = {0};
    text_add(&line, "load");
    for (size_t i = 0; i < options->files; i++) {
        text_add(&line, " ");
        add_quoted(&line, options->file[i]);
    }
    text_add(&line, " as R");
    *good = session_line(session, line.bytes, NULL, 0);
    add_quoted(&part, options->file[options->files - 1]);
    if (*good) {
        text_clear(&line);
        text_printf(&line,
                    "R: the names of these %zu files differ in a number, and they are taken for parts of one run; "
                    "load %s as R2 reads one by itself",
                    options->files, part.bytes);
        session_report(session, line.bytes);
    }
    text_free(&line);
    text_free(&part);
    return true;
}

bool start_files(struct session *session, const struct options *options, bool screen)
{
    bool good = true;
    if (start_run(session, options, &good))
        return good;
    for (size_t i = 0; i < options->files; i++) {
        struct text line = {0};
        const char *file = options->file[i];
        if (!has_name(session, file)) {
            good = false;
            continue;
        }
        bool input = strcmp(file, "-") == 0, follow = options->follow[i] || (input && screen);
        text_add(&line, follow ? "follow " : "load ");
        if (input)
            text_add(&line, follow ? "-" : "/dev/fd/0");
        else
            add_quoted(&line, file);
        text_add(&line, " as R");
        if (i > 0)
            text_printf(&line, "%zu", i + 1);
        good = session_line(session, line.bytes, NULL, 0) && good;
        text_free(&line);
    }
    return good;
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
