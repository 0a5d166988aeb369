/* Which files of the disk this process has read and which it has written, so that nothing a person made is written
 * over by a slip. A file is known by what it is (device and inode: hard and symbolic links are the same file) and by
 * its real path (what an editor put in its place is the same file, too). Only ordinary files count: devices and pipes
 * have nothing to lose. Everything that opens a file to read it says so here; base/whole_file asks before it writes.
 * Any thread. */
#ifndef BASE_FILES_H
#define BASE_FILES_H

#include <stdbool.h>

/* `descriptor` is open for reading; `path` is the name it was opened by, or NULL when there was none. */
void files_note_read(int descriptor, const char *path);
/* `path` holds what this process wrote; what it read there before is gone. */
void files_note_written(const char *path);
/* There is a file at `path`, and it was read. */
bool files_were_read(const char *path);
/* There is a file at `path`, and it is as this process left it. */
bool files_are_own(const char *path);
/* What was read at `path`, under any of its names, may be written over from now on. */
void files_give_up(const char *path);
/* Forgets everything: a new session begins. */
void files_forget(void);

#endif
