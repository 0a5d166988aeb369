/* Any bytes as what somebody types at the screen: keys cut, bound, edited by Readline and run in a session, with its
 * history, searches, completion, pastes and Ctrl-C. The first byte chooses Readline's mode. Bytes from 0x80 on stand
 * for whole keys, so that what is tried are keys and not only letters. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <readline/readline.h>

#include "base/xalloc.h"
#include "command/families.h"
#include "command/families.h"
#include "session/session.h"
#include "term/keys.h"
#include "term/prompt.h"

/* Readline's own, of a search that is left and of an undone edit. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:_rl_scxt_alloc\nleak:rl_add_undo\n";
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static const char *const whole[] = {
    "\033[A",     "\033[B",   "\033[C", "\033[D",    "\033[H",       "\033[F",       "\033[5~",
    "\033[6~",    "\033[3~",  "\033[Z", "\033[1;5C", "\033[1;5D",    "\033[1;2A",    "\033OP",
    "\033[15~",   "\033[20~", "\033p",  "\033n",     "\033.",        "\033_",        "\033y",
    "\033b",      "\033f",    "\033d",  "\033u",     "\033t",        "\033\177",     "\033\r",
    "\033\n",     "\033<",    "\033>",  "\033?",     "\033*",        "\0335",        "\033-",
    "\033\020",   "\033r",    "\033#",  "\033&",     "\033\007",     "\030\025",     "\030\022",
    "\030(",      "\030)",    "\030e",  "\030\030",  "\030\177",     "\033[1;3A",    "\033[200~",
    "\033[201~",  "list\r",   "line",   "set A x=1", "select A 1",   "open raster",  "population B n=2\r",
    "help set\r", "# a\r",    "li\t",   "pane 1 r",  "\033[<0;5;3M", "\033[<0;5;3m", "\033[<64;5;3M",
    "\303\244",
};

static bool ended;

static void on_line(void *session, const char *line)
{
    if (strncmp(line, "list", 4) == 0 || strncmp(line, "help", 4) == 0 || strncmp(line, "set", 3) == 0)
        session_line(session, line, NULL, 0);
}

static char **on_complete(void *session, const char *line, size_t start, size_t end)
{
    return strchr(line, '/') ? NULL : session_complete(session, line, start, end);
}

static void on_matches(void *session, char **matches, size_t count)
{
    session_show_matches(session, matches, count);
}

static void on_end(void *session)
{
    (void)session;
    ended = true;
}

/* As the screen does, but for ^Z. */
static void named(struct session *session, struct keys *keys, struct key *key)
{
    bool empty = prompt_empty(), runs_line = strcmp(key->name, "Enter") == 0 && !empty;
    if (strcmp(key->name, "C-c") == 0)
        prompt_cancel();
    else if (strcmp(key->name, "C-z") == 0 || strcmp(key->name, "C-l") == 0)
        ;
    else if (session_key(session, key->name, empty) && !runs_line)
        ;
    else if (!prompt_binds(key->bytes, key->length) && keys_split(keys, key))
        named(session, keys, key);
    else
        prompt_feed(key->bytes, key->length);
}

/* What the lines do may change the buffer that the key borrows. */
static void paste_lines(const char *bytes, size_t length)
{
    char *text = xstrndup(bytes, length);
    for (size_t at = 0; at < length && !ended;)
        at += prompt_paste(text + at, length - at);
    free(text);
}

static void take(struct session *session, struct keys *keys, bool flush)
{
    struct key key;
    while (!ended && keys_next(keys, flush, &key)) {
        if (key.kind == KEY_TEXT && !(key.name[0] && prompt_empty() && session_key(session, key.name, true)))
            prompt_feed(key.bytes, key.length);
        else if (key.kind == KEY_NAMED)
            named(session, keys, &key);
        else if (key.kind == KEY_PASTE)
            paste_lines(key.bytes, key.length);
        else if (key.kind == KEY_MOUSE)
            session_mouse(session, key.name, key.column, key.row, 80, 24);
        const char *shown, *line;
        size_t cursor;
        prompt_state(&shown, &line, &cursor);
        if (cursor > strlen(line))
            abort(); /* the cursor stands outside its line */
    }
}

/* Nobody's configuration, no spellings of yesterday. */
static void open_prompt(struct session *session, bool vi)
{
    struct prompt_handlers handlers = {session, on_line, on_complete, on_matches, on_end};
    setenv("INPUTRC", "/dev/null", 1);
    prompt_open(&handlers, NULL);
    rl_variable_bind("editing-mode", vi ? "vi" : "emacs");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    if (length == 0)
        return 0;
    FILE *nowhere = fopen("/dev/null", "w");
    struct session_options options = {.out = nowhere, .err = nowhere, .width = 80, .height = 24, .screen = true};
    struct session *session = session_new(&options, &all_commands);
    struct keys *keys = keys_new();
    ended = false;
    open_prompt(session, bytes[0] & 1);
    session_line(session, "population A n=2", NULL, 0);
    for (size_t i = 1; i < length && !ended; i++) {
        size_t count = sizeof whole / sizeof *whole;
        const char one[2] = {(char)bytes[i], '\0'}, *typed = bytes[i] < 0x80 ? one : whole[bytes[i] % count];
        keys_feed(keys, typed, bytes[i] < 0x80 ? 1 : strlen(typed));
        take(session, keys, bytes[i] >= 0x80 || bytes[i] == 033);
    }
    take(session, keys, true);
    prompt_cancel();
    prompt_close();
    keys_free(keys);
    session_free(session);
    fclose(nowhere);
    return 0;
}
