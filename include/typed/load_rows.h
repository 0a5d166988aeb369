/* How a file of spikes is to be read: the rows that `load` and `follow` share. UI thread only. */
#ifndef TYPED_LOAD_ROWS_H
#define TYPED_LOAD_ROWS_H

#include "language/arguments.h"
#include "record/format.h"

struct word_list load_format_words(const struct session *session);
struct word_list load_delimiter_words(const struct session *session);

#define LOAD_ROWS                                                                                                      \
    {.name = "format",                                                                                                 \
     .type = TYPE_CHOICE,                                                                                              \
     .choices = load_format_words,                                                                                     \
     .help = "the layout (default: found by looking)"},                                                                \
        {.name = "unit", .type = TYPE_TEXT, .help = "of the times: s, ms, us, samples@30000, steps@0.1ms"},            \
        {.name = "columns",                                                                                            \
         .type = TYPE_TEXT,                                                                                            \
         .help = "which is which, as in time,id or id,time; - skips one; or names of the header"},                     \
        {.name = "dt",                                                                                                 \
         .type = TYPE_QUANTITY,                                                                                        \
         .dimension = DIMENSION_TIME,                                                                                  \
         .low = 0,                                                                                                     \
         .low_open = true,                                                                                             \
         .high = 1e9,                                                                                                  \
         .help = "time between rows of a dense file without times, or of steps that times count"},                     \
        {.name = "delimiter",                                                                                          \
         .type = TYPE_CHOICE,                                                                                          \
         .choices = load_delimiter_words,                                                                              \
         .help = "what stands between fields"},                                                                        \
    {                                                                                                                  \
        .name = "header", .type = TYPE_SWITCH, .help = "whether the first row holds names"                             \
    }

/* What the rows say, without progress; texts are borrowed from the arguments. */
struct load_options load_rows_options(const struct arguments *arguments);

#endif
