/* Whatever lifscope writes it reads back unchanged, without being told anything: recordings made at random, with
 * neurons that never spike or spike in every step, one neuron, one spike, labels like other things, in every layout it
 * writes. */
#include "harness.h"

#include "base/xalloc.h"
#include "record/format_private.h"

#define CASES 200
#define MOST_UNITS 40
#define MOST_SPIKES 4000

/* The same numbers everywhere. */
static uint32_t draw(uint64_t *state, uint32_t below)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((*state >> 33) % below);
}

static const char *const words[] = {
    "a",          "b7",       "cell 3",      "x,y",        "say \"hi\"", "#1",
    "%",          "a;b",      "\xc2\xb5V",   "cortex:12",  "1:2",        "5 ms",
    "0.5 s",      "10:00:01", "00:01.5",     "2.815,25",   "1,009.98",   "1 234",
    "1'234",      "1,5",      "3.7D-01",     "[0.1, 0.2]", "[1",         "{0: [1]}",
    "{\"a\": 1}", "t",        "s",           "ms",         "neuron",     "neur",
    "time",       "times",    "spike_times", "id",         "unit",       "x",
    "y",          "p",        "count",       "trial",      "channel",    "V_m",
    "open",       "high",     "low",         "nan",        "NA",         "inf",
    "true",       "0.25",     "-1",          "007",        "1e3",        "2024-01-31",
    "---",        "|",        "a|b",         "=1",         "'",          "\xe6\x99\x82\xe9\x96\x93",
    "unit 12.",   "0:",       "# lifscope",  "Well A1",    "population", "sender",
    "trains",     ".",        "-",           "e",          "1e",         "+",
    "(0)",        "a: 1",     "<html",
};

struct made {
    struct recording *recording;
    const char *kind;
    double dt; /* 0: times are no steps */
};

static char *new_label(uint64_t *state, size_t unit, bool words_only)
{
    char label[96];
    size_t n = sizeof words / sizeof *words;
    if (words_only && unit < n)
        snprintf(label, sizeof label, "%s", words[(unit * 7 + draw(state, 3) * n / 3) % n]);
    else
        snprintf(label, sizeof label, "%zu", unit);
    return xstrdup(label);
}

static bool is_met(char *const *label, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(label[i], label[count]) == 0)
            return true;
    return false;
}

static char **make_labels(uint64_t *state, size_t units)
{
    char **label = xcalloc(units, sizeof *label);
    bool named = draw(state, 2);
    for (size_t u = 0; u < units; u++)
        for (bool again = true; again; again = is_met(label, u)) {
            free(label[u]);
            label[u] = new_label(state, named ? draw(state, 1000) : u, named);
        }
    return label;
}

/* Steps, in some of which neurons spike: 0 one spike in all, 1 in every step, 2 rarely, 3 some of them in every
 * step. */
static struct made make_steps(uint64_t *state, size_t units, uint32_t how)
{
    static const double dts[] = {1e-3, 1e-4, 5e-3, 0.0078125, 0.3, 1, 0.01, 1.0 / 30000};
    static const long begins[] = {0, 0, 1, -500, 1800000};
    double dt = dts[draw(state, sizeof dts / sizeof *dts)], *time = xcalloc(MOST_SPIKES, sizeof *time);
    long begin = begins[draw(state, sizeof begins / sizeof *begins)];
    uint32_t *unit = xcalloc(MOST_SPIKES, sizeof *unit);
    size_t steps = 1 + draw(state, 150), n = 0, only = draw(state, (uint32_t)steps);
    for (size_t s = 0; s < steps; s++)
        for (size_t u = 0; u < units && n < MOST_SPIKES; u++) {
            bool every = how == 1 || (how == 3 && u % 2 == 0), one = how == 0 && u == 0 && s == only;
            if (every || one || (how >= 2 && draw(state, 20) == 0 && u % 5 != 4)) {
                time[n] = (double)(begin + (long)s) * dt;
                unit[n++] = (uint32_t)u;
            }
        }
    return (struct made){recording_new(make_labels(state, units), units, time, unit, n), "steps", dt};
}

static struct made make_times(uint64_t *state, size_t units)
{
    static const double spans[] = {1e-3, 1, 20, 3600};
    double span = spans[draw(state, 4)], *time = xcalloc(MOST_SPIKES, sizeof *time);
    uint32_t *unit = xcalloc(MOST_SPIKES, sizeof *unit), decimals = draw(state, 3);
    size_t n = draw(state, 300);
    for (size_t i = 0; i < n; i++) {
        time[i] = span * draw(state, 1u << 30) / (1u << 30);
        time[i] = decimals == 0 ? time[i] : round(time[i] * 1000) / 1000;
        unit[i] = draw(state, (uint32_t)units);
    }
    return (struct made){recording_new(make_labels(state, units), units, time, unit, n), "times", 0};
}

static struct made make(uint64_t seed)
{
    static const size_t units[] = {1, 2, 3, 5, 12, MOST_UNITS};
    uint64_t state = seed * 977 + 1;
    uint32_t kind = draw(&state, 6);
    size_t n = units[draw(&state, sizeof units / sizeof *units)];
    return kind < 4 ? make_steps(&state, n, kind) : make_times(&state, n);
}

static const double *train_of(const struct recording *r, const char *label, size_t *count, double *out)
{
    *count = 0;
    for (size_t u = 0; u < r->units; u++)
        for (size_t i = r->start[u]; i < r->start[u + 1] && strcmp(r->label[u], label) == 0; i++)
            out[(*count)++] = r->time[r->by_unit[i]];
    return out;
}

static void compare(const struct made *made, const struct recording *back, const char *where, const char *said)
{
    static double mine[MOST_SPIKES], theirs[MOST_SPIKES];
    const struct recording *r = made->recording;
    ck_assert_msg(back->spikes == r->spikes, "%s: %zu of %zu spikes came back: %s", where, back->spikes, r->spikes,
                  said);
    for (size_t u = 0; u < r->units; u++) {
        size_t n, m;
        train_of(r, r->label[u], &n, mine);
        train_of(back, r->label[u], &m, theirs);
        ck_assert_msg(n == m, "%s: '%s' has %zu spikes, %zu came back: %s", where, r->label[u], n, m, said);
        for (size_t i = 0; i < n; i++)
            ck_assert_msg(same(mine[i], theirs[i]), "%s: a spike of '%s' at %.17g came back at %.17g: %s", where,
                          r->label[u], mine[i], theirs[i], said);
    }
}

/* False where the layout cannot hold these, which is said. */
static bool write_as(const struct spike_format *format, const struct recording *r, char **bytes, size_t *length)
{
    struct error error = {""};
    struct text said = {0};
    FILE *stream = open_memstream(bytes, length);
    struct csv_writer *writer = csv_writer_open(NULL, stream, &error);
    struct spike_source source = recording_source(r);
    bool good = format->private->save(writer, &source, &said, &error);
    ck_assert_msg(good || error.text[0], "%s is refused without a word", format->name);
    ck_assert(csv_writer_close(writer, &error));
    fclose(stream);
    text_free(&said);
    return good;
}

START_TEST(what_is_written_at_random_comes_back)
{
    size_t written[16] = {0};
    for (uint64_t seed = 0; seed < CASES; seed++) {
        struct made made = make(seed);
        for (size_t k = 0; spike_format_saved(k); k++) {
            char *bytes = NULL, where[160];
            size_t length;
            struct error error = {""};
            struct text said = {0};
            const struct spike_format *format = spike_format_saved(k);
            snprintf(where, sizeof where, "case %zu, %s of %g s, %zu units, as %s", (size_t)seed, made.kind, made.dt,
                     made.recording->units, format->name);
            if (made.dt == 0 && format == &format_dense)
                continue; /* a row a step would be millions */
            if (write_as(format, made.recording, &bytes, &length)) {
                struct recording *back =
                    recording_parse("r.csv", bytes, length, 0, &(struct load_options){0}, &said, &error);
                ck_assert_msg(back != NULL, "%s: %s", where, error.text);
                compare(&made, back, where, text_string(&said));
                recording_free(back);
                written[k]++;
            }
            text_free(&said);
            free(bytes);
        }
        recording_free(made.recording);
    }
    for (size_t k = 0; spike_format_saved(k); k++)
        ck_assert_msg(written[k] > CASES / 4, "%s was written in %zu cases only", spike_format_saved(k)->name,
                      written[k]);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("record: round trip", what_is_written_at_random_comes_back);
}
