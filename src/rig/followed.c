/* An input that is followed. It is read when poll() says so or when its patience is over, a piece at a time
 * as long as the budget lasts; what does not fit in waits in the pipe, and with it the writer, so nothing is
 * lost. */
#include "rig/followed.h"

#include <math.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/stop.h"
#include "base/voice.h"
#include "base/xalloc.h"
#include "rig/followed_state.h"
#include "text/input.h"
#include "text/label.h"

#define CONFUSING 1024           /* bytes without a spike in them */
#define PIECE ((size_t)32 << 10) /* about a millisecond's work */

/* ---- the reader's sink ---- */

static void remember_labels(struct followed *f)
{
    if (f->restarted)
        return;
    f->befores = stream_neurons(f->stream);
    f->before = xcalloc(f->befores, sizeof *f->before);
    for (size_t i = 0; i < f->befores; i++)
        f->before[i] = xstrdup(stream_label(f->stream, i));
}

static void forget_labels(struct followed *f)
{
    for (size_t i = 0; i < f->befores; i++)
        free(f->before[i]);
    free(f->before);
    f->before = NULL;
    f->befores = 0;
}

static void on_restart(void *context)
{
    struct followed *f = context;
    remember_labels(f);
    stream_clear(f->stream);
    f->restarted = true;
}

static void on_unit(void *context, const char *label)
{
    stream_unit(((struct followed *)context)->stream, label);
}

static void on_spike(void *context, double time, uint32_t unit)
{
    stream_spike(((struct followed *)context)->stream, time, unit);
}

static void on_advance(void *context, double time)
{
    stream_advance(((struct followed *)context)->stream, time);
}

static void on_turn(void *context, enum stream_turn turn)
{
    stream_break(((struct followed *)context)->stream, turn);
}

/* ---- birth and end ---- */

size_t followed_limit_of(const struct rig *rig)
{
    return (size_t)(rig->history * 1e6);
}

static struct follower *new_follower(struct followed *f, struct error *error)
{
    struct follow_sink sink = {f, on_restart, on_unit, on_spike, on_advance, on_turn};
    return follower_new(&f->options, &sink, error);
}

static struct watch *open_source(struct rig *rig, const char *source, struct error *error)
{
    if (strcmp(source, "-") != 0)
        return watch_open(source, error);
    int input = rig->input >= 0 ? dup(rig->input) : -1;
    if (input >= 0)
        return watch_descriptor(input, "standard input", error);
    error_set(error, "standard input is where commands come from; producer | lifscope - follows a producer");
    return NULL;
}

struct followed *followed_new(struct rig *rig, const struct follow_request *request, struct error *error)
{
    struct followed *f = xcalloc(1, sizeof *f);
    f->source = xstrdup(request->source);
    f->stream = stream_new(request->keep, followed_limit_of(rig), label_order_of);
    load_options_take(&f->options, &request->options);
    pace_begin(&f->pace);
    f->follower = new_follower(f, error);
    f->watch = f->follower ? open_source(rig, request->source, error) : NULL;
    if (f->watch)
        return f;
    followed_free(f);
    return NULL;
}

void followed_free(struct followed *f)
{
    if (!f)
        return;
    watch_close(f->watch);
    follower_free(f->follower);
    stream_free(f->stream);
    load_options_free(&f->options);
    forget_labels(f);
    free(f->source);
    free(f->described);
    free(f->complaint);
    free(f);
}

/* ---- state ---- */

static void write_trouble(struct followed *f)
{
    double silence = pace_quiet(&f->pace), fraction = watch_fraction(f->watch);
    f->trouble[0] = '\0';
    if (f->over)
        snprintf(f->trouble, sizeof f->trouble, "cannot be read");
    else if (f->gone)
        snprintf(f->trouble, sizeof f->trouble, "writer gone");
    else if (f->removed)
        snprintf(f->trouble, sizeof f->trouble, "file removed");
    else if (fraction < 0.99)
        snprintf(f->trouble, sizeof f->trouble, "%.0f %% read", 100 * fraction);
    else if (follower_counts(f->follower).bytes == 0)
        snprintf(f->trouble, sizeof f->trouble, "nothing has come yet");
    else if (f->confusion[0] && !*follower_described(f->follower))
        snprintf(f->trouble, sizeof f->trouble, "no spikes in what came");
    else if (pace_is_stalled(&f->pace)) {
        double step = pace_tick(silence);
        snprintf(f->trouble, sizeof f->trouble, "stalled %.*f s", silence < 10, floor(silence / step) * step);
        f->pace.rate[0] = '\0';
    }
}

/* Brings the texts up to date; true if one of them changed. */
static bool write_texts(struct followed *f)
{
    char rate[sizeof f->pace.rate], trouble[sizeof f->trouble];
    struct follow_counts counts = follower_counts(f->follower);
    memcpy(rate, f->pace.rate, sizeof rate);
    memcpy(trouble, f->trouble, sizeof trouble);
    pace_update(&f->pace, &counts);
    write_trouble(f);
    return strcmp(rate, f->pace.rate) != 0 || strcmp(trouble, f->trouble) != 0;
}

/* ---- reading ---- */

static void end_text(struct followed *f, enum follow_end how)
{
    struct error error;
    f->confusion[0] = '\0';
    if (!follower_end(f->follower, how, &error))
        snprintf(f->confusion, sizeof f->confusion, "%s", error.text);
}

static void take_bytes(struct followed *f, const char *bytes, size_t got)
{
    struct error error;
    pace_note_arrival(&f->pace);
    if (follower_feed(f->follower, bytes, got, &error))
        return;
    f->over = true;
    snprintf(f->confusion, sizeof f->confusion, "%s", error.text);
}

/* True if there may be more at once. */
static bool handle(struct rig *rig, struct channel *channel, enum watch_event event, const char *bytes, size_t got,
                   const struct error *error)
{
    struct followed *f = channel->followed;
    struct follow_counts counts;
    const char *title = followed_title(f);
    switch (event) {
    case WATCH_BYTES:
        take_bytes(f, bytes, got);
        break;
    case WATCH_TRUNCATED:
        voice_note(&rig->voice, "%s: %s was truncated: following its new beginning", channel->name, title);
        end_text(f, FOLLOW_CUT);
        break;
    case WATCH_REWRITTEN:
        voice_note(&rig->voice, "%s: %s was written anew in place: following its new beginning", channel->name, title);
        end_text(f, FOLLOW_CUT);
        break;
    case WATCH_ROTATED:
        voice_note(&rig->voice, "%s: %s was rotated: following the new file", channel->name, title);
        end_text(f, FOLLOW_REPLACED);
        f->removed = false;
        break;
    case WATCH_REMOVED:
        voice_note(&rig->voice, "%s: %s was removed: waiting for a new file of that name", channel->name, title);
        f->removed = true;
        break;
    case WATCH_GONE:
        end_text(f, FOLLOW_CLOSED);
        counts = follower_counts(f->follower);
        pace_forget(&f->pace, &counts);
        f->gone = true;
        break;
    case WATCH_BACK:
        voice_note(&rig->voice, "%s: there is a writer again", channel->name);
        f->gone = false;
        break;
    case WATCH_BROKEN:
        snprintf(f->confusion, sizeof f->confusion, "%s", error->text);
        f->over = true;
        break;
    case WATCH_NOTHING:
        return false;
    }
    return !f->over;
}

/* Where the neurons are that there were before a restart: the same labels are the same neurons. */
static uint32_t *map_labels(const struct followed *f)
{
    uint32_t *map = xreallocarray(NULL, f->befores, sizeof *map);
    size_t neurons = stream_neurons(f->stream), now = 0;
    for (size_t i = 0; i < f->befores; i++) { /* both are in order */
        while (now < neurons && label_order_of(stream_label(f->stream, now), f->before[i]) < 0)
            now++;
        bool same = now < neurons && strcmp(stream_label(f->stream, now), f->before[i]) == 0;
        map[i] = same ? (uint32_t)now : VIEW_ROWS_GONE;
    }
    return map;
}

void followed_settle(struct channel *channel)
{
    struct followed *f = channel->followed;
    size_t before = stream_neurons(f->stream);
    uint32_t *map = stream_settle(f->stream);
    if (f->restarted) {
        free(map);
        map = map_labels(f);
        before = f->befores;
        forget_labels(f);
        f->restarted = false;
    }
    if (map) {
        view_rows_renumber(channel, map, before);
        uint32_t selected = channel->selected >= 0 ? map[channel->selected] : VIEW_ROWS_GONE;
        channel->selected = selected == VIEW_ROWS_GONE ? -1 : (long)selected;
    }
    free(map);
}

/* Reads for so long; true if anything happened. */
static bool step(struct rig *rig, struct channel *channel, double budget)
{
    struct followed *f = channel->followed;
    struct error error;
    double end = clock_seconds() + budget;
    char *piece = xalloc(PIECE);
    bool any = false, more = true;
    while (more) {
        size_t got;
        enum watch_event event = watch_read(f->watch, piece, PIECE, &got, &error);
        any = any || event != WATCH_NOTHING;
        more = handle(rig, channel, event, piece, got, &error) && clock_seconds() < end;
    }
    if (any && !f->over && !f->gone) {
        f->confusion[0] = '\0';
        if (!follower_look(f->follower, &error))
            snprintf(f->confusion, sizeof f->confusion, "%s", error.text);
    }
    followed_settle(channel);
    free(piece);
    return any;
}

bool followed_read(struct rig *rig, struct channel *channel, double budget)
{
    struct followed *f = channel->followed;
    if (f->over)
        return false;
    bool gone = f->gone, any = step(rig, channel, budget);
    bool last = f->gone || f->over || pace_quiet(&f->pace) > PACE_STALL_TIME;
    followed_say_news(rig, channel, last);
    /* More of it may make sense of the first lines; of what goes on like that it is said once meanwhile. */
    bool much = follower_counts(f->follower).bytes > CONFUSING && !f->complaint;
    if (f->confusion[0] && (last || much)) {
        followed_complain(rig, channel, f->confusion);
    } else if (f->gone && !gone) {
        followed_say_end(rig, channel, "the writer has gone",
                         isinf(watch_patience(f->watch)) ? "" : "; another writer may come");
    }
    return write_texts(f) || any;
}

static void wait_for_bytes(const struct followed *f)
{
    struct pollfd wanted = {.fd = watch_poll(f->watch), .events = POLLIN};
    if (wanted.fd >= 0)
        poll(&wanted, 1, 100);
}

bool followed_read_all(struct rig *rig, struct channel *channel, struct error *error)
{
    struct followed *f = channel->followed;
    if (watch_at_end(f->watch))
        return true;
    while (!f->over && !watch_at_end(f->watch)) {
        if (stop_requested())
            return error_set(error, "interrupted while reading %s", followed_title(f));
        if (!step(rig, channel, 0.1))
            wait_for_bytes(f);
    }
    if (!f->over && !f->gone) {
        end_text(f, FOLLOW_CLOSED);
        followed_settle(channel);
    }
    followed_say_news(rig, channel, true);
    write_texts(f);
    if (!f->confusion[0])
        followed_say_end(rig, channel, "the input has ended", "");
    return !f->confusion[0] || error_set(error, "%s: %s", followed_title(f), f->confusion);
}

int followed_poll(const struct followed *f)
{
    return f->over ? -1 : watch_poll(f->watch);
}

double followed_patience(const struct followed *f)
{
    return followed_has_ended(f) ? INFINITY : fmin(watch_patience(f->watch), pace_tick(pace_quiet(&f->pace)));
}

void followed_limit(struct followed *f, size_t limit)
{
    stream_keep(f->stream, stream_kept(f->stream), limit);
    f->dropped = stream_facts(f->stream).dropped;
}

/* ---- questions ---- */

bool followed_has_ended(const struct followed *f)
{
    return f->over || (f->gone && isinf(watch_patience(f->watch)));
}

bool followed_waits(const struct followed *f)
{
    return !followed_has_ended(f) && (f->gone || f->removed);
}

struct stream *followed_stream(const struct followed *f)
{
    return f->stream;
}

const char *followed_title(const struct followed *f)
{
    return strcmp(f->source, "-") == 0 ? "standard input" : input_title(f->source);
}

const char *followed_rate(const struct followed *f)
{
    return f->pace.rate;
}

const char *followed_trouble(const struct followed *f)
{
    return f->trouble[0] ? f->trouble : NULL;
}
