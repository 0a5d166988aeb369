/* Nearly all lines of a file of events are plain: a time of a few digits, a number of a neuron that was met before, one
 * delimiter between the cells and a line end behind them. Such lines are read here from the text as it stands. First all
 * places where cells may end are found, in a block of text, 64 bytes at a time; then the lines are read by these places, so
 * that the processor can work at several at once. The first line that is anything else ends the run, and goes the way of
 * rows, which is the judge of everything: what is read here must be what events_reader_row would have made of the line. */
#include <string.h>

#include "events_reader.h"
#include "text/decimal.h"
#include "text/marks.h"

#define BLOCK ((size_t)1024) /* bytes whose places are found at once, and the longest plain line */
#define ROOM DECIMAL_ROOM    /* bytes that may be read from the beginning of a cell */

struct lines {
    struct harvest *harvest;
    size_t time, neuron, needed;
    char delimiter;
};

/* The cells of a line, by where they end. */
struct cells {
    const char *text;
    const uint16_t *end; /* [count] offsets in the text */
    size_t begin;        /* of the first */
    size_t count;
};

bool events_reader_reads_lines(const struct events_reader *reader, const struct look *look)
{
    double ignored;
    const char *name = look->names ? look_name(look, reader->columns.time) : NULL;
    /* A header that comes again is known by its names; one of a number would not stand out here. */
    bool header = name && decimal_parse(name, strlen(name), &ignored);
    return reader->plain && reader->columns.time != reader->columns.id[0] && !header;
}

/* Offsets of all marks in text[0..BLOCK). */
static size_t find_places(const char *text, char delimiter, uint16_t place[BLOCK])
{
    size_t count = 0;
    for (size_t i = 0; i < BLOCK; i += MARKS_BYTES)
        for (uint64_t marks = marks_find(text + i, delimiter); marks; marks &= marks - 1)
            place[count++] = (uint16_t)(i + (size_t)__builtin_ctzll(marks));
    return count;
}

static inline const char *cell(const struct cells *cells, size_t column, size_t *length)
{
    size_t begin = column ? (size_t)cells->end[column - 1] + 1 : cells->begin;
    *length = cells->end[column] - begin;
    return cells->text + begin;
}

/* The cells of the line up to its end, which is one of `places`: past it, 0: the line is not plain, or goes on. */
static inline size_t find_cells(const struct lines *lines, size_t places, struct cells *cells)
{
    const char *text = cells->text;
    size_t column = 0;
    while (column < places && text[cells->end[column]] == lines->delimiter)
        column++;
    if (column == places)
        return 0;
    size_t end = cells->end[column];
    cells->count = column + 1;
    end += text[end] == '\r' && column + 1 < places;
    return text[end] == '\n' && cells->count >= lines->needed ? end + 1 : 0;
}

/* Two blanks part no cell from another, and one at the end of a line none from nothing. */
static bool has_empty_cell(const struct cells *cells)
{
    size_t length;
    for (size_t column = 0; column < cells->count; column++)
        if (cell(cells, column, &length), length == 0)
            return true;
    return false;
}

static inline bool take_line(const struct lines *lines, const struct cells *cells)
{
    struct harvest *harvest = lines->harvest;
    struct error error;
    size_t time_length, neuron_length;
    const char *time_text = cell(cells, lines->time, &time_length);
    const char *neuron_text = cell(cells, lines->neuron, &neuron_length);
    double time;
    uint32_t unit;
    if (!decimal_short(time_text, time_length, harvest->shift, &time) ||
        !label_known(&harvest->labels, neuron_text, neuron_length, &unit) ||
        (lines->delimiter == ' ' && has_empty_cell(cells)) || !harvest_spike(harvest, time, unit, &error))
        return false; /* whatever it is, as a row it is told with a sentence */
    harvest_time(harvest, time);
    return true;
}

/* As many lines as are plain and end within text[0..BLOCK): their bytes. */
static size_t take_block(const struct lines *lines, const char *text, size_t *count)
{
    uint16_t place[BLOCK];
    size_t places = find_places(text, lines->delimiter, place);
    struct cells cells = {.text = text, .end = place};
    for (;;) {
        size_t next = find_cells(lines, places - (size_t)(cells.end - place), &cells);
        if (next == 0 || !take_line(lines, &cells))
            return cells.begin;
        ++*count;
        cells.begin = next;
        cells.end += cells.count + (size_t)(cells.end[cells.count - 1] + (size_t)1 < next);
    }
}

size_t events_reader_lines(void *context, const char *text, size_t length, size_t *count)
{
    const struct events_reader *reader = context;
    const struct lines lines = {.harvest = reader->harvest,
                                .time = reader->columns.time,
                                .neuron = reader->columns.id[0],
                                .needed = reader->needed,
                                .delimiter = reader->harvest->style.delimiter};
    size_t used = 0, more = reader->by_lines;
    while (more > 0 && length - used >= BLOCK + ROOM)
        used += more = take_block(&lines, text + used, count);
    return used;
}
