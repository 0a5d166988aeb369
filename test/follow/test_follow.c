/* Rows that arrive in pieces give what they give at once, and what load makes of the whole. */
#include "harness.h"

#include "base/text.h"
#include "follow/follow.h"

/* What a sink was given, as text: "0.5 7\n" a spike, "-\n" where a text ended. */
struct given {
    struct text spikes;
    char label[4096][24];
    size_t units, restarts;
    double time; /* of the last spike */
    size_t count;
};

static void on_restart(void *context)
{
    struct given *given = context;
    text_clear(&given->spikes);
    given->units = given->count = 0;
    given->restarts++;
}

static void on_unit(void *context, const char *label)
{
    struct given *given = context;
    snprintf(given->label[given->units++ % 4096], 24, "%s", label);
}

static void on_spike(void *context, double time, uint32_t unit)
{
    struct given *given = context;
    ck_assert_msg(unit < given->units, "unit %u was not announced", unit);
    ck_assert(isfinite(time));
    if (given->count < 20000)
        text_printf(&given->spikes, "%.12g %s\n", time, given->label[unit % 4096]);
    given->time = time;
    given->count++;
}

static void on_advance(void *context, double time)
{
    struct given *given = context;
    given->time = time;
}

static void on_turn(void *context, enum stream_turn turn)
{
    struct given *given = context;
    text_add(&given->spikes, turn == STREAM_NEXT ? "-\n" : "=\n");
}

struct outcome {
    struct given *given;
    struct follow_counts counts;
    struct text described;
    bool good;
    struct error error;
};

/* Feeds the text in pieces, looking after every `look`-th one (0: never before the end). */
static struct outcome follow(const char *bytes, size_t length, size_t piece, size_t look,
                             const struct load_options *options)
{
    struct outcome o = {.given = calloc(1, sizeof *o.given), .good = true};
    struct follow_sink sink = {o.given, on_restart, on_unit, on_spike, on_advance, on_turn};
    struct follower *follower = follower_new(options, &sink, &o.error);
    struct error ignored;
    if (!follower) {
        o.good = false;
        return o;
    }
    for (size_t i = 0, at = 0; o.good && at < length; i++) {
        size_t n = length - at < piece ? length - at : piece;
        o.good = follower_feed(follower, bytes + at, n, &o.error);
        if (o.good && look && i % look == 0)
            follower_look(follower, &ignored);
        at += n;
    }
    o.good = o.good && follower_end(follower, FOLLOW_CLOSED, &o.error);
    struct text *given = &o.given->spikes;
    if (given->length >= 2 && strcmp(given->bytes + given->length - 2, "-\n") == 0)
        given->bytes[given->length -= 2] = '\0'; /* the end of all */
    o.counts = follower_counts(follower);
    text_add(&o.described, follower_described(follower));
    follower_free(follower);
    return o;
}

static void outcome_free(struct outcome *o)
{
    text_free(&o->given->spikes);
    text_free(&o->described);
    free(o->given);
}

static const struct load_options plain;

static struct outcome follow_text(const char *text)
{
    return follow(text, strlen(text), strlen(text), 1, &plain);
}

static void expect(const char *text, const char *spikes)
{
    struct outcome o = follow_text(text);
    ck_assert_msg(o.good, "%s", o.error.text);
    ck_assert_msg(strcmp(text_string(&o.given->spikes), spikes) == 0, "'%s' gave\n%snot\n%s", text,
                  text_string(&o.given->spikes), spikes);
    outcome_free(&o);
}

static void check_pieces(const char *bytes, size_t length, size_t piece, size_t look, const struct outcome *whole)
{
    struct outcome o = follow(bytes, length, piece, look, &plain);
    ck_assert_msg(o.good == whole->good, "pieces of %zu: %s", piece, o.good ? "good" : o.error.text);
    ck_assert_msg(strcmp(text_string(&o.given->spikes), text_string(&whole->given->spikes)) == 0,
                  "pieces of %zu (looks every %zu) give\n%.300s\nnot\n%.300s", piece, look,
                  text_string(&o.given->spikes), text_string(&whole->given->spikes));
    ck_assert_str_eq(text_string(&o.described), text_string(&whole->described));
    ck_assert_uint_eq(o.counts.rows, whole->counts.rows);
    ck_assert_uint_eq(o.counts.lines, whole->counts.lines);
    ck_assert_uint_eq(o.counts.malformed, whole->counts.malformed);
    ck_assert_uint_eq(o.counts.headers, whole->counts.headers);
    ck_assert_int_eq(memcmp(o.counts.shown, whole->counts.shown, sizeof o.counts.shown), 0);
    outcome_free(&o);
}

static void check_every_piece(const char *bytes, size_t length, size_t largest)
{
    struct outcome whole = follow(bytes, length, length, 0, &plain);
    for (size_t piece = 1; piece <= largest; piece += piece < 20 ? 1 : piece / 3)
        for (size_t look = 0; look < 3; look++)
            check_pieces(bytes, length, piece, look, &whole);
    outcome_free(&whole);
}

static const char *const texts[] = {
    "time,neuron\n0.1,7\n0.25,3\n1.5,7\n",
    "time,neuron\r\n0.1,7\r\n0.25,3\r\n1.5,7\r\n",
    "\xef\xbb\xbftime;neuron\r0,1;7\r0,25;3\r1,5;7",
    "# sender\ttime_ms\n7\t100.5\n3\t101.25\n# a comment\n\n7\t230\n",
    "sender time_ms\n1 10.1\n2 11.5\nsender time_ms\n1 12\n",
    "0.1 1\n0.2 2\nabc 3\n0.3\n\"0.4 1\n0.5 \"2\" \n0.6 1\nnan 2\ninf 1\n0.7 2\nx y z\n0.8 1\n",
    "time,population,id\n0.1,ex,1\n0.2,in,1\n0.3,ex,2\n",
    "t,a,b,c,d,e\n0.001,0,0,1,0,0\n0.002,1,0,0,0,1\n0.003,0,0,0,0,0\n0.004,0,1,0,0,0\n",
    "\"time\",\"neuron\"\n0.1,\"a \"\"b\"\"\"\n0.2,\"c\"\n0.3,\"a \"b\n0.4,\"c\"\n",
    "\r\n0.1 1\r\n\"0.2\r\n0.3 1\r\nbad\r\n\"0.4 2\r\n\r\n0.5 3\r\nbad\r\n",
    "\n\n\n",
    "hello\nworld\n",
    "",
};

START_TEST(every_division_gives_the_same)
{
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        check_every_piece(texts[i], strlen(texts[i]), strlen(texts[i]) + 1);
}
END_TEST

/* Longer than what is looked at; a bad row and a header here and there. */
START_TEST(a_long_text_is_the_same_in_all_pieces)
{
    struct text text = {0};
    text_add(&text, "time_ms,id\n");
    for (int i = 0; i < 12000; i++) {
        text_printf(&text, "%.1f,%d\n", 0.1 * i, i % 97);
        if (i % 1999 == 1998)
            text_add(&text, i % 2 ? "time_ms,id\n" : "oops,\"3\n");
    }
    static const size_t pieces[] = {1, 7, 64, 4096, 65536, 100000};
    struct outcome whole = follow(text.bytes, text.length, text.length, 0, &plain);
    ck_assert_msg(whole.good, "%s", whole.error.text);
    ck_assert_uint_eq(whole.given->count, 12000);
    ck_assert_uint_eq(whole.counts.malformed + whole.counts.headers, 6);
    ck_assert_double_eq_tol(whole.given->time, 1.1999, 1e-12);
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
        check_pieces(text.bytes, text.length, pieces[i], i % 2 ? 1 : 100, &whole);
    outcome_free(&whole);
    text_free(&text);
}
END_TEST

/* load is the other reader of the same formats. */
START_TEST(a_good_file_is_what_load_makes_of_it)
{
    for (size_t i = 0; i < 5; i++) {
        struct error error;
        struct text said = {0}, loaded = {0};
        struct outcome o = follow_text(texts[i]);
        struct recording *r =
            recording_parse("x", texts[i], strlen(texts[i]), 0, &(struct load_options){0}, &said, &error);
        text_free(&said);
        if (!r) { /* load may refuse a header that comes again */
            outcome_free(&o);
            continue;
        }
        for (size_t s = 0; s < r->spikes; s++)
            text_printf(&loaded, "%.12g %s\n", r->time[s], r->label[recording_unit(r, s)]);
        char *turn = o.given->spikes.bytes ? strstr(o.given->spikes.bytes, "=\n") : NULL; /* load has none */
        if (turn)
            memmove(turn, turn + 2, strlen(turn + 2) + 1);
        ck_assert_str_eq(text_string(&o.given->spikes), text_string(&loaded));
        recording_free(r);
        text_free(&loaded);
        outcome_free(&o);
    }
}
END_TEST

START_TEST(columns_units_and_headers_are_found)
{
    expect("time,neuron\n0.1,7\n0.25,3\n", "0.1 7\n0.25 3\n");
    expect("# sender\ttime_ms\n7\t100.5\n3\t101.25\n", "0.1005 7\n0.10125 3\n");
    expect("t\ta\tb\tc\td\te\n0.001\t0\t0\t1\t0\t0\n0.002\t1\t0\t0\t0\t0\n", "0.001 c\n0.002 a\n");
    expect("time,population,id\n0.1,ex,1\n0.2,in,1\n", "0.1 ex:1\n0.2 in:1\n");
}
END_TEST

START_TEST(rows_that_cannot_be_read_are_counted_and_quoted)
{
    struct outcome o = follow_text("time,id\n0.1,1\nabc,3\n0.3\n0.35,\"1\n0.4,2\nnan,2\nfoo,1\ntime,id\n0.5,1\n");
    ck_assert_str_eq(text_string(&o.given->spikes), "0.1 1\n0.4 2\n=\n0.5 1\n");
    ck_assert_uint_eq(o.counts.malformed, 5);
    ck_assert_uint_eq(o.counts.headers, 1);
    ck_assert_uint_eq(o.counts.rows, 3);
    ck_assert_str_eq(o.counts.shown[0], "line 3: 'abc' in column 1 (time) is not a number");
    ck_assert_msg(strncmp(o.counts.shown[1], "line 4: ", 8) == 0, "%s", o.counts.shown[1]);
    ck_assert_msg(strncmp(o.counts.shown[2], "line 5: a quotation mark", 24) == 0, "%s", o.counts.shown[2]);
    outcome_free(&o);
}
END_TEST

START_TEST(the_last_line_waits_for_its_end)
{
    struct given *given = calloc(1, sizeof *given);
    struct follow_sink sink = {given, on_restart, on_unit, on_spike, on_advance, on_turn};
    struct error error;
    struct follower *f = follower_new(&plain, &sink, &error);
    ck_assert(follower_feed(f, "0.1,1\n0.2,1", 11, &error) && follower_look(f, &error));
    ck_assert_str_eq(text_string(&given->spikes), "0.1 1\n");
    ck_assert(follower_feed(f, "5\n", 2, &error) && follower_look(f, &error));
    ck_assert_str_eq(text_string(&given->spikes), "0.1 1\n0.2 15\n");
    ck_assert(follower_feed(f, "0.3,2", 5, &error) && follower_end(f, FOLLOW_CLOSED, &error));
    ck_assert_str_eq(text_string(&given->spikes), "0.1 1\n0.2 15\n0.3 2\n-\n");
    follower_restart(f);
    ck_assert_str_eq(text_string(&given->spikes), "");
    ck_assert(follower_feed(f, "time_ms,id\n3,4\n", 15, &error) && follower_look(f, &error));
    ck_assert_str_eq(text_string(&given->spikes), "0.003 4\n");
    follower_free(f);
    text_free(&given->spikes);
    free(given);
}
END_TEST

/* Another text goes on with the same table: its header, its lines from 1, and the turn stays where it was
 * when everything is given again. */
START_TEST(another_text_goes_on)
{
    struct given *given = calloc(1, sizeof *given);
    struct follow_sink sink = {given, on_restart, on_unit, on_spike, on_advance, on_turn};
    struct error error;
    struct text text = {0};
    struct follower *f = follower_new(&plain, &sink, &error);
    const char *first = "time_s,id\n7.5,1\n8.5,2", *second = "time_s,id\n0.5,1\nbad,1\n";
    ck_assert(follower_feed(f, first, strlen(first), &error) && follower_end(f, FOLLOW_CLOSED, &error));
    ck_assert(follower_feed(f, second, strlen(second), &error) && follower_look(f, &error));
    ck_assert_str_eq(text_string(&given->spikes), "7.5 1\n8.5 2\n-\n=\n0.5 1\n");
    ck_assert_str_eq(follower_counts(f).shown[0], "line 3: 'bad' in column 1 (time_s) is not a number");
    for (int i = 0; i < 40; i++)
        text_printf(&text, "%d.25,3\n", i + 1);
    size_t restarts = given->restarts;
    ck_assert(follower_feed(f, text.bytes, text.length, &error) && follower_look(f, &error));
    ck_assert_uint_gt(given->restarts, restarts);
    ck_assert_msg(strncmp(text_string(&given->spikes), "7.5 1\n8.5 2\n-\n=\n0.5 1\n1.25 3\n2.25 3\n", 36) == 0, "%s",
                  text_string(&given->spikes));
    ck_assert_str_eq(follower_counts(f).shown[0], "line 3: 'bad' in column 1 (time_s) is not a number");
    follower_free(f);
    text_free(&text);
    text_free(&given->spikes);
    free(given);
}
END_TEST

/* Texts one after the other, each ending in the way of its last mark: '|' closed, '>' replaced, '!' cut. */
static struct outcome follow_texts(const char *all, size_t head, size_t piece, bool look)
{
    struct outcome o = {.given = calloc(1, sizeof *o.given), .good = true};
    struct follow_sink sink = {o.given, on_restart, on_unit, on_spike, on_advance, on_turn};
    struct follower *f = follower_new_head(&plain, &sink, head, &o.error);
    struct error ignored;
    for (const char *at = all; o.good && *at;) {
        size_t n = strcspn(at, "|>!");
        for (size_t from = 0; from < n && o.good; from += piece) {
            o.good = follower_feed(f, at + from, n - from < piece ? n - from : piece, &o.error);
            if (o.good && look)
                follower_look(f, &ignored);
        }
        at += n;
        if (o.good && *at) {
            enum follow_end how = *at == '|' ? FOLLOW_CLOSED : *at == '>' ? FOLLOW_REPLACED : FOLLOW_CUT;
            o.good = follower_end(f, how, &o.error);
            at++;
        }
    }
    if (o.good)
        follower_look(f, &ignored);
    o.counts = follower_counts(f);
    text_add(&o.described, follower_described(f));
    follower_free(f);
    return o;
}

/* While looking and after it, in one piece and byte by byte, the same comes out. */
static struct outcome expect_texts(const char *all, const char *spikes)
{
    struct outcome o = {0};
    for (int i = 0; i < 8; i++) {
        if (i > 0)
            outcome_free(&o);
        o = follow_texts(all, i % 2 ? 1 : 65536, i / 2 % 2 ? 1 : 10000, i / 4);
        ck_assert_msg(o.good, "'%s': %s", all, o.error.text);
        ck_assert_msg(strcmp(text_string(&o.given->spikes), spikes) == 0, "'%s' (way %d) gave\n%snot\n%s", all, i,
                      text_string(&o.given->spikes), spikes);
    }
    return o;
}

static void same_texts(const char *all, const char *spikes, uint64_t headers, uint64_t malformed)
{
    struct outcome o = expect_texts(all, spikes);
    ck_assert_uint_eq(o.counts.headers, headers);
    ck_assert_uint_eq(o.counts.malformed, malformed);
    ck_assert_uint_eq(o.counts.tables, 0);
    outcome_free(&o);
}

static void other_texts(const char *all, const char *spikes, uint64_t let_go, const char *described)
{
    struct outcome o = expect_texts(all, spikes);
    ck_assert_uint_eq(o.counts.tables, 1);
    ck_assert_uint_eq(o.counts.let_go, let_go);
    ck_assert_uint_eq(o.counts.malformed, 0);
    ck_assert_msg(strncmp(text_string(&o.described), described, strlen(described)) == 0, "'%s' is taken for %s", all,
                  text_string(&o.described));
    outcome_free(&o);
}

#define ROWS "0.1,1\n0.25,2\n0.5,1\n0.75,2\n"
#define GIVEN "0.1 1\n0.25 2\n0.5 1\n0.75 2\n"

START_TEST(headers_that_come_again_are_none_of_the_rows)
{
    same_texts("time,id\n" ROWS ">time,id\n1.5,2\n", GIVEN "=\n=\n1.5 2\n", 1, 0);
    same_texts("time,id\n" ROWS "Time,ID\n1.5,2\n", GIVEN "=\n1.5 2\n", 1, 0);
    same_texts(ROWS "time,id\n1.5,2\n", GIVEN "=\n1.5 2\n", 1, 0); /* it began in the middle */
    same_texts(ROWS ">t,neuron\n1.5,2\n|t,neuron\n", GIVEN "=\n=\n1.5 2\n-\n=\n", 2, 0);
    same_texts("time,id\n" ROWS "|t,neuron\n1.5,2\n", GIVEN "-\n=\n1.5 2\n", 1, 0);
    same_texts("time,id\n" ROWS "oops,2\n>bad\n1.5,2\n", GIVEN "=\n1.5 2\n", 0, 2);
}
END_TEST

START_TEST(lines_count_from_1_in_each_text)
{
    struct outcome o = expect_texts("time,id\n" ROWS ">1,1\n1.5,2\nbad,1\n", GIVEN "=\n1 1\n1.5 2\n");
    ck_assert_str_eq(o.counts.shown[0], "line 3: 'bad' in column 1 (time) is not a number");
    outcome_free(&o);
    o = expect_texts("time,id\n" ROWS "neuron,time\n3,1.5\nbad\n", "1.5 3\n");
    ck_assert_msg(strncmp(o.counts.shown[0], "line 8: ", 8) == 0, "%s", o.counts.shown[0]);
    outcome_free(&o);
}
END_TEST

/* What is fitting in one text is not in another one. */
START_TEST(another_table_lets_the_one_before_go)
{
    other_texts("time,id\n" ROWS ">id,time\n3,0.5\n", "0.5 3\n", 4, "events, comma, header");
    other_texts(ROWS ">id,time\n3,0.5\n", "0.5 3\n", 4, "events, comma, header");
    other_texts("time,id\n" ROWS "id,time\n3,0.5\n4,0.75\n", "0.5 3\n0.75 4\n", 4, "events, comma, header");
    other_texts("time_s,id\n" ROWS "!time_ms,id\n5,3\n", "0.005 3\n", 4, "events, comma, header");
    other_texts("time,id\n" ROWS ">1\t0.5\n2\t0.6\n1\t0.7\n3\t0.8\n1\t0.95\n1\t1.5\n2\t1.6\n3\t1.7\n4\t1.8\n",
                "0.5 1\n0.6 2\n0.7 1\n0.8 3\n0.95 1\n1.5 1\n1.6 2\n1.7 3\n1.8 4\n", 4, "events, tab, no header");
}
END_TEST

/* logrotate's copytruncate and a writer that fills blocks. */
START_TEST(a_line_that_was_cut_is_mended)
{
    same_texts("time,id\n" ROWS "0.8,1!2\n0.9,1\n", GIVEN "=\n0.8 12\n0.9 1\n", 0, 0);
    same_texts("time,id\n" ROWS "0.8,!12\n0.9,1\n", GIVEN "=\n0.8 12\n0.9 1\n", 0, 0);
    same_texts("time,id\n" ROWS "0.8,12!\n0.9,1\n", GIVEN "=\n0.8 12\n0.9 1\n", 0, 0);
    same_texts("time,id\n" ROWS "0.8!21,1\n0.9,1\n", GIVEN "=\n0.821 1\n0.9 1\n", 0, 0);
    same_texts("time,id\n" ROWS "0.8,1!0.9,1\n", GIVEN "0.8 1\n=\n0.9 1\n", 0, 0);
    same_texts("time,id\n" ROWS "0.8,1!time,id\n0.9,1\n", GIVEN "0.8 1\n=\n=\n0.9 1\n", 1, 0);
    same_texts("time,id\n" ROWS "0.8!0.01,3\n0.9,1\n", GIVEN "=\n0.01 3\n0.9 1\n", 0, 1);
    same_texts("0.1 1\n0.2 2\n0.3 1\n0.4 !17\n0.5 2\n", "0.1 1\n0.2 2\n0.3 1\n=\n0.4 17\n0.5 2\n", 0, 0);
    same_texts("0.1 1\n0.2 2\n0.3 1\n0.4! 17\n0.5 2\n", "0.1 1\n0.2 2\n0.3 1\n=\n0.4 17\n0.5 2\n", 0, 0);
}
END_TEST

/* The first row looks like seconds; the next hundred show that they are milliseconds. */
START_TEST(second_thoughts_give_everything_again)
{
    struct given *given = calloc(1, sizeof *given);
    struct follow_sink sink = {given, on_restart, on_unit, on_spike, on_advance, on_turn};
    struct error error;
    struct text text = {0};
    struct follower *f = follower_new(&plain, &sink, &error);
    ck_assert(follower_feed(f, "12.5 3\n", 7, &error) && follower_look(f, &error));
    ck_assert_str_eq(text_string(&given->spikes), "12.5 3\n");
    for (int i = 1; i < 200; i++)
        text_printf(&text, "%.1f %d\n", 12.5 + 3.1 * i, i % 7);
    ck_assert(follower_feed(f, text.bytes, text.length, &error) && follower_look(f, &error));
    ck_assert_uint_ge(given->restarts, 1);
    ck_assert_uint_eq(given->count, 200);
    ck_assert_double_eq_tol(given->time, 0.0125 + 0.0031 * 199, 1e-9);
    ck_assert(strstr(follower_described(f), "time in ms") != NULL);
    double factor;
    ck_assert(follower_set_unit(f, "s", &factor, &error));
    ck_assert_double_eq(factor, 1); /* given again */
    ck_assert_double_eq_tol(given->time, 12.5 + 3.1 * 199, 1e-9);
    struct load_options other = {.columns = "id,time", .unit = "s"};
    ck_assert(follower_change(f, &other, &error));
    ck_assert_double_eq(given->time, 199 % 7);
    follower_free(f);
    text_free(&text);
    text_free(&given->spikes);
    free(given);
}
END_TEST

/* Options may be gone as soon as they were told; wrong ones leave what there was. */
START_TEST(options_change_while_it_goes_on)
{
    struct given *given = calloc(1, sizeof *given);
    struct follow_sink sink = {given, on_restart, on_unit, on_spike, on_advance, on_turn};
    struct error error;
    double factor;
    char columns[] = "time,id", unit[] = "s";
    struct follower *f = follower_new(&(struct load_options){.columns = columns}, &sink, &error);
    strcpy(columns, "?");
    ck_assert(follower_feed(f, "1,2\n3,4\n5,6", 11, &error) && follower_look(f, &error));
    ck_assert(follower_set_unit(f, unit, &factor, &error));
    strcpy(unit, "?");
    ck_assert_str_eq(text_string(&given->spikes), "1 2\n3 4\n");
    ck_assert(!follower_change(f, &(struct load_options){.columns = "this,that"}, &error));
    ck_assert_str_eq(text_string(&given->spikes), "1 2\n3 4\n");
    ck_assert(follower_feed(f, "\n7,8\n", 5, &error) && follower_look(f, &error));
    ck_assert_str_eq(text_string(&given->spikes), "1 2\n3 4\n5 6\n7 8\n");
    ck_assert(follower_end(f, FOLLOW_CLOSED, &error) && follower_feed(f, "9,1\n", 4, &error));
    ck_assert(follower_change(f, &(struct load_options){.columns = "id,time", .unit = "s"}, &error));
    ck_assert_str_eq(text_string(&given->spikes), "2 1\n4 3\n6 5\n8 7\n-\n1 9\n");
    follower_free(f);
    text_free(&given->spikes);
    free(given);
}
END_TEST

/* The looks are over; what is not a line yet is the beginning of what is read otherwise. */
START_TEST(a_line_is_not_cut_by_other_options)
{
    struct given *given = calloc(1, sizeof *given);
    struct follow_sink sink = {given, on_restart, on_unit, on_spike, on_advance, on_turn};
    struct error error;
    struct follower *f = follower_new_head(&(struct load_options){.unit = "s"}, &sink, 16, &error);
    ck_assert(follower_feed(f, "1,2\n3,4\n5,6\n7,8\n9,1\n11,", 23, &error));
    ck_assert(follower_settled(f));
    ck_assert(follower_change(f, &(struct load_options){.columns = "id,time", .unit = "s"}, &error));
    ck_assert_str_eq(text_string(&given->spikes), "");
    ck_assert(follower_feed(f, "12\n13,14\n", 9, &error) && follower_look(f, &error));
    ck_assert_str_eq(text_string(&given->spikes), "12 11\n14 13\n");
    follower_free(f);
    text_free(&given->spikes);
    free(given);
}
END_TEST

/* Rows of different lengths, until it is told that only the first two numbers count. */
START_TEST(other_options_make_sense_of_it)
{
    struct given *given = calloc(1, sizeof *given);
    struct follow_sink sink = {given, on_restart, on_unit, on_spike, on_advance, on_turn};
    struct error error;
    struct text text = {0};
    struct follower *f = follower_new(&(struct load_options){.unit = "s"}, &sink, &error);
    for (int i = 0; i < 20000; i++)
        text_printf(&text, "%d.5 %d.25%s\n", i, i + 1, i % 3 ? " 7.5" : "");
    ck_assert(!follower_feed(f, text.bytes, text.length, &error));
    ck_assert(follower_failed(f));
    ck_assert(
        follower_change(f, &(struct load_options){.format = "events", .columns = "time,id", .unit = "s"}, &error));
    ck_assert(!follower_failed(f));
    ck_assert(follower_feed(f, "1 2\n", 4, &error) && follower_look(f, &error));
    ck_assert_uint_eq(given->count, 20001);
    follower_free(f);
    text_free(&text);
    text_free(&given->spikes);
    free(given);
}
END_TEST

static void expect_error(const char *text, const struct load_options *options, const char *sentence)
{
    struct outcome o = follow(text, strlen(text), 100000, 0, options);
    ck_assert_msg(!o.good && strncmp(o.error.text, sentence, strlen(sentence)) == 0, "'%.40s' said %s", text,
                  o.good ? "nothing" : o.error.text);
    outcome_free(&o);
}

START_TEST(what_is_no_table_is_said)
{
    struct text text = {0};
    expect_error("hello\nworld\nthis is\n", &plain, "no columns of times and neurons");
    expect_error("\x89PNG\r\n\n", &plain, "this is a PNG picture");
    expect_error("\x1f\x8b\x08\n", &plain, "this is compressed by gzip and cannot be followed");
    expect_error("unit,times\na,\"[0.1, 0.2, 0.3, 0.4]\"\nb,\"[0.15, 0.25, 0.35]\"\nc,\"[0.2, 0.3]\"\n", &plain,
                 "these are lists in brackets, which cannot be followed");
    expect_error("", &(struct load_options){.unit = "hours"}, "unit=hours");
    expect_error("", &(struct load_options){.format = "events", .delimiter = "x"}, "unknown delimiter");
    for (int i = 0; i < (17 << 20) / 10; i++)
        text_add(&text, "0123456789");
    expect_error(text.bytes, &plain, "a line longer than");
    text_free(&text);
}
END_TEST

START_TEST(too_many_different_neurons_are_none)
{
    struct text text = {0};
    text_add(&text, "time,neuron\n");
    for (int i = 0; i < 1100000; i++) {
        char line[32];
        text_append(&text, line, (size_t)snprintf(line, sizeof line, "%d.5,n%d\n", i / 1000, i));
    }
    expect_error(text.bytes, &plain, "more than 1048576 different neurons");
    text_free(&text);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("record: follow", every_division_gives_the_same, a_long_text_is_the_same_in_all_pieces,
                       a_good_file_is_what_load_makes_of_it, columns_units_and_headers_are_found,
                       rows_that_cannot_be_read_are_counted_and_quoted, the_last_line_waits_for_its_end,
                       another_text_goes_on, headers_that_come_again_are_none_of_the_rows,
                       lines_count_from_1_in_each_text, another_table_lets_the_one_before_go,
                       a_line_that_was_cut_is_mended, second_thoughts_give_everything_again,
                       options_change_while_it_goes_on, a_line_is_not_cut_by_other_options,
                       other_options_make_sense_of_it, what_is_no_table_is_said, too_many_different_neurons_are_none);
}
