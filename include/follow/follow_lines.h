/* Complete lines of a text that arrives, block by block, as rows; a line that is broken is told and the next
 * ones go on. For follow/ alone. One thread at a time. */
#ifndef FOLLOW_FOLLOW_LINES_H
#define FOLLOW_FOLLOW_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "text/rows.h"

/* Who takes them; `line` is that of the text, from 1. */
struct follow_visitor {
    void *context;
    void (*row)(void *context, const struct row *row, uint64_t line);
    void (*broken)(void *context, uint64_t line, const char *sentence);
};

struct follow_lines {
    struct follow_visitor visit;
    struct text_style style;
    struct rows *rows;
    uint64_t base;    /* added to a row's line: lines of this text before `rows` began */
    uint64_t lines;   /* of this text so far */
    size_t met, pass; /* rows met in this block; rows to pass over */
    bool begun;       /* some of the text came */
    bool after_cr;
};

/* A text begins, with `before` lines before its first one. The struct is zeros before the first text. */
void follow_lines_begin(struct follow_lines *lines, const struct text_style *style, uint64_t before,
                        const struct follow_visitor *visit);
void follow_lines_end(struct follow_lines *lines);
/* Lines with their ends (the last of the text may lack it). Returns how many lines ended. */
uint64_t follow_lines_feed(struct follow_lines *lines, const char *bytes, size_t length);

bool is_line_end(char c);
/* Bytes of the first so many lines, with their ends; all if there are fewer. */
size_t lines_length(const char *bytes, size_t length, uint64_t lines);
/* How many of the bytes are lines with their ends. */
size_t complete_lines(const char *bytes, size_t length);
/* The sentence behind "NAME:LINE: ". */
const char *without_place(const struct error *error);

#endif
