/* The real program on a terminal, used as people use it. Everything is waited for, nothing is timed. */
#include "pty.h"

static bool has_exited(int status)
{
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void check_given_back(struct pty *pty)
{
    const char *damage = pty_damage(pty);
    ck_assert_msg(!damage, "%s; the last bytes: %s", damage,
                  text_string(&pty->bytes) + (pty->bytes.length > 200 ? pty->bytes.length - 200 : 0));
}

static struct pty *start(int width, int height)
{
    struct pty *pty = pty_start(width, height, NULL);
    pty_wait(pty, "running");
    pty_wait(pty, ">");
    return pty;
}

static void quit(struct pty *pty)
{
    pty_type(pty, "\x15quit\r");
    int status = pty_report(pty);
    ck_assert_msg(has_exited(status), "wait status %#x after quit", (unsigned)status);
    check_given_back(pty);
    pty_end(pty);
}

START_TEST(it_types_completes_and_quits)
{
    struct pty *pty = start(80, 24);
    ck_assert(pty->alternate);
    pty_type(pty, "sele");
    pty_wait(pty, "> sele");
    pty_type(pty, "\x15popu\t");
    pty_wait(pty, "> population");
    quit(pty);
}
END_TEST

START_TEST(a_line_typed_under_the_help_runs)
{
    struct pty *pty = start(80, 24);
    pty_type(pty, "\033OP");
    pty_wait(pty, "Esc close");
    pty_type(pty, "select A 3\r");
    pty_wait(pty, "neuron 3:");
    quit(pty);
}
END_TEST

START_TEST(control_d_leaves_an_empty_line)
{
    struct pty *pty = start(80, 24);
    pty_type(pty, "x\x04"); /* on a line with text it deletes, at its end does nothing */
    pty_wait(pty, "> x");
    pty_type(pty, "\x7f\x04");
    ck_assert(has_exited(pty_report(pty)));
    check_given_back(pty);
    pty_end(pty);
}
END_TEST

START_TEST(control_z_gives_the_terminal_back_and_takes_it_again)
{
    struct pty *pty = start(80, 24);
    pty_type(pty, "half a line");
    pty_wait(pty, "half a line");
    pty_type(pty, "\x1a");
    int status = pty_report(pty);
    ck_assert_msg(WIFSTOPPED(status) && WSTOPSIG(status) == SIGTSTP, "wait status %#x after ^Z", (unsigned)status);
    check_given_back(pty);
    pty_continue(pty);
    pty_wait(pty, "> half a line");
    ck_assert(pty->alternate);
    pty_type(pty, " more");
    pty_wait(pty, "> half a line more");
    quit(pty);
}
END_TEST

static const int deadly[] = {SIGTERM, SIGHUP, SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGQUIT};

START_TEST(a_signal_ends_it_with_the_terminal_given_back)
{
    for (size_t i = 0; i < sizeof deadly / sizeof *deadly; i++) {
        struct pty *pty = start(80, 24);
        pty_type(pty, "unfinished");
        pty_wait(pty, "unfinished");
        kill(pty->program, deadly[i]);
        int status = pty_report(pty);
        ck_assert_msg(WIFSIGNALED(status) && WTERMSIG(status) == deadly[i], "signal %d ended in wait status %#x",
                      deadly[i], (unsigned)status);
        check_given_back(pty);
        pty_end(pty);
    }
}
END_TEST

START_TEST(a_resize_is_followed_down_to_nothing_and_up_again)
{
    struct pty *pty = start(120, 36);
    pty_type(pty, "resize me");
    pty_wait(pty, "> resize me");
    static const int sizes[][2] = {{80, 24}, {40, 12}, {20, 6}, {200, 60}, {30, 50}, {120, 10}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        pty_resize(pty, sizes[i][0], sizes[i][1]);
        pty_wait(pty, "resize me");
    }
    pty_resize(pty, 1, 1);
    pty_resize(pty, 120, 36);
    pty_wait(pty, "> resize me");
    quit(pty);
}
END_TEST

/* Alt with keys that nobody has bound is the same bytes as Esc and the key; none of them may end up as text. */
START_TEST(a_quick_escape_before_a_key_is_two_keys)
{
    struct pty *pty = start(80, 24);
    pty_type(pty, "\033OQ");
    pty_wait(pty, "Esc back");
    pty_type(pty, "\033\033[15~"); /* Esc gives the keys back, F5 zooms */
    pty_wait(pty, "zoomed");
    pty_wait(pty, "F1 help");
    pty_type(pty, "\033\033[D\033\033OA\033\033[3~\033\xc3\xa9\033[15;3~\x15z");
    pty_wait(pty, "> z");
    pty_type(pty, "\x7f\033\033[18~ok"); /* F7: mouse */
    pty_wait(pty, "> ok");
    pty_wait(pty, "mouse on");
    pty_type(pty, "\x01\033\xc3\xa9\033\033[C!"); /* Right of o */
    pty_wait(pty, "> o!k");
    pty_type(pty, "\x05");
    quit(pty);
}
END_TEST

START_TEST(a_quick_escape_before_a_key_closes_the_help_first)
{
    static const char *const keys[] = {"\033\033OQ", "\033\033[12~", "\033\033[[B"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        struct pty *pty = start(80, 24);
        pty_type(pty, "\033OP");
        pty_wait(pty, "Esc close");
        pty_type(pty, keys[i]);
        pty_wait(pty, "Esc back"); /* F2: pane 1 has the keys */
        pty_type(pty, "ok");
        pty_wait(pty, "> ok");
        quit(pty);
    }
}
END_TEST

START_TEST(control_c_empties_the_line_then_tells_how_to_leave)
{
    struct pty *pty = start(80, 24);
    pty_type(pty, "pause\r");
    pty_type(pty, "something");
    pty_wait(pty, "> something");
    pty_type(pty, "\x03");
    pty_wait_gone(pty, "> something");
    pty_type(pty, "\x03\x03");
    pty_wait(pty, "quit");
    quit(pty);
}
END_TEST

START_TEST(history_is_kept_between_runs)
{
    struct pty *pty = start(80, 24);
    pty_type(pty, "# remember this\r");
    pty_type(pty, "\x1b[A");
    pty_wait(pty, "> # remember this");
    pty_type(pty, "\x15\x04");
    ck_assert(has_exited(pty_report(pty)));
    char path[128], line[128] = "";
    snprintf(path, sizeof path, "%s/history", pty->directory);
    FILE *file = fopen(path, "r");
    ck_assert_msg(file != NULL, "no history in %s", path);
    ck_assert(fgets(line, sizeof line, file) != NULL);
    fclose(file);
    ck_assert_str_eq(line, "# remember this\n");
    pty_end(pty);
}
END_TEST

/* The inner part of the third pane, as text. */
static const char *tuning_picture(struct pty *pty)
{
    static char picture[100 * 500];
    char row[500];
    size_t used = 0;
    for (int y = 3; y < pty->height - 14; y++) {
        pty_row(pty, y, row);
        const char *last = row + strlen(row);
        for (int columns = 0; last > row && columns < pty->width / 3 - 4; last--)
            columns += ((unsigned char)last[-1] & 0xc0) != 0x80;
        used += (size_t)snprintf(picture + used, sizeof picture - used, "%s\n", last);
    }
    return picture;
}

static bool tuning_differs(struct pty *pty, const void *before)
{
    return strcmp(tuning_picture(pty), before) != 0;
}

START_TEST(a_changed_parameter_moves_the_tuning_curves)
{
    struct pty *pty = start(120, 36);
    pty_wait(pty, "raster A");
    pty_wait(pty, "rates A");
    pty_wait(pty, "tuning A");
    pty_wait(pty, "running");
    pty_type(pty, "pause\r");
    pty_wait(pty, "paused");
    char *before = strdup(tuning_picture(pty));
    pty_type(pty, "set A max_rates=20:30 tau_rc=60ms\r");
    pty_until(pty, "the tuning curves move", tuning_differs, before);
    free(before);
    pty_type(pty, "run\r");
    pty_wait(pty, "running");
    quit(pty);
}
END_TEST

static bool all_ascii(const struct text *bytes)
{
    for (size_t i = 0; i < bytes->length; i++)
        if ((unsigned char)bytes->bytes[i] >= 0x80)
            return false;
    return true;
}

START_TEST(ascii_and_no_colour_are_kept_to)
{
    static const char *const arguments[] = {"--ascii", "--color=never", NULL};
    struct pty *pty = pty_start(80, 24, arguments);
    pty_wait(pty, "raster A");
    pty_wait(pty, "running");
    ck_assert_msg(all_ascii(&pty->bytes), "bytes beyond ASCII with --ascii; the screen:\n%s", pty_text(pty));
    ck_assert_msg(!strstr(pty->bytes.bytes, "\033[38;5;") && !strstr(pty->bytes.bytes, "\033[3"
                                                                                       "3m"),
                  "colours with --color=never");
    quit(pty);
}
END_TEST

static bool sent(struct pty *pty, const void *bytes)
{
    return strstr(text_string(&pty->bytes), bytes) != NULL;
}

/* The selected neuron is orange (214) on black and red (160) on white. */
START_TEST(colours_follow_the_background_that_the_terminal_tells)
{
    struct pty *pty = start(80, 24);
    ck_assert_msg(sent(pty, "\033]11;?\033\\"), "the terminal is not asked for its background");
    pty_until(pty, "colours for black", sent, "\033[38;5;214m");
    ck_assert(!sent(pty, "\033[38;5;160m"));
    pty_type(pty, "\033]11;rgb:fdfd/f6f6/e3e3\033\\");
    pty_until(pty, "colours for white", sent, "\033[38;5;160m");
    ck_assert(!sent(pty, "\033[48;5;"));
    pty_type(pty, "set theme=paper\r");
    pty_until(pty, "a white background", sent, "\033[48;5;231m");
    pty_type(pty, "set theme=auto\r");
    pty_wait(pty, "set theme=auto");
    quit(pty);
}
END_TEST

START_TEST(the_mouse_is_off_unless_asked_for)
{
    static const char *const arguments[] = {"--mouse", NULL};
    struct pty *pty = start(80, 24);
    ck_assert(!strstr(pty->bytes.bytes, "\033[?1000h"));
    quit(pty);
    pty = pty_start(80, 24, arguments);
    pty_wait(pty, "rates A");
    pty_wait(pty, "running");
    ck_assert(strstr(pty->bytes.bytes, "\033[?1006h"));
    pty_type(pty, "\033[<0;40;8M\033[<0;40;8m"); /* a click into the second pane gives it the keys */
    pty_wait(pty, "┏━ 2 rates A");
    pty_type(pty, "\033"); /* Esc takes them back */
    pty_wait(pty, "┌─ 2 rates A");
    quit(pty);
}
END_TEST

START_TEST(pasted_lines_run_one_by_one)
{
    struct pty *pty = start(120, 36);
    pty_type(pty, "\033[200~select A 3\nselect A 4\nhalf \033[201~");
    pty_wait(pty, "> select A 3");
    pty_wait(pty, "> select A 4");
    pty_wait(pty, "> half");
    quit(pty);
}
END_TEST

START_TEST(a_paste_without_an_end_is_left_by_control_c)
{
    struct pty *pty = start(100, 24);
    pty_type(pty, "\033[200~mark 1s pasted\r");
    pty_type(pty, "\003select A 3\r");
    pty_wait(pty, "a paste had no end: nothing of it is run");
    pty_wait(pty, "neuron 3:");
    pty_wait(pty, "running");
    ck_assert(!pty_has(pty, "mark 1s pasted"));
    quit(pty);
}
END_TEST

START_TEST(a_paste_without_an_end_ends_by_itself)
{
    struct pty *pty = start(100, 24);
    pty_type(pty, "\033[200~mark 1s pasted\r");
    pty_wait(pty, "a paste had no end: nothing of it is run");
    pty_type(pty, "select A 3\r");
    pty_wait(pty, "neuron 3:");
    ck_assert(!pty_has(pty, "mark 1s pasted"));
    quit(pty);
}
END_TEST

/* It went on after all, when it had been given up: none of its lines is run, and what is typed then is. */
START_TEST(the_rest_of_a_paste_is_not_typed)
{
    struct pty *pty = start(100, 24);
    pty_type(pty, "\033[200~mark 1s one\r");
    pty_wait(pty, "a paste had no end: nothing of it is run");
    pty_type(pty, "mark 1s two\rmark 1s three\r");
    pty_read(pty, 0);
    pty_type(pty, "mark 1s four\r\033[201~");
    pty_type(pty, "select A 3\r");
    pty_wait(pty, "neuron 3:");
    ck_assert(!pty_has(pty, "mark 1s"));
    quit(pty);
}
END_TEST

/* Frames are drawn while its lines run, and Ctrl-C ends it. */
START_TEST(a_long_paste_can_be_watched_and_ended)
{
    struct pty *pty = start(100, 24);
    struct text paste = {0};
    text_add(&paste, "\033[200~");
    for (int i = 0; i < 6000; i++)
        text_printf(&paste, "set A sigma=0.%04d\n", i + 1);
    text_add(&paste, "\033[201~");
    for (size_t at = 0; at < paste.length; at += 1024) {
        char piece[1025];
        snprintf(piece, sizeof piece, "%s", paste.bytes + at);
        pty_type(pty, piece);
        pty_read(pty, 0);
    }
    pty_wait(pty, "> set A sigma=0.0");
    pty_type(pty, "\003");
    pty_wait(pty, "the rest of the paste is not run");
    ck_assert(!pty_has(pty, "sigma=0.6000"));
    text_free(&paste);
    quit(pty);
}
END_TEST

/* In a bare container or under sudo the locale knows no letters beyond ASCII, the terminal does. */
START_TEST(letters_beyond_ascii_are_kept_in_any_locale)
{
    static const char *const locales[] = {"C", "POSIX", "C.UTF-8"};
    for (size_t i = 0; i < sizeof locales / sizeof *locales; i++) {
        struct pty *pty = pty_start_in(100, 24, "xterm-256color", locales[i], NULL);
        char path[128];
        pty_wait(pty, "running");
        snprintf(path, sizeof path,
                 "%s/gr\xc3\xb6\xc3\x9f"
                 "e9.csv",
                 pty->directory);
        pty_type(pty, "list > ");
        pty_type(pty, path);
        pty_type(pty, "x\xc3\xa4\x7f\x7f\r"); /* Backspace takes whole letters */
        pty_wait(pty, ": 1 row");
        ck_assert_msg(access(path, F_OK) == 0, "LC_ALL=%s: the file is not there", locales[i]);
        unlink(path);
        quit(pty);
    }
}
END_TEST

/* Keys reach the program one by one. */
static bool edits_line(struct pty *pty, const void *unused)
{
    struct termios now;
    (void)unused;
    return tcgetattr(pty->master, &now) == 0 && !(now.c_lflag & ICANON);
}

START_TEST(a_plain_terminal_gets_a_plain_command_line)
{
    static const char *const arguments[] = {"--plain", NULL};
    struct pty *pty = pty_start(80, 24, arguments);
    pty_wait(pty, "lifscope>");
    ck_assert(!pty->alternate);
    pty_type(pty, "response model=lif J=2\r");
    pty_wait(pty, "derivative");
    pty_type(pty, "nonsense\r");
    pty_wait(pty, "help shows\nlifscope>");
    pty_type(pty, "half a line");
    pty_wait(pty, "half a line");
    pty_type(pty, "\x03");
    pty_wait(pty, "half a line^C");
    pty_type(pty, "stats nobody\r");
    pty_wait(pty, "\nlifscope> stats nobody");
    pty_wait(pty, "'nobody'");
    pty_type(pty, "unfinished");
    pty_wait(pty, "unfinished");
    pty_type(pty, "\x1a");
    ck_assert(WIFSTOPPED(pty_report(pty)));
    check_given_back(pty);
    pty_continue(pty);
    pty_until(pty, "the terminal edit a line", edits_line, NULL);
    pty_type(pty, "\x15quit\r");
    ck_assert(has_exited(pty_report(pty)));
    check_given_back(pty);
    pty_end(pty);
}
END_TEST

START_TEST(a_dumb_terminal_gets_no_screen)
{
    struct pty *pty = pty_start_as(80, 24, "dumb", NULL);
    pty_wait(pty, "lifscope>");
    pty_type(pty, "quit\r");
    ck_assert(has_exited(pty_report(pty)));
    ck_assert_msg(!strstr(pty->bytes.bytes, "\033[?1049h"), "the alternate screen was entered");
    pty_end(pty);
}
END_TEST

START_TEST(an_unknown_terminal_gets_a_sentence)
{
    struct pty *pty = pty_start_as(80, 24, "no-such-terminal", NULL);
    int status = pty_report(pty);
    ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 1);
    pty_wait(pty, "no-such-terminal");
    check_given_back(pty);
    pty_end(pty);
}
END_TEST

int main(void)
{
    setenv("CK_MAX_MSG_SIZE", "100000", 1); /* failures print the screen */
    return HARNESS_RUN("term: the program on a terminal", it_types_completes_and_quits,
                       a_line_typed_under_the_help_runs, control_d_leaves_an_empty_line,
                       control_z_gives_the_terminal_back_and_takes_it_again,
                       a_signal_ends_it_with_the_terminal_given_back, a_resize_is_followed_down_to_nothing_and_up_again,
                       a_quick_escape_before_a_key_is_two_keys, a_quick_escape_before_a_key_closes_the_help_first,
                       control_c_empties_the_line_then_tells_how_to_leave, history_is_kept_between_runs,
                       a_changed_parameter_moves_the_tuning_curves, ascii_and_no_colour_are_kept_to,
                       colours_follow_the_background_that_the_terminal_tells, the_mouse_is_off_unless_asked_for,
                       pasted_lines_run_one_by_one, letters_beyond_ascii_are_kept_in_any_locale,
                       a_paste_without_an_end_is_left_by_control_c, a_paste_without_an_end_ends_by_itself,
                       the_rest_of_a_paste_is_not_typed, a_long_paste_can_be_watched_and_ended,
                       a_plain_terminal_gets_a_plain_command_line, a_dumb_terminal_gets_no_screen,
                       an_unknown_terminal_gets_a_sentence);
}
