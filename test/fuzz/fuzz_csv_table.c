/* Any bytes as a table of numbers: no crash, and the same table or the same sentence whatever the pieces. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "text/csv_read.h"

static void require(int condition)
{
    if (!condition)
        abort();
}

static void require_same(const struct csv_table *a, const struct csv_table *b)
{
    require(a->rows == b->rows && a->columns == b->columns && !a->name == !b->name);
    for (size_t c = 0; a->name && c < a->columns; c++)
        require(strcmp(a->name[c], b->name[c]) == 0);
    if (a->rows)
        require(memcmp(a->value, b->value, a->rows * a->columns * sizeof *a->value) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct error whole_error = {""}, piece_error = {""};
    size_t piece = size ? data[size - 1] % 7 + 1 : 1;
    struct csv_table *whole = csv_table_parse("f", (const char *)data, size, 0, NULL, &whole_error);
    struct csv_table *pieces = csv_table_parse("f", (const char *)data, size, piece, NULL, &piece_error);
    require(!whole == !pieces);
    if (whole)
        require_same(whole, pieces);
    else
        require(whole_error.text[0] && strcmp(whole_error.text, piece_error.text) == 0);
    csv_table_free(whole);
    csv_table_free(pieces);
    return 0;
}
