/* Any bytes as a line of commands: cut into words, matched with the rows of their command, completed at every
 * place. Nothing is run, no file is read. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command/families.h"
#include "language/arguments.h"
#include "language/command.h"
#include "language/lexer.h"
#include "session/session.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* Files and ranges of millions of values are right, and slow. */
static int heavy(const struct phrase *phrase)
{
    for (size_t w = 0; w < phrase->words; w++) {
        const char *first = strchr(phrase->word[w].text, ':'), *second = first ? strchr(first + 1, ':') : NULL;
        if (strchr(phrase->word[w].text, '@') || (second && strtod(second + 1, NULL) > 1e4))
            return 1;
    }
    return 0;
}

static void read_phrase(const struct session *session, const struct phrase *phrase)
{
    struct error error = {""};
    if (phrase->words == 0 || heavy(phrase))
        return;
    const struct command *command = command_find(phrase->word[0].text, &error);
    if (!command)
        return;
    struct arguments *arguments = calloc(1, sizeof *arguments);
    if (!arguments_read(arguments, session, command, phrase, &error) && (!error.text[0] || strchr(error.text, '\n')))
        abort(); /* a failure without a sentence, or with more than a line */
    arguments_free(arguments);
    free(arguments);
}

static void complete(struct session *session, const char *line, size_t end)
{
    size_t start = end;
    while (start > 0 && line[start - 1] != ' ')
        start--;
    char **matches = session_complete(session, line, start, end);
    for (size_t i = 0; matches && matches[i]; i++)
        free(matches[i]);
    free(matches);
}

static struct session *open_session(void)
{
    FILE *nowhere = fopen("/dev/null", "w");
    struct session_options options = {.out = nowhere, .err = nowhere};
    struct session *session = session_new(&options, &all_commands);
    session_line(session, "population A n=2; population B n=1; input B sine", NULL, 0);
    return session;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static struct session *session;
    if (!session)
        session = open_session();
    char *line = malloc(length + 1);
    memcpy(line, bytes, length);
    line[length] = '\0';
    struct phrase phrase = {0};
    struct error error = {""};
    for (size_t at = 0; line[at];) {
        size_t before = at;
        if (lexer_phrase(line, &at, &phrase, &error))
            read_phrase(session, &phrase);
        if (at <= before)
            abort(); /* no way forward */
    }
    phrase_free(&phrase);
    if (!strchr(line, '/')) /* directories elsewhere are no business of a test */
        complete(session, line, strlen(line));
    free(line);
    return 0;
}
