/* The rows that the parser reads are what is searched. A row that several commands share is shown once, with their
 * names. */
#include "language/help_search.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/xalloc.h"
#include "language/command.h"
#include "language/help_text.h"
#include "language/lexer.h"

/* ---- matching ---- */

static bool is_part(char c)
{
    return isalnum((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80;
}

/* The `length` bytes of a word begin a word of the text, or a part of one behind '_' or '.': "rates" of max_rates. */
static bool begins_word(const char *text, const char *word, size_t length)
{
    for (const char *at = text; *at; at++)
        if ((at == text || !is_part(at[-1]) || at[-1] == '_') && strncasecmp(at, word, length) == 0)
            return true;
    return false;
}

bool help_matches(const char *wanted, const char *const *text, size_t count)
{
    bool all = false;
    for (const char *word = wanted + strspn(wanted, " "); *word; word += strspn(word, " ")) {
        size_t length = strcspn(word, " ");
        bool any = false;
        for (size_t i = 0; i < count && !any; i++)
            any = text[i] && begins_word(text[i], word, length);
        if (!any)
            return false;
        all = true;
        word += length;
    }
    return all;
}

/* ---- keys ---- */

struct found_key {
    char *name, *help, *shown; /* owned; shown: as the help of a command has it */
    struct text verbs;         /* "population, set" */
};

struct found {
    const struct session *session;
    const char *wanted;
    struct found_key *key;
    size_t keys, capacity;
};

static void add_verb(struct found_key *key, const char *verb)
{
    size_t length = strlen(verb);
    bool there = key->verbs.length >= length && strcmp(key->verbs.bytes + key->verbs.length - length, verb) == 0;
    if (!there)
        text_printf(&key->verbs, "%s%s", key->verbs.length ? ", " : "", verb);
}

static void add_key(struct found *found, const struct parameter *row, const char *verb)
{
    const char *const texts[] = {row->name, row->help};
    const char *help = row->help ? row->help : "";
    if (row->positional || !help_matches(found->wanted, texts, 2))
        return;
    for (size_t i = 0; i < found->keys; i++)
        if (strcmp(found->key[i].name, row->name) == 0 && strcmp(found->key[i].help, help) == 0) {
            add_verb(&found->key[i], verb);
            return;
        }
    struct text shown = {0};
    help_key(found->session, row, &shown);
    xgrow(&found->key, &found->capacity, found->keys + 1, sizeof *found->key);
    found->key[found->keys] = (struct found_key){xstrdup(row->name), xstrdup(help), shown.bytes, {0}};
    add_verb(&found->key[found->keys++], verb);
}

static void add_rows(struct found *found, const struct command *command, const char *word)
{
    struct arguments *rows = xcalloc(1, sizeof *rows);
    struct phrase phrase = {0};
    struct error ignored;
    struct text line = {0};
    size_t at = 0;
    text_printf(&line, "%s %s", command->name, word);
    lexer_phrase(line.bytes, &at, &phrase, &ignored);
    arguments_rows(rows, found->session, command, &phrase, phrase.words);
    for (size_t i = 0; i < rows->set.count; i++)
        add_key(found, &rows->set.row[i], command->name);
    arguments_free(rows);
    free(rows);
    phrase_free(&phrase);
    text_free(&line);
}

/* Keys that a bare word brings along, those of every kind of input, are there as well. */
static void add_keys(struct found *found, const struct command *command)
{
    add_rows(found, command, "");
    for (const struct parameter *row = command->more ? command->parameters : NULL; row && row->name; row++) {
        struct word_list words;
        if (!row->positional || row->type != TYPE_CHOICE || !parameter_words(found->session, row, &words))
            continue;
        for (size_t i = 0; i < words.count; i++)
            add_rows(found, command, words.name(words.list, i));
        return;
    }
}

static void free_found(struct found *found)
{
    for (size_t i = 0; i < found->keys; i++) {
        free(found->key[i].name);
        free(found->key[i].help);
        free(found->key[i].shown);
        text_free(&found->key[i].verbs);
    }
    free(found->key);
}

/* ---- the answer ---- */

static void heading(struct text *out, bool *done, const char *title)
{
    if (!*done)
        text_printf(out, "%s%s\n", out->length ? "\n" : "", title);
    *done = true;
}

static bool put_commands(const char *wanted, struct text *out)
{
    bool any = false;
    for (size_t i = 0; i < command_count(); i++) {
        const struct command *command = command_at(i);
        const char *const texts[] = {command->name, command->also, command->summary, command->details};
        if (!help_matches(wanted, texts, 4))
            continue;
        heading(out, &any, "Commands");
        text_printf(out, "  %-12s %s\n", command->name, command->summary);
    }
    return any;
}

static bool is_called(const struct found_key *key, const char *wanted)
{
    const char *dot = strrchr(key->name, '.');
    return strcmp(key->name, wanted) == 0 || (dot && strcmp(dot + 1, wanted) == 0);
}

static bool put_keys(const struct found *found, bool called, struct text *out)
{
    bool any = false;
    for (size_t i = 0; i < found->keys; i++) {
        const struct found_key *key = &found->key[i];
        if (is_called(key, found->wanted) != called)
            continue;
        heading(out, &any, called ? "Keys of that name" : "Keys of commands");
        text_printf(out, "%.*s [%s]\n", (int)strcspn(key->shown, "\n"), key->shown, key->verbs.bytes);
        const char *rest = strchr(key->shown, '\n');
        if (rest && rest[1])
            text_add(out, rest + 1);
    }
    return any;
}

static bool put_language(const char *wanted, struct text *out)
{
    struct text language = {0};
    bool any = false;
    help_language(&language);
    for (const char *line = language.bytes; *line;) {
        char one[200];
        size_t length = strcspn(line, "\n");
        snprintf(one, sizeof one, "%.*s", (int)length, line);
        const char *const texts[] = {one};
        if (help_matches(wanted, texts, 1)) {
            heading(out, &any, "How commands are written (help language)");
            text_printf(out, "  %s\n", one + strspn(one, " "));
        }
        line += length + (line[length] == '\n');
    }
    text_free(&language);
    return any;
}

static void find_keys(const struct session *session, const char *wanted, struct found *found)
{
    *found = (struct found){.session = session, .wanted = wanted};
    for (size_t i = 0; i < command_count(); i++)
        add_keys(found, command_at(i));
}

bool help_named(const struct session *session, const char *name, struct text *out)
{
    struct found found;
    find_keys(session, name, &found);
    bool any = put_keys(&found, true, out);
    free_found(&found);
    return any;
}

bool help_search(const struct session *session, const char *wanted, struct text *out)
{
    struct found found;
    find_keys(session, wanted, &found);
    bool called = put_keys(&found, true, out), keys = put_keys(&found, false, out);
    bool commands = put_commands(wanted, out), language = put_language(wanted, out);
    free_found(&found);
    return called || keys || commands || language;
}

/* ---- in the middle of a line ---- */

/* The command that the cursor stands in, of several in a line. */
static void phrase_at(const char *line, size_t cursor, struct phrase *phrase)
{
    struct error ignored;
    for (size_t at = 0; line[at];) {
        lexer_phrase(line, &at, phrase, &ignored);
        if (at > cursor)
            return;
    }
}

static const struct word *word_at(const struct phrase *phrase, size_t cursor)
{
    for (size_t i = 0; i < phrase->words; i++)
        if (cursor >= phrase->word[i].start && cursor <= phrase->word[i].end)
            return &phrase->word[i];
    return NULL;
}

/* The keys of the command that what stands before '=' may be the beginning of; what is called so exactly alone. */
static void put_typed_key(const struct session *session, const struct command *command, const struct phrase *phrase,
                          const struct word *word, struct text *out)
{
    struct arguments *rows = xcalloc(1, sizeof *rows);
    size_t length = word->equals >= 0 ? (size_t)word->equals : strlen(word->text), before = out->length;
    bool exact = false;
    arguments_rows(rows, session, command, phrase, phrase->words);
    for (int pass = 0; pass < 2 && !exact; pass++)
        for (size_t i = 0; i < rows->set.count; i++) {
            const struct parameter *row = &rows->set.row[i];
            bool whole = strlen(row->name) == length;
            if (row->positional || length == 0 || strncmp(row->name, word->text, length) != 0 || whole == (pass == 1))
                continue;
            exact = exact || whole;
            help_key(session, row, out);
            if (row->present)
                text_printf(out, "  %-28s now %s\n", "", row->present);
        }
    if (out->length > before)
        text_add(out, "\n");
    arguments_free(rows);
    free(rows);
}

void help_at(const struct session *session, const char *line, size_t cursor, struct text *out)
{
    struct phrase phrase = {0};
    struct error ignored;
    phrase_at(line, cursor, &phrase);
    const struct command *command = phrase.words ? command_find(phrase.word[0].text, &ignored) : NULL;
    const struct word *word = word_at(&phrase, cursor);
    struct text more = {0};
    for (size_t i = 1; i < phrase.words; i++)
        if (phrase.word[i].equals < 0)
            text_printf(&more, "%s ", phrase.word[i].text);
    if (command && word && word != &phrase.word[0])
        put_typed_key(session, command, &phrase, word, out);
    if (command)
        help_command(session, command, text_string(&more), out);
    else if (!phrase.words || !help_search(session, phrase.word[0].text, out))
        help_overview(out);
    text_free(&more);
    phrase_free(&phrase);
}
