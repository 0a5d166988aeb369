/* Words against rows, in two passes: bare words first, because they decide which keys exist (the kind of an
 * input), then key=value words, then defaults for what was not said. */
#include "language/arguments.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/xalloc.h"
#include "language/command.h"
#include "language/names.h"

struct parameter *parameter_set_add(struct parameter_set *set, struct parameter row)
{
    assert(set->count < ROWS_MAX);
    set->row[set->count] = row;
    return &set->row[set->count++];
}

const char *parameter_set_store(struct parameter_set *set, const char *text)
{
    char *copy = set->store + set->stored;
    size_t size = strlen(text) + 1;
    assert(set->stored + size <= sizeof set->store);
    memcpy(copy, text, size);
    set->stored += size;
    return copy;
}

static long row_index(const struct parameter_set *set, const char *name)
{
    for (size_t i = 0; i < set->count; i++)
        if (strcmp(set->row[i].name, name) == 0)
            return (long)i;
    return -1;
}

bool parameter_set_has(const struct parameter_set *set, const char *name)
{
    return row_index(set, name) >= 0;
}

void parameter_set_drop(struct parameter_set *set, const char *name)
{
    long row = row_index(set, name);
    if (row < 0)
        return;
    set->count--;
    memmove(&set->row[row], &set->row[row + 1], (set->count - (size_t)row) * sizeof set->row[0]);
}

/* Belongs to the file that a command writes, not to the command. */
static const struct parameter overwrite_row = {
    .name = "overwrite",
    .type = TYPE_SWITCH,
    .keyed = true,
    .fallback = "off",
    .help = "on: writes over a file that was read, or that is there and lifscope did not write"};

static void start_rows(struct arguments *arguments, const struct command *command, const struct phrase *phrase)
{
    arguments->command = command;
    arguments->phrase = phrase;
    for (const struct parameter *row = command->parameters; row && row->name; row++)
        parameter_set_add(&arguments->set, *row);
    if (command->file || (command->table && phrase->redirected))
        parameter_set_add(&arguments->set, overwrite_row);
}

const char *arguments_target(const struct arguments *arguments)
{
    const struct value *file = arguments->command->file ? argument_given(arguments, "FILE") : NULL;
    return arguments->file ? arguments->file : file ? file->text : NULL;
}

bool arguments_overwrite(const struct arguments *arguments)
{
    const struct value *overwrite = argument_if(arguments, overwrite_row.name);
    return overwrite && overwrite->on;
}

static bool is_bare(const struct word *word)
{
    return !lexer_keyed(word);
}

static size_t count_bare(const struct phrase *phrase, size_t words)
{
    size_t count = 0;
    for (size_t i = 1; i < words; i++)
        count += is_bare(&phrase->word[i]);
    return count;
}

/* Positional rows after `row` that the words cannot do without. */
static size_t rows_needed_after(const struct parameter_set *set, size_t row)
{
    size_t needed = 0;
    for (size_t i = row + 1; i < set->count; i++)
        needed += set->row[i].positional && (set->row[i].required || set->row[i].expected);
    return needed;
}

static bool names_channel(const struct session *session, const char *text, enum channel_wanted wanted)
{
    struct error ignored;
    return names_used()->find(session, text, wanted, &ignored) != NULL;
}

/* Whether the next bare word's row could only mean this: `sort rate`, `mark 2.5s`. */
static bool suits_next_row(const struct arguments *arguments, const struct session *session, size_t i,
                           const struct word *word)
{
    const struct parameter *next = &arguments->set.row[i + 1];
    if (i + 1 >= arguments->set.count || !next->positional)
        return false;
    if (!lexer_name(word->text))
        return true;
    struct word_list words = next->choices ? next->choices(session) : (struct word_list){0};
    for (size_t w = 0; w < words.count; w++)
        if (strcmp(words.name(words.list, w), word->text) == 0)
            return true;
    return false;
}

/* An optional row passes a word on when the rows behind it need it more (`select 7` has no NAME), or when the word
 * is no name and fits there. */
static bool row_takes(const struct arguments *arguments, const struct session *session, size_t i,
                      const struct word *word, size_t words_left)
{
    const struct parameter *row = &arguments->set.row[i];
    if (!row->positional)
        return false;
    if (row->type == TYPE_LITERAL)
        return strcmp(word->text, row->name) == 0 && !word->quoted;
    if (row->type == TYPE_CHANNEL && !row->required && !names_channel(session, word->text, row->wanted))
        return words_left > rows_needed_after(&arguments->set, i) && !suits_next_row(arguments, session, i, word);
    return true;
}

/* `function=x + 1`, whose blanks were meant to be part of it. The rows of keys may not be there yet. */
static bool say_quotes(const struct session *session, const struct command *command, const struct word *key,
                       const struct word *word, struct error *error)
{
    struct arguments *rows = xcalloc(1, sizeof *rows);
    struct phrase nothing = {0};
    struct error ignored;
    arguments_rows(rows, session, command, &nothing, 0);
    long row = parameter_set_find(&rows->set, command->name, key->text, (size_t)key->equals, &ignored);
    const char *name = row >= 0 && rows->set.row[row].type == TYPE_TEXT ? rows->set.row[row].name : NULL;
    if (name)
        error_set(error, "'%.60s' is one word too many: with blanks in it, %s needs quotes, %s=\"...\"", word->text,
                  name, name);
    arguments_free(rows);
    free(rows);
    return name;
}

/* `word` is one of a phrase, behind its verb. */
static bool too_many(const struct arguments *arguments, const struct session *session, const struct word *word,
                     struct error *error)
{
    char usage[360];
    if (lexer_keyed(word - 1) && say_quotes(session, arguments->command, word - 1, word, error))
        return false;
    arguments_usage(session, arguments->command, usage, sizeof usage);
    return error_set(error, "'%.60s' is one word too many: %s", word->text, usage);
}

/* `J = 3`, the commonest slip, deserves its own sentence. */
static bool check_equals(const struct phrase *phrase, struct error *error)
{
    for (size_t w = 1; w < phrase->words; w++)
        if (phrase->word[w].equals >= 0 && is_bare(&phrase->word[w]))
            return error_set(error, "'%.60s': write key=value, with no blanks around '='", phrase->word[w].text);
    return true;
}

/* `load a.dat b.dat as R`: everything before `as` is a file. Without it the last word may be a name, and the others are
 * files because names they are not. */
static bool is_one_more(const struct arguments *arguments, size_t row, const struct phrase *phrase, size_t words,
                        size_t w)
{
    const struct parameter *next = &arguments->set.row[row + 1];
    const struct word *word = &phrase->word[w];
    if (!arguments->set.row[row].several || !arguments->value[row].given || row + 1 == arguments->set.count ||
        (strcmp(word->text, next->name) == 0 && !word->quoted))
        return false;
    for (size_t later = w + 1; later < words; later++)
        if (is_bare(&phrase->word[later]) && strcmp(phrase->word[later].text, next->name) == 0)
            return true;
    return !lexer_name(word->text);
}

static void add_one_more(struct value *value, const char *text)
{
    struct text whole = {0};
    text_printf(&whole, "%s\n%s", value->text, text);
    free(value->text);
    value->text = whole.bytes;
}

/* Fills the positional rows from the bare words in order. Lenient (error NULL): keeps what can be read.
 * *rest: the first word behind them. */
static bool read_bare(struct arguments *arguments, const struct session *session, const struct phrase *phrase,
                      size_t words, size_t *rest, struct error *error)
{
    struct error ignored;
    *rest = words;
    size_t row = 0, left = count_bare(phrase, words);
    for (size_t w = 1; w < words; w++) {
        const struct word *word = &phrase->word[w];
        if (!is_bare(word))
            continue;
        if (row > 0 && is_one_more(arguments, row - 1, phrase, words, w)) {
            add_one_more(&arguments->value[row - 1], word->text);
            left--;
            continue;
        }
        while (row < arguments->set.count && !row_takes(arguments, session, row, word, left))
            row++;
        if (row == arguments->set.count) {
            *rest = w;
            return !error || arguments->command->spills || too_many(arguments, session, word, error);
        }
        struct value *value = &arguments->value[row];
        bool good = parameter_read(session, &arguments->set.row[row], word->text, value, error ? error : &ignored);
        if (!good && error)
            return false;
        value->given = good;
        value->quoted = word->quoted;
        row++;
        left--;
    }
    return true;
}

/* ---- keys ---- */

struct key_list {
    size_t count;
    const char *name[ROWS_MAX];
};

static struct word_list key_words(const struct parameter_set *set, struct key_list *keys)
{
    keys->count = 0;
    for (size_t i = 0; i < set->count; i++)
        if (!set->row[i].positional)
            keys->name[keys->count++] = set->row[i].name;
    return (struct word_list){"key", keys->count, word_plain, keys->name};
}

/* A key like input.frequency may leave out what stands before its dot, where only one row can be meant. */
static const char *find_behind_dot(const struct key_list *keys, const char *text, size_t length, bool whole)
{
    const char *found = NULL;
    for (size_t i = 0; i < keys->count; i++) {
        const char *dot = strchr(keys->name[i], '.');
        if (!dot || strncmp(dot + 1, text, length) != 0 || (whole && dot[1 + length] != '\0'))
            continue;
        if (found)
            return NULL;
        found = keys->name[i];
    }
    return found;
}

long parameter_set_find(const struct parameter_set *set, const char *verb, const char *text, size_t length,
                        struct error *error)
{
    struct key_list keys;
    struct word_list words = key_words(set, &keys);
    if (words.count == 0) {
        error_set(error, "%s has no key %.*s", verb, length > 60 ? 60 : (int)length, text);
        return -1;
    }
    long found = word_find(&words, text, length, error);
    if (found >= 0 && keys.name[found][length] == '\0')
        return row_index(set, keys.name[found]);
    const char *behind = find_behind_dot(&keys, text, length, true);
    if (!behind && found < 0)
        behind = find_behind_dot(&keys, text, length, false);
    if (behind)
        return row_index(set, behind);
    return found < 0 ? -1 : row_index(set, keys.name[found]);
}

const char *arguments_typed(const struct arguments *arguments, const char *key)
{
    const struct phrase *phrase = arguments->phrase;
    size_t length = strlen(key);
    for (size_t w = 1; phrase && w < phrase->words; w++) {
        const struct word *word = &phrase->word[w];
        if (word->equals == (long)length && strncmp(word->text, key, length) == 0)
            return word->text + length + 1;
    }
    return NULL;
}

static bool read_keys(struct arguments *arguments, const struct session *session, const struct phrase *phrase,
                      struct error *error)
{
    for (size_t w = 1; w < phrase->words; w++) {
        const struct word *word = &phrase->word[w];
        if (is_bare(word))
            continue;
        long row =
            parameter_set_find(&arguments->set, arguments->command->name, word->text, (size_t)word->equals, error);
        if (row < 0)
            return false;
        const char *name = arguments->set.row[row].name, *text = word->text + word->equals + 1;
        struct value *value = &arguments->value[row];
        if (value->given)
            return error_set(error, "%s= is given twice", name);
        if (text[0] == '\0') {
            char shape[160];
            parameter_shape(session, &arguments->set.row[row], shape, sizeof shape);
            return error_set(error, "%s= has no value: %s=%s", name, name, shape);
        }
        if (!parameter_read(session, &arguments->set.row[row], text, value, error))
            return false;
        value->given = true;
    }
    return true;
}

/* Bare words from `rest` on are values of the keys, in the order of the rows. */
static bool read_spilled(struct arguments *arguments, const struct session *session, const struct phrase *phrase,
                         size_t rest, struct error *error)
{
    size_t row = 0;
    for (size_t w = rest; w < phrase->words; w++) {
        if (!is_bare(&phrase->word[w]))
            continue;
        while (row < arguments->set.count && (arguments->set.row[row].positional || arguments->set.row[row].keyed))
            row++;
        if (row == arguments->set.count)
            return too_many(arguments, session, &phrase->word[w], error);
        if (!parameter_read(session, &arguments->set.row[row], phrase->word[w].text, &arguments->value[row], error))
            return false;
        arguments->value[row++].given = true;
    }
    return true;
}

static bool missing(const struct arguments *arguments, const struct session *session, const struct parameter *row,
                    struct error *error)
{
    char usage[360], shape[160];
    if (row->positional) {
        arguments_usage(session, arguments->command, usage, sizeof usage);
        return error_set(error, "%s is missing: %s", row->name, usage);
    }
    parameter_shape(session, row, shape, sizeof shape);
    return error_set(error, "%s needs %s=%s", arguments->command->name, row->name, shape);
}

/* Defaults, and the channel that is meant when none is named. */
static bool fill(struct arguments *arguments, const struct session *session, struct error *error)
{
    for (size_t i = 0; i < arguments->set.count; i++) {
        const struct parameter *row = &arguments->set.row[i];
        struct value *value = &arguments->value[i];
        if (value->given)
            continue;
        if (row->type == TYPE_CHANNEL && !row->required && !row->shown_only) {
            value->channel = names_used()->meant(session, row->wanted, error);
            if (!value->channel)
                return false;
        } else if (row->fallback && !row->shown_only) {
            if (!parameter_read(session, row, row->fallback, value, error))
                return false;
        } else if (row->required) {
            return missing(arguments, session, row, error);
        }
    }
    return true;
}

static bool check_file(struct arguments *arguments, const struct phrase *phrase, struct error *error)
{
    const struct command *command = arguments->command;
    if (!phrase->redirected)
        return true;
    if (!command->table && !command->file)
        return error_set(error, "%s gives no table that could go into a file after '>'", command->name);
    if (!phrase->file)
        return error_set(error, "the name of a file is missing after '>'");
    arguments->file = phrase->file;
    return true;
}

bool arguments_read(struct arguments *arguments, const struct session *session, const struct command *command,
                    const struct phrase *phrase, struct error *error)
{
    size_t rest;
    start_rows(arguments, command, phrase);
    if (!check_equals(phrase, error) || !read_bare(arguments, session, phrase, phrase->words, &rest, error))
        return false;
    if (command->more)
        command->more(session, arguments, &arguments->set);
    bool good = read_spilled(arguments, session, phrase, rest, error) && read_keys(arguments, session, phrase, error) &&
                check_file(arguments, phrase, error) && fill(arguments, session, error);
    arguments->phrase = NULL;
    return good;
}

void arguments_rows(struct arguments *arguments, const struct session *session, const struct command *command,
                    const struct phrase *phrase, size_t words)
{
    size_t rest;
    start_rows(arguments, command, phrase);
    read_bare(arguments, session, phrase, words, &rest, NULL);
    if (command->more)
        command->more(session, arguments, &arguments->set);
    arguments->phrase = NULL;
}

void arguments_free(struct arguments *arguments)
{
    for (size_t i = 0; i < arguments->set.count; i++)
        value_free(&arguments->value[i]);
    arguments->set.count = 0;
}

const struct value *argument_if(const struct arguments *arguments, const char *name)
{
    long row = row_index(&arguments->set, name);
    return row < 0 ? NULL : &arguments->value[row];
}

const struct value *argument(const struct arguments *arguments, const char *name)
{
    const struct value *value = argument_if(arguments, name);
    assert(value);
    return value;
}

double argument_number(const struct arguments *arguments, const char *name, double otherwise)
{
    const struct value *value = argument(arguments, name);
    return value->given ? value->number : otherwise;
}

const char *argument_text(const struct arguments *arguments, const char *name)
{
    const struct value *value = argument(arguments, name);
    return value->given ? value->text : NULL;
}

const struct value *argument_given(const struct arguments *arguments, const char *name)
{
    const struct value *value = argument_if(arguments, name);
    return value && value->given ? value : NULL;
}

static size_t put_row(const struct session *session, const struct parameter *row, char *out, size_t size)
{
    char shape[160];
    if (row->type == TYPE_LITERAL)
        return (size_t)snprintf(out, size, " %s", row->name);
    if (row->several)
        return (size_t)snprintf(out, size, " %s...", row->name);
    if (row->positional)
        return (size_t)snprintf(out, size, row->required ? " %s" : " [%s]", row->name);
    parameter_shape(session, row, shape, sizeof shape);
    if (row->required)
        return (size_t)snprintf(out, size, " %s=%s", row->name, shape);
    return (size_t)snprintf(out, size, " [%s]", row->name);
}

/* So many keys that may be left out are listed; of more nobody reads the list, and help tells them in full. */
#define USAGE_KEYS 8

static bool is_optional_key(const struct parameter *row)
{
    return !row->positional && !row->required && !row->several && row->type != TYPE_LITERAL;
}

void arguments_usage(const struct session *session, const struct command *command, char *out, size_t size)
{
    struct arguments *rows = xcalloc(1, sizeof *rows);
    struct phrase nothing = {0};
    arguments_rows(rows, session, command, &nothing, 0);
    size_t used = (size_t)snprintf(out, size, "%s", command->name);
    size_t keys = 0;
    for (size_t i = 0; i < rows->set.count; i++)
        keys += is_optional_key(&rows->set.row[i]);
    for (size_t i = 0; i < rows->set.count && used < size; i++)
        if (keys <= USAGE_KEYS || !is_optional_key(&rows->set.row[i]))
            used += put_row(session, &rows->set.row[i], out + used, size - used);
    if (keys > USAGE_KEYS && used < size)
        used += (size_t)snprintf(out + used, size - used, " [key=value ...]");
    if ((command->table || command->file) && used < size)
        snprintf(out + used, size - used, command->file ? " [> FILE]" : " [> FILE [overwrite=on]]");
    arguments_free(rows);
    free(rows);
}

bool arguments_keyed(const struct arguments *arguments)
{
    for (size_t i = 0; i < arguments->set.count; i++)
        if (!arguments->set.row[i].positional && arguments->value[i].given)
            return true;
    return false;
}
