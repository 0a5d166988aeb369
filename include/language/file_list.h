/* Names of files as they are typed, with the patterns among them (* ? [...]) replaced by what they match. UI thread
 * only. */
#ifndef LANGUAGE_FILE_LIST_H
#define LANGUAGE_FILE_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct file_list {
    char **path; /* [count] */
    size_t count, capacity;
};

/* `names` are parted by '\n'. A pattern that is the name of a file itself is that file. False with a sentence when one
 * matches nothing; the list is to be freed either way. */
bool file_list_read(struct file_list *list, const char *names, struct error *error);
void file_list_free(struct file_list *list);

#endif
