/* The walk of README.md, line by line, as somebody sees it who follows it: after each line the screen is drawn, and
 * what the line is said to show is looked for. That no line fails, test/data_scripts.sh sees to. */
#include "run.h"

#include "frame/frame.h"
#include "pane/layout.h"

#define WIDTH 120
#define HEIGHT 36
#define STAR 0x2605

struct walk {
    struct session *session;
    struct canvas *canvas;
    struct view view;
    char *said;
    size_t size;
    FILE *sink;
    char star[64]; /* where the stars of pane 1 are */
    char moved[64];
};

static void draw(struct walk *w)
{
    session_collect(w->session);
    session_view(w->session, &w->view);
    w->view.prompt = "> ";
    w->view.line = "";
    frame_draw(w->canvas, &w->view);
}

static struct rect inside(const struct walk *w, size_t pane)
{
    struct rect r = layout_arrange(w->view.layout, WIDTH, HEIGHT).pane[pane];
    return (struct rect){r.x + 1, r.y + 1, r.width - 2, r.height - 2};
}

/* Something of data: dots, shades, blocks, points; a sentence that says why there is none will do where that is what the
 * line is to show. */
static bool is_filled(const struct walk *w, size_t pane, bool sentence)
{
    struct rect r = inside(w, pane);
    int data = 0, letters = 0;
    for (int y = r.y; y < r.y + r.height; y++)
        for (int x = r.x; x < r.x + r.width; x++) {
            uint32_t glyph = canvas_cell(w->canvas, x, y)->glyph;
            data += (glyph > 0x2800 && glyph <= 0x28FF) || (glyph >= 0x2580 && glyph <= 0x25FF) || glyph == 0x2571;
            letters += (glyph | 32) >= 'a' && (glyph | 32) <= 'z' && y > r.y + 1 && y < r.y + r.height - 2;
        }
    return r.width < 1 || data >= 8 || (sentence && letters >= 12);
}

/* Where stars stand in pane 1, as text. */
static void find_stars(const struct walk *w, char *out, size_t size)
{
    struct rect r = inside(w, 0);
    size_t used = 0;
    out[0] = '\0';
    for (int y = r.y; y < r.y + r.height; y++)
        for (int x = r.x; x < r.x + r.width; x++)
            if (canvas_cell(w->canvas, x, y)->glyph == STAR && used + 16 < size)
                used += (size_t)snprintf(out + used, size - used, "%d,%d ", x, y);
}

/* What a line of the walk shows, and nothing showed before it. */
static const struct seen {
    const char *line, *text;
    bool was_there; /* it may have been seen before */
} seen[] = {
    {"set A max_rates=50:100 tau_ref=8ms", "τ_ref 8 ms", false},
    {"set A sigma=0.3", "σ 0.3", false},
    {"pane 3 tuning A model=lif", "3 tuning A (LIF)", false},
    {"knob tau_rc 5ms:50ms", "tau_rc", false},
    {"knob x -1:1", "5 ms", true},
    {"set A model=softlif", "is a rate model", false},
    {"set A model=fastlif", "A 50 FastLIF", false},
    {"input A noise rms=0.4 high=10Hz", "noise rms 0.4", false},
    {"input A 0.8", "x = 0.8", false},
    {"dt 5ms", "dt 5 ms", false},
    {"load spikes.csv as R", "1 raster R", false},
    {"select R 7", "7▶", true},
    {"cursor 2", "1-2:", false},
    {"input A sine freq=1Hz phase=0,90deg", "★", true},
    {"pane 3 tuning A along=encoder", "x·e", false},
    {"pane 2 poprate R", "2 population rate R", false},
    {"pane 3 isi R scale=log", "3 intervals R (log)", false},
    {"open counts R", "spike counts R", false},
    {"pane 1 accuracy A", "FastLIF", true},
    {"pane 1 response A", "1 response A", false},
    {"pane 2 decoded A", "2 decoded A: x", false},
    {"set A function=x^2", "2 decoded A: x^2", false},
    {"set A n=20", "A 20 FastLIF", false},
    {"pane 3 tuning A weights=on", "3 tuning A:", false},
    {"set A function=sin(pi*x)", "sin(pi*x)", false},
    {"pane 1 external", "1 external", true},
    {"pane 2 transfer", "2 transfer", false},
    {"pane 3 mapping", "3 mapping", false},
    {"knob mu 2mV:14mV", "mu", true},
};

static char *screen_text(const struct walk *w)
{
    struct text text = {0};
    canvas_write(w->canvas, &text);
    return text.bytes;
}

/* The screen is longer than a message of Check may be. */
#define EXPECT(condition, screen, ...)                                                                                 \
    do {                                                                                                               \
        if (!(condition)) {                                                                                            \
            fputs(screen, stderr);                                                                                     \
            ck_abort_msg(__VA_ARGS__);                                                                                 \
        }                                                                                                              \
    } while (0)

static void check_screen(struct walk *w, const char *line, const char *before)
{
    static const char *const ugly[] = {"e+0", "…00", " 1 neurons", " 1 spikes ", "(null)", "-nan"};
    char *now = screen_text(w);
    for (size_t i = 0; i < sizeof ugly / sizeof *ugly; i++)
        EXPECT(!strstr(now, ugly[i]), now, "after '%s' the screen says '%s'", line, ugly[i]);
    for (size_t i = 0; i < w->view.layout->panes; i++)
        EXPECT(is_filled(w, i, strcmp(line, "set A model=softlif") == 0), now,
               "after '%s' pane %zu is empty and does not say why", line, i + 1);
    for (size_t i = 0; i < sizeof seen / sizeof *seen; i++) {
        if (strcmp(seen[i].line, line) != 0)
            continue;
        EXPECT(strstr(now, seen[i].text), now, "after '%s' '%s' is not to be seen", line, seen[i].text);
        EXPECT(seen[i].was_there || !strstr(before, seen[i].text), before, "'%s' was to be seen before '%s'",
               seen[i].text, line);
    }
    if (strncmp(line, "meanfield set mu=", 17) == 0) {
        find_stars(w, w->moved, sizeof w->moved);
        EXPECT(*w->star && *w->moved && strcmp(w->star, w->moved) != 0, now, "'%s' leaves the star at %s", line,
               w->moved);
    }
    free(now);
}

static void step(struct walk *w, const char *line)
{
    char *before = screen_text(w);
    find_stars(w, w->star, sizeof w->star);
    if (!session_line(w->session, line, NULL, 0)) { /* README.md shows the sentence */
        free(before);
        return;
    }
    session_line(w->session, "run 0.3s", NULL, 0);
    draw(w);
    check_screen(w, line, before);
    free(before);
}

START_TEST(every_line_of_the_walk_shows_what_it_says)
{
    char line[512];
    size_t steps = 0, looked = 0;
    bool on = false;
    FILE *readme = fopen(TEST_DATA "/../../README.md", "r");
    ck_assert_msg(readme != NULL, "README.md is not found");
    write_file(scratch("here"), "");
    ck_assert_int_eq(chdir(scratch_folder), 0);
    struct walk w = {.canvas = canvas_new(WIDTH, HEIGHT, GLYPHS_BRAILLE)};
    w.sink = open_memstream(&w.said, &w.size);
    struct session_options options = {
        .width = WIDTH, .height = HEIGHT, .glyphs = GLYPHS_BRAILLE, .out = w.sink, .err = w.sink};
    w.session = session_new(&options, &all_commands);
    session_line(w.session, "population A n=50 max_rates=100:200 seed=4; input A sine 2Hz; run 2s; select A 18", NULL,
                 0);
    draw(&w);
    while (fgets(line, sizeof line, readme)) {
        if (strncmp(line, "## ", 3) == 0)
            on = strstr(line, "Five minutes");
        if (!on || strncmp(line, "> ", 2) != 0)
            continue;
        line[strcspn(line, "\n")] = '\0';
        char *comment = strstr(line, "  #"), *command = line + 2;
        if (comment)
            *comment = '\0';
        for (size_t end = strlen(command); end > 0 && command[end - 1] == ' '; end--)
            command[end - 1] = '\0';
        if (strcmp(command, "quit") == 0)
            break;
        step(&w, command);
        steps++;
        for (size_t i = 0; i < sizeof seen / sizeof *seen; i++)
            looked += strcmp(seen[i].line, command) == 0;
    }
    ck_assert_uint_gt(steps, 60);
    /* A line of the walk that was changed is looked at no longer: change it above, too. */
    ck_assert_uint_ge(looked, sizeof seen / sizeof *seen);
    fclose(readme);
    session_free(w.session);
    fclose(w.sink);
    free(w.said);
    canvas_free(w.canvas);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("command: walk", every_line_of_the_walk_shows_what_it_says);
}
