/* The command line fed with bytes, without a terminal: what it shows, what it hands on. Each test runs in a
 * process of its own, because Readline can be opened once. */
#include "harness.h"

#include <unistd.h>

#include "base/text.h"
#include "base/xalloc.h"
#include "term/prompt.h"

static struct text lines, shown; /* finished lines and matches, each followed by '|' */
static int ends;

static void on_line(void *context, const char *line)
{
    (void)context;
    text_printf(&lines, "%s|", line);
}

static void on_end(void *context)
{
    (void)context;
    ends++;
}

static void on_matches(void *context, char **matches, size_t count)
{
    (void)context;
    for (size_t i = 0; i < count; i++)
        text_printf(&shown, "%s|", matches[i]);
}

static char **on_complete(void *context, const char *line, size_t start, size_t end)
{
    static const char *const words[] = {"tau_rc=", "tau_ref=", "fastlif", "dir/", "my file.csv", "run"};
    (void)context;
    char **found = xcalloc(sizeof words / sizeof *words + 1, sizeof *found);
    size_t count = 0;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strncmp(words[i], line + start, end - start) == 0)
            found[count++] = xstrdup(words[i]);
    return found;
}

static void open_prompt(const char *inputrc, const char *history)
{
    char path[] = "/tmp/lifscope-inputrc-XXXXXX";
    int file = mkstemp(path);
    ck_assert(file >= 0 && write(file, inputrc, strlen(inputrc)) == (ssize_t)strlen(inputrc));
    close(file);
    setenv("INPUTRC", path, 1);
    struct prompt_handlers handlers = {NULL, on_line, on_complete, on_matches, on_end};
    prompt_open(&handlers, history);
    unlink(path);
}

static void type(const char *bytes)
{
    prompt_feed(bytes, strlen(bytes));
}

/* "prompt[line before the cursor|after it]" */
static const char *state(void)
{
    static char text[512];
    const char *prompt, *line;
    size_t cursor;
    prompt_state(&prompt, &line, &cursor);
    snprintf(text, sizeof text, "%s[%.*s|%s]", prompt, (int)cursor, line, line + cursor);
    return text;
}

START_TEST(a_line_is_typed_edited_and_handed_on)
{
    open_prompt("", NULL);
    ck_assert(prompt_empty());
    type("set A\xc3\xa9");
    ck_assert_str_eq(state(), "> [set A\xc3\xa9|]");
    ck_assert(!prompt_empty());
    type("\x7f");
    type("\033[D");
    type("\033[3~");
    ck_assert_str_eq(state(), "> [set |]");
    type("\033[H");
    ck_assert_str_eq(state(), "> [|set ]");
    type("\x1f"); /* undo: the deleted A comes back */
    ck_assert_str_eq(state(), "> [set A|]");
    type("\r");
    ck_assert_str_eq(text_string(&lines), "set A|");
    ck_assert(prompt_empty());
    type("\x04");
    ck_assert_int_eq(ends, 1);
    prompt_close();
}
END_TEST

static void type_all(const char *const *keys)
{
    for (; *keys; keys++)
        if (strcmp(*keys, "C-c") == 0)
            prompt_cancel();
        else
            type(*keys);
}

/* Readline 8.2 keeps a search that is left by ^G, and with it what could be undone then: that is its leak, not ours. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:_rl_scxt_alloc\nleak:rl_add_undo\n";
}

/* Readline 8.2 frees what can be undone twice behind these, if it may. */
static void walk_all(const char *inputrc)
{
    static const char *const walks[][16] = {
        {"list\r", "line", "\033[A", "\033p", "\a", "\033[A", "C-c", "\033[A", "\r"},
        {"set A x=1", "\r", "\033[A", "\x12", "\033.", "\033[A", "\x12", "a", "C-c", "\033[A", "b", "\r"},
        {"list\r", "a", "\033p", "l", "\r", "\033n", "x", "C-c", "\033[A", "c", "\033[B", "\x1f", "\r"},
        {"list\r", "\033[A", "2", "\033[A", "\033[B", "\x1f", "\033<", "\033>", "\033p", "C-c", "\r"},
    };
    open_prompt(inputrc, NULL);
    for (size_t i = 0; i < sizeof walks / sizeof *walks; i++) {
        type_all(walks[i]);
        prompt_cancel();
        type("end\r");
        size_t length = lines.length;
        ck_assert_msg(length >= 4 && strcmp(text_string(&lines) + length - 4, "end|") == 0, "walk %zu hands on '%s'", i,
                      text_string(&lines));
    }
    prompt_close();
}

START_TEST(walks_through_the_history_end_well)
{
    walk_all("");
}
END_TEST

START_TEST(so_do_they_when_lines_are_reverted)
{
    walk_all("set revert-all-at-newline on");
}
END_TEST

START_TEST(so_do_walks_by_prefix)
{
    walk_all("\"\\e[A\": history-search-backward");
}
END_TEST

START_TEST(so_do_walks_by_what_a_line_holds)
{
    walk_all("\"\\e[A\": history-substring-search-backward");
}
END_TEST

/* A search by prefix goes on where it was; it asks what the last key did. */
START_TEST(a_search_by_prefix_goes_on)
{
    open_prompt("\"\\e[A\": history-search-backward", NULL);
    type("load a\r");
    type("list\r");
    type("load b\r");
    type("load");
    type("\033[A");
    ck_assert_str_eq(state(), "> [load| b]");
    type("\033[A");
    ck_assert_str_eq(state(), "> [load| a]");
    prompt_close();
}
END_TEST

START_TEST(escape_and_then_enter_run_the_line)
{
    open_prompt("", NULL);
    type("one");
    type("\033");
    type("\r");
    type("two");
    type("\033\r");
    ck_assert_str_eq(text_string(&lines), "one|two|");
    type("\033[A");
    ck_assert_str_eq(state(), "> [two|]");
    prompt_close();
}
END_TEST

START_TEST(sequences_bound_to_nothing_leave_no_trace)
{
    open_prompt("", NULL);
    type("a");
    type("\033[99~");
    type("\033[1;6P");
    type("\033\xc3\xa9"); /* Alt with e acute */
    ck_assert_str_eq(state(), "> [a|]");
    prompt_close();
}
END_TEST

START_TEST(sequences_that_break_off_take_no_further_keys)
{
    static const char *const broken[] = {"\033[", "\033O", "\033[1", "\033[1;5", "\033[["};
    open_prompt("", NULL);
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        type(broken[i]);
        type("q");
        type("u");
        ck_assert_msg(strcmp(state(), "> [qu|]") == 0, "case %zu: %s", i, state());
        prompt_cancel();
    }
    type("a");
    type("\033"); /* Esc, and some time later a key that sequences begin with, too */
    type("[");
    type("b");
    ck_assert_str_eq(state(), "> [a[b|]");
    prompt_close();
}
END_TEST

START_TEST(the_mode_stands_before_the_prompt_where_inputrc_wants_it)
{
    open_prompt("set editing-mode vi\nset show-mode-in-prompt on\n"
                "set vi-cmd-mode-string \\1\\e[2 q\\2:\n",
                NULL);
    ck_assert_str_eq(state(), "(ins)> [|]");
    type("a");
    type("\033");
    ck_assert_str_eq(state(), ":> [|a]");
    type("i");
    ck_assert_str_eq(state(), "(ins)> [|a]");
    type("\x12");
    ck_assert_msg(strncmp(state(), "(reverse-i-search)", 18) == 0, "%s", state());
    prompt_close();
}
END_TEST

START_TEST(emacs_mode_has_a_string_too)
{
    open_prompt("set show-mode-in-prompt on\n", NULL);
    ck_assert_str_eq(state(), "@> [|]");
    prompt_close();
}
END_TEST

START_TEST(escape_and_an_arrow_are_two_keys_unless_bound_together)
{
    open_prompt("\"\\e\\e[D\": backward-word\n", NULL);
    type("one two");
    type("\033");
    type("b"); /* as ever, Esc and a letter are Alt with it */
    ck_assert_str_eq(state(), "> [one |two]");
    type("\033");
    type("\033[C");
    ck_assert_str_eq(state(), "> [one t|wo]");
    ck_assert(prompt_binds("\033\033[D", 4) && !prompt_binds("\033\033[C", 4));
    type("\033\033[D");
    ck_assert_str_eq(state(), "> [one |two]");
    type("\033");
    type("\033[D");
    ck_assert_str_eq(state(), "> [|one two]");
    type("\033");
    type("\033OC");
    type("!");
    ck_assert_str_eq(state(), "> [o!|ne two]");
    prompt_close();
}
END_TEST

START_TEST(a_search_shows_itself_and_takes_wide_characters)
{
    open_prompt("", NULL);
    type("plot caf\xc3\xa9\r");
    type("run 2s\r");
    type("\x12");
    ck_assert(!prompt_empty());
    type("caf");
    type("\xc3\xa9");
    ck_assert_str_eq(state(), "(reverse-i-search)`caf\xc3\xa9': [plot |caf\xc3\xa9]");
    ck_assert(prompt_cancel());
    ck_assert_str_eq(state(), "> [|]");
    ck_assert(!prompt_cancel());
    type("\x12run");
    type("\r");
    ck_assert_str_eq(text_string(&lines), "plot caf\xc3\xa9|run 2s|run 2s|");
    prompt_close();
}
END_TEST

START_TEST(a_search_ends_with_keys_of_several_bytes)
{
    open_prompt("", NULL);
    type("run 2s\r");
    type("\x12ru");
    type("\033[C");
    ck_assert_str_eq(state(), "> [r|un 2s]");
    prompt_cancel();
    type("\x12");
    type("\x18"); /* Ctrl-X Ctrl-E is bound to nothing */
    type("\x05");
    ck_assert_str_eq(state(), "> [|]");
    type("\x12");
    type("\033q");
    ck_assert_str_eq(state(), "> [|]");
    prompt_close();
}
END_TEST

START_TEST(pastes_are_text_and_newlines_run_lines)
{
    open_prompt("", NULL);
    type("set ");
    const char *paste = "A\ttau_rc=1\033ms\r\nrun\nrates";
    for (size_t at = 0; paste[at];)
        at += prompt_paste(paste + at, strlen(paste + at));
    ck_assert_str_eq(text_string(&lines), "set A tau_rc=1ms|run|");
    ck_assert_str_eq(state(), "> [rates|]");
    type("\x12");
    prompt_paste("tau", 3);
    ck_assert_str_eq(state(), "(reverse-i-search)`tau': [set A |tau_rc=1ms]");
    prompt_close();
}
END_TEST

START_TEST(tab_completes_and_lists_at_one_press)
{
    open_prompt("", NULL);
    type("fa\t");
    ck_assert_str_eq(state(), "> [fastlif |]");
    type("ta\t");
    ck_assert_str_eq(state(), "> [fastlif tau_r|]");
    ck_assert_str_eq(text_string(&shown), "tau_rc=|tau_ref=|");
    type("c\t");
    ck_assert_str_eq(state(), "> [fastlif tau_rc=|]");
    type("d\t");
    ck_assert_str_eq(state(), "> [fastlif tau_rc=dir/|]");
    prompt_cancel();
    type("my\t");
    ck_assert_str_eq(state(), "> [\"my file.csv\" |]");
    prompt_cancel();
    type("load @\"my \t");
    ck_assert_str_eq(state(), "> [load @\"my file.csv\" |]");
    prompt_cancel();
    type("zzz\t");
    ck_assert_str_eq(state(), "> [zzz|]");
    prompt_close();
}
END_TEST

START_TEST(vi_mode_comes_through_inputrc)
{
    open_prompt("$if lifscope\nset editing-mode vi\n$endif\n", NULL);
    type("rum");
    type("\033");
    ck_assert_str_eq(state(), "> [ru|m]");
    type("rn");
    ck_assert_str_eq(state(), "> [ru|n]");
    type("\033[3~");
    ck_assert_str_eq(state(), "> [r|u]");
    type("\r");
    ck_assert_str_eq(text_string(&lines), "ru|");
    type("\033");
    type("k");
    ck_assert_str_eq(state(), "> [|ru]");
    prompt_close();
}
END_TEST

/* The history file's lines, '|' after each. */
static const char *file_text(const char *path)
{
    static char text[512];
    FILE *file = fopen(path, "r");
    if (!file)
        return "no file";
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    for (char *c = text; *c; c++)
        *c = *c == '\n' ? '|' : *c;
    return text;
}

static void run_once(const char *history, const char *typed)
{
    open_prompt("", history);
    type(typed);
    prompt_close();
}

START_TEST(history_is_kept_without_repeats_and_blanks)
{
    char directory[] = "/tmp/lifscope-history-XXXXXX", path[64];
    ck_assert(mkdtemp(directory) != NULL);
    snprintf(path, sizeof path, "%s/state/h", directory);
    run_once(path, "one\rtwo\rtwo\r   \r\r");
    ck_assert_str_eq(file_text(path), "one|two|");
    run_once(path, "two\rthree\r");
    ck_assert_str_eq(file_text(path), "one|two|three|");
    open_prompt("", path);
    type("\033[A");
    type("\033[A");
    ck_assert_str_eq(state(), "> [two|]");
    prompt_close();
    unlink(path);
    run_once("/proc/no/such/place", "one\r"); /* cannot be written: not a word */
    char state_directory[64];
    snprintf(state_directory, sizeof state_directory, "%s/state", directory);
    rmdir(state_directory);
    rmdir(directory);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("term: prompt", a_line_is_typed_edited_and_handed_on, walks_through_the_history_end_well,
                       so_do_they_when_lines_are_reverted, so_do_walks_by_prefix, so_do_walks_by_what_a_line_holds,
                       a_search_by_prefix_goes_on, escape_and_then_enter_run_the_line,
                       sequences_bound_to_nothing_leave_no_trace, sequences_that_break_off_take_no_further_keys,
                       the_mode_stands_before_the_prompt_where_inputrc_wants_it, emacs_mode_has_a_string_too,
                       escape_and_an_arrow_are_two_keys_unless_bound_together,
                       a_search_shows_itself_and_takes_wide_characters, a_search_ends_with_keys_of_several_bytes,
                       pastes_are_text_and_newlines_run_lines, tab_completes_and_lists_at_one_press,
                       vi_mode_comes_through_inputrc, history_is_kept_without_repeats_and_blanks);
}
