#include "base/shipped.h"

#include <dirent.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "base/xalloc.h"

#define DEPTH_MOST 2 /* of directories in which a script is looked for */

static bool is_directory(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

static bool is_file(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISREG(about.st_mode);
}

static char *joined(const char *directory, const char *name)
{
    struct text path = {0};
    text_printf(&path, "%s/%s", directory, name);
    char *copy = xstrdup(text_string(&path));
    text_free(&path);
    return copy;
}

/* Where the program lies, as far as the system tells. */
static char *program_directory(void)
{
    char path[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    if (length <= 0)
        return NULL;
    path[length] = '\0';
    char *slash = strrchr(path, '/');
    if (slash)
        *slash = '\0';
    return xstrdup(path);
}

char *shipped_directory(void)
{
    static const char *const places[] = {"../share/lifscope", "../../data"};
    const char *told = getenv("LIFSCOPE_DATA");
    if (told && *told)
        return is_directory(told) ? xstrdup(told) : NULL;
    char *program = program_directory(), *found = NULL;
    for (size_t i = 0; program && !found && i < sizeof places / sizeof *places; i++) {
        char *path = joined(program, places[i]);
        if (is_directory(path))
            found = path;
        else
            free(path);
    }
    free(program);
    return found;
}

static char *find_in(const char *directory, const char *name, int depth)
{
    char *found = joined(directory, name);
    if (is_file(found))
        return found;
    free(found);
    found = NULL;
    DIR *open = depth > 0 ? opendir(directory) : NULL;
    for (struct dirent *entry; open && !found && (entry = readdir(open));) {
        char *below = joined(directory, entry->d_name);
        if (entry->d_name[0] != '.' && is_directory(below))
            found = find_in(below, name, depth - 1);
        free(below);
    }
    if (open)
        closedir(open);
    return found;
}

char *shipped_script(const char *name)
{
    char *directory = *name && !strchr(name, '/') && name[0] != '.' ? shipped_directory() : NULL;
    if (!directory)
        return NULL;
    struct text whole = {0};
    text_printf(&whole, "%s.lif", name);
    char *found = find_in(directory, text_string(&whole), DEPTH_MOST);
    if (!found && strlen(name) > 4 && strcmp(name + strlen(name) - 4, ".lif") == 0)
        found = find_in(directory, name, DEPTH_MOST);
    text_free(&whole);
    free(directory);
    return found;
}
