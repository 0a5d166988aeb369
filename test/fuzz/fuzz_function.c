/* Any bytes as a function that somebody types, in one to four dimensions: a function with finite outputs to count, or a
 * sentence of one line. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "nef/function.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    if (length == 0)
        return 0;
    size_t dims = bytes[0] % 4 + 1u;
    struct error error = {""};
    char *text = malloc(length);
    memcpy(text, bytes + 1, length - 1);
    text[length - 1] = '\0';
    struct function *function = function_new(text, dims, &error);
    if (!function && (!error.text[0] || strchr(error.text, '\n')))
        abort(); /* a failure without a sentence, or with more than a line */
    if (function) {
        double x[4] = {0.5, -1, 0, 2}, *y = calloc(function_outputs(function), sizeof *y);
        function_value(function, x, y);
        free(y);
    }
    function_free(function);
    free(text);
    return 0;
}
