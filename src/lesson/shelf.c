#include "lesson/shelf.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/shipped.h"
#include "base/text.h"
#include "base/word.h"
#include "base/xalloc.h"

#define ENDING ".lif"

bool shelf_heading(const char *line, size_t *title, int *minutes)
{
    const char *open = strrchr(line, '(');
    int end = 0, found = 0;
    if (!open || open == line)
        return false;
    if (sscanf(open, "(%4d minutes)%n", &found, &end) < 1 || end == 0)
        sscanf(open, "(%4d minute)%n", &found, &end);
    if (end == 0 || open[end + (int)strspn(open + end, " \r\n")])
        return false;
    size_t length = (size_t)(open - line);
    while (length > 0 && line[length - 1] == ' ')
        length--;
    *title = length;
    *minutes = found;
    return length > 0;
}

static char *copy(const char *text, size_t length)
{
    char *made = xcalloc(length + 1, 1);
    memcpy(made, text, length);
    return made;
}

static void read_heading(struct shelf_lesson *lesson, char *line)
{
    size_t length = 0;
    line[strcspn(line, "\r\n")] = '\0';
    const char *words = line + strspn(line, "# \t");
    if (line[0] == '#' && shelf_heading(words, &length, &lesson->minutes))
        lesson->title = copy(words, length);
    else
        lesson->title = xstrdup(line[0] == '#' && *words ? words : lesson->name);
}

bool shelf_read(struct shelf_lesson *lesson, const char *path, struct error *error)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    size_t length = strlen(name), ending = strlen(ENDING);
    char line[512] = "";
    *lesson = (struct shelf_lesson){.path = NULL};
    FILE *file = fopen(path, "r");
    bool read = file && (fgets(line, sizeof line, file) || !ferror(file));
    int cause = errno;
    if (file)
        fclose(file);
    if (!read)
        return error_set(error, "cannot read the lesson %.300s: %s", path, error_cause(cause));
    if (length > ending && strcmp(name + length - ending, ENDING) == 0)
        length -= ending;
    lesson->path = xstrdup(path);
    lesson->name = copy(name, length);
    lesson->number = atoi(name);
    read_heading(lesson, line);
    return true;
}

void shelf_lesson_free(struct shelf_lesson *lesson)
{
    free(lesson->name);
    free(lesson->path);
    free(lesson->title);
    *lesson = (struct shelf_lesson){.path = NULL};
}

static int by_name(const void *a, const void *b)
{
    const struct shelf_lesson *one = a, *other = b;
    return one->number != other->number ? (one->number > other->number) - (one->number < other->number)
                                        : strcmp(one->name, other->name);
}

static void add(struct shelf *shelf, size_t *capacity, const char *directory, const char *name)
{
    size_t length = strlen(name), ending = strlen(ENDING);
    struct shelf_lesson lesson;
    struct text path = {0};
    struct error ignored;
    if (length <= ending || name[0] == '.' || strcmp(name + length - ending, ENDING) != 0)
        return;
    text_printf(&path, "%s/%s", directory, name);
    if (shelf_read(&lesson, path.bytes, &ignored)) {
        xgrow(&shelf->lesson, capacity, shelf->lessons + 1, sizeof *shelf->lesson);
        shelf->lesson[shelf->lessons++] = lesson;
    }
    text_free(&path);
}

struct shelf *shelf_open(void)
{
    struct shelf *shelf = xcalloc(1, sizeof *shelf);
    char *shipped = shipped_directory();
    struct text directory = {0};
    size_t capacity = 0;
    text_printf(&directory, "%s/lessons", shipped ? shipped : ".");
    DIR *open = shipped ? opendir(directory.bytes) : NULL;
    for (struct dirent *entry; open && (entry = readdir(open));)
        add(shelf, &capacity, directory.bytes, entry->d_name);
    if (open)
        closedir(open);
    if (shelf->lessons > 1)
        qsort(shelf->lesson, shelf->lessons, sizeof *shelf->lesson, by_name);
    text_free(&directory);
    free(shipped);
    return shelf;
}

void shelf_free(struct shelf *shelf)
{
    for (size_t i = 0; shelf && i < shelf->lessons; i++)
        shelf_lesson_free(&shelf->lesson[i]);
    if (shelf)
        free(shelf->lesson);
    free(shelf);
}

/* "06-two" -> "two" */
static const char *short_name(const void *list, size_t i)
{
    const struct shelf *shelf = list;
    const char *name = shelf->lesson[i].name, *rest = name + strspn(name, "0123456789");
    return rest > name && *rest == '-' ? rest + 1 : name;
}

const struct shelf_lesson *shelf_find(const struct shelf *shelf, const char *which, struct error *error)
{
    char *end;
    long number = strtol(which, &end, 10);
    if (shelf->lessons == 0) {
        error_set(error, "no lessons are here: they come with the program, in the directory lessons of its data");
        return NULL;
    }
    for (size_t i = 0; i < shelf->lessons; i++)
        if ((*which && !*end && shelf->lesson[i].number == number) || strcmp(shelf->lesson[i].name, which) == 0)
            return &shelf->lesson[i];
    if (*which && !*end) {
        error_set(error, "there is no lesson %ld: lesson lists them, from %d to %d", number, shelf->lesson[0].number,
                  shelf->lesson[shelf->lessons - 1].number);
        return NULL;
    }
    struct word_list words = {"lesson", shelf->lessons, short_name, shelf};
    long found = word_find(&words, which, strlen(which), error);
    return found < 0 ? NULL : &shelf->lesson[found];
}
