/* The rows are made by `set` itself, from the words that a person would begin the line with. */
#include "session/known.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "language/command.h"
#include "rig/rig.h"
#include "rig/wired.h"
#include "session/names.h"
#include "session/session.h"

/* Any of that name, a connection too; NULL. */
static struct channel *channel_called(const struct session *session, const char *name)
{
    struct channel *channel = channel_named(&session->rig, name);
    struct wired *wired = channel ? NULL : wired_named(&session->rig, name);
    return wired ? &wired->face : channel;
}

void known_open(struct known *known, const struct session *session, struct channel *channel)
{
    struct phrase phrase = {0};
    struct error ignored;
    char line[SUBJECT_NAME + 8];
    size_t at = 0;
    known->rows = xcalloc(1, sizeof *known->rows);
    known->channel = channel ? channel : channel_default(session, CHANNEL_LIVE, &ignored);
    snprintf(line, sizeof line, "set %s", known->channel ? known->channel->name : "");
    lexer_phrase(line, &at, &phrase, &ignored);
    const struct command *set = command_find(phrase.word[0].text, &ignored);
    if (set && (!known->channel || channel_fits(known->channel, CHANNEL_SETS)))
        arguments_rows(known->rows, session, set, &phrase, phrase.words);
    phrase_free(&phrase);
}

void known_close(struct known *known)
{
    arguments_free(known->rows);
    free(known->rows);
    known->rows = NULL;
}

void known_split(const struct session *session, const char *word, struct channel **channel, const char **key)
{
    char name[SUBJECT_NAME];
    size_t length = strcspn(word, ".");
    *channel = NULL;
    *key = word;
    if (length >= sizeof name)
        return;
    memcpy(name, word, length);
    name[length] = '\0';
    *channel = channel_called(session, name);
    if (*channel)
        *key = word[length] ? word + length + 1 : NULL;
}

bool known_key(const struct known *known, const char *key)
{
    for (size_t i = 0; i < known->rows->set.count; i++) {
        const struct parameter *row = &known->rows->set.row[i];
        const char *dot = strchr(row->name, '.');
        if (!row->positional && (strcmp(row->name, key) == 0 || (dot && strcmp(dot + 1, key) == 0)))
            return true;
    }
    return false;
}

static bool is_known(const struct session *session, const char *word)
{
    struct channel *channel;
    const char *key;
    known_split(session, word, &channel, &key);
    if (!key)
        return true;
    struct known known;
    known_open(&known, session, channel);
    bool is = known_key(&known, key);
    known_close(&known);
    return is;
}

/* `window` alone lacks its width, and `dt` alone shows itself, which people are told more of. */
static bool only_shows(const struct session *session, const struct command *command)
{
    bool people = session->options.screen || session->options.interactive, wants = false;
    for (const struct parameter *row = command->parameters; row && row->name; row++)
        wants = wants || (row->positional && row->required);
    return wants || (people && command->table);
}

bool known_asks(const struct session *session, const struct phrase *phrase)
{
    if (phrase->words != 1 || phrase->word[0].quoted)
        return false;
    const char *word = phrase->word[0].text;
    for (size_t i = 0; i < command_count(); i++)
        if (strcmp(command_at(i)->name, word) == 0)
            return only_shows(session, command_at(i)) && is_known(session, word);
    return is_known(session, word);
}
