#include "front/start.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "session/state.h"

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
    error_set(&error, *file ? "a file whose name has two lines cannot be read here: rename it, or give it as - (cat ... | "
                              "lifscope -)"
                            : "the name of a file is wanted, and this argument is empty");
    session_error(session, &error);
    return false;
}

bool start_files(struct session *session, const struct options *options, bool screen)
{
    bool good = true;
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
        "input A sine freq=2Hz",
        "run",
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        session_line(session, lines[i], NULL, 0);
}
