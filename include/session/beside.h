/* Commands that read and change nothing: their rows have `work` in place of `run` (language/command.h), which works on
 * copies of the channels it is given, beside the loop. UI thread only. */
#ifndef SESSION_BESIDE_H
#define SESSION_BESIDE_H

#include <stdbool.h>

#include "base/error.h"
#include "language/arguments.h"
#include "language/sheet.h"

struct session;

/* Begins the work, or in a script does it. From here on the channels among the arguments are the copies. */
bool beside_run(struct session *session, struct arguments *arguments, struct sheet *sheet, struct error *error);

#endif
