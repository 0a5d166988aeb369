/* What the loader says about a recording, as text that is appended to *said. For record/ and follow/. Any thread. */
#ifndef RECORD_REPORT_H
#define RECORD_REPORT_H

#include "base/text.h"
#include "record/format_private.h"
#include "signal/recording.h"
#include "text/look.h"

enum unit_origin { UNIT_TOLD, UNIT_NAMED, UNIT_GUESSED };

/* What was found out about the text and its times. */
struct findings {
    const char *format;
    char delimiter; /* '\0': there is one column */
    enum header_kind header;
    size_t header_line; /* of one that is not the first row; 0: it is, or there is none */
    size_t files, empty_files;
    size_t headers_again;  /* rows with the names of the header, below the first one */
    struct time_unit unit; /* of the times in the file */
    enum unit_origin origin;
};

/* Appends the one-line report. */
void report_line(struct text *said, const struct recording *recording, const struct harvest *harvest,
                 const struct findings *findings);
/* Appends "\n..." for each thing that is odd. */
void report_oddities(struct text *said, const struct recording *recording, const struct harvest *harvest,
                     const struct findings *findings);

#endif
