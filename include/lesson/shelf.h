/* The lessons that come with the program, in the order of their numbers, as their first lines say what they are:
 *
 *     # Two neurons that say where x is (5 minutes)
 *
 * Any thread. */
#ifndef LESSON_SHELF_H
#define LESSON_SHELF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct shelf_lesson {
    char *name; /* "06-two" */
    char *path;
    char *title; /* "Two neurons that say where x is" */
    int number;  /* what the name begins with; 0: nothing */
    int minutes; /* 0: not said */
};

struct shelf {
    struct shelf_lesson *lesson; /* [lessons], owned */
    size_t lessons;
};

/* Empty where there are none. */
struct shelf *shelf_open(void);
void shelf_free(struct shelf *shelf);
/* By number ("6"), name ("06-two", "two") or the unambiguous beginning of one; NULL with a sentence. Borrowed. */
const struct shelf_lesson *shelf_find(const struct shelf *shelf, const char *which, struct error *error);

/* "# Title (5 minutes)" without "# ": the title's bytes, and its minutes; false: the line is no such heading. */
bool shelf_heading(const char *line, size_t *title, int *minutes);
/* Fills name, path, title, number and minutes from the script at `path`; false with a sentence. */
bool shelf_read(struct shelf_lesson *lesson, const char *path, struct error *error);
void shelf_lesson_free(struct shelf_lesson *lesson);

#endif
