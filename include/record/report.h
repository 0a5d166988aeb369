/* What the loader says about a recording. Inside record/. */
#ifndef RECORD_REPORT_H
#define RECORD_REPORT_H

#include "base/text.h"
#include "record/format_private.h"
#include "record/look.h"
#include "signal/recording.h"

enum unit_origin { UNIT_TOLD, UNIT_NAMED, UNIT_GUESSED };

/* Appends the one-line report; `unit` is what the times were in. */
void report_line(struct text *said, const struct recording *recording, const struct harvest *harvest,
                 const struct look *look, const char *format, const struct time_unit *unit, enum unit_origin origin);
/* Appends "\n..." for each thing that is odd. */
void report_oddities(struct text *said, const struct recording *recording, const struct harvest *harvest,
                     const struct time_unit *unit, enum unit_origin origin);

#endif
