/* What a followed input consists of, for the files followed*.c only; everybody else uses rig/followed.h.
 * UI thread only. */
#ifndef RIG_FOLLOWED_STATE_H
#define RIG_FOLLOWED_STATE_H

#include "rig/followed.h"
#include "rig/rig.h"

/* How fast it arrives: followed_pace.c. */
#define PACE_MARKS 9        /* the rate is over the last 8 of them */
#define PACE_MARK_TIME 0.25 /* s */
#define PACE_STALL_TIME 1.0 /* s without a byte, and some usual gaps */

struct pace {
    double begun, first, last, gap; /* s on the clock: start, first and last byte; the usual time between bytes */
    struct {
        double time;
        uint64_t rows, spikes;
    } mark[PACE_MARKS];
    size_t marks;
    char rate[64]; /* "1 234 rows/s", "" */
};

void pace_begin(struct pace *pace);
void pace_note_arrival(struct pace *pace);
/* The last rate is no longer one. */
void pace_forget(struct pace *pace, const struct follow_counts *counts);
void pace_update(struct pace *pace, const struct follow_counts *counts);
/* Seconds since the last byte. */
double pace_quiet(const struct pace *pace);
/* Longer than usual. */
bool pace_is_stalled(const struct pace *pace);
/* How often it is said anew how long nothing has come. */
double pace_tick(double quiet);

struct followed {
    char *source;
    struct load_options options; /* with texts of its own */
    struct watch *watch;
    struct follower *follower;
    struct stream *stream;
    bool restarted; /* the follower began anew since the last settling */
    char **before;  /* [befores] labels of the neurons there were then */
    size_t befores;
    bool over; /* nothing is read any more */
    bool gone, removed;
    struct pace pace;
    char trouble[48];
    /* what was said */
    char *described;
    char *complaint;     /* of a look that made no sense */
    char confusion[512]; /* the sentence, as long as none does */
    uint64_t malformed, too_late, dropped, set_back, tables, let_go;
};

/* ---- followed.c ---- */

/* Units that are new get their rows, and what was selected and chosen stays so. */
void followed_settle(struct channel *channel);
/* Bytes that a stream may take. */
size_t followed_limit_of(const struct rig *rig);

/* ---- followed_said.c ---- */

/* What was found, lost or could not be read, if that is news; `last`: nothing more is to be waited for. */
void followed_say_news(struct rig *rig, const struct channel *channel, bool last);
/* "the writer has gone: 1 234 spikes of 50 units are kept" and `more`. */
void followed_say_end(struct rig *rig, const struct channel *channel, const char *what, const char *more);
/* Once for each sentence. */
void followed_complain(struct rig *rig, const struct channel *channel, const char *sentence);

#endif
