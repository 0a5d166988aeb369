#include "language/file_list.h"

#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/xalloc.h"

static void add(struct file_list *list, const char *path)
{
    xgrow(&list->path, &list->capacity, list->count + 1, sizeof *list->path);
    list->path[list->count++] = xstrdup(path);
}

static bool add_matches(struct file_list *list, const char *pattern, struct error *error)
{
    glob_t found;
    int result = glob(pattern, 0, NULL, &found);
    for (size_t i = 0; result == 0 && i < found.gl_pathc; i++)
        add(list, found.gl_pathv[i]);
    if (result == 0)
        globfree(&found);
    return result == 0 || error_set(error, "no file matches '%.200s'", pattern);
}

bool file_list_read(struct file_list *list, const char *names, struct error *error)
{
    bool good = true;
    for (const char *from = names; good && *from;) {
        size_t length = strcspn(from, "\n");
        char *name = xstrndup(from, length);
        if (strpbrk(name, "*?[") && access(name, F_OK) != 0)
            good = add_matches(list, name, error);
        else
            add(list, name);
        free(name);
        from += length + (from[length] == '\n');
    }
    return good;
}

void file_list_free(struct file_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->path[i]);
    free(list->path);
    *list = (struct file_list){0};
}
