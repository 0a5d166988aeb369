/* What happens to a row that cannot be read is decided here and nowhere else: it is left out, counted and
 * said. A file is refused when nothing else is in it, or so little that the good rows look like an accident.
 */
#include "record/tally.h"

#include <stdio.h>

#include "base/number.h"

#define MOST_BAD 20 /* bad rows beside each good one */

static void remember(struct tally_entry shown[TALLY_SHOWN], size_t *count, const char *file, size_t line,
                     const struct error *why)
{
    if (*count < TALLY_SHOWN) {
        struct tally_entry *entry = &shown[*count];
        snprintf(entry->file, sizeof entry->file, "%s", file);
        entry->line = line;
        entry->why = *why;
    }
    ++*count;
}

void tally_unparsable(struct tally *tally, const char *file, size_t line, const struct error *why)
{
    remember(tally->bad, &tally->unparsable, file, line, why);
}

void tally_not_finite(struct tally *tally, const char *file, size_t line, const struct error *why)
{
    remember(tally->infinite, &tally->not_finite, file, line, why);
}

bool tally_verdict(const struct tally *tally, size_t good, const char *what, struct error *error)
{
    size_t bad = tally->unparsable, all = good + bad + tally->not_finite;
    char count[NUMBER_HUMAN], of[NUMBER_HUMAN];
    if (good > 0 ? bad <= MOST_BAD * good : all == 0)
        return true;
    const struct tally_entry *first = bad ? tally->bad : tally->infinite;
    if (good == 0)
        *error = first->why;
    else
        error_set(error, "%s, and so on in %s of %s %s: this is no file of spikes", first->why.text,
                  number_grouped(count, bad), number_grouped(of, all), what);
    return error_prefix(error, "%s:%zu: ", first->file, first->line);
}

static void say_place(struct text *said, const struct tally_entry *entry, bool several)
{
    text_printf(said, several ? "%s line %zu" : "%.0sline %zu", entry->file, entry->line);
}

void tally_report(const struct tally *tally, size_t good, const char *what, bool several, struct text *said)
{
    char count[NUMBER_HUMAN], all[NUMBER_HUMAN];
    number_grouped(all, good + tally->unparsable + tally->not_finite);
    if (tally->unparsable) {
        text_printf(said, "\n%s of %s %s cannot be read and %s left out: ", number_grouped(count, tally->unparsable),
                    all, what, tally->unparsable == 1 ? "is" : "are");
        for (size_t i = 0; i < TALLY_SHOWN && i < tally->unparsable; i++) {
            text_add(said, i ? "; " : "");
            say_place(said, &tally->bad[i], several);
            text_printf(said, ": %s", tally->bad[i].why.text);
        }
        text_add(said, tally->unparsable > TALLY_SHOWN ? "; and so on" : "");
    }
    if (tally->not_finite) {
        text_printf(said, "\n%s of %s times %s nan or inf and left out: ", number_grouped(count, tally->not_finite),
                    all, tally->not_finite == 1 ? "is" : "are");
        for (size_t i = 0; i < TALLY_SHOWN && i < tally->not_finite; i++) {
            text_add(said, i ? ", " : "");
            say_place(said, &tally->infinite[i], several);
        }
        text_add(said, tally->not_finite > TALLY_SHOWN ? " and so on" : "");
    }
}
