/* Tables of numbers: what is read from every way of writing them, at every division into pieces, and the exact
 * sentence for what cannot be read. */
#include "harness.h"

#include <sys/stat.h>
#include <unistd.h>

#include "text/csv_read.h"

#define T(text) text, sizeof(text) - 1

static const struct {
    const char *text;
    size_t length;
    size_t rows, columns;
    const char *names[4];
    double value[12];
} good[] = {
    {T("a,b\n1,2\n3,4\n"), 2, 2, {"a", "b"}, {1, 2, 3, 4}},
    {T("1,2\n3,4"), 2, 2, {0}, {1, 2, 3, 4}},
    {T("a;b\r\n1;2\r\n3;4\r\n"), 2, 2, {"a", "b"}, {1, 2, 3, 4}},
    {T("a\tb\r1\t2\r3\t4\r"), 2, 2, {"a", "b"}, {1, 2, 3, 4}},
    {T("  1   2\n 3 \t 4  \n"), 2, 2, {0}, {1, 2, 3, 4}},
    {T("x y\n-1e3 .5\n"), 1, 2, {"x", "y"}, {-1000, 0.5}},
    {T("J\n0.5\n\n\n1.5\n"), 2, 1, {"J"}, {0.5, 1.5}},
    {T("1\n2\n3\n"), 3, 1, {0}, {1, 2, 3}},
    {T("\xef\xbb\xbfJ,rate\n1,2\n"), 1, 2, {"J", "rate"}, {1, 2}},
    {T("# it's a \"comment\nJ\n  # another, \"\n1\n% and one more\n2\n#last"), 2, 1, {"J"}, {1, 2}},
    {T("\"gain\",\"bi,as\"\n\"1\",\"2\"\n"), 1, 2, {"gain", "bi,as"}, {1, 2}},
    {T("a,b\nnan,inf\n-inf,1\n"), 2, 2, {"a", "b"}, {NAN, INFINITY, -INFINITY, 1}},
    {T("a;b\n0,5;1,25\n"), 1, 2, {"a", "b"}, {0.5, 1.25}},
    {T("a,b\n"), 0, 2, {"a", "b"}, {0}},
    {T("7"), 1, 1, {0}, {7}},
    {T("1, 2 ,3\n"), 1, 3, {0}, {1, 2, 3}},
    {T("1,a,3\n4,5,6\n"), 1, 3, {"1", "a", "3"}, {4, 5, 6}},
};

static void check_good(size_t i, size_t piece)
{
    struct error error = {""};
    struct csv_table *t = csv_table_parse("t.csv", good[i].text, good[i].length, piece, NULL, &error);
    ck_assert_msg(t != NULL, "'%s' in pieces of %zu: %s", good[i].text, piece, error.text);
    ck_assert_msg(t->rows == good[i].rows && t->columns == good[i].columns, "'%s' in pieces of %zu: %zu x %zu",
                  good[i].text, piece, t->rows, t->columns);
    ck_assert_msg(!t->name == !good[i].names[0], "'%s': the header is wrong", good[i].text);
    for (size_t c = 0; t->name && c < t->columns; c++)
        ck_assert_str_eq(t->name[c], good[i].names[c]);
    for (size_t k = 0; k < t->rows * t->columns; k++)
        ck_assert_msg(same(t->value[k], good[i].value[k]), "'%s' in pieces of %zu: value %zu is %g", good[i].text,
                      piece, k, t->value[k]);
    csv_table_free(t);
}

START_TEST(tables_are_read_in_every_style_and_every_piece_size)
{
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        for (size_t piece = 0; piece <= good[i].length; piece++)
            check_good(i, piece);
}
END_TEST

static const struct {
    const char *text;
    size_t length;
    const char *says;
} bad[] = {
    {T(""), "t.csv:1: the file is empty"},
    {T("\xef\xbb\xbf"), "t.csv:1: the file is empty"},
    {T("\n\n# nothing\n"), "t.csv:1: there are only blank lines and comments in this file"},
    {T("J\n1\nabc\n"), "t.csv:3: 'abc' in column 1 (J) is not a number"},
    {T("1,2\n\n3,x y\n"), "t.csv:3: 'x y' in column 2 is not a number"},
    {T("a,b\r\n1,2\r\n\r\n1,\r\n"), "t.csv:4: '' in column 2 (b) is not a number"},
    {T("a,b\r1,2\r\r1,0x1\r"), "t.csv:4: '0x1' in column 2 (b) is not a number"},
    {T("a,b\n1,2\n3\n"), "t.csv:3: 1 column here, but 2 in line 1"},
    {T("# c\na,b\n1,2\n3,4,5\n"), "t.csv:4: 3 columns here, but 2 in line 2"},
    {T("a,b\n1,\"2\n3,4\n"), "t.csv:2: a quotation mark is opened on this line and not closed on it"},
    {T("a,b\n1,2\n3,\"4"), "t.csv:3: a quotation mark is opened on this line and not closed on it"},
    {T("a,b\n1,2\n3,\"4\n"), "t.csv:3: a quotation mark is opened on this line and not closed on it"},
    {T("\"a,b\n1,2\n"), "t.csv:1: a quotation mark is opened on this line and not closed on it"},
    {T("a,b\n1,2\n\0\0\0\n"), "t.csv:3: a NUL byte: this is a binary file, not text"},
    {T("\0"), "t.csv:1: a NUL byte: this is a binary file, not text"},
    {T("\x93NUMPY\x01\0v\0{"), "t.csv:1: this is a NumPy file (.npy); write it as text first, numpy.savetxt does that"},
    {T("\x1f\x8b\x08\0"), "t.csv: the compressed data end too early; the file is cut off"},
    {T("J\n1\n\x1b[31mred\n"), "t.csv:3: '?[31mred' in column 1 (J) is not a number"},
    {T("J\n1\nabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz\n"),
     "t.csv:3: 'abcdefghijklmnopqrstuvwxyzabcdefghijk...' in column 1 (J) is not a number"},
    {T("a,b\n1,5\n2,3,4\n"), "t.csv:3: 3 columns here, but 2 in line 1"},
};

START_TEST(faults_are_said_with_their_place_whatever_the_pieces)
{
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        for (size_t piece = 0; piece <= bad[i].length; piece++) {
            struct error error = {""};
            struct csv_table *t = csv_table_parse("t.csv", bad[i].text, bad[i].length, piece, NULL, &error);
            ck_assert_msg(t == NULL, "'%s' was read; expected: %s", bad[i].text, bad[i].says);
            ck_assert_str_eq(error.text, bad[i].says);
        }
}
END_TEST

/* A field that never ends must neither eat memory nor depend on the pieces it comes in. */
START_TEST(a_field_beyond_all_bounds_is_refused)
{
    enum { LENGTH = 300000 };
    char *text = malloc(LENGTH);
    static const size_t pieces[] = {0, 1, 7, 4096, 65536, 65537, 100000};
    static const struct {
        const char *begin;
        char fill;
        const char *says;
    } cases[] = {
        {"1,2\n3,", 'x', "t.csv:2: a field longer than 65536 bytes, which is no number and no name"},
        {"1,2\n3,\"", 'x', "t.csv:2: a field longer than 65536 bytes, which is no number and no name"},
        {"1,2\n3,\"", '\n', "t.csv:2: a quotation mark is opened on this line and not closed on it"},
        {"1,2\n3,x", ' ', "t.csv:2: a field longer than 65536 bytes, which is no number and no name"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        memset(text, cases[i].fill, LENGTH);
        memcpy(text, cases[i].begin, strlen(cases[i].begin));
        memcpy(text + LENGTH - 5, "\n4,y\n", 5);
        for (size_t p = 0; p < sizeof pieces / sizeof *pieces; p++) {
            struct error error = {""};
            ck_assert_ptr_null(csv_table_parse("t.csv", text, LENGTH, pieces[p], NULL, &error));
            ck_assert_str_eq(error.text, cases[i].says);
        }
    }
    free(text);
}
END_TEST

START_TEST(columns_that_nobody_wants_may_hold_anything)
{
    static const char *const some[] = {"mu", "sigma", NULL}, *const none[] = {"x", NULL};
    char path[] = "/tmp/lifscope-test-XXXXXX";
    FILE *file = fdopen(mkstemp(path), "w");
    fputs("status,mu,note,3\nok,1,,7\nbad,2,\"a,b\",\n", file);
    fclose(file);
    struct error error = {""};
    struct csv_table *t = csv_table_read_columns(path, some, &error);
    ck_assert_msg(t != NULL, "%s", error.text);
    ck_assert(t->rows == 2 && t->columns == 4 && t->value[1] == 1 && t->value[5] == 2 && t->value[3] == 7);
    ck_assert(isnan(t->value[0]) && isnan(t->value[2]) && isnan(t->value[7]));
    csv_table_free(t);
    ck_assert_ptr_null(csv_table_read_columns(path, none, &error));
    ck_assert_msg(strstr(error.text, ":2: 'ok' in column 1 (status) is not a number"), "%s", error.text);
    unlink(path);
}
END_TEST

START_TEST(files_that_cannot_be_opened_are_explained)
{
    char directory[] = "/tmp/lifscope-test-XXXXXX", path[64], expected[256];
    ck_assert_ptr_nonnull(mkdtemp(directory));
    struct error error = {""};
    ck_assert_ptr_null(csv_table_read(directory, &error));
    snprintf(expected, sizeof expected, "%s: this is a directory, a file is wanted", directory);
    ck_assert_str_eq(error.text, expected);
    snprintf(path, sizeof path, "%s/f.csv", directory);
    ck_assert_ptr_null(csv_table_read(path, &error));
    snprintf(expected, sizeof expected, "%s: there is no such file", path);
    ck_assert_str_eq(error.text, expected);
    FILE *file = fopen(path, "w");
    fputs("J\n1\n", file);
    fclose(file);
    struct csv_table *t = csv_table_read(path, &error);
    ck_assert_msg(t != NULL, "%s", error.text);
    ck_assert_int_eq(csv_table_column(t, "J"), 0);
    ck_assert_int_eq(csv_table_column(t, "j"), -1);
    csv_table_free(t);
    chmod(path, 0);
    if (geteuid() != 0) { /* root may read everything */
        ck_assert_ptr_null(csv_table_read(path, &error));
        snprintf(expected, sizeof expected, "%s: no permission to read this file", path);
        ck_assert_str_eq(error.text, expected);
    }
    unlink(path);
    rmdir(directory);
}
END_TEST

/* Longer than any buffer of the reader, so that refilling is exercised. */
START_TEST(large_files_are_read_whole)
{
    char path[] = "/tmp/lifscope-test-XXXXXX";
    FILE *file = fdopen(mkstemp(path), "w");
    enum { ROWS = 200000 };
    for (int i = 0; i < ROWS; i++)
        fprintf(file, "%d,%.3f\n", i, i * 0.001);
    fclose(file);
    struct error error = {""};
    struct csv_table *t = csv_table_read(path, &error);
    ck_assert_msg(t != NULL, "%s", error.text);
    ck_assert_uint_eq(t->rows, ROWS);
    for (size_t i = 0; i < t->rows; i++)
        ck_assert_msg(t->value[2 * i] == (double)i && fabs(t->value[2 * i + 1] - (double)i * 0.001) < 1e-9,
                      "row %zu: %g, %g", i, t->value[2 * i], t->value[2 * i + 1]);
    csv_table_free(t);
    unlink(path);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("record: tables of numbers", tables_are_read_in_every_style_and_every_piece_size,
                       faults_are_said_with_their_place_whatever_the_pieces, a_field_beyond_all_bounds_is_refused,
                       columns_that_nobody_wants_may_hold_anything, files_that_cannot_be_opened_are_explained,
                       large_files_are_read_whole);
}
