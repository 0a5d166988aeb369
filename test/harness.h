/* What every test program shares: the Check boilerplate and a reader for the tables in test/data.
 *
 *     START_TEST(name) { ... } END_TEST
 *     int main(void) { return HARNESS_RUN("room: file", name, other_name); }
 */
#ifndef TEST_HARNESS_H
#define TEST_HARNESS_H

#include <check.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static inline int harness_run(const char *name, const TTest *const *tests, size_t count)
{
    Suite *suite = suite_create(name);
    TCase *tcase = tcase_create(name);
    for (size_t i = 0; i < count; i++)
        tcase_add_test(tcase, tests[i]);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
#define HARNESS_RUN(name, ...)                                                                                         \
    harness_run(name, (const TTest *const[]){__VA_ARGS__},                                                             \
                sizeof((const TTest *const[]){__VA_ARGS__}) / sizeof(const TTest *))

/* A table of test/data: header and cells as text. Reading is deliberately naive and independent of record/. */
struct table {
    size_t rows, columns;
    char **name, **cell; /* cell[row * columns + column] */
    char *text;
};

/* Cuts t->text, a header and rows that each end in LF, into cells in place. */
static inline void table_parse(struct table *t)
{
    t->columns = 1;
    for (char *c = t->text; *c && *c != '\n'; c++)
        t->columns += *c == ',';
    size_t lines = 0;
    for (char *c = t->text; *c; c++)
        lines += *c == '\n';
    t->rows = lines - 1;
    t->name = malloc((lines + 1) * t->columns * sizeof *t->name);
    t->cell = t->name + t->columns;
    char *c = t->text;
    for (size_t i = 0; i < lines * t->columns; i++) {
        t->name[i] = c;
        while (*c != ',' && *c != '\n' && *c)
            c++;
        if (*c)
            *c++ = '\0';
    }
}

static inline struct table table_read(const char *file)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", TEST_DATA, file);
    FILE *stream = fopen(path, "rb");
    if (!stream)
        ck_abort_msg("cannot open %s", path);
    struct table t = {0};
    size_t size = 0, used = 0, got;
    do {
        t.text = realloc(t.text, (size += 1 << 20) + 1);
        got = fread(t.text + used, 1, size - used, stream);
        used += got;
    } while (got > 0);
    fclose(stream);
    t.text[used] = '\0';
    table_parse(&t);
    return t;
}

static inline void table_free(struct table *t)
{
    free(t->name);
    free(t->text);
}

static inline size_t table_column(const struct table *t, const char *name)
{
    for (size_t i = 0; i < t->columns; i++)
        if (strcmp(t->name[i], name) == 0)
            return i;
    ck_abort_msg("no column %s", name);
    return 0;
}

static inline const char *table_text(const struct table *t, size_t row, const char *column)
{
    return t->cell[row * t->columns + table_column(t, column)];
}

static inline double table_number(const struct table *t, size_t row, const char *column)
{
    return strtod(table_text(t, row, column), NULL);
}

/* Same bits, or both NaN. */
static inline bool same(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0 || (isnan(a) && isnan(b)) || (a == 0 && b == 0);
}

/* |a - b| <= tolerance * |b|, or the same special value. */
static inline bool near_relative(double a, double b, double tolerance)
{
    return same(a, b) || fabs(a - b) <= tolerance * fabs(b);
}

#endif
