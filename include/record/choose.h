/* Which format a file is in. Inside record/. */
#ifndef RECORD_CHOOSE_H
#define RECORD_CHOOSE_H

#include "record/format_private.h"

/* The one that fits best; NULL with a sentence that says what the file looks like instead, and what to do. */
const struct spike_format *choose_format(const struct look *look, const struct load_options *options,
                                         struct error *error);

#endif
