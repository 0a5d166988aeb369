#include "term/history.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "base/xalloc.h"

char *history_path(void)
{
    const char *own = getenv("LIFSCOPE_HISTORY"), *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    if (own)
        return *own ? xstrdup(own) : NULL;
    struct text path = {0};
    if (state && *state == '/') /* the XDG specification says to ignore relative paths */
        text_printf(&path, "%s/lifscope/history", state);
    else if (home && *home)
        text_printf(&path, "%s/.local/state/lifscope/history", home);
    return path.bytes;
}

static void make_directories(char *path)
{
    for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(path, 0700); /* a failure shows when the file is opened */
        *slash = '/';
    }
}

bool history_make(const char *path)
{
    char *copy = xstrdup(path);
    make_directories(copy);
    free(copy);
    int file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (file >= 0)
        close(file);
    return file >= 0;
}
