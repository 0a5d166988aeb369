/* Readline believes it reads a stream and writes a terminal. Here it reads a queue of bytes that the main
 * loop fills, and its writing goes to /dev/null: what it would show is read from its variables when a frame
 * is drawn.
 *
 * Bytes are given as a queue that is worked off at once, because Readline asks for more in the middle of a
 * key: fed byte by byte it breaks characters of several bytes in Ctrl-R. rl_input_available_hook tells it
 * that nothing more comes when the queue is empty, without which ESC in vi mode blocks for half a second.
 *
 * Readline's state is file-scope, so ours is too. */
#include "term/prompt.h"

#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <readline/history.h>
#include <readline/readline.h>

#include "base/text.h"
#include "base/xalloc.h"
#include "term/history.h"
#include "history_walk.h"
#include "term/signals.h"

#define PROMPT "> "
#define HISTORY_LINES 2000
#define ESCAPE '\033'
#define CONTROL_X '\030'

static struct {
    struct prompt_handlers handlers;
    bool screen;
    bool discards; /* the next finished line is dropped */
    bool escaped;  /* the last thing fed was a lone ESC */
    bool plain_done;
    char *plain_line;
    char *history_file;
    int history_new; /* lines added since the file was read */
    FILE *nowhere;
    struct text queue;
    size_t read;       /* bytes of the queue that Readline has had */
    struct text shown; /* the prompt without Readline's marks */
} prompt;

/* --- completion ---------------------------------------- */

static bool ends_open(const char *word) /* more of the word is to come: a key, a directory, a list */
{
    size_t length = strlen(word);
    return length > 0 && strchr("=/,@", word[length - 1]);
}

static size_t common_prefix(char *const *words)
{
    size_t length = strlen(words[0]);
    for (size_t i = 1; words[i]; i++) {
        size_t same = 0;
        while (same < length && words[i][same] == words[0][same])
            same++;
        length = same;
    }
    while (length > 0 && ((unsigned char)words[0][length] & 0xc0) == 0x80) /* not within a character */
        length--;
    return length;
}

static bool need_quotes(char *const *words)
{
    for (size_t i = 0; words[i]; i++)
        if (strpbrk(words[i], " \t;#>"))
            return true;
    return false;
}

/* The word as it has to stand in a line; the closing quote only when the word is complete. */
static char *quoted(const char *word, size_t length, bool quotes, bool whole)
{
    struct text out = {0};
    text_add(&out, quotes ? "\"" : "");
    text_append(&out, word, length);
    text_add(&out, quotes && whole ? "\"" : "");
    return out.bytes;
}

/* Readline wants the common prefix first, then all matches if there are several. */
static char **complete(const char *word, int start, int end)
{
    (void)word;
    rl_attempted_completion_over = 1; /* no file names of Readline's own */
    if (!prompt.handlers.complete)
        return NULL;
    char **found = prompt.handlers.complete(prompt.handlers.context, rl_line_buffer, (size_t)start, (size_t)end);
    size_t count = 0;
    while (found && found[count])
        count++;
    if (count == 0) {
        free(found);
        return NULL;
    }
    char **matches = xcalloc(count + 2, sizeof *matches);
    bool open = count > 1 || ends_open(found[0]);
    bool quotes = !rl_completion_quote_character && need_quotes(found);
    matches[0] = quoted(found[0], common_prefix(found), quotes, !open);
    rl_completion_append_character = open ? '\0' : ' ';
    rl_completion_suppress_quote = open;
    for (size_t i = 0; count > 1 && i < count; i++)
        matches[i + 1] = found[i];
    if (count == 1)
        free(found[0]);
    free(found);
    return matches;
}

static void show_matches(char **matches, int count, int longest)
{
    (void)longest;
    if (prompt.handlers.matches)
        prompt.handlers.matches(prompt.handlers.context, matches + 1, (size_t)count);
}

/* --- history ---------------------------------------- */

static bool blank(const char *line)
{
    return line[strspn(line, " \t")] == '\0';
}

static void remember(const char *line)
{
    HIST_ENTRY *last = history_length > 0 ? history_get(history_base + history_length - 1) : NULL;
    if (blank(line) || (last && strcmp(last->line, line) == 0))
        return;
    add_history(line);
    prompt.history_new++;
}

static void read_past(const char *file)
{
    using_history();
    stifle_history(HISTORY_LINES);
    prompt.history_file = file ? xstrdup(file) : NULL;
    prompt.history_new = 0;
    if (file)
        read_history(file);
    using_history();
}

/* Adds to the file rather than writing it anew, so that two programs running side by side keep both their
 * lines. */
static void write_past(void)
{
    int lines = prompt.history_new < history_length ? prompt.history_new : history_length;
    if (prompt.history_file && lines > 0 && history_make(prompt.history_file)) {
        append_history(lines, prompt.history_file);
        history_truncate_file(prompt.history_file, HISTORY_LINES);
    }
    clear_history();
    free(prompt.history_file);
    prompt.history_file = NULL;
}

/* --- the callback interface ---------------------------------------- */

static int next_byte(FILE *stream)
{
    (void)stream;
    if (prompt.read < prompt.queue.length)
        return (unsigned char)prompt.queue.bytes[prompt.read++];
    return '\a'; /* a character cut off by the end of input: C-g gives up what was begun; EOF would end the
                    program */
}

static int bytes_waiting(void)
{
    return prompt.read < prompt.queue.length;
}

static void draw_later(void)
{
}

static void finished(char *line)
{
    if (!line) {
        if (prompt.handlers.end)
            prompt.handlers.end(prompt.handlers.context);
        return;
    }
    bool dropped = prompt.discards;
    prompt.discards = false;
    if (!dropped)
        remember(line);
    if (!dropped && prompt.handlers.line)
        prompt.handlers.line(prompt.handlers.context, line);
    free(line);
}

/* With a redisplay function of our own Readline takes the terminal for a dumb one and binds only arrows. What
 * people expect of the other keys, unless their inputrc says otherwise. */
static void bind_usual_keys(void)
{
    static const struct {
        const char *sequence, *function;
    } usual[] = {
        {"\033[3~", "delete-char"},      {"\033[2~", "overwrite-mode"},    {"\033[H", "beginning-of-line"},
        {"\033OH", "beginning-of-line"}, {"\033[1~", "beginning-of-line"}, {"\033[7~", "beginning-of-line"},
        {"\033[F", "end-of-line"},       {"\033OF", "end-of-line"},        {"\033[4~", "end-of-line"},
        {"\033[8~", "end-of-line"},      {"\033[1;5C", "forward-word"},    {"\033[1;5D", "backward-word"},
        {"\033[1;3C", "forward-word"},   {"\033[1;3D", "backward-word"},   {"\033Oc", "forward-word"},
        {"\033Od", "backward-word"},     {"\033[3;5~", "kill-word"},       {"\033[Z", "menu-complete-backward"},
    };
    Keymap maps[] = {emacs_standard_keymap, vi_insertion_keymap, vi_movement_keymap};
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) {
        rl_command_func_t *function = rl_named_function(usual[i].function);
        for (size_t k = 0; function && k < sizeof maps / sizeof *maps; k++)
            rl_bind_keyseq_if_unbound_in_map(usual[i].sequence, function, maps[k]);
    }
}

/* A locale that knows ASCII only (LC_ALL=C: cron, sudo, a bare container) says what may be drawn, not what is typed:
 * letters beyond ASCII stay the bytes that came. Readline reads the environment anew for each line, so it is told
 * there. */
static void keep_typed_bytes(void)
{
    if (strncmp(nl_langinfo(CODESET), "ANSI_X3.4", 9) == 0)
        setenv("LC_ALL", "C.UTF-8", 1);
    rl_initialize();
    if (MB_CUR_MAX > 1)
        return;
    rl_variable_bind("input-meta", "on"); /* a locale of single bytes */
    rl_variable_bind("output-meta", "on");
    rl_variable_bind("convert-meta", "off");
}

static void open_common(const struct prompt_handlers *handlers, const char *history_file)
{
    prompt.handlers = *handlers;
    rl_readline_name = "lifscope";
    rl_change_environment = 0; /* LINES and COLUMNS would go stale at the first resize */
    rl_attempted_completion_function = complete;
    rl_completer_word_break_characters = (char *)" \t;=,\"'>@";
    rl_completer_quote_characters = "\"'";
    rl_sort_completion_matches = 0;
    rl_variable_bind("show-all-if-ambiguous", "on");
    read_past(history_file);
}

void prompt_open(const struct prompt_handlers *handlers, const char *history_file)
{
    prompt.screen = true;
    prompt.nowhere = fopen("/dev/null", "w");
    rl_catch_signals = 0;
    rl_catch_sigwinch = 0;
    rl_prep_term_function = NULL;
    rl_deprep_term_function = NULL;
    rl_getc_function = next_byte;
    rl_input_available_hook = bytes_waiting;
    rl_redisplay_function = draw_later;
    rl_completion_display_matches_hook = show_matches;
    if (prompt.nowhere)
        rl_outstream = prompt.nowhere;
    open_common(handlers, history_file);
    keep_typed_bytes();
    bind_usual_keys();
    history_walk_guard();
    rl_callback_handler_install(PROMPT, finished);
}

void prompt_close(void)
{
    if (prompt.screen)
        rl_callback_handler_remove();
    write_past();
    rl_outstream = stdout;
    if (prompt.nowhere)
        fclose(prompt.nowhere);
    prompt.nowhere = NULL;
    prompt.screen = false;
    prompt.read = 0;
    text_free(&prompt.queue);
    text_free(&prompt.shown);
}

static bool searching(void)
{
    return RL_ISSTATE(RL_STATE_ISEARCH | RL_STATE_NSEARCH);
}

bool prompt_binds(const char *bytes, size_t length)
{
    int type;
    return rl_function_of_keyseq_len(bytes, length, NULL, &type) != NULL;
}

/* What is bound to it is something to do, not only the beginning of longer sequences. */
static bool does_something(const char *bytes, size_t length)
{
    int type;
    return rl_function_of_keyseq_len(bytes, length, NULL, &type) != NULL && type != ISKMAP;
}

/* Readline would ring at an unbound sequence, or at Alt with a character of several bytes, and take the tail for text;
 * for the rest of one that broke off it would wait, and take the next keys for it. In vi mode ESC is a key of its own,
 * and a character behind it another one. */
static bool unbound(const char *bytes, size_t length)
{
    if (bytes[0] != ESCAPE || length < 2)
        return false;
    bool sequence = bytes[1] == '[' || bytes[1] == 'O', character = (unsigned char)bytes[1] >= 0x80;
    return (sequence || (character && rl_editing_mode == 1)) && !does_something(bytes, length);
}

/* ESC on an empty line begins nothing (M-x comes in one piece), and would swallow the next key. */
static bool idle_escape(const char *bytes, size_t length)
{
    return length == 1 && bytes[0] == ESCAPE && rl_editing_mode == 1 && prompt_empty();
}

/* Adds bytes to the queue and lets Readline work it off. */
static void push(const char *bytes, size_t length)
{
    text_append(&prompt.queue, bytes, length);
    while (prompt.read < prompt.queue.length)
        rl_callback_read_char();
    prompt.read = 0;
    text_clear(&prompt.queue);
}

/* Keys of several bytes end a search. Readline 8.2 sees that only after the first byte, and then crashes if
 * the rest is bound to nothing (Ctrl-R Ctrl-X Ctrl-E); a lone ESC ends it safely. */
static bool ends_search(const char *bytes, size_t length)
{
    return searching() && (bytes[0] == CONTROL_X || (bytes[0] == ESCAPE && length > 1));
}

/* Readline takes ESC for the beginning of M-x until something else comes, also if that begins with ESC itself: then
 * they were two keys, unless somebody has bound the two together. A [ or O behind it is a key, too: a sequence would
 * have come in one piece. */
static bool gives_up_escape(const char *bytes, size_t length)
{
    char both[16] = {ESCAPE};
    if (!prompt.escaped || !RL_ISSTATE(RL_STATE_MULTIKEY) || length >= sizeof both)
        return false;
    memcpy(both + 1, bytes, length);
    if (length == 1)
        return (bytes[0] == '[' || bytes[0] == 'O') && !does_something(both, 2);
    return bytes[0] == ESCAPE && !prompt_binds(both, length + 1);
}

void prompt_feed(const char *bytes, size_t length)
{
    if (length == 0 || idle_escape(bytes, length) || unbound(bytes, length))
        return;
    if (gives_up_escape(bytes, length))
        push("\a", 1);
    prompt.escaped = length == 1 && bytes[0] == ESCAPE;
    if (ends_search(bytes, length))
        push("\033", 1);
    push(bytes, length);
}

/* --- pasting, cancelling, what to draw ---------------------------------------- */

/* One pasted line without its newline. A search takes it as what is sought, as if typed. */
static void insert(const char *text, size_t length)
{
    struct text clean = {0};
    for (size_t i = 0; i < length; i++) {
        char c = text[i] == '\t' ? ' ' : text[i];
        if ((unsigned char)c >= ' ' && c != 0x7f)
            text_append(&clean, &c, 1);
    }
    if (clean.length > 0 && searching())
        prompt_feed(clean.bytes, clean.length);
    else if (clean.length > 0)
        rl_insert_text(clean.bytes);
    text_free(&clean);
}

size_t prompt_paste(const char *text, size_t length)
{
    size_t end = 0;
    while (end < length && text[end] != '\n' && text[end] != '\r')
        end++;
    insert(text, end);
    if (end == length)
        return length;
    prompt_feed("\n", 1);
    return end + (text[end] == '\r' && end + 1 < length && text[end + 1] == '\n' ? 2 : 1);
}

/* Readline waits for the rest of something: a search, a count, a key of several bytes, a motion after a vi
 * command. */
static bool midway(void)
{
    return RL_ISSTATE(RL_STATE_ISEARCH | RL_STATE_NSEARCH | RL_STATE_NUMERICARG | RL_STATE_MULTIKEY |
                      RL_STATE_METANEXT | RL_STATE_VIMOTION | RL_STATE_CHARSEARCH);
}

/* Readline's own ways to drop a line (rl_free_line_state) free an undo list twice after some walks through
 * the history. Accepting the line and not handing it on takes the path that everybody uses. */
bool prompt_cancel(void)
{
    bool something = rl_end > 0 || midway();
    prompt.discards = something;
    for (int tries = 0; prompt.discards && tries < 3; tries++) { /* a C-v begun takes the first newline */
        if (midway())
            push("\a", 1);
        push("\n", 1);
    }
    prompt.discards = false;
    return something;
}

bool prompt_empty(void)
{
    return rl_end == 0 && !midway();
}

/* What the user's inputrc wants before the prompt (set show-mode-in-prompt on). Readline puts it there only when it
 * draws itself. */
static const char *mode_string(void)
{
    const char *wanted = rl_variable_value("show-mode-in-prompt");
    if (!wanted || strcmp(wanted, "on") != 0 || rl_display_prompt != rl_prompt)
        return "";
    const char *mode = rl_variable_value(rl_editing_mode == 1                    ? "emacs-mode-string"
                                         : rl_get_keymap() == vi_movement_keymap ? "vi-cmd-mode-string"
                                                                                 : "vi-ins-mode-string");
    return mode ? mode : "";
}

/* Without what stands between Readline's marks: it tells a terminal something and shows nothing. */
static void add_visible(struct text *out, const char *text)
{
    bool shown = true;
    for (; *text; text++)
        if (*text == RL_PROMPT_START_IGNORE)
            shown = false;
        else if (*text == RL_PROMPT_END_IGNORE)
            shown = true;
        else if (shown)
            text_append(out, text, 1);
}

void prompt_state(const char **shown, const char **line, size_t *cursor)
{
    text_clear(&prompt.shown);
    text_append(&prompt.shown, "", 0);
    add_visible(&prompt.shown, mode_string());
    add_visible(&prompt.shown, rl_display_prompt ? rl_display_prompt : PROMPT);
    *shown = text_string(&prompt.shown);
    *line = rl_line_buffer;
    *cursor = (size_t)rl_point;
}

/* --- without a screen ------------------------------ */

static void finished_plain(char *line)
{
    bool dropped = line && prompt.discards;
    prompt.discards = false;
    if (dropped) {
        free(line);
        return;
    }
    if (line)
        remember(line);
    prompt.plain_line = line;
    prompt.plain_done = true;
}

void prompt_open_plain(const struct prompt_handlers *handlers, const char *history_file)
{
    prompt.screen = false;
    rl_persistent_signal_handlers = 1; /* ^Z must find a tidy terminal also while we wait in poll() */
    open_common(handlers, history_file);
    rl_initialize();
    history_walk_guard();
    keep_typed_bytes();
}

/* As prompt_cancel, but with Readline reading the terminal itself. */
static void drop_plain_line(void)
{
    prompt.discards = true;
    rl_stuff_char('\n');
    rl_callback_read_char();
}

char *prompt_read_plain(const char *text)
{
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    prompt.plain_done = false;
    rl_callback_handler_install(text, finished_plain);
    while (!prompt.plain_done) {
        bool interrupted = poll(&input, 1, -1) < 0;
        rl_check_signals(); /* Readline passes on to our handlers what it caught */
        if (signals_take(SIGINT))
            drop_plain_line();
        else if (interrupted)
            rl_forced_update_display(); /* after ^Z and `fg` */
        else
            rl_callback_read_char();
    }
    rl_callback_handler_remove();
    return prompt.plain_line;
}

const char *prompt_library(void)
{
    return rl_library_version;
}
