#include "completion.h"

#include <string.h>

#include "base/text.h"
#include "language/command.h"
#include "options.h"

/* Endings of files that may be opened as recordings; a directory may hold some, too. */
static const char *const endings[] = {"csv", "tsv", "txt", "dat", "gdf", "ras", "spk", "gz", NULL};
#define SCRIPT_ENDING "lif"

static void write_verbs(FILE *out, const char *between)
{
    for (size_t i = 0; i < command_count(); i++)
        fprintf(out, "%s%s", i ? between : "", command_at(i)->name);
}

static void write_endings(FILE *out, const char *between)
{
    for (size_t i = 0; endings[i]; i++)
        fprintf(out, "%s%s", i ? between : "", endings[i]);
}

/* "auto|always|never" with something else between the words. */
static void write_choices(FILE *out, const char *choices)
{
    for (; *choices; choices++)
        putc(*choices == '|' ? ' ' : *choices, out);
}

/* The forms an option is typed in: "--size", "-h". Each followed by `after`. */
static void write_forms(FILE *out, const struct option_row *row, const char *between)
{
    if (row->letter)
        fprintf(out, "-%c", row->letter);
    if (row->letter && row->name)
        fputs(between, out);
    if (row->name)
        fprintf(out, "--%s", row->name);
}

static void write_bash(FILE *out)
{
    fputs("# bash completion of lifscope\n"
          "_lifscope_of() { mapfile -t COMPREPLY < <(compgen \"$@\" -- \"$word\"); }\n"
          "_lifscope_files()\n{\n"
          "    compopt -o filenames 2>/dev/null\n"
          "    mapfile -t COMPREPLY < <(shopt -s extglob; compgen -f -X \"$1\" -- \"$word\"; "
          "[ -z \"$1\" ] || compgen -d -- \"$word\")\n"
          "}\n"
          "_lifscope()\n{\n"
          "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
          "    [ \"$word\" = = ] && word=\n"
          "    [ \"$before\" = = ] && before=${COMP_WORDS[COMP_CWORD-2]}\n"
          "    case $before in\n",
          out);
    for (size_t i = 0; i < options_count(); i++) {
        const struct option_row *row = options_row(i);
        if (row->takes == OPTION_ALONE)
            continue;
        fputs("    ", out);
        write_forms(out, row, "|");
        fputs(") ", out);
        if (row->takes == OPTION_CHOICE) {
            fputs("_lifscope_of -W '", out);
            write_choices(out, row->choices);
            fputs("'; ", out);
        } else if (row->letter == 'f') {
            fputs("_lifscope_files '!*." SCRIPT_ENDING "'; ", out);
        } else if (row->takes == OPTION_FILE) {
            fputs("_lifscope_files ''; ", out);
        } else if (row->letter == 'c') {
            fputs("_lifscope_of -W '", out);
            write_verbs(out, " ");
            fputs("'; ", out);
        }
        fputs("return ;;\n", out);
    }
    fputs("    esac\n"
          "    case $word in\n"
          "    -*) _lifscope_of -W '",
          out);
    for (size_t i = 0; i < options_count(); i++) {
        fputs(i ? " " : "", out);
        write_forms(out, options_row(i), " ");
    }
    fputs("' ;;\n"
          "    *) _lifscope_files '!*.@(",
          out);
    write_endings(out, "|");
    fputs(")' ;;\n"
          "    esac\n"
          "}\n"
          "complete -F _lifscope lifscope\n",
          out);
}

/* What stands between [ and ] of a specification, and inside '...'. */
static void write_zsh_text(FILE *out, const char *text)
{
    for (; *text; text++)
        if (strchr("[]:\\", *text))
            fprintf(out, "\\%c", *text);
        else if (*text == '\'')
            fputs("'\\''", out);
        else
            putc(*text, out);
}

static void write_zsh_value(FILE *out, const struct option_row *row)
{
    fputc(':', out);
    write_zsh_text(out, row->value);
    fputc(':', out);
    if (row->takes == OPTION_CHOICE) {
        fputc('(', out);
        write_choices(out, row->choices);
        fputc(')', out);
    } else if (row->letter == 'f') {
        fputs("_files -g \"*." SCRIPT_ENDING "(-.)\"", out);
    } else if (row->takes == OPTION_FILE) {
        fputs("_files", out);
    } else if (row->letter == 'c') {
        fputc('(', out);
        write_verbs(out, " ");
        fputc(')', out);
    }
}

static void write_zsh_form(FILE *out, const struct option_row *row, const char *form, const char *help)
{
    fprintf(out, "    '%s%s%s[", row->letter && !row->name ? "*" : "", form, row->value && row->name ? "=" : "");
    write_zsh_text(out, help);
    fputc(']', out);
    if (row->value)
        write_zsh_value(out, row);
    fputs("' \\\n", out);
}

static void write_zsh(FILE *out)
{
    const char *help = "";
    fputs("#compdef lifscope\n\n_arguments -s \\\n", out);
    for (size_t i = 0; i < options_count(); i++) {
        const struct option_row *row = options_row(i);
        char form[64];
        help = row->help ? row->help : help;
        if (row->letter) {
            snprintf(form, sizeof form, "-%c", row->letter);
            write_zsh_form(out, row, form, help);
        }
        if (row->name) {
            snprintf(form, sizeof form, "--%s", row->name);
            write_zsh_form(out, row, form, help);
        }
    }
    fputs("    '*:recording:_files -g \"*.(", out);
    write_endings(out, "|");
    fputs(")(-.)\"'\n", out);
}

static void write_fish_text(FILE *out, const char *text)
{
    fputc('\'', out);
    for (; *text; text++) {
        if (*text == '\'' || *text == '\\')
            fputc('\\', out);
        fputc(*text, out);
    }
    fputc('\'', out);
}

static void write_fish(FILE *out)
{
    const char *help = "";
    fputs("# fish completion of lifscope\n", out);
    for (size_t i = 0; i < options_count(); i++) {
        const struct option_row *row = options_row(i);
        help = row->help ? row->help : help;
        fputs("complete -c lifscope", out);
        if (row->letter)
            fprintf(out, " -s %c", row->letter);
        if (row->name)
            fprintf(out, " -l %s", row->name);
        if (row->takes == OPTION_FILE)
            fputs(" -r", out);
        else if (row->takes != OPTION_ALONE)
            fputs(" -x", out);
        if (row->takes == OPTION_CHOICE) {
            fputs(" -a '", out);
            write_choices(out, row->choices);
            fputc('\'', out);
        } else if (row->letter == 'c') {
            fputs(" -a '", out);
            write_verbs(out, " ");
            fputc('\'', out);
        }
        fputs(" -d ", out);
        write_fish_text(out, help);
        fputc('\n', out);
    }
}

const struct completion_shell completion_shells[] = {
    {"bash", write_bash}, {"zsh", write_zsh}, {"fish", write_fish}, {NULL, NULL}};

bool completion_write(const char *shell, FILE *out, struct error *error)
{
    for (const struct completion_shell *s = completion_shells; s->name; s++)
        if (strcmp(s->name, shell) == 0) {
            s->write(out);
            return true;
        }
    struct text names = {0};
    for (const struct completion_shell *s = completion_shells; s->name; s++)
        text_printf(&names, "%s%s", s == completion_shells ? "" : ", ", s->name);
    error_set(error, "--completion '%s': the shells it is known for are %s", shell, text_string(&names));
    text_free(&names);
    return false;
}
