/* Pictures to take along, as people save them: what is in the files, and what is refused. */
#include "run.h"

#define START "population A n=20 seed=4; input A sine freq=2Hz; run 1s\n"

static char directory[] = "/tmp/lifscope-picture-XXXXXX";

/* Fontconfig, which Cairo asks for letters, keeps some of what it was asked for until the process ends, and loses sight
 * of it: a leak of its own, 1 kB however many pictures are drawn. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig";
}

static char *contents(const char *name, size_t *size)
{
    char path[200], *bytes = NULL;
    snprintf(path, sizeof path, "%s/%s", directory, name);
    FILE *file = fopen(path, "r");
    ck_assert_msg(file != NULL, "there is no %s", name);
    FILE *out = open_memstream(&bytes, size);
    for (int c; (c = getc(file)) != EOF;)
        putc(c, out);
    fclose(out);
    fclose(file);
    return bytes;
}

static struct outcome save(const char *before, const char *words)
{
    char lines[600];
    snprintf(lines, sizeof lines, "%s%s\n", before, words);
    return run(lines);
}

static char *saved(const char *before, const char *name, const char *words, size_t *size)
{
    char line[400];
    snprintf(line, sizeof line, "save-picture %s/%s %s", directory, name, words);
    struct outcome o = save(before, line);
    ck_assert_msg(o.good, "%s: %s", line, o.err);
    outcome_free(&o);
    return contents(name, size);
}

static unsigned big_endian(const char *bytes)
{
    const unsigned char *b = (const unsigned char *)bytes;
    return (unsigned)b[0] << 24 | (unsigned)b[1] << 16 | (unsigned)b[2] << 8 | b[3];
}

/* 8 cm at 254 dots an inch are 800 dots. */
START_TEST(a_png_has_the_size_that_was_asked_for)
{
    size_t size;
    char *png = saved(START, "a.png", "pane=2 width=8cm height=40mm dpi=254", &size);
    ck_assert(size > 1000 && memcmp(png, "\x89PNG\r\n\x1a\n", 8) == 0);
    ck_assert_msg(big_endian(png + 16) == 800 && big_endian(png + 20) == 400, "%u by %u dots", big_endian(png + 16),
                  big_endian(png + 20));
    free(png);
}
END_TEST

/* 2 in are 144 points. Curves are paths with strokes; no letter of it is a dot pattern. */
START_TEST(an_svg_holds_curves_and_its_size)
{
    size_t size;
    char *svg = saved(START, "a.svg", "pane=3 width=2in height=1.5in font=6pt", &size);
    ck_assert_msg(strstr(svg, "width=\"144pt\" height=\"108pt\""), "%.300s", svg);
    ck_assert(strstr(svg, "stroke-linejoin:round") && strstr(svg, "</svg>"));
    ck_assert_msg(strstr(svg, "rgb(84.313725%,0%,0%)"), "nothing has the colour of the selected neuron on white");
    free(svg);
}
END_TEST

START_TEST(the_same_picture_is_the_same_bytes)
{
    static const char *const names[][2] = {{"one.svg", "two.svg"}, {"one.pdf", "two.pdf"}, {"one.png", "two.png"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t size[2];
        char *bytes[2];
        for (int k = 0; k < 2; k++) {
            bytes[k] = saved(START, names[i][k], "", &size[k]);
            char *id = i == 0 ? strstr(bytes[k], "id=\"surface") : NULL; /* Cairo numbers those of a process */
            if (id)
                memset(id, ' ', strcspn(id, ">"));
        }
        ck_assert_msg(size[0] == size[1] && memcmp(bytes[0], bytes[1], size[0]) == 0, "%s and %s differ", names[i][0],
                      names[i][1]);
        free(bytes[0]);
        free(bytes[1]);
    }
}
END_TEST

/* In a narrow picture of many spikes they share what the paper can show. */
START_TEST(a_million_spikes_make_no_large_file)
{
    size_t size;
    char *svg = saved("population A n=2000 max_rates=200:400 intercepts=-1:-0.9 seed=1; window 2s; input A 0; run 2s\n",
                      "many.svg", "pane=1", &size);
    ck_assert_msg(size < 2000000, "%zu bytes", size);
    free(svg);
}
END_TEST

START_TEST(each_theme_has_its_ground)
{
    static const struct {
        const char *theme, *ground;
    } rows[] = {{"paper", "rgb(100%,100%,100%)"},
                {"light", "rgb(100%,100%,100%)"},
                {"dark", "rgb(10.980392%,10.980392%,10.980392%)"},
                {"contrast", "rgb(0%,0%,0%)"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char words[40];
        size_t size;
        snprintf(words, sizeof words, "pane=1 theme=%s", rows[i].theme);
        char *svg = saved(START, "t.svg", words, &size);
        char *first = strstr(svg, "<rect");
        ck_assert_msg(first && strstr(first, rows[i].ground) && strstr(first, rows[i].ground) - first < 300,
                      "%s: the ground is %.200s", rows[i].theme, first ? first : "missing");
        free(svg);
    }
}
END_TEST

START_TEST(what_cannot_be_drawn_is_refused)
{
    expect_error(START "save-picture",
                 "save-picture needs a file: save-picture FILE, which ends in .svg, .pdf or .png");
    expect_error(START "save-picture fig.jpg",
                 "fig.jpg: the end of a picture's name says how it is written: .svg, .pdf or .png");
    expect_error(START "save-picture fig",
                 "fig: the end of a picture's name says how it is written: .svg, .pdf or .png");
    expect_error(START "save-picture fig.svg pane=5", "pane=5: panes 1 to 3 are open");
    expect_error("save-picture fig.svg", "there is nothing to draw: no pane is open");
    expect_error(START "save-picture fig.svg width=8s",
                 "width: '8s': a length is wanted here, in m, cm, mm, in, pt (none: m)");
    expect_error(START "save-picture fig.svg width=1cm",
                 "a picture of 1 by 0.6 cm has room for 6 letters in a line: 10 are needed; font= makes them smaller");
    expect_error(START "save-picture /no/such/place/fig.svg",
                 "/no/such/place/fig.svg: cannot be made here: No such file or directory");
}
END_TEST

int main(void)
{
    if (!mkdtemp(directory))
        return EXIT_FAILURE;
    int failed =
        HARNESS_RUN("command: picture", a_png_has_the_size_that_was_asked_for, an_svg_holds_curves_and_its_size,
                    the_same_picture_is_the_same_bytes, a_million_spikes_make_no_large_file, each_theme_has_its_ground,
                    what_cannot_be_drawn_is_refused);
    static const char *const names[] = {"a.png",   "a.svg",   "one.svg", "two.svg",  "one.pdf",
                                        "two.pdf", "one.png", "two.png", "many.svg", "t.svg"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[200];
        snprintf(path, sizeof path, "%s/%s", directory, names[i]);
        unlink(path);
    }
    rmdir(directory);
    return failed;
}
