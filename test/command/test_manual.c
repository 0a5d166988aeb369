/* The manual against the tables the program uses, both ways: a name that the program knows and the manual
 * does not, or the other way round, fails and is named. The manual's first lines say how it has to be marked
 * up for this. */
#include "harness.h"

#include <ctype.h>

#include "base/text.h"
#include "command/families.h"
#include "language/arguments.h"
#include "language/command.h"
#include "model/population.h"
#include "model/rate.h"
#include "model/stimulus.h"
#include "model/synapse.h"
#include "options.h"
#include "pane/pane.h"
#include "record/format.h"
#include "session/keymap.h"
#include "session/session.h"
#include "signal/isi.h"
#include "signal/kernel.h"
#include "term/keys.h"
#include "text/label.h"
#include "wire/message.h"

#define MANUAL TEST_DATA "/../../man/lifscope.1"
#define NAME 64
#define ENTRIES 1000

/* ---- the manual as plain text ---- */

/* A paragraph, or an item with its tag; text holds the tag, too. */
struct entry {
    char section[NAME], subsection[NAME], tag[NAME];
    struct text text;
};

static struct manual {
    struct entry entry[ENTRIES];
    size_t count;
} manual;

/* One argument of a macro, or a line of text, without fonts and escapes. */
static void add_plain(struct text *out, const char *from, size_t length)
{
    for (const char *c = from; c < from + length; c++) {
        if (*c != '\\') {
            text_append(out, c, 1);
            continue;
        }
        switch (*++c) {
        case '-':
            text_add(out, "-");
            break;
        case '~':
            text_add(out, " ");
            break;
        case 'e':
            text_add(out, "\\");
            break;
        case 'f':
            c += 1;
            break;
        case '(':
            text_add(out, c[1] == 'a' && c[2] == 'q' ? "'" : "?");
            c += 2;
            break;
        default:
            break; /* \& */
        }
    }
}

/* The arguments of a macro; `between` them stands a blank or nothing. */
static void add_arguments(struct text *out, const char *line, const char *between)
{
    for (bool first = true; *line; first = false) {
        bool quoted = *line == '"';
        line += quoted;
        size_t length = strcspn(line, quoted ? "\"" : " ");
        text_add(out, first ? "" : between);
        add_plain(out, line, length);
        line += length;
        line += *line == '"';
        line += strspn(line, " ");
    }
}

static struct entry *new_entry(const char *section, const char *subsection)
{
    ck_assert_msg(manual.count < ENTRIES, "the manual has more paragraphs than this test can hold");
    struct entry *entry = &manual.entry[manual.count++];
    snprintf(entry->section, NAME, "%s", section);
    snprintf(entry->subsection, NAME, "%s", subsection);
    return entry;
}

/* One line of the source; `tagged`: it follows .TP. Returns whether the next one is a tag. */
static bool read_line(const char *line, bool tagged)
{
    static char section[NAME], subsection[NAME];
    struct entry *entry = manual.count ? &manual.entry[manual.count - 1] : NULL;
    char macro[NAME] = "";
    struct text plain = {0};
    if (line[0] == '.' && sscanf(line, ".%63s", macro) == 1)
        add_arguments(&plain, line + 1 + strlen(macro) + (line[1 + strlen(macro)] == ' '),
                      strlen(macro) == 2 && isupper(macro[1]) && strchr("BIR", macro[0]) ? "" : " ");
    else
        add_plain(&plain, line, strlen(line));
    if (strcmp(macro, "SH") == 0) {
        snprintf(section, NAME, "%s", text_string(&plain));
        subsection[0] = '\0';
    } else if (strcmp(macro, "SS") == 0) {
        snprintf(subsection, NAME, "%s", text_string(&plain));
    }
    if (strcmp(macro, "SH") == 0 || strcmp(macro, "SS") == 0 || strcmp(macro, "TP") == 0 || strcmp(macro, "PP") == 0) {
        new_entry(section, subsection);
    } else if (entry && macro[0] != '\\') {
        if (tagged)
            snprintf(entry->tag, NAME, "%s", text_string(&plain));
        text_printf(&entry->text, "%s ", text_string(&plain));
    }
    text_free(&plain);
    return strcmp(macro, "TP") == 0;
}

static void read_manual(void)
{
    FILE *file = fopen(MANUAL, "r");
    ck_assert_msg(file != NULL, "cannot open %s", MANUAL);
    char line[1000];
    for (bool tagged = false; fgets(line, sizeof line, file);) {
        line[strcspn(line, "\n")] = '\0';
        tagged = read_line(line, tagged);
    }
    fclose(file);
    ck_assert_msg(manual.count > 100, "%s: hardly anything was understood", MANUAL);
}

/* ---- questions to it ---- */

/* The item of a (sub)section whose tag is `tag`, or begins so when that ends in '='; NULL. */
static const struct entry *item(const char *section, const char *subsection, const char *tag)
{
    size_t length = strlen(tag);
    bool key = tag[length - 1] == '=';
    for (size_t i = 0; i < manual.count; i++) {
        const struct entry *e = &manual.entry[i];
        if (strcmp(e->section, section) == 0 && strcmp(e->subsection, subsection) == 0 &&
            (key ? strncmp(e->tag, tag, length) : strcmp(e->tag, tag)) == 0)
            return e;
    }
    return NULL;
}

static bool is_subsection(const char *section, const char *subsection)
{
    for (size_t i = 0; i < manual.count; i++)
        if (strcmp(manual.entry[i].section, section) == 0 && strcmp(manual.entry[i].subsection, subsection) == 0)
            return true;
    return false;
}

static bool is_letter(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '-';
}

/* As a whole word. */
static bool contains(const char *text, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = strstr(text, word); at; at = strstr(at + 1, word))
        if ((at == text || !is_letter(at[-1])) && (word[length - 1] == '=' || !is_letter(at[length])))
            return true;
    return false;
}

/* In any paragraph of the (sub)section. */
static bool mentions(const char *section, const char *subsection, const char *word)
{
    for (size_t i = 0; i < manual.count; i++) {
        const struct entry *e = &manual.entry[i];
        if (strcmp(e->section, section) == 0 && strcmp(e->subsection, subsection) == 0 &&
            contains(text_string(&e->text), word))
            return true;
    }
    return false;
}

static bool is_tag(const char *word)
{
    for (size_t i = 0; i < manual.count; i++)
        if (strcmp(manual.entry[i].tag, word) == 0)
            return true;
    return false;
}

/* ---- the program's side ---- */

static struct session *open_session(void)
{
    struct session_options options = {.out = fopen("/dev/null", "w"), .err = stderr};
    struct session *session = session_new(&options, &all_commands);
    ck_assert(session_line(session, "population A", NULL, 0));
    return session;
}

/* The rows of a command for the words typed behind it; freed by the caller. */
static struct arguments *rows_of(const struct session *session, const char *line)
{
    struct arguments *rows = calloc(1, sizeof *rows);
    struct phrase phrase = {0};
    struct error error;
    size_t at = 0;
    ck_assert(lexer_phrase(line, &at, &phrase, &error));
    const struct command *command = command_find(phrase.word[0].text, &error);
    ck_assert_msg(command != NULL, "%s", error.text);
    arguments_rows(rows, session, command, &phrase, phrase.words);
    phrase_free(&phrase);
    return rows;
}

static void free_rows(struct arguments *rows)
{
    arguments_free(rows);
    free(rows);
}

/* Where a key of a command is explained: in the command, or where the command sends the reader. */
static const struct entry *explained(const char *command, const char *key)
{
    bool pane = strcmp(command, "open") == 0; /* "the keys of pane" */
    const struct entry *entry = item("COMMANDS", pane ? "pane" : command, key);
    bool all = strcmp(command, "set") == 0; /* "every key of population" */
    if (!entry && (all || mentions("COMMANDS", command, key)))
        entry = item("NEURON PARAMETERS", "", key);
    return entry || !all ? entry : item("COMMANDS", "population", key);
}

/* "meanfield.tau_m" of knob: a key of meanfield. */
static bool is_key_of_group(const char *word)
{
    char group[NAME], key[NAME];
    const char *dot = strchr(word, '.');
    if (!dot)
        return false;
    snprintf(group, sizeof group, "%.*s", (int)(dot - word), word);
    snprintf(key, sizeof key, "%s=", dot + 1);
    return is_subsection("COMMANDS", group) && (explained(group, key) != NULL || strchr(dot + 1, '.'));
}

static void check_choices(const struct session *session, const char *command, const struct parameter *row)
{
    struct word_list words;
    parameter_words(session, row, &words);
    for (size_t i = 0; i < words.count; i++) {
        const char *word = words.name(words.list, i);
        ck_assert_msg(mentions("COMMANDS", command, word) || is_tag(word) || is_key_of_group(word) ||
                          is_subsection("COMMANDS", word) || is_subsection("STIMULI", word) ||
                          (strcmp(command, "set") == 0 && mentions("COMMANDS", "population", word)) ||
                          (strcmp(command, "open") == 0 && mentions("COMMANDS", "pane", word)),
                      "man/lifscope.1: %s takes %s=%s, which is not explained", command, row->name, word);
    }
}

static void check_row(const struct session *session, const char *command, const struct parameter *row)
{
    char key[NAME];
    if (row->type == TYPE_LITERAL || strncmp(row->name, "input.", 6) == 0)
        return;
    if (row->choices || row->words)
        check_choices(session, command, row);
    if (row->positional) {
        ck_assert_msg(mentions("COMMANDS", command, row->name), "man/lifscope.1: .SS %s does not mention %s", command,
                      row->name);
        return;
    }
    snprintf(key, sizeof key, "%s=", row->name);
    const struct entry *entry = explained(command, key);
    ck_assert_msg(entry != NULL, "man/lifscope.1: .SS %s has no item for %s", command, key);
    char fallback[NAME + 16];
    snprintf(fallback, sizeof fallback, "(default %s", row->fallback ? row->fallback : "");
    ck_assert_msg(!row->fallback || strstr(text_string(&entry->text), fallback) != NULL,
                  "man/lifscope.1: .SS %s: the item of %s does not say '%s'", command, key, fallback);
}

/* ---- commands ---- */

START_TEST(commands_are_explained)
{
    ck_assert_uint_gt(command_count(), 30);
    read_manual();
    struct session *session = open_session();
    for (size_t i = 0; i < command_count(); i++) {
        const char *name = command_at(i)->name;
        ck_assert_msg(is_subsection("COMMANDS", name), "man/lifscope.1: COMMANDS has no .SS %s", name);
        struct arguments *rows = rows_of(session, name);
        for (size_t r = 0; r < rows->set.count; r++)
            check_row(session, name, &rows->set.row[r]);
        free_rows(rows);
    }
    session_free(session);
}
END_TEST

static bool command_exists(const char *name)
{
    for (size_t i = 0; i < command_count(); i++)
        if (strcmp(command_at(i)->name, name) == 0)
            return true;
    return false;
}

/* "n=COUNT" -> "n" */
static const char *key_of(const struct entry *entry, char key[NAME])
{
    snprintf(key, NAME, "%.*s", (int)strcspn(entry->tag, "="), entry->tag);
    return key;
}

START_TEST(explained_commands_exist)
{
    read_manual();
    struct session *session = open_session();
    char key[NAME];
    for (size_t i = 0; i < manual.count; i++) {
        const struct entry *e = &manual.entry[i];
        if (strcmp(e->section, "COMMANDS") != 0 || !e->subsection[0])
            continue;
        ck_assert_msg(command_exists(e->subsection), "man/lifscope.1: there is no command %s", e->subsection);
        if (!e->tag[0])
            continue;
        struct arguments *rows = rows_of(session, e->subsection);
        ck_assert_msg(parameter_set_has(&rows->set, key_of(e, key)), "man/lifscope.1: %s has no key %s", e->subsection,
                      e->tag);
        free_rows(rows);
    }
    session_free(session);
}
END_TEST

/* ---- lists ---- */

static const char *model_name(size_t i)
{
    return neuron_models[i]->name;
}

static const char *curve_name(size_t i)
{
    return rate_curves[i]->name;
}

static const char *synapse_name(size_t i)
{
    return synapse_types[i]->name;
}

static const char *pane_name(size_t i)
{
    return pane_types[i]->name;
}

static const char *interp_name(size_t i)
{
    return isi_interps[i]->name;
}

static const char *kernel_name(size_t i)
{
    return rate_kernels[i]->name;
}

static const char *format_name(size_t i)
{
    return spike_formats[i]->name;
}

/* Every name is the tag of an item of the (sub)section, and there are no others. */
static void check_list(const char *section, const char *subsection, size_t count, const char *(*name)(size_t i))
{
    for (size_t i = 0; i < count; i++)
        ck_assert_msg(item(section, subsection, name(i)) != NULL, "man/lifscope.1: %s %s has no item for %s", section,
                      subsection, name(i));
    for (size_t i = 0; i < manual.count; i++) {
        const struct entry *e = &manual.entry[i];
        bool known = strcmp(e->section, section) != 0 || strcmp(e->subsection, subsection) != 0 || !e->tag[0];
        for (size_t k = 0; k < count && !known; k++)
            known = strcmp(name(k), e->tag) == 0;
        ck_assert_msg(known, "man/lifscope.1: %s %s: the program knows no %s", section, subsection, e->tag);
    }
}

START_TEST(lists_are_complete)
{
    read_manual();
    check_list("NEURON MODELS", "", neuron_model_count, model_name);
    check_list("CURVES", "", rate_curve_count, curve_name);
    check_list("SYNAPSES", "", synapse_type_count, synapse_name);
    check_list("PANES", "", pane_type_count, pane_name);
    check_list("RATES FROM SPIKES", "isi", isi_interp_count, interp_name);
    check_list("RATES FROM SPIKES", "kernel", rate_kernel_count, kernel_name);
    check_list("FILE FORMATS", "", spike_format_count, format_name);
}
END_TEST

START_TEST(neuron_parameters_are_complete)
{
    read_manual();
    char key[NAME];
    for (size_t i = 0; neuron_param(i); i++) {
        snprintf(key, sizeof key, "%s=", neuron_param(i)->name);
        ck_assert_msg(item("NEURON PARAMETERS", "", key) != NULL,
                      "man/lifscope.1: NEURON PARAMETERS has no item for %s", key);
    }
    for (size_t i = 0; i < manual.count; i++) {
        const struct entry *e = &manual.entry[i];
        bool known = strcmp(e->section, "NEURON PARAMETERS") != 0 || !e->tag[0];
        for (size_t k = 0; neuron_param(k) && !known; k++)
            known = strcmp(key_of(e, key), neuron_param(k)->name) == 0;
        ck_assert_msg(known, "man/lifscope.1: neurons have no parameter %s", e->tag);
    }
}
END_TEST

/* ---- stimuli ---- */

static void check_stimulus(const struct session *session, const struct stimulus_type *type)
{
    char line[NAME], key[NAME], fallback[NAME + 16];
    ck_assert_msg(is_subsection("STIMULI", type->name), "man/lifscope.1: STIMULI has no .SS %s", type->name);
    snprintf(line, sizeof line, "input A %s", type->name);
    struct arguments *rows = rows_of(session, line);
    for (size_t r = 0; r < rows->set.count; r++) {
        const struct parameter *row = &rows->set.row[r];
        snprintf(key, sizeof key, "%s=", row->name);
        if (row->positional || item("COMMANDS", "input", key)) /* one for all kinds */
            continue;
        const struct entry *entry = item("STIMULI", type->name, key);
        ck_assert_msg(entry != NULL, "man/lifscope.1: STIMULI, .SS %s has no item for %s", type->name, key);
        snprintf(fallback, sizeof fallback, "(default %s)", row->fallback ? row->fallback : "");
        ck_assert_msg(!row->fallback || strstr(text_string(&entry->text), fallback) != NULL,
                      "man/lifscope.1: STIMULI, .SS %s: the item of %s does not say '%s'", type->name, key, fallback);
    }
    for (size_t i = 0; i < manual.count; i++) {
        const struct entry *e = &manual.entry[i];
        if (strcmp(e->section, "STIMULI") == 0 && strcmp(e->subsection, type->name) == 0 && e->tag[0])
            ck_assert_msg(parameter_set_has(&rows->set, key_of(e, key)), "man/lifscope.1: the input %s has no key %s",
                          type->name, e->tag);
    }
    free_rows(rows);
}

START_TEST(stimuli_are_explained)
{
    read_manual();
    struct session *session = open_session();
    for (size_t i = 0; i < stimulus_type_count; i++)
        check_stimulus(session, stimulus_types[i]);
    for (size_t i = 0; i < manual.count; i++) {
        const struct entry *e = &manual.entry[i];
        bool known = strcmp(e->section, "STIMULI") != 0 || !e->subsection[0];
        for (size_t k = 0; k < stimulus_type_count && !known; k++)
            known = strcmp(stimulus_types[k]->name, e->subsection) == 0;
        ck_assert_msg(known, "man/lifscope.1: there is no input %s", e->subsection);
    }
    session_free(session);
}
END_TEST

/* ---- keys and options ---- */

static bool binding_fits(const struct entry *entry, const struct key_binding *binding)
{
    char words[2 * NAME];
    snprintf(words, sizeof words, "%s %s ", binding->key, binding->command);
    return strcmp(entry->tag, binding->key) == 0 && strncmp(text_string(&entry->text), words, strlen(words)) == 0;
}

START_TEST(keys_are_explained)
{
    read_manual();
    for (size_t k = 0; k < keymap_count; k++) {
        bool found = false;
        for (size_t i = 0; i < manual.count && !found; i++)
            found = strcmp(manual.entry[i].section, "KEYS") == 0 && binding_fits(&manual.entry[i], &keymap[k]);
        ck_assert_msg(found, "man/lifscope.1: KEYS has no item %s that begins with its command '%s'", keymap[k].key,
                      keymap[k].command);
    }
    for (size_t i = 0; i < manual.count; i++) {
        const struct entry *e = &manual.entry[i];
        bool known = strcmp(e->section, "KEYS") != 0 || !e->tag[0];
        for (size_t k = 0; k < keymap_count && !known; k++)
            known = binding_fits(e, &keymap[k]);
        ck_assert_msg(known, "man/lifscope.1: no key does '%s'", text_string(&e->text));
    }
}
END_TEST

START_TEST(options_are_explained)
{
    read_manual();
    for (size_t i = 0; i < options_count(); i++) {
        const struct option_row *row = options_row(i);
        char word[NAME];
        snprintf(word, sizeof word, row->name ? "--%s" : "-%.1s", row->name ? row->name : &row->letter);
        if (row->help)
            ck_assert_msg(mentions("OPTIONS", "", word), "man/lifscope.1: OPTIONS does not mention %s", word);
    }
}
END_TEST

START_TEST(limits_are_as_the_program_has_them)
{
    static const size_t limits[] = {
        POPULATION_MAX_NEURONS, POPULATION_MAX_DIMS, POPULATION_MAX_ENCODERS, POINTS_MAX,
        KEYS_PASTE_MOST >> 20,  LABEL_MOST,          TRANSCRIPT_LINES,        WIRE_CONTENT_MAX >> 30};
    read_manual();
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        char number[24];
        snprintf(number, sizeof number, "%zu", limits[i]);
        ck_assert_msg(mentions("LIMITS", "", number), "man/lifscope.1: LIMITS does not mention %s", number);
    }
}
END_TEST

int main(void)
{
    command_use(&all_commands);
    return HARNESS_RUN("command: manual", commands_are_explained, explained_commands_exist, lists_are_complete,
                       neuron_parameters_are_complete, stimuli_are_explained, keys_are_explained, options_are_explained,
                       limits_are_as_the_program_has_them);
}
