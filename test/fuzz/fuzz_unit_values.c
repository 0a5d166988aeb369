/* Any bytes as a file of numbers for units: values for rows, or a sentence of one line. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "text/unit_values.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static const char *put(const uint8_t *bytes, size_t length)
{
    static char path[64];
    snprintf(path, sizeof path, "/tmp/lifscope-fuzz-values-%ld", (long)getpid());
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(bytes, 1, length, file) != length || fclose(file) != 0)
        exit(1);
    return path;
}

static void read_column(const char *path, const char *column)
{
    struct error error = {""};
    struct unit_values *values = unit_values_read(path, column, &error);
    if (!values && (!error.text[0] || strchr(error.text, '\n')))
        abort();
    double sum = 0;
    for (size_t i = 0; values && i < values->rows; i++)
        sum += values->value[i] + (values->label ? (double)strlen(values->label[i]) : 0);
    (void)sum;
    unit_values_free(values);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    const char *path = put(bytes, length);
    read_column(path, NULL);
    read_column(path, "depth");
    unlink(path);
    return 0;
}
