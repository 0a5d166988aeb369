/* An engine in another process: a port (engine/port.h) whose questions go over a wire (wire/message.h) to a program
 * that answers them, started here. It gives the same spikes as the engine in this process, to the last bit.
 *
 * Until it is started, every question is answered before the function returns. Beside somebody who types, what is asked all the
 * time (status, records) is waited for some milliseconds, what is told a second; an answer that comes later is taken when it
 * comes, and until then status.silent says how long it has been owed and what would change something is refused. When
 * the process ends before it is told to, or says what makes no sense, the engine is lost: port_reset starts the program
 * again. */
#ifndef WIRE_REMOTE_H
#define WIRE_REMOTE_H

#include "base/error.h"
#include "engine/port.h"

/* Starts command[0] (a path, or a name to look for in PATH) with these arguments, NULL at the end, copied; it is to
 * answer on its standard input and output, which are one socket. NULL with a sentence when that does not work. */
struct port *remote_open(const char *const *command, struct error *error);

#endif
