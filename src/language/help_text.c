#include "language/help_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "language/command.h"
#include "language/lexer.h"

void help_overview(struct text *out)
{
    for (const struct command_family *const *f = command_families(); *f; f++) {
        const struct command_family *family = *f;
        text_printf(out, "%s%s\n", f ? "\n" : "", family->title);
        for (size_t i = 0; i < family->count; i++)
            text_printf(out, "  %-12s %s\n", family->row[i].name, family->row[i].summary);
    }
    text_add(out, "\nhelp VERB explains one, help language how commands are written, help keys what keys do.\n");
}

void help_language(struct text *out)
{
    text_add(out, "VERB [NAME ...] [key=value ...] [> FILE]\n"
                  "  One command a line, or several separated by ';'. '#' starts a comment. Quotes '...' and \"...\"\n"
                  "  keep blanks in a word. Verbs, keys and choices may be shortened as long as they stay clear.\n"
                  "\n"
                  "Values\n"
                  "  20ms, 0.02, 50us, 200Hz, 1.5kHz   a quantity; without a unit in s, Hz or rad;\n"
                  "                                    currents and voltages of neurons are pure numbers\n"
                  "  100:200                           a range: each neuron draws its own\n"
                  "  -1:1:101                          that many evenly spaced values, both ends included\n"
                  "  1,2.5,4                           a list\n"
                  "  @file.csv                         a column (the one named like the key, else the first) or table\n"
                  "\n"
                  "Tables\n"
                  "  Commands that give a table print it; > FILE writes it as CSV with all digits. A file appears\n"
                  "  whole or not at all. What was read is not written over, nor, at the keyboard, what lifscope did\n"
                  "  not write itself, unless overwrite=on is said.\n");
}

static void put_default(const struct parameter *row, struct text *out)
{
    char bounds[96];
    parameter_bounds(row, bounds, sizeof bounds);
    if (row->required)
        text_add(out, " (needed");
    else if (row->fallback)
        text_printf(out, " (default %s", row->fallback);
    else if (bounds[0])
        text_add(out, " (");
    else
        return;
    if (bounds[0])
        text_printf(out, "%s%s", row->required || row->fallback ? "; " : "", bounds);
    text_add(out, ")");
}

void help_key(const struct session *session, const struct parameter *row, struct text *out)
{
    char shape[160], left[200];
    parameter_shape(session, row, shape, sizeof shape);
    if (row->type == TYPE_LITERAL)
        return;
    if (!row->positional)
        snprintf(left, sizeof left, "%s=%s", row->name, shape);
    else if (row->type == TYPE_CHOICE || row->type == TYPE_SWITCH)
        snprintf(left, sizeof left, "%s (%s)", row->name, strlen(shape) > 60 ? "a word" : shape);
    else
        snprintf(left, sizeof left, "%s", row->name);
    if (strlen(left) > 28)
        text_printf(out, "  %s\n  %-28s %s", left, "", row->help ? row->help : "");
    else
        text_printf(out, "  %-28s %s", left, row->help ? row->help : "");
    put_default(row, out);
    text_add(out, "\n");
}

static void put_summary(const struct command *command, struct text *out)
{
    char usage[400];
    size_t used = (size_t)snprintf(usage, sizeof usage, "%s", command->name);
    bool keys = command->more != NULL;
    for (const struct parameter *row = command->parameters; row && row->name && used < sizeof usage; row++) {
        if (row->positional)
            used += (size_t)snprintf(usage + used, sizeof usage - used, row->required ? " %s" : " [%s]", row->name);
        else
            keys = true;
    }
    text_printf(out, "%s%s%s\n  %s\n", usage, keys ? " [key=value ...]" : "",
                command->file    ? " [> FILE]"
                : command->table ? " [> FILE [overwrite=on]]"
                                 : "",
                command->summary);
}

void help_command(const struct session *session, const struct command *command, const char *more, struct text *out)
{
    struct arguments *rows = xcalloc(1, sizeof *rows);
    struct phrase phrase = {0};
    struct error ignored;
    struct text line = {0};
    size_t at = 0;
    text_printf(&line, "%s %s", command->name, more ? more : "");
    lexer_phrase(line.bytes, &at, &phrase, &ignored);
    arguments_rows(rows, session, command, &phrase, phrase.words);
    put_summary(command, out);
    for (const char *text = command->details; text && *text;) {
        size_t length = strcspn(text, "\n");
        text_printf(out, "  %.*s\n", (int)length, text);
        text += length + (text[length] == '\n');
    }
    for (size_t i = 0; i < rows->set.count; i++)
        help_key(session, &rows->set.row[i], out);
    if (command->example)
        text_printf(out, "  example: %s\n", command->example);
    arguments_free(rows);
    free(rows);
    phrase_free(&phrase);
    text_free(&line);
}
