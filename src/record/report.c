/* A loader that guesses must say what it took for what, what follows from it, and how to have it otherwise.
 * The mean rate is the tell-tale: times taken for a thousandth of what they are give kilohertz. */
#include "record/report.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"

#define FASTEST 1000.0 /* Hz; a mean rate beyond these limits is worth a word */
#define SLOWEST 0.01
#define MAY_BE_SAMPLES 1e5 /* whole numbers this large may be sample numbers */

/* Hz a unit; NaN when there is nothing to divide by. */
static double mean_rate(const struct recording *r)
{
    struct spike_source source = recording_source(r);
    struct time_span span;
    return r->units > 0 && source_extent(&source, &span)
               ? span_rate(&span, (double)source_counted(&source, &span)) / (double)r->units
               : NAN;
}

static const char *plural(size_t n)
{
    return n == 1 ? "" : "s";
}

static void say_unit(struct text *said, const struct harvest *harvest, const struct findings *findings)
{
    text_printf(said, "time in %s ", findings->unit.name);
    if (findings->origin == UNIT_TOLD)
        text_add(said, "(as told)");
    else if (findings->origin == UNIT_NAMED)
        text_printf(said, "(%s)", harvest->unit_from);
    else
        text_printf(said, harvest->whole && harvest->largest < 1e15 ? "(largest %.0f)" : "(largest %.6g)",
                    harvest->largest);
}

/* Seconds so that what differs by a thousandth of `span` looks different. */
static char *seconds_shown(char text[NUMBER_HUMAN], double seconds, double span)
{
    double size = fabs(seconds);
    if (size < 1000 && size <= 100 * span)
        return number_human(text, seconds, DIMENSION_TIME);
    int digits = span > 0 ? 1 - (int)floor(log10(span)) : 3;
    digits = digits < 0 ? 0 : digits > 9 ? 9 : digits;
    if (size < 1 || size >= 1e12)
        return number_human(text, seconds, DIMENSION_TIME);
    snprintf(text, NUMBER_HUMAN, "%.*f s", digits, seconds);
    return text;
}

static void say_span(struct text *said, const struct recording *r)
{
    char span[NUMBER_HUMAN], from[NUMBER_HUMAN];
    if (r->spikes == 0 && r->samples == 0 && !r->told)
        return;
    double length = r->end - r->begin;
    text_printf(said, "%s", seconds_shown(span, length, length));
    if (r->begin < 0 || r->begin > 0.75 * length)
        text_printf(said, " from %s", seconds_shown(from, r->begin, length));
    if (r->told)
        text_add(said, " (as told)");
    if (r->samples)
        text_printf(said, ", %s sample%s", number_grouped(span, r->samples), plural(r->samples));
    text_add(said, ", ");
}

/* What sorters write reads like us or ms. */
static bool may_be_samples(const struct harvest *harvest, const struct findings *findings)
{
    return findings->origin == UNIT_GUESSED && harvest->whole && harvest->largest >= MAY_BE_SAMPLES;
}

static void say_override(struct text *said, const struct harvest *harvest, const struct findings *findings)
{
    const char *other = strcmp(findings->unit.name, "ms") == 0 ? "unit=s" : "unit=ms";
    bool columns = harvest->override[0] != '\0', units = findings->origin != UNIT_TOLD && harvest->spikes > 0;
    static const char *const beyond[] = {UNIT_OF_CLOCK, UNIT_OF_CELLS, "from dt",
                                         UNIT_ASSUMED}; /* unit= changes nothing */
    for (size_t i = 0; i < sizeof beyond / sizeof *beyond; i++)
        units = units && strcmp(harvest->unit_from, beyond[i]) != 0;
    if (may_be_samples(harvest, findings))
        text_add(said, "; unit=samples@30000 if these are numbers of samples");
    if (units || columns)
        text_printf(said, "; %s%s%s changes it", units ? other : "", units && columns ? " or " : "", harvest->override);
}

static void say_layout(struct text *said, const struct harvest *harvest, const struct findings *findings)
{
    static const char *const headers[] = {"no header", "header", "header in a comment"};
    char count[NUMBER_HUMAN];
    const char *parted = harvest->style.lists ? "lists in brackets" : look_delimiter_name(findings->delimiter);
    bool any = findings->delimiter || harvest->style.lists;
    text_printf(said, "%s, %s%s%s", findings->format, any ? parted : "", any ? ", " : "", headers[findings->header]);
    if (findings->header_line)
        text_printf(said, " in line %zu", findings->header_line);
    if (harvest->columns[0])
        text_printf(said, " (%s)", harvest->columns);
    if (findings->files > 1)
        text_printf(said, ", %s files", number_grouped(count, findings->files));
    text_add(said, ": ");
}

void report_line(struct text *said, const struct recording *recording, const struct harvest *harvest,
                 const struct findings *findings)
{
    char units[NUMBER_HUMAN], spikes[NUMBER_HUMAN], hertz[NUMBER_HUMAN];
    double rate = mean_rate(recording);
    say_layout(said, harvest, findings);
    say_unit(said, harvest, findings);
    text_add(said, ": ");
    say_span(said, recording);
    text_printf(said, "%s unit%s, ", number_grouped(units, recording->units), plural(recording->units));
    text_printf(said, "%s spike%s", number_grouped(spikes, recording->spikes), plural(recording->spikes));
    if (rate < 999.5) /* 0.79 Hz says more than 790 mHz */
        text_printf(said, ", %.3g Hz mean", rate);
    else if (isfinite(rate))
        text_printf(said, ", %s mean", number_human(hertz, rate, DIMENSION_RATE));
    say_override(said, harvest, findings);
}

static size_t count_duplicates(const struct recording *r)
{
    size_t n = 0;
    for (size_t i = 1; i < r->spikes; i++)
        n += r->time[i] == r->time[i - 1] && recording_unit(r, i) == recording_unit(r, i - 1);
    return n;
}

static size_t count_silent(const struct recording *r)
{
    size_t n = 0;
    for (size_t u = 0; u < r->units; u++)
        n += r->start[u] == r->start[u + 1];
    return n;
}

static size_t count_negative(const struct recording *r)
{
    size_t n = 0;
    while (n < r->spikes && r->time[n] < 0)
        n++;
    return n;
}

/* "\n12 of 300 <what>", nothing for 0. */
static void say_count(struct text *said, size_t n, size_t of, const char *what)
{
    char count[NUMBER_HUMAN], all[NUMBER_HUMAN];
    if (n)
        text_printf(said, "\n%s of %s %s", number_grouped(count, n), number_grouped(all, of), what);
}

#define SHORT_FROM 50      /* intervals */
#define SHORT_SHARE 0.05   /* of them, */
#define SHORT_SAMPLES 0.01 /* and where they may be numbers of samples */

static void say_plausibility(struct text *said, const struct recording *recording, const struct harvest *harvest,
                             const struct findings *findings)
{
    double rate = mean_rate(recording);
    char hertz[NUMBER_HUMAN];
    if (recording->spikes > 1 && (rate > FASTEST || rate < SLOWEST))
        text_printf(said, "\na mean rate of %s a unit is odd for neurons: are the times really in %s?",
                    number_human(hertz, rate, DIMENSION_RATE), findings->unit.name);
    size_t intervals;
    double shorter = time_unit_shorter(recording, &(struct time_unit){"s", 1, 1}, &intervals);
    double share = may_be_samples(harvest, findings) ? SHORT_SAMPLES : SHORT_SHARE;
    if (intervals >= SHORT_FROM && shorter > share && findings->origin != UNIT_TOLD)
        text_printf(said,
                    "\n%s %% of the intervals of a neuron are below 1 ms, which is odd: are the times really in %s%s?",
                    number_round(hertz, 100 * shorter, 2), findings->unit.name,
                    may_be_samples(harvest, findings) ? ", or numbers of samples, as unit=samples@20000 says" : "");
    if (2 * harvest->shifted > harvest->spikes && 2 * harvest->spikes > harvest->cells)
        text_printf(said,
                    "\n%.0f %% of the cells are not zero, and each counts as a spike: does this file hold spikes?",
                    100 * (double)harvest->spikes / (double)harvest->cells);
}

/* A counter that is full begins at 0 again, and what it counted then lies over what it counted before. */
static void say_wrap(struct text *said, const struct harvest *harvest)
{
    static const int bits[] = {16, 24, 32};
    double by = harvest->farthest * pow(10, -harvest->shift);
    char period[NUMBER_HUMAN], count[NUMBER_HUMAN];
    for (size_t i = 0; i < sizeof bits / sizeof *bits && !harvest->in_seconds && 4 * harvest->far < harvest->rows;
         i++) {
        double full = ldexp(1, bits[i]);
        if (by < HARVEST_ABOUT * full || by > full)
            continue;
        number_grouped(period, (size_t)full);
        text_printf(said,
                    "\nthe clock seems to wrap: times fall back by almost %s in %s place%s, as a counter of %d bits "
                    "does when it is full, and what follows lies over what was before; add %s to all times after each "
                    "of these places and load the file again",
                    period, number_grouped(count, harvest->far), plural(harvest->far), bits[i], period);
    }
}

void report_oddities(struct text *said, const struct recording *recording, const struct harvest *harvest,
                     const struct findings *findings)
{
    tally_report(&harvest->tally, harvest->rows, harvest->counted, findings->files > 1, said);
    say_count(said, harvest->falls, harvest->rows,
              strcmp(harvest->counted, "rows") == 0 ? "rows are earlier than the row before them; sorted by time"
                                                    : "times are earlier than the one before them; sorted by time");
    say_wrap(said, harvest);
    say_count(said, count_duplicates(recording), recording->spikes, "spikes repeat one of the same unit and time");
    if (findings->headers_again)
        text_printf(said,
                    "\nthe header stands %zu time%s more among the rows, as where files were put one behind the other",
                    findings->headers_again, plural(findings->headers_again));
    say_count(said, count_negative(recording), recording->spikes, "spikes are before time 0");
    say_count(said, count_silent(recording), recording->units, "units never spike");
    say_count(said, findings->empty_files, findings->files, "files are empty");
    text_add(said, text_string(&harvest->remarks));
    say_plausibility(said, recording, harvest, findings);
}
