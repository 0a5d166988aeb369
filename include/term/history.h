/* Where the command line's history is kept between runs. Any thread; touches only the file system. */
#ifndef TERM_HISTORY_H
#define TERM_HISTORY_H

#include <stdbool.h>

/* $LIFSCOPE_HISTORY, else $XDG_STATE_HOME/lifscope/history, else ~/.local/state/lifscope/history; malloc'ed.
 * NULL: none is kept ($LIFSCOPE_HISTORY is empty, or there is no home). */
char *history_path(void);
/* Makes the file and the directories above it, readable by their owner only, where they are missing. */
bool history_make(const char *path);

#endif
