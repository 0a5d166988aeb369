#include "harness.h"

#include "pane/scene.h"

static void expect_row(const struct canvas *c, int y, const char *expected)
{
    struct text all = {0};
    canvas_write(c, &all);
    char *line = all.bytes;
    for (int i = 0; i < y; i++)
        line = strchr(line, '\n') + 1;
    *strchr(line, '\n') = '\0';
    ck_assert_str_eq(line, expected);
    text_free(&all);
}

static bool shows(const struct canvas *c, const char *text)
{
    struct text all = {0};
    canvas_write(c, &all);
    bool found = strstr(text_string(&all), text);
    text_free(&all);
    return found;
}

static void expect_shown(const struct canvas *c, const char *text)
{
    if (shows(c, text))
        return;
    struct text all = {0};
    canvas_write(c, &all);
    ck_abort_msg("'%s' is not on the screen:\n%s", text, text_string(&all));
}

/* No control characters, nothing malformed, no half of a wide glyph, a cursor on the screen. */
static void check_cells(const struct canvas *c, int width, int height)
{
    for (int y = 0; y < c->height; y++)
        for (int x = 0; x < c->width; x++) {
            const struct cell *cell = canvas_cell(c, x, y);
            bool bad = (cell->glyph < 0x20 && cell->glyph != 0) || (cell->glyph >= 0x7F && cell->glyph < 0xA0) ||
                       (cell->glyph == 0 && (x == 0 || cell[-1].glyph < 0x1100)) || cell->ink >= INK_COUNT ||
                       (c->glyphs == GLYPHS_ASCII && cell->glyph >= 0x80);
            ck_assert_msg(!bad, "%dx%d: U+%04X, ink %d at %d,%d", width, height, (unsigned)cell->glyph, cell->ink, x,
                          y);
        }
    ck_assert_msg(c->cursor_x >= 0 && c->cursor_x < c->width && c->cursor_y == c->height - 1, "%dx%d: cursor at %d,%d",
                  width, height, c->cursor_x, c->cursor_y);
}

static void draw_at(struct scene *s, struct canvas *c, int width, int height)
{
    struct pane_hit hit;
    int pane;
    canvas_resize(c, width, height);
    frame_draw(c, &s->view);
    check_cells(c, width, height);
    for (int i = 0; i < 12; i++)
        frame_hit(&s->view, width, height, width * i / 12, height * (i * 5 % 12) / 12, &pane, &hit);
}

START_TEST(every_size_can_be_drawn)
{
    struct scene *s = scene_new(20, 1, &neuron_fastlif);
    scene_run(s, 0.63);
    scene_talk(s);
    s->subject[0].selected = 3;
    strcpy(s->layout.pane[1].subject, "R");
    for (int glyphs = 0; glyphs < 3; glyphs++) {
        struct canvas *c = canvas_new(1, 1, (enum glyph_set)glyphs);
        for (int width = 1; width <= 60; width += glyphs ? 7 : 1)
            for (int height = 1; height <= 30; height++)
                draw_at(s, c, width, height);
        draw_at(s, c, 80, 24);
        draw_at(s, c, 120, 36);
        draw_at(s, c, 300, 100);
        draw_at(s, c, 300, 5);
        draw_at(s, c, 12, 100);
        canvas_free(c);
    }
    scene_free(s);
}
END_TEST

START_TEST(panes_for_which_there_is_no_room_are_said)
{
    struct scene *s = scene_new(20, 1, &neuron_fastlif);
    scene_run(s, 0.3);
    struct canvas *c = canvas_new(40, 24, GLYPHS_BRAILLE);
    frame_draw(c, &s->view);
    expect_shown(c, "1 pane hidden: F5");
    canvas_resize(c, 60, 13);
    frame_draw(c, &s->view);
    expect_shown(c, "1 pane hidden: widen the window or zoom with F5");
    canvas_resize(c, 20, 6);
    frame_draw(c, &s->view);
    expect_shown(c, "1 raster A");
    expect_shown(c, "2 hidden: F5");
    s->layout.zoomed = true;
    s->layout.focus = 2;
    canvas_resize(c, 60, 13);
    frame_draw(c, &s->view);
    expect_shown(c, "3 tuning A (SoftLIF \xcf\x83 0.02), zoomed");
    ck_assert(!shows(c, "raster"));
    ck_assert(!shows(c, "hidden"));
    canvas_free(c);
    scene_free(s);
}
END_TEST

START_TEST(what_is_missing_has_a_sentence)
{
    struct scene *s = scene_new(20, 1, &neuron_softlif);
    scene_run(s, 0);
    strcpy(s->layout.pane[1].subject, "gone");
    strcpy(s->layout.pane[2].subject, "R");
    struct canvas *c = canvas_new(120, 24, GLYPHS_BRAILLE);
    frame_draw(c, &s->view);
    expect_shown(c, "softlif is a rate model: it has no");
    expect_shown(c, "there is no gone now");
    expect_shown(c, "a recording has no tuning curve");
    s->view.subjects = 0;
    frame_draw(c, &s->view);
    expect_shown(c, "there is no A now");
    s->layout.panes = 0;
    frame_draw(c, &s->view);
    s->view.layout = NULL;
    s->view.output = NULL;
    s->view.prompt = s->view.line = s->view.keys = NULL;
    frame_draw(c, &s->view);
    check_cells(c, 120, 24);
    canvas_free(c);
    scene_free(s);
}
END_TEST

START_TEST(the_status_line_keeps_its_columns)
{
    struct scene *s = scene_new(50, 1, &neuron_fastlif);
    struct canvas *c = canvas_new(120, 36, GLYPHS_BRAILLE);
    s->view.time = 12.5;
    frame_draw(c, &s->view);
    expect_row(c, 0,
               " lifscope  A 50 FastLIF  τ_rc 20 ms  τ_ref 2 ms  x = sin(2π·2t)         t  12.500 s  ×1.00  "
               "▶ running  dt 1 ms   30 fps");
    s->view.time = 234.5678;
    s->view.reached = 0.617;
    s->view.running = false;
    s->view.fps = 5;
    frame_draw(c, &s->view);
    expect_row(c, 0,
               " lifscope  A 50 FastLIF  τ_rc 20 ms  τ_ref 2 ms  x = sin(2π·2t)         t 234.568 s  ×1.00  "
               "❚❚ paused  dt 1 ms    5 fps");
    s->view.running = true;
    s->view.behind = true;
    s->view.lost = 12345;
    frame_draw(c, &s->view);
    expect_row(c, 0,
               " lifscope  A 50 FastLIF  x = sin(2π·2t)    12 345 spikes lost  cannot keep up with ×1.00  t 234.568 s"
               "  ×0.62  ▶ running");
    s->view.speed = 0.001;
    s->view.reached = 0.0009;
    s->view.behind = false;
    frame_draw(c, &s->view);
    expect_row(c, 0,
               " lifscope  A 50 FastLIF  τ_rc 20 ms  x = sin(2π·2t)         12 345 spikes lost  t 234.568 s  ×0.001  "
               "▶ running  dt 1 ms");
    s->view.speed = 1;
    s->view.behind = true;
    canvas_resize(c, 40, 12);
    s->view.behind = false;
    s->view.lost = 0;
    frame_draw(c, &s->view);
    expect_row(c, 0, " A 50 FastLIF    t 234.568 s  ▶ running");
    canvas_free(c);
    scene_free(s);
}
END_TEST

START_TEST(the_command_line_shows_its_cursor)
{
    static const struct {
        const char *line;
        size_t cursor;
        int x;
        const char *row;
    } rows[] = {
        {"", 0, 2, ">"},
        {"set A", 5, 7, "> set A"},
        {"set A", 2, 4, "> set A"},
        {"\xcf\x84 = 1", 2, 3, "> τ = 1"},
        {"e\xcc\x81x", 3, 3, "> ex"},
        {"日本x", 6, 6, "> 日本x"},
        {"a\x03"
         "b\x7f",
         4, 8, "> a^Cb^?"},
        {"\xff\xc3", 1, 3, "> \xef\xbf\xbd\xef\xbf\xbd"},
        {"0123456789abcdefghijklmnop", 26, 18, "…9abcdefghijklmnop"},
        {"0123456789abcdefghijklmnop", 0, 2, "> 0123456789abcdefg…"},
        {"0123456789abcdefghijklmnop", 20, 12, "…9abcdefghijklmnop"},
        {"x", 999, 3, "> x"},
    };
    struct scene *s = scene_new(5, 1, &neuron_fastlif);
    struct canvas *c = canvas_new(20, 3, GLYPHS_BRAILLE);
    s->view.keys = NULL;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        s->view.line = rows[i].line;
        s->view.cursor = rows[i].cursor;
        frame_draw(c, &s->view);
        expect_row(c, 2, rows[i].row);
        ck_assert_msg(c->cursor_x == rows[i].x && c->cursor_y == 2, "line %zu: cursor at %d,%d", i, c->cursor_x,
                      c->cursor_y);
    }
    canvas_free(c);
    scene_free(s);
}
END_TEST

START_TEST(a_long_command_line_always_shows_its_cursor)
{
    struct scene *s = scene_new(5, 1, &neuron_fastlif);
    char line[200];
    for (size_t i = 0; i < sizeof line - 1; i++)
        line[i] = (char)('a' + i % 26);
    line[sizeof line - 1] = '\0';
    s->view.line = line;
    struct canvas *c = canvas_new(1, 1, GLYPHS_BRAILLE);
    for (int width = 1; width < 40; width++) {
        canvas_resize(c, width, 2);
        for (s->view.cursor = 0; s->view.cursor <= strlen(line); s->view.cursor++) {
            frame_draw(c, &s->view);
            ck_assert_msg(c->cursor_x >= 0 && c->cursor_x < width, "width %d, byte %zu: column %d", width,
                          s->view.cursor, c->cursor_x);
            size_t under = s->view.cursor;
            uint32_t glyph = canvas_cell(c, c->cursor_x, 1)->glyph;
            if (width > 6 && under < strlen(line) && c->cursor_x > 0 && c->cursor_x < width - 1)
                ck_assert_msg(glyph == (uint32_t)line[under], "width %d, byte %zu: U+%04X under the cursor", width,
                              under, (unsigned)glyph);
        }
    }
    canvas_free(c);
    scene_free(s);
}
END_TEST

START_TEST(keys_give_way_to_the_line)
{
    struct scene *s = scene_new(5, 1, &neuron_fastlif);
    struct canvas *c = canvas_new(40, 3, GLYPHS_BRAILLE);
    s->view.keys = "F1 help  Tab complete  ^C stop";
    frame_draw(c, &s->view);
    expect_row(c, 2, ">        F1 help  Tab complete  ^C stop");
    s->view.line = "set A tau_rc";
    frame_draw(c, &s->view);
    expect_row(c, 2, "> set A tau_rc    F1 help  Tab complete");
    s->view.line = "set A tau_rc=30ms tau_ref=2ms";
    frame_draw(c, &s->view);
    expect_row(c, 2, "> set A tau_rc=30ms tau_ref=2ms");
    canvas_free(c);
    scene_free(s);
}
END_TEST

START_TEST(answers_break_and_scroll)
{
    struct scene *s = scene_new(5, 1, &neuron_fastlif);
    s->layout.panes = 0;
    s->view.keys = NULL;
    struct canvas *c = canvas_new(30, 6, GLYPHS_BRAILLE);
    transcript_add(s->output, INK_ECHO, "> neurons A");
    transcript_add(s->output, INK_PLAIN, "neuron   gain   bias   intercept   max rate");
    transcript_add(s->output, INK_ERROR, "  sigma=0: SoftLIF needs sigma > 0; or use model=lif");
    frame_draw(c, &s->view);
    expect_row(c, 1, "> neurons A");
    expect_row(c, 2, "neuron   gain   bias   interc…");
    expect_row(c, 3, "  sigma=0: SoftLIF needs sigma");
    expect_row(c, 4, "    > 0; or use model=lif");
    transcript_scroll(s->output, 1);
    frame_draw(c, &s->view);
    expect_row(c, 2, "> neurons A");
    expect_row(c, 3, "neuron   gain   bias   interc…");
    expect_row(c, 4, "                 1 more below"); /* a line of its own: it hides no number */
    canvas_free(c);
    scene_free(s);
}
END_TEST

START_TEST(a_sentence_in_a_list_breaks_below_its_beginning)
{
    struct scene *s = scene_new(5, 1, &neuron_fastlif);
    s->layout.panes = 0;
    s->view.keys = NULL;
    struct canvas *c = canvas_new(40, 8, GLYPHS_BRAILLE);
    transcript_add(s->output, INK_PLAIN, "  reg=NUMBER      the share of the highest rate that is noise");
    transcript_add(s->output, INK_PLAIN, "                  of the decoders, 0 for none at all");
    transcript_add(s->output, INK_PLAIN, "  0     0.587785     0.587785   0.670999   0.634394");
    frame_draw(c, &s->view);
    expect_row(c, 1, "  reg=NUMBER      the share of the");
    expect_row(c, 2, "                  highest rate that is");
    expect_row(c, 3, "                  noise");
    expect_row(c, 4, "                  of the decoders, 0 for");
    expect_row(c, 5, "                  none at all");
    expect_row(c, 6, "  0     0.587785     0.587785   0.67099…");
    canvas_free(c);
    scene_free(s);
}
END_TEST

static struct pane_type titled; /* one of the panes with another title */
static const char *wanted_title;

static void give_title(const struct pane *pane, const struct subject *s, char *out, size_t size)
{
    (void)pane;
    (void)s;
    snprintf(out, size, "%s", wanted_title);
}

/* A number without its unit would be wrong, and "no" of "no synapse" as well. */
START_TEST(titles_give_up_whole_things)
{
    static const struct {
        const char *title, *wide, *middle, *narrow;
    } rows[] = {
        {"decoded A: x (low-pass 10 ms)", "1 decoded A: x (low-pass 10 ms) ─", "1 decoded A: x (low-pass) ─",
         "1 decoded A: x ─"},
        {"decoded A: x (no synapse)", "1 decoded A: x (no synapse) ─", "1 decoded A: x ─", "1 decoded A: x ─"},
        {"accuracy of A (dt 1 ms)", "1 accuracy of A (dt 1 ms) ─", "1 accuracy of A ─", "1 accuracy of A ─"},
    };
    struct scene *s = scene_new(5, 1, &neuron_fastlif);
    titled = pane_raster;
    titled.title = give_title;
    s->layout.panes = 1;
    s->layout.focus = -1;
    s->layout.pane[0].type = &titled;
    for (size_t i = 0; i < 3; i++) {
        wanted_title = rows[i].title;
        const int columns = (int)strlen(wanted_title), widths[] = {columns + 9, columns + 7, 23};
        const char *const wanted[] = {rows[i].wide, rows[i].middle, rows[i].narrow};
        for (int k = 0; k < 3; k++) {
            struct canvas *c = canvas_new(widths[k], 20, GLYPHS_BRAILLE);
            struct text text = {0};
            frame_draw(c, &s->view);
            canvas_write(c, &text);
            ck_assert_msg(strstr(text_string(&text), wanted[k]), "%d columns: no '%s' in\n%s", widths[k], wanted[k],
                          text_string(&text));
            text_free(&text);
            canvas_free(c);
        }
    }
    scene_free(s);
}
END_TEST

START_TEST(help_covers_the_panes_and_scrolls)
{
    struct scene *s = scene_new(5, 1, &neuron_fastlif);
    struct canvas *c = canvas_new(40, 10, GLYPHS_BRAILLE);
    s->view.help = "Keys\n  F1   this help\n  F2   pane 1\n\nCommands\n  set A key=value changes a population while it "
                   "runs\n  a\n  b\n  c\n  d";
    frame_draw(c, &s->view);
    expect_row(c, 1, " Keys");
    expect_row(c, 2, "   F1   this help");
    expect_row(c, 6, "   set A key=value changes a population");
    expect_shown(c, "5 more lines below: PgDn");
    s->view.help_scroll = 2;
    frame_draw(c, &s->view);
    expect_row(c, 5, "     while it runs");
    s->view.help_scroll = 100;
    frame_draw(c, &s->view);
    expect_row(c, 6, "   d");
    expect_shown(c, "end of help");
    ck_assert(!shows(c, "raster"));
    canvas_free(c);
    scene_free(s);
}
END_TEST

START_TEST(places_are_found_again)
{
    struct scene *s = scene_new(50, 1, &neuron_fastlif);
    scene_run(s, 0.7);
    struct pane_hit hit;
    int pane;
    ck_assert_int_eq(frame_hit(&s->view, 120, 36, 5, 35, &pane, &hit), FRAME_PROMPT);
    ck_assert_int_eq(frame_hit(&s->view, 120, 36, 5, 30, &pane, &hit), FRAME_OUTPUT);
    ck_assert_int_eq(frame_hit(&s->view, 120, 36, 5, 0, &pane, &hit), FRAME_NOTHING);
    ck_assert_int_eq(frame_hit(&s->view, 120, 36, 0, 1, &pane, &hit), FRAME_PANE);
    ck_assert_int_eq(pane, 0);
    ck_assert_int_eq(hit.neuron, -1);
    /* The raster's lowest and highest rows, of two or three neurons each, are the ends of the display order: of the
     * lowest the neuron whose label stands there is meant. */
    frame_hit(&s->view, 120, 36, 20, 23, &pane, &hit);
    ck_assert_int_eq(hit.neuron, s->population->order[0]);
    ck_assert_msg(hit.time > 0.2 && hit.time < 0.9, "%g", hit.time);
    frame_hit(&s->view, 120, 36, 20, 3, &pane, &hit);
    ck_assert_int_eq(hit.neuron, s->population->order[48]);
    frame_hit(&s->view, 120, 36, 60, 12, &pane, &hit);
    ck_assert_int_eq(pane, 1);
    ck_assert(isfinite(hit.time) && isnan(hit.x));
    frame_hit(&s->view, 120, 36, 119 - 1, 12, &pane, &hit);
    ck_assert_int_eq(pane, 2);
    ck_assert_msg(hit.x > 0.9 && hit.x < 1, "x %g", hit.x);
    scene_free(s);
}
END_TEST

/* What a terminal is sent for the difference of two pictures: moving the cursor 8 bytes, changing the ink 11. */
static size_t bytes_between(const struct canvas *a, const struct canvas *b, size_t *cells)
{
    size_t bytes = 0;
    int ink = -1;
    *cells = 0;
    for (int y = 0; y < a->height; y++) {
        bool there = false;
        for (int x = 0; x < a->width; x++) {
            const struct cell *p = canvas_cell(a, x, y), *q = canvas_cell(b, x, y);
            bool same_cell = p->glyph == q->glyph && p->ink == q->ink;
            if (!same_cell) {
                bytes += (there ? 0 : 8) + (q->ink == ink ? 0 : 11) + (q->glyph < 0x80 ? 1 : q->glyph < 0x800 ? 2 : 3);
                ink = q->ink;
                ++*cells;
            }
            there = !same_cell;
        }
    }
    return bytes;
}

START_TEST(consecutive_frames_differ_little)
{
    struct scene *s = scene_new(50, 1, &neuron_fastlif);
    struct canvas *before = canvas_new(120, 36, GLYPHS_BRAILLE), *after = canvas_new(120, 36, GLYPHS_BRAILLE);
    s->subject[0].selected = 31;
    scene_run(s, 1.01);
    frame_draw(before, &s->view);
    size_t all = 0, frames = 45, most = 0;
    for (size_t i = 1; i <= frames; i++) {
        scene_run(s, 1.01 + 0.0333 * (double)i);
        frame_draw(after, &s->view);
        size_t cells, bytes = bytes_between(before, after, &cells);
        ck_assert_msg(cells <= 200, "frame %zu: %zu cells changed, at most 200 should", i, cells);
        all += bytes;
        most = bytes > most ? bytes : most;
        struct canvas *swap = before;
        before = after;
        after = swap;
    }
    ck_assert_msg(all / frames <= 2000, "%zu bytes a frame, at most 2000 should be", all / frames);
    ck_assert_msg(most <= 2400, "%zu bytes in one frame", most);
    canvas_free(before);
    canvas_free(after);
    scene_free(s);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("draw: frame", every_size_can_be_drawn, panes_for_which_there_is_no_room_are_said,
                       what_is_missing_has_a_sentence, the_status_line_keeps_its_columns,
                       the_command_line_shows_its_cursor, a_long_command_line_always_shows_its_cursor,
                       keys_give_way_to_the_line, answers_break_and_scroll,
                       a_sentence_in_a_list_breaks_below_its_beginning, titles_give_up_whole_things,
                       help_covers_the_panes_and_scrolls, places_are_found_again, consecutive_frames_differ_little);
}
