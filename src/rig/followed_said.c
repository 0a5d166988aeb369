/* What there is to say about a followed input: each thing once, when it is sure enough. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "base/voice.h"
#include "base/xalloc.h"
#include "rig/followed_state.h"

#define FIRST_ROWS 10  /* before so many, what was found by looking is not said */
#define FIRST_TIME 0.5 /* s, unless so much has passed */

/* The tell-tale of a wrong unit. */
static void add_mean_rate(const struct followed *f, struct text *line)
{
    struct spike_source source = stream_source(f->stream);
    struct time_span span;
    if (source.neurons == 0 || !source_extent(&source, &span) || !(span_length(&span) > 0))
        return;
    double rate = span_rate(&span, (double)source_counted(&source, &span)) / (double)source.neurons;
    char hertz[NUMBER_HUMAN];
    if (rate < 999.5)
        text_printf(line, ", %.3g Hz mean so far", rate);
    else
        text_printf(line, ", %s mean so far", number_human(hertz, rate, DIMENSION_RATE));
}

static void say_found(struct rig *rig, const struct channel *channel, bool last)
{
    struct followed *f = channel->followed;
    struct follow_counts counts = follower_counts(f->follower);
    const char *found = follower_described(f->follower), *other = follower_override(f->follower);
    bool sure = last || follower_settled(f->follower) || counts.rows >= FIRST_ROWS ||
                clock_seconds() - f->pace.first > FIRST_TIME;
    if (!*found || !sure || (f->described && strcmp(f->described, found) == 0))
        return;
    struct text line = {0};
    text_printf(&line, "%s: %s%s", channel->name, f->described ? "on second thoughts, " : "", found);
    add_mean_rate(f, &line);
    if (*other)
        text_printf(&line, "; follow %s %s changes it", channel->name, other);
    voice_report(&rig->voice, text_string(&line));
    text_free(&line);
    free(f->described);
    f->described = xstrdup(found);
}

static void say_malformed(struct rig *rig, const struct channel *channel)
{
    struct followed *f = channel->followed;
    struct follow_counts counts = follower_counts(f->follower);
    for (; f->malformed < counts.malformed && f->malformed < FOLLOW_SHOWN; f->malformed++)
        voice_note(&rig->voice, "%s: %s", channel->name, counts.shown[f->malformed]);
    if (f->malformed == FOLLOW_SHOWN && counts.malformed > FOLLOW_SHOWN) {
        voice_note(&rig->voice, "%s: more rows cannot be read; they are counted", channel->name);
        f->malformed++;
    }
}

/* All that was said of the table before may be said again of this one. */
static void say_tables(struct rig *rig, const struct channel *channel)
{
    struct followed *f = channel->followed;
    struct follow_counts counts = follower_counts(f->follower);
    char spikes[NUMBER_HUMAN];
    if (counts.tables <= f->tables)
        return;
    voice_note(&rig->voice, "%s: another table begins, with other columns: the %s spikes that came before are let go",
               channel->name, number_grouped(spikes, counts.let_go - f->let_go));
    f->tables = counts.tables;
    f->let_go = counts.let_go;
    f->malformed = f->too_late = f->dropped = f->set_back = 0;
    free(f->described);
    f->described = NULL;
}

static void say_losses(struct rig *rig, const struct channel *channel)
{
    struct followed *f = channel->followed;
    struct stream_facts facts = stream_facts(f->stream);
    char keep[NUMBER_HUMAN], before[NUMBER_HUMAN], after[NUMBER_HUMAN], spikes[NUMBER_HUMAN];
    number_human(keep, stream_kept(f->stream), DIMENSION_TIME);
    if (facts.set_back > f->set_back)
        voice_note(&rig->voice,
                   "%s: time went back from %s to %s: a new run begins, and the %s spikes kept of the one "
                   "before are let go",
                   channel->name, number_human(before, facts.before, DIMENSION_TIME),
                   number_human(after, facts.after, DIMENSION_TIME), number_grouped(spikes, facts.let_go));
    if (facts.too_late >= STREAM_SET_BACK && f->too_late == 0) {
        voice_note(&rig->voice, "%s: some spikes come later than keep=%s and are not kept; follow %s counts them",
                   channel->name, keep, channel->name);
        f->too_late = facts.too_late;
    }
    if (facts.dropped > 0 && f->dropped == 0)
        voice_note(&rig->voice,
                   "%s: %g MB hold less than keep=%s of this: the oldest spikes go earlier (set history=%g holds "
                   "more)",
                   channel->name, rig->history, keep, 4 * rig->history);
    f->set_back = f->set_back > facts.set_back ? f->set_back : facts.set_back; /* less after another look */
    f->dropped = f->dropped > facts.dropped ? f->dropped : facts.dropped;
}

void followed_say_news(struct rig *rig, const struct channel *channel, bool last)
{
    say_tables(rig, channel);
    say_found(rig, channel, last);
    say_malformed(rig, channel);
    say_losses(rig, channel);
}

void followed_complain(struct rig *rig, const struct channel *channel, const char *sentence)
{
    struct followed *f = channel->followed;
    if (f->complaint && strcmp(f->complaint, sentence) == 0)
        return;
    voice_note(&rig->voice, "%s: %s", channel->name, sentence);
    free(f->complaint);
    f->complaint = xstrdup(sentence);
}

void followed_say_end(struct rig *rig, const struct channel *channel, const char *what, const char *more)
{
    const struct followed *f = channel->followed;
    char spikes[NUMBER_COUNTED], units[NUMBER_COUNTED];
    struct text line = {0};
    text_printf(&line, "%s: %s: %s of %s %s kept%s", channel->name, what,
                number_counted(spikes, stream_spikes(f->stream), "spike"),
                number_counted(units, stream_neurons(f->stream), "unit"), stream_spikes(f->stream) == 1 ? "is" : "are",
                more);
    voice_report(&rig->voice, text_string(&line));
    text_free(&line);
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
    char rows[NUMBER_COUNTED], keep[NUMBER_HUMAN], spikes[NUMBER_COUNTED], units[NUMBER_COUNTED];
    const char *what = follower_described(f->follower);
    if (!what[0])
        what = f->confusion[0] ? f->confusion : "nothing to read yet";
    text_printf(out, "%s follows %s: %s\n", name, followed_title(f), what);
    text_printf(out, "%s came", number_counted(rows, counts.rows + counts.malformed, "row"));
    report_count(out, counts.malformed, "could not be read");
    report_count(out, counts.headers, "repeated headers");
    report_count(out, counts.let_go, "spikes of tables before this one were let go");
    report_count(out, facts.late, "spikes out of order");
    report_count(out, facts.too_late, "spikes too late to be kept");
    text_printf(out, "\n%s of %s %s kept, keep=%s", number_counted(spikes, stream_spikes(f->stream), "spike"),
                number_counted(units, stream_neurons(f->stream), "unit"), stream_spikes(f->stream) == 1 ? "is" : "are",
                number_human(keep, stream_kept(f->stream), DIMENSION_TIME));
    report_count(out, facts.expired, "became older");
    report_count(out, facts.dropped, "had to go for want of memory");
}
