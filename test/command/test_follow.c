/* follow and unfollow in scripts, where an input is read to its end. */
#include "run.h"

#include "base/text.h"
#include "command/families.h"

static const char spikes[] = "time,neuron\n0.1,2\n0.3,1\n0.2,2\n0.5,10\nnot a row\n0.5,1\n";

/* Runs a line in which each @ is a file with these contents; `out` is what it prints, `said` a part of what
 * it says. */
static void expect(const char *contents, const char *line, bool good, const char *out, const char *said)
{
    char lines[1024];
    const char *path = scratch("spikes.csv");
    size_t used = 0;
    write_file(path, contents);
    for (const char *c = line; *c; c++)
        used += (size_t)snprintf(lines + used, sizeof lines - used, *c == '@' ? "'%s'" : "%.1s", *c == '@' ? path : c);
    struct outcome o = run(lines);
    ck_assert_msg(o.good == good, "'%s' %s: %s", lines, good ? "failed" : "did not fail", o.err);
    ck_assert_msg(!out || strcmp(o.out, out) == 0, "'%s' printed\n%s\nnot\n%s", lines, o.out, out);
    ck_assert_msg(!said || strstr(o.err, said), "'%s' said\n%s\nwithout\n%s", lines, o.err, said);
    outcome_free(&o);
}

START_TEST(a_file_is_read_to_its_end)
{
    expect(spikes, "follow @ as R; spikes R", true,
           "time,neuron\n0.10000000000000001,2\n0.20000000000000001,2\n0.29999999999999999,1\n0.5,1\n0.5,10\n",
           "R: line 6: ");
    expect(spikes, "follow @; list", true, NULL, "spikes: the input has ended: 5 spikes of 3 units are kept");
    expect("0.1 1\n0.2 2", "follow @ as R; spikes R", true,
           "time,neuron\n0.10000000000000001,1\n0.20000000000000001,2\n", NULL);
    expect("", "follow @ as R; spikes R", true, "time,neuron\n", "0 spikes of 0 units");
    /* As of any record: the spikes that close it, two here, belong to no rate. */
    expect(spikes, "follow @ as R", true, NULL, ", 2.5 Hz mean so far");
}
END_TEST

START_TEST(what_holds_no_spikes_is_not_followed)
{
    expect("time,a,b\n0,0,2\n1,1,0\n2,3,1\n3,0,0\n4,2,4\n5,1,0\n6,0,1\n7,2,0\n", "follow @ as R", false, NULL,
           "this looks like counts of spikes in bins, 0 to 4 in a cell");
    expect("cluster_id\tgroup\n0\tgood\n1\tmua\n2\tmua\n3\tmua\n4\tmua\n5\tmua\n6\tmua\n7\tmua\n", "follow @ as R",
           false, NULL, "this is a spike sorter's list of clusters");
    expect("time,a,b\n0,0,2\n1,1,0\n2,3,1\n3,0,0\n4,2,4\n5,1,0\n6,0,1\n7,2,0\n", "follow @ as R format=dense; list",
           true, NULL, "9 spikes of 2 units are kept");
}
END_TEST

START_TEST(only_so_much_is_kept)
{
    expect(spikes, "follow @ as R keep=0.25s; spikes R", true, "time,neuron\n0.29999999999999999,1\n0.5,1\n0.5,10\n",
           NULL);
    expect(spikes, "follow @ as R; follow R keep=0.1s; spikes R", true, "time,neuron\n0.5,1\n0.5,10\n",
           "keep=100 ms, 3 became older");
    expect(spikes, "follow @ as R keep=inf; follow R", true, NULL,
           "6 rows came, 1 could not be read, 1 spikes out of order");
}
END_TEST

START_TEST(it_is_read_as_told)
{
    expect(spikes, "follow @ as R unit=ms; spikes R", true,
           "time,neuron\n0.0001,2\n0.00020000000000000001,2\n0.00029999999999999997,1\n0."
           "00050000000000000001,1\n"
           "0.00050000000000000001,10\n",
           "time in ms (as told)");
    expect("1 2\n3 4\n5 6\n", "follow @ as R columns=id,time; follow R unit=s; spikes R", true,
           "time,neuron\n2,1\n4,3\n6,5\n", NULL);
    expect("1 2\n3 4\n5 6\n", "follow @ as R unit=s; follow R columns=neuron,time; spikes R", true,
           "time,neuron\n2,1\n4,3\n6,5\n", NULL);
    expect("1 2\n", "follow @ as R; follow R unit=days", false, NULL, "unit=days");
    expect("a b\nc d\n", "follow @ as R", false, NULL, "no columns of times and neurons");
}
END_TEST

/* Too long to be looked at as a whole, so that the file is read again. */
START_TEST(a_long_file_is_read_again_as_told)
{
    struct text text = {0};
    for (int i = 0; i < 20000; i++)
        text_printf(&text, "%d,%d\n", i, i % 7);
    expect(text.bytes, "follow @ as R unit=s keep=inf; follow R unit=ms", true, NULL,
           "\n20 000 spikes of 7 units are kept");
    expect(text.bytes, "follow @ as R keep=3ms; follow R unit=ms; spikes R", true,
           "time,neuron\n19.995999999999999,4\n19.997,5\n19.998000000000001,6\n19.998999999999999,0\n", NULL);
    expect(text.bytes, "follow @ as R; follow R unit=ms; follow R unit=us; follow R", true, NULL,
           "time in us (as told)");
    text_free(&text);
}
END_TEST

START_TEST(tables_work_on_what_is_kept)
{
    expect(spikes, "follow @ as R; stats R window=0.1s", true, NULL, NULL);
    expect("0.1 5\n0.2 5\n0.3 5\n", "follow @ as R; rates R dt=0.1s", true,
           "t,5\n0.10000000000000001,10\n0.20000000000000001,10.000000000000002\n0.30000000000000004,0\n", NULL);
    expect(spikes, "follow @ as R; list; show R 1,10; select R 10; save-screen", true, NULL, NULL);
    expect(spikes, "follow @ as R; save R nowhere/x", false, NULL, NULL);
}
END_TEST

START_TEST(what_is_kept_becomes_a_recording)
{
    expect(spikes, "follow @ as R; unfollow R; spikes R; play R", true,
           "time,neuron\n0.10000000000000001,2\n0.20000000000000001,2\n0.29999999999999999,1\n0.5,1\n0.5,10\n", NULL);
    expect(spikes, "follow @ as R; unfollow R; unfollow R", false, NULL, "R is a recording, a stream is wanted here");
    expect(spikes, "follow @ as R; unfollow R; follow R", false, NULL, "R is a recording: it is all there already");
}
END_TEST

START_TEST(wrong_ones_get_their_sentence)
{
    expect_error("follow nowhere.csv as R", "nowhere.csv: there is no such file");
    expect_error("follow /tmp as R", "/tmp: this is a directory, a file is wanted");
    expect_error("follow - as R",
                 "standard input is where commands come from; producer | lifscope - follows a producer");
    expect_error("follow x as", "a name is missing after 'as'");
    expect_error("population A; follow x.csv as A",
                 "A is a population: follow x.csv as another name, or `remove A` first");
    expect_error("unfollow", "there is no stream yet: follow FILE as NAME makes one");
    expect(spikes, "follow @ as R; load @ as R", false, NULL, "R is a stream: load ");
    expect(spikes, "follow @ as R; open tuning R", false, NULL, "R is a stream, and a tuning pane shows");
    expect_out("follow", "");
}
END_TEST

START_TEST(rows_follow_their_units)
{
    /* Units that come later move the others, but not the selection or the choice. */
    const char *path = scratch("grows.csv");
    write_file(path, "0.1 5\n0.2 9\n");
    struct session_options options = {.screen = true, .glyphs = GLYPHS_BRAILLE, .width = 80, .height = 24};
    struct session *session = session_new(&options, &all_commands);
    char line[512];
    struct view view;
    snprintf(line, sizeof line, "follow '%s' as R; select R 9; show R 9", path);
    ck_assert(session_line(session, line, NULL, 0));
    session_read(session, 1);
    session_view(session, &view);
    ck_assert_int_eq(view.subject[0].selected, 1);
    FILE *file = fopen(path, "a");
    fputs("0.3 7\n0.4 1\n", file);
    fclose(file);
    session_read(session, 1);
    session_view(session, &view);
    ck_assert_uint_eq(view.subject[0].neurons, 4);
    ck_assert_int_eq(view.subject[0].selected, 3);
    ck_assert_uint_eq(view.subject[0].places, 1);
    ck_assert_uint_eq(view.subject[0].order[0], 3);
    ck_assert_double_eq(view.subject[0].now, 0.4);
    ck_assert(session_patience(session) < 0.1); /* a file is asked again and again */
    session_free(session);
}
END_TEST

static void put(const char *path, const char *mode, const char *text)
{
    FILE *file = fopen(path, mode);
    ck_assert(file && fputs(text, file) >= 0 && fclose(file) == 0);
}

/* An aligned table with a comma between its columns, and no empty line after it. */
static void squeeze(char *table)
{
    char *out = table;
    for (const char *c = table; *c; c++)
        if (*c != ' ' && !(*c == '\n' && out > table && out[-1] == '\n'))
            *out++ = *c;
        else if (*c == ' ' && c[1] != ' ' && out > table && out[-1] != '\n')
            *out++ = ',';
    *out = '\0';
}

/* Follows a file with `before` in it, which then gets `after` (w, a: written so; move: as another file). */
static void expect_news(const char *before, const char *mode, const char *after, const char *kept, const char *said)
{
    const char *path = scratch("changes.csv");
    char *out = NULL, *err = NULL, line[512];
    size_t out_length, err_length;
    struct session_options options = {
        .interactive = true, .out = open_memstream(&out, &out_length), .err = open_memstream(&err, &err_length)};
    struct session *session = session_new(&options, &all_commands);
    unlink(path);
    put(path, "w", before);
    snprintf(line, sizeof line, "follow '%s' as R", path);
    ck_assert(session_line(session, line, NULL, 0));
    for (int i = 0; i < 3; i++)
        session_read(session, 1);
    if (mode[0] == 'm')
        unlink(path);
    put(path, mode[0] == 'm' ? "w" : mode, after);
    for (int i = 0; i < 3; i++)
        session_read(session, 1);
    ck_assert(session_line(session, "spikes R", NULL, 0));
    fflush(options.err);
    fflush(options.out);
    squeeze(out);
    for (char *at = strstr(err, path); at; at = strstr(at, path)) /* the place is another one each time */
        memmove(at, at + strlen(path), strlen(at + strlen(path)) + 1);
    for (char *c = err; *c; c++)
        *c = *c == '\n' ? '|' : *c;
    ck_assert_msg(strstr(err, said) != NULL, "'%s' (%s) was said\n%s\nand not\n%s", after, mode, err, said);
    ck_assert_msg(strcmp(out, kept) == 0, "'%s' (%s) gives\n%s\nand not\n%s", after, mode, out, kept);
    session_free(session);
    fclose(options.out);
    fclose(options.err);
    free(out);
    free(err);
    unlink(path);
}

#define THREE "time,id\n0.5,1\n1.5,2\n2.5,1\n"
#define TABLE "time,neuron\n"

START_TEST(what_happens_to_a_file_is_said)
{
    /* Rotated, and the times go on. */
    expect_news(THREE, "move", "time,id\n3.5,2\n", TABLE "0.5,1\n1.5,2\n2.5,1\n3.5,2\n",
                "R:  was rotated: following the new file|");
    expect_news(THREE, "move", "time,id\n3.5,2\nbad,2\n", TABLE "0.5,1\n1.5,2\n2.5,1\n3.5,2\n",
                "R: line 3: 'bad' in column 1 (time) is not a number|");
    /* Truncated, and a new run begins. */
    expect_news(THREE, "w", "time,id\n0.25,2\n", TABLE "0.25,2\n",
                "R:  was truncated: following its new beginning|lifscope: R: time went back from 2.5 s to "
                "250 ms: a new "
                "run begins, and the 3 spikes kept of the one before are let go|");
    /* It has outgrown what was read of it. */
    expect_news(THREE, "w", "time,id\n0.5,2\n0.75,1\n1.25,2\n1.5,1\n", TABLE "0.5,2\n0.75,1\n1.25,2\n1.5,1\n",
                "R:  was written anew in place: following its new beginning|lifscope: R: time went back from "
                "2.5 s to "
                "500 ms: a new run begins");
    expect_news("time,id\n0.5,1\n0.75,1\n", "w", "time,id\n0.5,2\n0.625,1\n0.75,2\n", /* all within a second */
                TABLE "0.5,2\n0.625,1\n0.75,2\n", "a new run begins, and the 2 spikes kept");
    /* copytruncate, within a line. */
    expect_news("time,id\n0.5,1\n1.5,2\n2.", "w", "5,1\n", TABLE "0.5,1\n1.5,2\n2.5,1\n",
                "R:  was truncated: following its new beginning|");
    /* A producer that was started again appends. */
    expect_news(THREE, "a", "time,id\n0.25,2\n", TABLE "0.25,2\n", "time went back from 2.5 s to 250 ms");
    /* Another table. */
    expect_news(THREE, "move", "id,time\n7,3.5\n", TABLE "3.5,7\n",
                "R: another table begins, with other columns: the 3 spikes that came before are let go|");
}
END_TEST

int main(void)
{
    return HARNESS_RUN("command: follow", a_file_is_read_to_its_end, what_holds_no_spikes_is_not_followed,
                       only_so_much_is_kept, it_is_read_as_told, a_long_file_is_read_again_as_told,
                       tables_work_on_what_is_kept, what_is_kept_becomes_a_recording, wrong_ones_get_their_sentence,
                       rows_follow_their_units, what_happens_to_a_file_is_said);
}
