#include "model/stimulus_vector.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"

const struct stimulus *stimulus_of(const struct stimulus *stimulus, size_t d)
{
    if (!stimulus || !stimulus->next)
        return stimulus;
    while (stimulus && d-- > 0)
        stimulus = stimulus->next;
    return stimulus;
}

void stimulus_values(const struct stimulus *stimulus, double time, size_t dims, double *x)
{
    const struct stimulus *part = stimulus;
    double same = stimulus && !stimulus->next ? stimulus_value(stimulus, time) : 0;
    bool alike = !stimulus || !stimulus->next;
    for (size_t d = 0; d < dims; d++) {
        x[d] = alike ? same : part ? stimulus_value(part, time) : 0;
        part = part ? part->next : NULL;
    }
}

uint64_t stimulus_seed(uint64_t seed, size_t d)
{
    /* Far from the seeds people type, so that dimension 2 of seed 1 is not dimension 1 of seed 2. */
    return d == 0 ? seed : seed ^ (uint64_t)d * UINT64_C(0x9e3779b97f4a7c15);
}

/* ---- chains ---- */

static struct stimulus *copy_one(const struct stimulus *stimulus)
{
    struct stimulus alone = *stimulus;
    alone.next = NULL;
    return stimulus_copy(&alone);
}

static struct stimulus *nothing(void)
{
    struct error ignored;
    double zero[STIMULUS_MAX_PARAMS] = {0};
    return stimulus_new(&stimulus_constant, zero, 1, NULL, &ignored);
}

/* Of a noise whose parameters worked before: with another sequence. */
static struct stimulus *with_seed(const struct stimulus *noise, uint64_t seed)
{
    struct error ignored;
    return stimulus_new(noise->type, noise->param, seed, NULL, &ignored);
}

static size_t parts(const struct stimulus *stimulus)
{
    size_t count = 0;
    for (; stimulus; stimulus = stimulus->next)
        count++;
    return count;
}

/* The kinds and numbers of all dimensions are the same (files count as different). */
static bool is_alike(const struct stimulus *stimulus)
{
    for (const struct stimulus *s = stimulus->next; s; s = s->next)
        if (s->type != stimulus->type || s->samples || memcmp(s->param, stimulus->param, sizeof s->param) != 0)
            return false;
    return true;
}

/* Of a chain that is too short. */
static struct stimulus *further(const struct stimulus *first, size_t d, bool alike)
{
    if (!alike)
        return nothing();
    return first->type == &stimulus_noise ? with_seed(first, stimulus_seed(first->seed, d)) : copy_one(first);
}

/* dims parts: those there are, then further ones. */
static struct stimulus *spread(const struct stimulus *stimulus, size_t dims)
{
    struct stimulus *whole = NULL, **end = &whole;
    const struct stimulus *part = stimulus;
    bool alike = is_alike(stimulus);
    for (size_t d = 0; d < dims; d++) {
        *end = part ? copy_one(part) : further(stimulus, d, alike);
        end = &(*end)->next;
        part = part ? part->next : NULL;
    }
    return whole;
}

struct stimulus *stimulus_fit(const struct stimulus *stimulus, size_t dims)
{
    size_t count = parts(stimulus);
    if (count == dims || (count == 1 && stimulus->type != &stimulus_noise))
        return NULL;
    return spread(stimulus, dims);
}

struct stimulus *stimulus_reseed(const struct stimulus *stimulus, uint64_t seed)
{
    struct stimulus *whole = NULL, **end = &whole;
    bool noisy = false;
    for (size_t d = 0; stimulus; stimulus = stimulus->next, d++) {
        bool noise = stimulus->type->seeded;
        noisy = noisy || noise;
        *end = noise ? with_seed(stimulus, stimulus_seed(seed, d)) : copy_one(stimulus);
        end = &(*end)->next;
    }
    if (noisy)
        return whole;
    stimulus_free(whole);
    return NULL;
}

struct stimulus *stimulus_replace(const struct stimulus *stimulus, size_t dims, size_t d, struct stimulus *part)
{
    struct stimulus *whole = spread(stimulus, dims), **place = &whole;
    while (d-- > 0)
        place = &(*place)->next;
    part->next = (*place)->next;
    (*place)->next = NULL;
    stimulus_free(*place);
    *place = part;
    return whole;
}

/* ---- words ---- */

static void copy_cut(const char *text, char *out, size_t size)
{
    size_t used = 0;
    for (size_t step; text[used] && used + (step = utf8_step(text + used)) < size;)
        used += step;
    memcpy(out, text, used);
    out[used] = '\0';
}

static void add_each(const struct stimulus *stimulus, size_t dims, struct text *text)
{
    char one[256];
    for (size_t d = 0; d < dims; d++) {
        const struct stimulus *part = stimulus_of(stimulus, d);
        snprintf(one, sizeof one, "0");
        if (part)
            stimulus_describe(part, one, sizeof one);
        text_printf(text, "%s%s", d ? ", " : "(", one);
    }
    text_add(text, ")");
}

static void add_all(const struct stimulus *stimulus, size_t dims, struct text *text)
{
    char one[256], number[32];
    stimulus_describe(stimulus, one, sizeof one);
    snprintf(number, sizeof number, "all %zu", dims);
    bool noise = stimulus->type == &stimulus_noise;
    text_printf(text, "%s%s %s dimensions", one, noise ? ", its own in" : " in", dims == 2 ? "both" : number);
}

void stimulus_describe_all(const struct stimulus *stimulus, size_t dims, char *out, size_t size)
{
    struct text text = {0};
    size_t count = parts(stimulus);
    if (dims == 1) {
        stimulus_describe(stimulus, out, size);
        return;
    }
    if ((count == 1 || count == dims) && is_alike(stimulus))
        add_all(stimulus, dims, &text);
    else
        add_each(stimulus, dims, &text);
    copy_cut(text_string(&text), out, size);
    text_free(&text);
}

bool stimulus_suits_step(const struct stimulus *stimulus, double dt, struct error *error)
{
    char frequency[NUMBER_HUMAN], step[NUMBER_HUMAN], most[NUMBER_HUMAN];
    for (const struct stimulus *part = stimulus; part; part = part->next) {
        size_t i = part->type->fastest;
        if (i == 0 || part->param[i - 1] * dt < 0.5)
            continue;
        return error_set(error, "%s=%s is too fast for steps of %s: below %s works, or a shorter dt",
                         part->type->params[i - 1].name, number_human(frequency, part->param[i - 1], DIMENSION_RATE),
                         number_human(step, dt, DIMENSION_TIME), number_human(most, 0.5 / dt, DIMENSION_RATE));
    }
    return true;
}

void stimulus_describe_loss(const struct stimulus *stimulus, double dt, char *out, size_t size)
{
    char step[NUMBER_HUMAN], lost[NUMBER_HUMAN], all[NUMBER_HUMAN];
    out[0] = '\0';
    for (const struct stimulus *part = stimulus; part; part = part->next) {
        size_t passed = part->type->passed_over ? part->type->passed_over(part, dt) : 0;
        if (passed == 0)
            continue;
        snprintf(out, size, "%s of %s samples lie between steps of %s and are not played; a shorter dt plays them",
                 number_grouped(lost, passed), number_grouped(all, part->samples->count),
                 number_human(step, dt, DIMENSION_TIME));
        return;
    }
}
