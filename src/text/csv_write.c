/* Rows of fields into a stream that is somebody else's or a whole file's. */
#include "text/csv_write.h"

#include <csv.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/whole_file.h"
#include "base/xalloc.h"

struct csv_writer {
    FILE *stream;
    struct whole_file *file; /* NULL: a borrowed stream */
    char delimiter;
    bool in_row;
};

struct csv_writer *csv_writer_open(const char *path, FILE *stream, struct error *error)
{
    struct whole_file *file = path ? whole_file_open(path, error) : NULL;
    if (path && !file)
        return NULL;
    struct csv_writer *writer = xcalloc(1, sizeof *writer);
    writer->file = file;
    writer->delimiter = ',';
    writer->stream = file ? whole_file_stream(file) : stream;
    return writer;
}

void csv_writer_delimiter(struct csv_writer *writer, char delimiter)
{
    writer->delimiter = delimiter;
}

void csv_write_comment(struct csv_writer *writer, const char *line)
{
    fprintf(writer->stream, "%s\n", line);
}

static void begin_field(struct csv_writer *writer)
{
    if (writer->in_row)
        putc(writer->delimiter, writer->stream);
    writer->in_row = true;
}

void csv_write_number(struct csv_writer *writer, double value)
{
    char text[NUMBER_EXACT];
    begin_field(writer);
    fputs(number_exact(text, value), writer->stream);
}

void csv_write_integer(struct csv_writer *writer, int64_t value)
{
    begin_field(writer);
    fprintf(writer->stream, "%" PRId64, value);
}

/* What would be read back as something else: two fields, a comment, no row at all, or without its blanks. */
static bool needs_quotes(const char *text, size_t length)
{
    if (length == 0 || strpbrk(text, ",;\t\"\r\n") || text[0] == '#' || text[0] == '%')
        return true;
    return text[0] == ' ' || text[length - 1] == ' ';
}

void csv_write_text(struct csv_writer *writer, const char *text)
{
    size_t length = strlen(text);
    begin_field(writer);
    if (needs_quotes(text, length))
        csv_fwrite(writer->stream, text, length);
    else
        fwrite(text, 1, length, writer->stream);
}

void csv_write_blank(struct csv_writer *writer)
{
    if (!writer->in_row)
        fputs("\"\"", writer->stream); /* a row of one blank is a row all the same */
    begin_field(writer);
}

void csv_write_end(struct csv_writer *writer)
{
    putc('\n', writer->stream);
    writer->in_row = false;
}

bool csv_writer_close(struct csv_writer *writer, struct error *error)
{
    struct whole_file *file = writer->file;
    FILE *stream = writer->stream;
    free(writer);
    if (file)
        return whole_file_keep(file, error);
    errno = 0;
    if (fflush(stream) == 0 && !ferror(stream))
        return true;
    return error_set(error, "standard output: not written: %s", strerror(errno ? errno : EIO));
}

void csv_writer_abandon(struct csv_writer *writer)
{
    if (!writer)
        return;
    whole_file_abandon(writer->file);
    free(writer);
}
