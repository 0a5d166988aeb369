/* An input that is followed. It is read when poll() says so or when its patience is over, a piece at a time
 * as long as the budget lasts; what does not fit in waits in the pipe, and with it the writer, so nothing is
 * lost. */
#include "command/followed.h"

#include <errno.h>
#include <math.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/text.h"
#include "base/xalloc.h"
#include "command/state.h"
#include "record/label.h"

#define PIECE ((size_t)64 << 10)
#define MARKS 9        /* the rate is over the last 8 of them */
#define MARK_TIME 0.25 /* s */
#define STALL_TIME 1.0 /* s without a byte, and STALL_GAPS usual gaps */
#define STALL_GAPS 4
#define FIRST_ROWS 10  /* before so many, what was found by looking is not said */
#define FIRST_TIME 0.5 /* s, unless so much has passed */
#define OPTIONS 5

struct mark {
    double time;
    uint64_t rows, spikes;
};

struct followed {
    char *source;
    char *option[OPTIONS]; /* owned texts of `options` */
    struct load_options options;
    struct watch *watch;
    struct follower *follower;
    struct stream *stream;
    bool restarted; /* the follower began anew since the last settle() */
    char **before;  /* [befores] labels of the neurons there were then */
    size_t befores;
    bool over; /* nothing is read any more */
    bool gone, removed;
    /* arrival */
    double begun, first, last,
        gap; /* s on the clock: start, first and last byte; the usual time between bytes */
    struct mark mark[MARKS];
    size_t marks;
    char rate[64], trouble[48];
    /* what was said */
    char *described;
    char *complaint;     /* of a look that made no sense */
    char confusion[512]; /* the sentence, as long as none does */
    uint64_t malformed, too_late, dropped, set_back;
};

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

static void on_turn(void *context)
{
    stream_break(((struct followed *)context)->stream);
}

/* ---- birth and end ---- */

static size_t limit_of(const struct session *session)
{
    return (size_t)(session->settings.history * 1e6);
}

/* The options' texts, in one order. */
static const char **option_places(struct load_options *options, const char **place[OPTIONS])
{
    place[0] = &options->format;
    place[1] = &options->unit;
    place[2] = &options->columns;
    place[3] = &options->delimiter;
    place[4] = &options->header;
    return place[0];
}

/* Those given replace those there are. */
static void take_options(struct followed *f, const struct load_options *options)
{
    struct load_options copy = *options;
    const char **mine[OPTIONS], **given[OPTIONS];
    option_places(&f->options, mine);
    option_places(&copy, given);
    for (size_t i = 0; i < OPTIONS; i++) {
        if (!*given[i])
            continue;
        free(f->option[i]);
        f->option[i] = xstrdup(*given[i]);
        *mine[i] = f->option[i];
    }
    if (options->dt > 0)
        f->options.dt = options->dt;
}

static struct follower *new_follower(struct followed *f, struct error *error)
{
    struct follow_sink sink = {f, on_restart, on_unit, on_spike, on_advance, on_turn};
    return follower_new(&f->options, &sink, error);
}

static struct watch *open_source(struct session *session, const char *source, struct error *error)
{
    if (strcmp(source, "-") != 0)
        return watch_open(source, error);
    int input = session->options.has_input ? dup(session->options.input) : -1;
    if (input >= 0)
        return watch_descriptor(input, "standard input", error);
    error_set(error, "standard input is where commands come from; producer | lifscope - follows a producer");
    return NULL;
}

struct followed *followed_new(struct session *session, const struct follow_request *request,
                              struct error *error)
{
    struct followed *f = xcalloc(1, sizeof *f);
    f->source = xstrdup(request->source);
    f->stream = stream_new(request->keep, limit_of(session), label_order_of);
    take_options(f, &request->options);
    f->begun = f->last = clock_seconds();
    f->mark[f->marks++].time = f->begun;
    f->follower = new_follower(f, error);
    f->watch = f->follower ? open_source(session, request->source, error) : NULL;
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
    for (size_t i = 0; i < OPTIONS; i++)
        free(f->option[i]);
    forget_labels(f);
    free(f->source);
    free(f->described);
    free(f->complaint);
    free(f);
}

/* ---- saying ---- */

/* The tell-tale of a wrong unit. */
static void add_mean_rate(const struct followed *f, struct text *line)
{
    struct spike_source source = stream_source(f->stream);
    double first, last;
    if (source.neurons == 0 || !source_span(&source, &first, &last) || !(last > first))
        return;
    double rate = (double)stream_spikes(f->stream) / (double)source.neurons / (last - first);
    char hertz[NUMBER_HUMAN];
    if (rate < 999.5)
        text_printf(line, ", %.3g Hz mean so far", rate);
    else
        text_printf(line, ", %s mean so far", number_human(hertz, rate, DIMENSION_RATE));
}

static void say_found(struct session *session, const struct channel *channel, bool last)
{
    struct followed *f = channel->followed;
    struct follow_counts counts = follower_counts(f->follower);
    const char *found = follower_described(f->follower), *other = follower_override(f->follower);
    bool sure = last || follower_settled(f->follower) || counts.rows >= FIRST_ROWS ||
                clock_seconds() - f->first > FIRST_TIME;
    if (!*found || !sure || (f->described && strcmp(f->described, found) == 0))
        return;
    struct text line = {0};
    text_printf(&line, "%s: %s%s", channel->name, f->described ? "on second thoughts, " : "", found);
    add_mean_rate(f, &line);
    if (*other)
        text_printf(&line, "; follow %s %s changes it", channel->name, other);
    session_report(session, text_string(&line));
    text_free(&line);
    free(f->described);
    f->described = xstrdup(found);
}

static void say_malformed(struct session *session, const struct channel *channel)
{
    struct followed *f = channel->followed;
    struct follow_counts counts = follower_counts(f->follower);
    for (; f->malformed < counts.malformed && f->malformed < FOLLOW_SHOWN; f->malformed++)
        session_note(session, "%s: %s", channel->name, counts.shown[f->malformed]);
    if (f->malformed == FOLLOW_SHOWN && counts.malformed > FOLLOW_SHOWN) {
        session_note(session, "%s: more rows cannot be read; they are counted", channel->name);
        f->malformed++;
    }
}

static void say_losses(struct session *session, const struct channel *channel)
{
    struct followed *f = channel->followed;
    struct stream_facts facts = stream_facts(f->stream);
    char keep[NUMBER_HUMAN], before[NUMBER_HUMAN], after[NUMBER_HUMAN];
    number_human(keep, stream_kept(f->stream), DIMENSION_TIME);
    if (facts.set_back > f->set_back)
        session_note(session, "%s: time went back from %s to %s: started over", channel->name,
                     number_human(before, facts.before, DIMENSION_TIME),
                     number_human(after, facts.after, DIMENSION_TIME));
    if (facts.too_late >= STREAM_SET_BACK && f->too_late == 0) {
        session_note(session,
                     "%s: some spikes come later than keep=%s and are not kept; follow %s counts them",
                     channel->name, keep, channel->name);
        f->too_late = facts.too_late;
    }
    if (facts.dropped > 0 && f->dropped == 0)
        session_note(
            session,
            "%s: %g MB hold less than keep=%s of this: the oldest spikes go earlier (set history=%g holds "
            "more)",
            channel->name, session->settings.history, keep, 4 * session->settings.history);
    f->set_back = f->set_back > facts.set_back ? f->set_back : facts.set_back; /* less after another look */
    f->dropped = f->dropped > facts.dropped ? f->dropped : facts.dropped;
}

static void complain(struct session *session, const struct channel *channel, const struct error *error)
{
    struct followed *f = channel->followed;
    if (f->complaint && strcmp(f->complaint, error->text) == 0)
        return;
    session_note(session, "%s: %s", channel->name, error->text);
    free(f->complaint);
    f->complaint = xstrdup(error->text);
}

/* ---- arrival ---- */

static void write_one_rate(char *out, size_t size, double rate, const char *what)
{
    char number[NUMBER_HUMAN];
    if (rate > 0 && rate < 9.95)
        snprintf(number, sizeof number, "%.1f", rate);
    else
        number_grouped(number, (unsigned long long)llround(rate));
    snprintf(out, size, "%s %s/s", number, what);
}

/* Over the last two seconds. Spikes are named where they are not what a row is. */
static void write_rate(struct followed *f)
{
    const struct mark *new = &f->mark[(f->marks - 1) % MARKS],
                      *old = &f->mark[f->marks > MARKS ? f->marks % MARKS : 0];
    double time = new->time - old->time, rows = 0, spikes = 0;
    char spike_text[NUMBER_HUMAN + 16] = "";
    if (time > 0) {
        rows = (double)(new->rows - old->rows) / time;
        spikes = (double)(new->spikes - old->spikes) / time;
    }
    write_one_rate(f->rate, sizeof f->rate / 2, rows, "rows");
    if (fabs(spikes - rows) > 0.02 * rows)
        write_one_rate(spike_text, sizeof spike_text, spikes, "spikes");
    size_t used = strlen(f->rate);
    if (*spike_text)
        snprintf(f->rate + used, sizeof f->rate - used, ", %s", spike_text);
    if (rows == 0)
        f->rate[0] = '\0';
}

static double quiet(const struct followed *f)
{
    return clock_seconds() - f->last;
}

/* How often it is said anew how long nothing has come. */
static double tick(double quiet)
{
    return quiet < 2.5 ? MARK_TIME : quiet < 10 ? 0.5 : quiet < 60 ? 1 : 10;
}

/* The last rate is no longer one. */
static void forget_rate(struct followed *f)
{
    struct follow_counts counts = follower_counts(f->follower);
    f->marks = 0;
    f->mark[f->marks++] = (struct mark){clock_seconds(), counts.rows, counts.spikes};
    f->rate[0] = '\0';
}

static void write_trouble(struct followed *f)
{
    double silence = quiet(f), fraction = watch_fraction(f->watch);
    f->trouble[0] = '\0';
    if (f->over)
        snprintf(f->trouble, sizeof f->trouble, "ended");
    else if (f->gone)
        snprintf(f->trouble, sizeof f->trouble, "writer gone");
    else if (f->removed)
        snprintf(f->trouble, sizeof f->trouble, "file removed");
    else if (fraction < 0.99)
        snprintf(f->trouble, sizeof f->trouble, "%.0f %% read", 100 * fraction);
    else if (follower_counts(f->follower).bytes == 0)
        snprintf(f->trouble, sizeof f->trouble, "nothing has come yet");
    else if (silence > fmax(STALL_TIME, STALL_GAPS * f->gap)) {
        double step = tick(silence);
        snprintf(f->trouble, sizeof f->trouble, "stalled %.*f s", silence < 10, floor(silence / step) * step);
        f->rate[0] = '\0';
    }
}

/* Brings the texts up to date; true if one of them changed. */
static bool write_texts(struct followed *f)
{
    char rate[sizeof f->rate], trouble[sizeof f->trouble];
    double now = clock_seconds();
    memcpy(rate, f->rate, sizeof rate);
    memcpy(trouble, f->trouble, sizeof trouble);
    struct follow_counts counts = follower_counts(f->follower);
    if (counts.rows < f->mark[(f->marks - 1) % MARKS].rows) { /* it began anew */
        forget_rate(f);
    } else if (now - f->mark[(f->marks - 1) % MARKS].time >= MARK_TIME) {
        f->mark[f->marks++ % MARKS] = (struct mark){now, counts.rows, counts.spikes};
        write_rate(f);
    }
    write_trouble(f);
    return strcmp(rate, f->rate) != 0 || strcmp(trouble, f->trouble) != 0;
}

static void note_arrival(struct followed *f)
{
    double now = clock_seconds(), gap = now - f->last;
    if (f->first == 0)
        f->first = now;
    else
        f->gap += 0.2 * (gap - f->gap);
    f->last = now;
}

/* ---- reading ---- */

static void end_text(struct followed *f)
{
    struct error error;
    if (!follower_end(f->follower, &error))
        snprintf(f->confusion, sizeof f->confusion, "%s", error.text);
}

/* "the writer has gone: 1 234 spikes of 50 units are kept" */
static void say_end(struct session *session, const struct channel *channel, const char *what,
                    const char *more)
{
    const struct followed *f = channel->followed;
    char spikes[NUMBER_HUMAN], units[NUMBER_HUMAN];
    struct text line = {0};
    text_printf(&line, "%s: %s: %s spikes of %s units are kept%s", channel->name, what,
                number_grouped(spikes, stream_spikes(f->stream)),
                number_grouped(units, stream_neurons(f->stream)), more);
    session_report(session, text_string(&line));
    text_free(&line);
}

static void take_bytes(struct followed *f, const char *bytes, size_t got)
{
    struct error error;
    note_arrival(f);
    if (follower_feed(f->follower, bytes, got, &error))
        return;
    f->over = true;
    snprintf(f->confusion, sizeof f->confusion, "%s", error.text);
}

/* True if there may be more at once. */
static bool handle(struct session *session, struct channel *channel, enum watch_event event,
                   const char *bytes, size_t got, const struct error *error)
{
    struct followed *f = channel->followed;
    switch (event) {
    case WATCH_BYTES:
        take_bytes(f, bytes, got);
        break;
    case WATCH_TRUNCATED:
        session_note(session, "%s: %s was truncated: started over", channel->name, f->source);
        follower_restart(f->follower);
        f->malformed = f->too_late = f->dropped = f->set_back = 0;
        break;
    case WATCH_ROTATED:
        session_note(session, "%s: %s was rotated: following the new file", channel->name, f->source);
        end_text(f);
        f->removed = false;
        break;
    case WATCH_REMOVED:
        session_note(session, "%s: %s was removed: waiting for a new file of that name", channel->name,
                     f->source);
        f->removed = true;
        break;
    case WATCH_GONE:
        end_text(f);
        forget_rate(f);
        f->gone = true;
        break;
    case WATCH_BACK:
        session_note(session, "%s: there is a writer again", channel->name);
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

/* Units that are new get their rows, and what was selected and chosen stays so. */
static void settle(struct channel *channel)
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
static bool step(struct session *session, struct channel *channel, double budget)
{
    struct followed *f = channel->followed;
    struct error error;
    double end = clock_seconds() + budget;
    char *piece = xmalloc(PIECE);
    bool any = false, more = true;
    while (more) {
        size_t got;
        enum watch_event event = watch_read(f->watch, piece, PIECE, &got, &error);
        any = any || event != WATCH_NOTHING;
        more = handle(session, channel, event, piece, got, &error) && clock_seconds() < end;
    }
    if (any && !f->over) {
        f->confusion[0] = '\0';
        if (!follower_look(f->follower, &error))
            snprintf(f->confusion, sizeof f->confusion, "%s", error.text);
    }
    settle(channel);
    free(piece);
    return any;
}

static void say_news(struct session *session, const struct channel *channel, bool last)
{
    say_found(session, channel, last);
    say_malformed(session, channel);
    say_losses(session, channel);
}

bool followed_read(struct session *session, struct channel *channel, double budget)
{
    struct followed *f = channel->followed;
    struct error error;
    if (f->over)
        return false;
    bool gone = f->gone, any = step(session, channel, budget);
    bool last = f->gone || f->over || quiet(f) > STALL_TIME;
    say_news(session, channel, last);
    if (f->confusion[0] && last) {
        error_set(&error, "%s", f->confusion);
        complain(session, channel, &error);
    } else if (f->gone && !gone) {
        say_end(session, channel, "the writer has gone",
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

bool followed_read_all(struct session *session, struct channel *channel, struct error *error)
{
    struct followed *f = channel->followed;
    while (!f->over && !watch_at_end(f->watch)) {
        if (session_stopped())
            return error_set(error, "interrupted while reading %s", f->source);
        if (!step(session, channel, 0.1))
            wait_for_bytes(f);
    }
    if (!f->over && !f->gone) {
        end_text(f);
        settle(channel);
    }
    say_news(session, channel, true);
    write_texts(f);
    if (!f->confusion[0])
        say_end(session, channel, "the input has ended", "");
    return !f->confusion[0] || error_set(error, "%s: %s", f->source, f->confusion);
}

int followed_poll(const struct followed *f)
{
    return f->over ? -1 : watch_poll(f->watch);
}

double followed_patience(const struct followed *f)
{
    bool nothing_comes = f->gone && isinf(watch_patience(f->watch));
    return f->over || nothing_comes ? INFINITY : fmin(watch_patience(f->watch), tick(quiet(f)));
}

/* ---- changing ---- */

static void free_texts(char *text[OPTIONS])
{
    for (size_t i = 0; i < OPTIONS; i++)
        free(text[i]);
}

/* Only the unit is given. */
static bool only_unit(const struct load_options *o)
{
    return o->unit && !o->format && !o->columns && !o->delimiter && !o->header && !(o->dt > 0);
}

static bool any_option(const struct load_options *o)
{
    return o->unit || o->format || o->columns || o->delimiter || o->header || o->dt > 0;
}

static bool change_unit(struct followed *f, struct error *error)
{
    double factor;
    if (!follower_set_unit(f->follower, f->options.unit, &factor, error))
        return false;
    if (factor != 1)
        stream_scale(f->stream, factor);
    return true;
}

/* Reads again what can be read again. */
static bool change_reader(struct session *session, struct channel *channel, struct error *error)
{
    struct followed *f = channel->followed;
    bool settled = follower_settled(f->follower);
    if (!follower_change(f->follower, &f->options, error))
        return false;
    if (settled && watch_is_file(f->watch))
        watch_rewind(f->watch);
    else if (settled)
        session_note(session, "%s: what has come cannot be read again; this holds for what comes now",
                     channel->name);
    return true;
}

static bool change_options(struct session *session, struct channel *channel,
                           const struct load_options *options, struct error *error)
{
    struct followed *f = channel->followed;
    struct load_options before = f->options;
    char *old[OPTIONS];
    memcpy(old, f->option, sizeof old);
    for (size_t i = 0; i < OPTIONS; i++)
        f->option[i] = old[i] ? xstrdup(old[i]) : NULL;
    const char **place[OPTIONS];
    option_places(&f->options, place);
    for (size_t i = 0; i < OPTIONS; i++)
        *place[i] = f->option[i];
    take_options(f, options);
    bool again = !only_unit(options) || watch_is_file(f->watch);
    bool good = again ? change_reader(session, channel, error) : change_unit(f, error);
    if (!good) {
        free_texts(f->option);
        memcpy(f->option, old, sizeof old);
        f->options = before;
        return false;
    }
    free_texts(old);
    return true;
}

bool followed_change(struct session *session, struct channel *channel, const struct follow_request *request,
                     struct error *error)
{
    struct followed *f = channel->followed;
    bool good = !any_option(&request->options) || change_options(session, channel, &request->options, error);
    settle(channel);
    if (good && request->keep > 0)
        stream_keep(f->stream, request->keep, limit_of(session));
    if (good && any_option(&request->options)) {
        free(f->described); /* what it is taken for now is news */
        f->described = NULL;
        f->malformed = 0;
        say_news(session, channel, true);
    }
    return good;
}

void followed_limit(struct followed *f, size_t limit)
{
    stream_keep(f->stream, stream_kept(f->stream), limit);
    f->dropped = stream_facts(f->stream).dropped;
}

/* ---- questions ---- */

struct stream *followed_stream(const struct followed *f)
{
    return f->stream;
}

const char *followed_source(const struct followed *f)
{
    return f->source;
}

const char *followed_rate(const struct followed *f)
{
    return f->rate;
}

const char *followed_trouble(const struct followed *f)
{
    return f->trouble[0] ? f->trouble : NULL;
}

static void report_count(struct text *out, uint64_t n, const char *what)
{
    char number[NUMBER_HUMAN];
    if (n > 0)
        text_printf(out, ", %s %s", number_grouped(number, n), what);
}

void followed_report(const struct followed *f, const char *name, struct text *out)
{
    struct follow_counts counts = follower_counts(f->follower);
    struct stream_facts facts = stream_facts(f->stream);
    char number[NUMBER_HUMAN], keep[NUMBER_HUMAN], units[NUMBER_HUMAN];
    number_grouped(units, stream_neurons(f->stream));
    text_printf(out, "%s follows %s: %s\n", name, strcmp(f->source, "-") == 0 ? "standard input" : f->source,
                follower_described(f->follower)[0] ? follower_described(f->follower) : "nothing to read yet");
    text_printf(out, "%s rows came", number_grouped(number, counts.rows + counts.malformed));
    report_count(out, counts.malformed, "could not be read");
    report_count(out, counts.headers, "repeated headers");
    report_count(out, facts.late, "spikes out of order");
    report_count(out, facts.too_late, "spikes too late to be kept");
    text_printf(out, "\n%s spikes of %s units are kept, keep=%s",
                number_grouped(number, stream_spikes(f->stream)), units,
                number_human(keep, stream_kept(f->stream), DIMENSION_TIME));
    report_count(out, facts.expired, "became older");
    report_count(out, facts.dropped, "had to go for want of memory");
}
