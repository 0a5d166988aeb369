/* Completion: where in a command the cursor stands decides which words are possible, and the same rows that
 * the parser checks give them. */
#include "language/complete.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"
#include "base/xalloc.h"
#include "language/command.h"
#include "language/lexer.h"
#include "language/names.h"

struct matches {
    const char *typed; /* the word so far, without its quotes */
    size_t skip;       /* bytes of the word that stand before what Readline wants replaced */
    char **match;
    size_t count, capacity;
};

/* Offers a whole word. */
static void offer(struct matches *m, const char *word)
{
    if (strncmp(word, m->typed, strlen(m->typed)) != 0 || strlen(word) < m->skip)
        return;
    for (size_t i = 0; i < m->count; i++)
        if (strcmp(m->match[i], word + m->skip) == 0)
            return;
    xgrow(&m->match, &m->capacity, m->count + 2, sizeof *m->match);
    m->match[m->count++] = xstrdup(word + m->skip);
    m->match[m->count] = NULL;
}

static void offer_with(struct matches *m, const char *before, const char *word, const char *after)
{
    struct text whole = {0};
    text_printf(&whole, "%s%s%s", before, word, after);
    offer(m, text_string(&whole));
    text_free(&whole);
}

static void offer_list(struct matches *m, const char *before, struct word_list words)
{
    for (size_t i = 0; i < words.count; i++)
        offer_with(m, before, words.name(words.list, i), "");
}

static bool is_directory(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* Files whose path begins as typed; `before` is what stands before the path in the word ("J=@"). */
static void offer_paths(struct matches *m, const char *before)
{
    const char *path = m->typed + strlen(before), *slash = strrchr(path, '/');
    struct text folder = {0}, whole = {0};
    text_append(&folder, path, slash ? (size_t)(slash + 1 - path) : 0);
    DIR *directory = opendir(folder.length ? folder.bytes : ".");
    for (struct dirent *entry; directory && (entry = readdir(directory));) {
        if (entry->d_name[0] == '.' && (slash ? slash[1] : path[0]) != '.')
            continue;
        text_clear(&whole);
        text_printf(&whole, "%s%s", text_string(&folder), entry->d_name);
        offer_with(m, before, whole.bytes, is_directory(whole.bytes) ? "/" : "");
    }
    if (directory)
        closedir(directory);
    text_free(&folder);
    text_free(&whole);
}

static void offer_channels(struct matches *m, const struct session *session, const char *before,
                           enum channel_wanted wanted)
{
    const char *name;
    for (size_t i = 0; (name = names_used()->at(session, i, wanted)); i++)
        offer_with(m, before, name, "");
}

/* Values of one row; `before` is the key with its '=', or "". */
static void offer_values(struct matches *m, const struct session *session, const struct parameter *row,
                         const char *before)
{
    static const char *const switches[] = {"on", "off"};
    struct text at = {0};
    struct word_list words;
    text_printf(&at, "%s@", before);
    bool path = strncmp(m->typed, at.bytes, at.length) == 0;
    if (row->file_too && path)
        offer_paths(m, at.bytes);
    else if (parameter_words(session, row, &words))
        offer_list(m, before, words);
    else if (row->type == TYPE_SWITCH)
        offer_list(m, before, (struct word_list){"", 2, word_plain, switches});
    else if (row->type == TYPE_CHANNEL)
        offer_channels(m, session, before, row->wanted);
    else if (row->type == TYPE_NAME)
        offer_channels(m, session, before, CHANNEL_ALL);
    else if (row->type == TYPE_LITERAL)
        offer(m, row->name);
    else if (row->type == TYPE_FILE)
        offer_paths(m, before);
    else if (row->type == TYPE_TABLE || row->type == TYPE_RANGE || row->type == TYPE_POINTS) {
        if (path)
            offer_paths(m, at.bytes);
        else if (row->type == TYPE_TABLE)
            offer(m, at.bytes);
    }
    text_free(&at);
}

static void offer_key_values(struct matches *m, const struct session *session, const struct parameter_set *set,
                             const struct word *word)
{
    struct text key = {0};
    text_append(&key, word->text, (size_t)word->equals);
    for (size_t i = 0; i < set->count; i++) {
        const struct parameter *row = &set->row[i];
        const char *dot = strchr(row->name, '.');
        if (row->positional || (strcmp(row->name, key.bytes) != 0 && !(dot && strcmp(dot + 1, key.bytes) == 0)))
            continue;
        text_add(&key, "=");
        offer_values(m, session, row, key.bytes);
        break;
    }
    text_free(&key);
}

static bool typed_already(const struct phrase *phrase, size_t words, const char *key)
{
    for (size_t w = 1; w < words; w++)
        if (phrase->word[w].equals == (long)strlen(key) && strncmp(phrase->word[w].text, key, strlen(key)) == 0)
            return true;
    return false;
}

/* What a bare word may be, and the keys that are not there yet. */
static void offer_bare(struct matches *m, const struct session *session, const struct arguments *rows,
                       const struct phrase *phrase, size_t words)
{
    size_t row = 0;
    bool open = true; /* an optional row lets the next one be meant as well */
    while (row < rows->set.count && rows->value[row].given)
        row++;
    if (row > 0 && rows->set.row[row - 1].several) /* one more of them */
        offer_values(m, session, &rows->set.row[row - 1], "");
    for (; row < rows->set.count && open; row++) {
        const struct parameter *p = &rows->set.row[row];
        if (!p->positional)
            break;
        if (rows->value[row].given)
            continue;
        offer_values(m, session, p, "");
        open = !p->required;
    }
    for (size_t i = 0; i < rows->set.count; i++)
        if (!rows->set.row[i].positional && !typed_already(phrase, words, rows->set.row[i].name))
            offer_with(m, "", rows->set.row[i].name, "=");
}

/* The word being completed is the last of `phrase`, or an empty one behind it. */
static void offer_argument(struct matches *m, const struct session *session, const struct phrase *phrase, size_t words,
                           const struct word *word)
{
    struct error ignored;
    const struct command *command = command_find(phrase->word[0].text, &ignored);
    if (!command)
        return;
    struct arguments *rows = xcalloc(1, sizeof *rows);
    arguments_rows(rows, session, command, phrase, words);
    if (word && lexer_keyed(word))
        offer_key_values(m, session, &rows->set, word);
    else
        offer_bare(m, session, rows, phrase, words);
    arguments_free(rows);
    free(rows);
}

static int compare_matches(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

char **complete(const struct session *session, const char *line, size_t start, size_t end)
{
    char *typed = xstrndup(line, end);
    struct phrase phrase = {0};
    struct error ignored;
    size_t at = 0;
    do
        lexer_phrase(typed, &at, &phrase, &ignored);
    while (at < end);
    bool comment = typed[phrase.end] == '#';
    if (phrase.end < end && !comment) /* right behind a ';' */
        lexer_phrase(typed, &at, &phrase, &ignored);
    const struct word *last = phrase.words ? &phrase.word[phrase.words - 1] : NULL;
    bool inside = last && last->end == end; /* the cursor touches the last word */
    struct matches m = {.typed = inside ? last->text : ""};
    size_t word_start = inside ? last->start : end;
    if (phrase.redirected && phrase.file_start <= end && (!last || last->end < phrase.file_start)) {
        m.typed = phrase.file ? phrase.file : "";
        word_start = phrase.file_start;
        m.skip = start > word_start ? start - word_start : 0;
        offer_paths(&m, "");
    } else {
        m.skip = start > word_start ? start - word_start : 0;
        if (comment)
            m.count = 0;
        else if (!last || (inside && phrase.words == 1))
            offer_list(&m, "", command_words());
        else
            offer_argument(&m, session, &phrase, phrase.words - (inside ? 1 : 0), inside ? last : NULL);
    }
    if (m.count > 1)
        qsort(m.match, m.count, sizeof *m.match, compare_matches);
    phrase_free(&phrase);
    free(typed);
    return m.match;
}
