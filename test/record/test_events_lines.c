/* Plain lines that are read at once give what rows give. Tables of thousands of lines, most of them plain and the others odd
 * in every way, are read whole and in pieces too small for the short way, which is then never taken: every time, every
 * unit and every word said must be the same. */
#include "harness.h"

#include "base/text.h"
#include "record/format.h"

#define CASES 120
#define LINES 1200
#define SMALL_PIECE 100 /* no block of lines fits in it */

/* The same numbers everywhere. */
static uint32_t draw(uint64_t *state, uint32_t below)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((*state >> 33) % below);
}

struct sort_of_table {
    const char *header;
    const char *line; /* time first or neuron first: %T and %N are replaced, the rest stands as it is */
    char delimiter;
};
static const struct sort_of_table tables[] = {
    {"time,neuron\n", "%T,%N", ','},           {"neuron,time_ms\n", "%N,%T", ','},
    {"sender\ttime_ms\n", "%N\t%T", '\t'},     {"", "%T %N", ' '},
    {"time channel neuron\n", "%T 6 %N", ' '}, {"time;channel;neuron;amplitude\n", "%T;A-01;%N;0.125", ';'},
    {"channel|t|unit\n", "a b|%T|%N", '|'},    {"amplitude,time,neuron\n", "0.75,%T,%N", ','},
};

/* What is put in place of a time or a neuron, or of a whole line (NULL: nothing is). */
static const char *const odd_times[] = {"-0.5",
                                        "1e-3",
                                        "0.30000000000000004",
                                        "123456789.5",
                                        "1.",
                                        ".5",
                                        "nan",
                                        "",
                                        "\"2.5\"",
                                        " 3.5",
                                        "4.5 ",
                                        "7.1234567890123456",
                                        "9007199254740993",
                                        "12345678",
                                        "1.123456789",
                                        "0.000000001",
                                        "99999999.99999999",
                                        "1.5x",
                                        "1..5",
                                        "007.25"};
static const char *const odd_neurons[] = {"007",   "12.0", "1234567", "x1", "",    "-1",
                                          "\"5\"", " 6",   "7 ",      "3.", "1e1", "999999"};
static const char *const odd_lines[] = {"",
                                        "# a comment",
                                        "  % another",
                                        "----,----",
                                        "time,neuron",
                                        "sender\ttime_ms",
                                        "1.5",
                                        "\"1.5\",3,4,5",
                                        "0.5,\"an open quote",
                                        "!",
                                        "1.5,3,4,5,6,7,8,9",
                                        "\t",
                                        " ",
                                        "1.5\r2.5,3",
                                        "0.25,3 # behind",
                                        "channel|t|unit",
                                        "0.5  3 7",
                                        "0.5 3 7 "};

#define PICK(list, state) list[draw(state, (uint32_t)(sizeof(list) / sizeof *(list)))]

static void add_line(struct text *text, const struct sort_of_table *table, uint64_t *state, double now, uint32_t oddity)
{
    if (draw(state, 1000) < oddity) {
        text_add(text, PICK(odd_lines, state));
    } else {
        for (const char *c = table->line; *c; c++) {
            bool odd = draw(state, 1000) < oddity;
            if (c[0] == '%' && c[1] == 'T' && odd)
                text_add(text, PICK(odd_times, state));
            else if (c[0] == '%' && c[1] == 'T')
                text_printf(text, "%.*f", 3 + (int)draw(state, 6), now);
            else if (c[0] == '%' && odd)
                text_add(text, PICK(odd_neurons, state));
            else if (c[0] == '%')
                text_printf(text, "%u", draw(state, draw(state, 2) ? 12 : 3000));
            else
                text_append(text, c, 1);
            c += *c == '%';
        }
    }
    text_add(text, draw(state, 1000) < oddity ? "\r\n" : "\n");
}

static struct recording *read_in(const struct text *text, size_t piece, struct text *said, struct error *error)
{
    return recording_parse("r.csv", text->bytes, text->length, piece, &(struct load_options){0}, said, error);
}

static void compare(const struct recording *a, const struct recording *b, int seed, size_t piece)
{
    ck_assert_msg(a->spikes == b->spikes && a->units == b->units,
                  "case %d, piece %zu: %zu spikes of %zu units, not %zu of %zu", seed, piece, a->spikes, a->units,
                  b->spikes, b->units);
    for (size_t i = 0; i < a->spikes; i++)
        ck_assert_msg(a->time[i] == b->time[i] && recording_unit(a, i) == recording_unit(b, i),
                      "case %d, piece %zu: spike %zu is %.17g of %u, not %.17g of %u", seed, piece, i, a->time[i],
                      recording_unit(a, i), b->time[i], recording_unit(b, i));
    for (size_t i = 0; i < a->units; i++)
        ck_assert_str_eq(a->label[i], b->label[i]);
}

static void check_case(int number)
{
    static const size_t pieces[] = {0, 1500, 4099};
    uint64_t state = (uint64_t)number;
    const struct sort_of_table *table = &tables[(size_t)number % (sizeof tables / sizeof *tables)];
    uint32_t oddity = (uint32_t)(number % 3 == 0 ? 0 : number % 3 == 1 ? 2 : 60);
    struct text text = {0}, wanted_said = {0};
    text_add(&text, table->header);
    double now = 0;
    for (int line = 0; line < LINES; line++)
        add_line(&text, table, &state, now += draw(&state, 1000) / 997.0, oddity);
    struct error wanted_error, error;
    struct recording *wanted = read_in(&text, SMALL_PIECE, &wanted_said, &wanted_error);
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        struct text said = {0};
        struct recording *found = read_in(&text, pieces[i], &said, &error);
        ck_assert_msg(!found == !wanted, "case %d, piece %zu: %s", number, pieces[i], found ? "read" : error.text);
        if (found)
            compare(found, wanted, number, pieces[i]);
        else
            ck_assert_str_eq(error.text, wanted_error.text);
        ck_assert_str_eq(text_string(&said), text_string(&wanted_said));
        recording_free(found);
        text_free(&said);
    }
    ck_assert_msg(wanted || oddity > 2, "case %d is not read at all: %s", number, wanted_error.text);
    recording_free(wanted);
    text_free(&text);
    text_free(&wanted_said);
}

START_TEST(plain_lines_are_what_rows_are)
{
    for (int number = 0; number < CASES; number++)
        check_case(number);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("record: plain lines", plain_lines_are_what_rows_are);
}
