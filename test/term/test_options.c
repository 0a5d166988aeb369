/* The program's own arguments: what is understood, and what is said about the rest. */
#include "harness.h"

#include "options.h"

/* Reads the words of `line` as arguments; the words stay alive until the next call. */
static bool read_line(struct options *options, const char *line, struct error *error)
{
    static char copy[256];
    static char *argv[32];
    int argc = 0;
    snprintf(copy, sizeof copy, "lifscope %s", line);
    for (char *word = strtok(copy, " "); word; word = strtok(NULL, " "))
        argv[argc++] = word;
    argv[argc] = NULL;
    return options_read(options, argc, argv, error);
}

START_TEST(arguments_are_understood_in_any_order)
{
    struct options o;
    struct error e = {""};
    ck_assert_msg(read_line(&o, "a.csv -c run -f - --size 120x36 b.csv -f s.lif --color=never --ascii -", &e), "%s",
                  e.text);
    ck_assert_uint_eq(o.files, 3);
    ck_assert_str_eq(o.file[0], "a.csv");
    ck_assert_str_eq(o.file[1], "b.csv");
    ck_assert_str_eq(o.file[2], "-");
    ck_assert_uint_eq(o.steps, 3);
    ck_assert(!o.step[0].script && o.step[1].script && o.step[2].script);
    ck_assert_str_eq(o.step[0].text, "run");
    ck_assert_str_eq(o.step[2].text, "s.lif");
    ck_assert_int_eq(o.width, 120);
    ck_assert_int_eq(o.height, 36);
    ck_assert_int_eq(o.colour, COLOUR_NEVER);
    ck_assert(o.ascii && !o.plain && !o.mouse);
    options_free(&o);
    ck_assert(read_line(&o, "", &e) && o.files == 0 && o.steps == 0 && o.colour == COLOUR_AUTO && o.width == 0);
    options_free(&o);
    ck_assert(read_line(&o, "--plain --mouse --version --help -- --plain", &e));
    ck_assert(o.plain && o.mouse && o.version && o.help && o.files == 1);
    options_free(&o);
}
END_TEST

static const struct {
    const char *line, *says;
} refused[] = {
    {"--size 12", "--size '12': columns and rows are wanted, such as 120x36 (each from 1 to 10000)"},
    {"--size 0x5", "--size '0x5': columns and rows are wanted, such as 120x36 (each from 1 to 10000)"},
    {"--size 80x24x", "--size '80x24x': columns and rows are wanted, such as 120x36 (each from 1 to 10000)"},
    {"--color=blue", "--color 'blue': auto, always or never is wanted"},
    {"--frobnicate", "unknown or ambiguous option '--frobnicate' (lifscope --help lists them)"},
    {"-x", "unknown option '-x' (lifscope --help lists them)"},
    {"-c", "'-c' needs a value (lifscope --help)"},
    {"a.csv --size", "'--size' needs a value (lifscope --help)"},
    {"--plain=yes", "'--plain=yes' takes no value (lifscope --help lists the options)"},
};

START_TEST(wrong_arguments_are_explained)
{
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        struct options o;
        struct error e = {""};
        ck_assert_msg(!read_line(&o, refused[i].line, &e), "'%s' was taken", refused[i].line);
        ck_assert_str_eq(e.text, refused[i].says);
        options_free(&o);
    }
}
END_TEST

int main(void)
{
    return HARNESS_RUN("main: arguments", arguments_are_understood_in_any_order, wrong_arguments_are_explained);
}
