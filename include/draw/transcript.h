/* What commands answered, kept for scrolling: lines of text with an ink each, oldest dropped beyond a limit. */
#ifndef DRAW_TRANSCRIPT_H
#define DRAW_TRANSCRIPT_H

#include <stddef.h>

#include "picture/canvas.h"

struct transcript;
struct transcript *transcript_new(size_t limit); /* lines kept */
void transcript_free(struct transcript *transcript);
/* Adds text, split at LF into lines. Scrolls back to the newest line. */
void transcript_add(struct transcript *transcript, enum ink ink, const char *text);
size_t transcript_lines(const struct transcript *transcript);
const char *transcript_line(const struct transcript *transcript, size_t i, enum ink *ink);
/* Moves the visible part: lines > 0 towards older ones; kept within what there is. */
void transcript_scroll(struct transcript *transcript, long lines);
size_t transcript_offset(const struct transcript *transcript); /* lines scrolled back */
void transcript_clear(struct transcript *transcript);

#endif
