/* A short list, looked through from its start: a session reads and writes tens of files, not thousands. */
#include "base/files.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/xalloc.h"

struct known {
    dev_t device;
    ino_t inode;
    char *path;              /* real path, owned; NULL: it has none */
    bool written;            /* else read */
    struct timespec changed; /* last, as far as is known: what somebody else changed since is not as we left it */
};

static struct known *list;
static size_t count, capacity;
static atomic_flag locked = ATOMIC_FLAG_INIT;

/* Held for microseconds. */
static void lock(void)
{
    while (atomic_flag_test_and_set_explicit(&locked, memory_order_acquire))
        continue;
}

static void unlock(void)
{
    atomic_flag_clear_explicit(&locked, memory_order_release);
}

static bool same_inode(const struct known *known, const struct stat *facts)
{
    return known->device == facts->st_dev && known->inode == facts->st_ino;
}

static bool unchanged(const struct known *known, const struct stat *facts)
{
    return known->changed.tv_sec == facts->st_mtim.tv_sec && known->changed.tv_nsec == facts->st_mtim.tv_nsec;
}

/* A file system gives the number of a file that was removed to the next one: it is the same file only if it did not
 * change since, or is still there under the name it was known by. */
static bool same_file(const struct known *known, const struct stat *facts)
{
    struct stat there;
    if (!same_inode(known, facts))
        return false;
    return unchanged(known, facts) || (known->path && stat(known->path, &there) == 0 && same_inode(known, &there));
}

static bool same_path(const struct known *known, const char *path)
{
    return known->path && path && strcmp(known->path, path) == 0;
}

static void drop(size_t i)
{
    free(list[i].path);
    list[i] = list[--count];
}

/* Takes `path`. */
static void add(const struct stat *facts, char *path, bool written)
{
    for (size_t i = count; i-- > 0;)
        if (written ? same_inode(&list[i], facts) || same_path(&list[i], path)
                    : !list[i].written && same_inode(&list[i], facts) && same_path(&list[i], path))
            drop(i);
    xgrow(&list, &capacity, count + 1, sizeof *list);
    list[count++] = (struct known){facts->st_dev, facts->st_ino, path, written, facts->st_mtim};
}

void files_note_read(int descriptor, const char *path)
{
    struct stat facts;
    if (fstat(descriptor, &facts) != 0 || !S_ISREG(facts.st_mode))
        return;
    char *real = path ? realpath(path, NULL) : NULL;
    lock();
    add(&facts, real, false);
    unlock();
}

void files_note_written(const char *path)
{
    struct stat facts;
    if (stat(path, &facts) != 0 || !S_ISREG(facts.st_mode))
        return;
    char *real = realpath(path, NULL);
    lock();
    add(&facts, real, true);
    unlock();
}

bool files_were_read(const char *path)
{
    struct stat facts;
    bool found = false;
    if (stat(path, &facts) != 0 || !S_ISREG(facts.st_mode))
        return false;
    char *real = realpath(path, NULL);
    lock();
    for (size_t i = 0; i < count && !found; i++)
        found = !list[i].written && (same_file(&list[i], &facts) || same_path(&list[i], real));
    unlock();
    free(real);
    return found;
}

bool files_are_own(const char *path)
{
    struct stat facts;
    bool found = false;
    if (stat(path, &facts) != 0)
        return false;
    lock();
    for (size_t i = 0; i < count && !found; i++)
        found = list[i].written && same_inode(&list[i], &facts) && unchanged(&list[i], &facts);
    unlock();
    return found;
}

void files_give_up(const char *path)
{
    struct stat facts;
    if (stat(path, &facts) != 0)
        return;
    char *real = realpath(path, NULL);
    lock();
    for (size_t i = count; i-- > 0;)
        if (!list[i].written && (same_inode(&list[i], &facts) || same_path(&list[i], real)))
            drop(i);
    unlock();
    free(real);
}

void files_forget(void)
{
    lock();
    while (count > 0)
        drop(count - 1);
    free(list);
    list = NULL;
    capacity = 0;
    unlock();
}
