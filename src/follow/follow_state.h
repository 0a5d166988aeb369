/* What a follower consists of, for the files follow*.c only. */
#ifndef FOLLOW_FOLLOW_STATE_H
#define FOLLOW_FOLLOW_STATE_H

#include "follow/follow.h"
#include "follow/follow_lines.h"
#include "follow/follow_table.h"

#define HEAD_MOST ((size_t)16 << 20) /* a line that is longer is no table */

struct follower {
    struct follow_sink sink;
    struct follow_counts counts;
    bool settled, failed;
    /* looking */
    struct text head;
    size_t digested; /* bytes of the head that were read */
    size_t looked;   /* bytes that were there at the last look; 0: no good look yet */
    size_t least;    /* bytes for the last look, */
    size_t enough;   /* more of them if lines are long */
    bool given;      /* the sink was given something since its restart */
    struct boundary {
        size_t byte; /* of the head: a text ends before it */
        bool anew;
    } * boundary;
    size_t boundaries, boundary_capacity;
    uint64_t skipped;        /* lines of the head's first text that were before the head */
    uint64_t tables, let_go; /* before the head */
    size_t begin;            /* byte of the head: the last look found that another table begins there, */
    uint64_t begin_line;     /* after so many lines of its text */
    /* reading */
    struct follow_table table;
    struct follow_lines lines;
    struct mark {
        size_t spike; /* of the harvest: the turn is before it */
        enum stream_turn turn;
    } * mark;
    size_t marks, mark_capacity;
    size_t at;         /* byte of the head: this text begins there */
    uint64_t at_line;  /* after so many of its lines */
    size_t header;     /* so many of the next rows belong to it */
    bool trying;       /* a text that is not the first one may be another table */
    unsigned strange;  /* its rows that could not be read */
    struct text trial; /* it, as long as it is tried, once the looks are over */
    uint64_t other;    /* the line of this text with which another table begins; 0: none does */
    size_t units;      /* labels given */
    struct text tail;
    /* truncated within a line */
    bool cut;
    struct text seam; /* the first line of the next text, as far as it came */
};

/* ---- follow_rows.c: rows are harvested ---- */

/* The first text begins; lines count on from those before. */
void follow_begin_text(struct follower *follower, uint64_t before);
/* Another one, in which the same table may go on. */
void follow_begin_next_text(struct follower *follower, bool anew);

/* ---- follow_look.c: the head is read, and what was harvested is given ---- */

void follow_close_reader(struct follower *follower);
/* What was harvested since the last time. */
void follow_give(struct follower *follower);
void follow_forget_given(struct follower *follower);
/* The head's first `length` bytes, complete lines. */
bool follow_look(struct follower *follower, size_t length, struct error *error);
/* The last look, unless another table begins. */
bool follow_settle(struct follower *follower, struct error *error);

#endif
