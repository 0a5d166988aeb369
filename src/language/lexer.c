/* The lexer: a cursor over the line that collects one word at a time. Everything later (completion, messages)
 * can find a word again by its bytes in the line. */
#include "language/lexer.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/xalloc.h"

struct cursor {
    const char *line;
    size_t at;
    char open_quote;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v';
}

static bool ends_command(char c)
{
    return c == '\0' || c == '\n' || c == ';' || c == '#';
}

static void skip_blanks(struct cursor *cursor)
{
    while (is_blank(cursor->line[cursor->at]))
        cursor->at++;
}

/* Copies what stands between quotes; the cursor is on the opening one. */
static void take_quoted(struct cursor *cursor, struct text *text)
{
    char quote = cursor->line[cursor->at++];
    const char *start = cursor->line + cursor->at;
    size_t length = strcspn(start, quote == '"' ? "\"\n" : "'\n");
    text_append(text, start, length);
    cursor->at += length;
    if (start[length] == quote)
        cursor->at++;
    else
        cursor->open_quote = quote;
}

/* Reads one word. In the name of a file '>' and '=' are ordinary letters. */
static struct word take_word(struct cursor *cursor, bool file)
{
    struct word word = {.start = cursor->at, .equals = -1};
    struct text text = {0};
    text_append(&text, "", 0);
    for (char c; c = cursor->line[cursor->at], !is_blank(c) && !ends_command(c);) {
        if (c == '\'' || c == '"') {
            word.quoted = true;
            take_quoted(cursor, &text);
            continue;
        }
        if (c == '>' && !file && word.equals < 0)
            break;
        if (c == '=' && word.equals < 0)
            word.equals = (long)text.length;
        text_append(&text, &c, 1);
        cursor->at++;
    }
    word.end = cursor->at;
    word.text = text.bytes;
    return word;
}

static void add_word(struct phrase *phrase, struct word word)
{
    xgrow(&phrase->word, &phrase->capacity, phrase->words + 1, sizeof *phrase->word);
    phrase->word[phrase->words++] = word;
}

/* The cursor is on '>'. */
static bool take_file(struct cursor *cursor, struct phrase *phrase, struct error *error)
{
    bool again = phrase->redirected;
    cursor->at++;
    skip_blanks(cursor);
    struct word word = take_word(cursor, true);
    phrase->redirected = true;
    phrase->file_start = word.start;
    free(phrase->file);
    phrase->file = word.end > word.start ? word.text : NULL;
    if (!phrase->file)
        free(word.text);
    return again ? error_set(error, "two files after '>': a table goes into one") : true;
}

bool lexer_phrase(const char *line, size_t *position, struct phrase *phrase, struct error *error)
{
    struct cursor cursor = {.line = line, .at = *position};
    bool good = true;
    phrase_free(phrase);
    skip_blanks(&cursor);
    phrase->start = cursor.at;
    while (!ends_command(line[cursor.at])) {
        if (line[cursor.at] == '>')
            good = take_file(&cursor, phrase, error) && good;
        else
            add_word(phrase, take_word(&cursor, false));
        skip_blanks(&cursor);
    }
    phrase->end = cursor.at;
    phrase->open_quote = cursor.open_quote;
    /* A comment runs to the end of its line, whatever ';' it holds. */
    if (line[cursor.at] == '#')
        cursor.at += strcspn(line + cursor.at, "\n");
    if (line[cursor.at] == ';' || line[cursor.at] == '\n')
        cursor.at++;
    *position = cursor.at;
    if (cursor.open_quote)
        return error_set(error, "a quote %c is opened and never closed", cursor.open_quote);
    return good;
}

void phrase_free(struct phrase *phrase)
{
    for (size_t i = 0; i < phrase->words; i++)
        free(phrase->word[i].text);
    free(phrase->word);
    free(phrase->file);
    *phrase = (struct phrase){0};
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool lexer_name(const char *text)
{
    if (!is_letter(text[0]))
        return false;
    for (const char *c = text + 1; *c; c++)
        if (!is_letter(*c) && !is_digit(*c) && *c != '_')
            return false;
    return true;
}

bool lexer_keyed(const struct word *word)
{
    if (word->equals <= 0 || !is_letter(word->text[0]))
        return false;
    for (long i = 1; i < word->equals; i++) {
        char c = word->text[i];
        if (!is_letter(c) && !is_digit(c) && c != '_' && c != '.' && c != '-')
            return false;
    }
    return true;
}
