/* Pictures to take along. */
#include "command/families.h"

#include <math.h>

#include "base/whole_file.h"
#include "frame/frame.h"
#include "picture/paper.h"
#include "print/writer.h"
#include "rig/live.h"
#include "session/message.h"
#include "session/session.h"

#define FONT_POINTS 8
#define LETTER_WIDE 0.6 /* of the size of a font whose letters are all as wide */
#define LETTER_HIGH 1.2
#define PANE_WIDTH (8.5e-2) /* m: a column of a journal */
#define PANE_SHARE 0.62     /* of a single pane's width is its height */
#define LENGTH_MOST 2       /* m */
#define CELLS_LEAST 10

static struct word_list picture_theme_words(const struct session *session)
{
    (void)session;
    return (struct word_list){"theme", theme_count, theme_list_name, NULL};
}

static double metres(double cells, double letters, double font)
{
    return cells * letters * font / PRINT_POINTS;
}

/* How large it is: what was said, else what is seen for all panes and a column of a journal for one. */
static bool choose_size(const struct session *session, const struct arguments *arguments, bool single, double font,
                        struct sheet_of_paper *paper, int *columns, int *rows, struct error *error)
{
    const struct value *width = argument(arguments, "width"), *height = argument(arguments, "height");
    double wide = width->given ? width->number
                  : single     ? PANE_WIDTH
                               : metres(session->options.width, LETTER_WIDE, font);
    double high = height->given  ? height->number
                  : single       ? wide * PANE_SHARE
                  : width->given ? wide * session->options.height * LETTER_HIGH / (session->options.width * LETTER_WIDE)
                                 : metres(session->options.height, LETTER_HIGH, font);
    paper->width = wide * PRINT_POINTS;
    paper->height = high * PRINT_POINTS;
    *columns = (int)lround(paper->width / (LETTER_WIDE * font));
    *rows = (int)lround(paper->height / (LETTER_HIGH * font));
    if (*columns >= CELLS_LEAST && *rows >= CELLS_LEAST / 2)
        return true;
    return error_set(error,
                     "a picture of %.3g by %.3g cm has room for %d letters in a line: %d are needed; font= makes "
                     "them smaller",
                     100 * wide, 100 * high, *columns, CELLS_LEAST);
}

static bool write_picture(const struct picture_writer *writer, const char *path, const struct canvas *canvas,
                          const struct theme *theme, const struct sheet_of_paper *paper, struct error *error)
{
    struct whole_file *file = whole_file_open(path, error);
    if (!file)
        return false;
    if (print_canvas(writer, whole_file_stream(file), canvas, theme, paper, error))
        return whole_file_keep(file, error);
    whole_file_abandon(file);
    return false;
}

static bool run_save_picture(struct session *session, const struct arguments *arguments, struct sheet *sheet,
                             struct error *error)
{
    (void)sheet;
    const struct value *file = argument(arguments, "FILE"), *pane = argument(arguments, "pane");
    const char *path = file->given ? file->text : arguments->file;
    if (!path)
        return error_set(error, "save-picture needs a file: save-picture FILE, which ends in .svg, .pdf or .png");
    const struct picture_writer *writer = picture_writer_for(path, error);
    size_t panes = session->look.layout.panes;
    if (!writer)
        return false;
    if (panes == 0)
        return error_set(error, "there is nothing to draw: no pane is open");
    if (pane->given && pane->count > panes)
        return error_set(error, "pane=%llu: panes 1 to %zu are open", (unsigned long long)pane->count, panes);
    double font = argument(arguments, "font")->number * PRINT_POINTS;
    struct sheet_of_paper paper = {.dots = argument(arguments, "dpi")->number};
    int columns, rows;
    if (!choose_size(session, arguments, pane->given, font, &paper, &columns, &rows, error))
        return false;
    struct view view;
    live_drain(&session->rig);
    session_view(session, &view);
    struct canvas *canvas = canvas_new(columns, rows, GLYPHS_BRAILLE);
    canvas->paper = paper_new(canvas->width, canvas->height);
    frame_draw_panes(canvas, &view, pane->given ? (int)pane->count - 1 : FRAME_ALL);
    bool good = write_picture(writer, path, canvas, themes[argument(arguments, "theme")->choice], &paper, error);
    paper_free(canvas->paper);
    canvas_free(canvas);
    if (good)
        session_note(session, "%s: %.3g by %.3g cm", path, 100 * paper.width / PRINT_POINTS,
                     100 * paper.height / PRINT_POINTS);
    return good;
}

static const struct parameter save_picture_parameters[] = {
    {.name = "FILE", .type = TYPE_FILE, .positional = true, .help = "the file, which ends in .svg, .pdf or .png"},
    {.name = "pane", .type = TYPE_COUNT, .low = 1, .high = LAYOUT_MAX, .help = "its number (default: all of them)"},
    {.name = "width",
     .type = TYPE_QUANTITY,
     .dimension = DIMENSION_LENGTH,
     .low = 0,
     .low_open = true,
     .high = LENGTH_MOST,
     .help = "in cm, mm, in or pt (default: 85 mm for one pane, as many letters as the screen has for all)"},
    {.name = "height",
     .type = TYPE_QUANTITY,
     .dimension = DIMENSION_LENGTH,
     .low = 0,
     .low_open = true,
     .high = LENGTH_MOST,
     .help = "(default: 0.62 of the width of one pane, or as the screen is)"},
    {.name = "font",
     .type = TYPE_QUANTITY,
     .dimension = DIMENSION_LENGTH,
     .low = 0,
     .low_open = true,
     .high = 0.1,
     .fallback = "8pt",
     .help = "size of the letters; the smaller, the more room for curves"},
    {.name = "dpi",
     .type = TYPE_QUANTITY,
     .low = 30,
     .high = 1200,
     .fallback = "300",
     .help = "dots in an inch of a .png"},
    {.name = "theme", .type = TYPE_CHOICE, .choices = picture_theme_words, .fallback = "paper", .help = "colours"},
    {0}};

static const struct command commands[] = {
    {.name = "save-picture",
     .summary = "saves panes as a picture of lines, dots and letters, for a thesis or a slide",
     .details =
         "Works without a terminal, too. Curves are curves, as fine as the paper, and not the dots of the screen.",
     .example = "save-picture fig.pdf pane=2 width=8cm",
     .parameters = save_picture_parameters,
     .file = true,
     .run = run_save_picture},
};

const struct command_family family_picture = {"Pictures", commands, sizeof commands / sizeof *commands};
