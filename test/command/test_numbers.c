/* A number means one thing: what two commands say of the same thing agrees, and with what can be said by hand. */
#include "run.h"

/* Runs lines that succeed and gives what they printed; the caller frees it. */
static char *printed(const char *lines)
{
    struct outcome o = run(lines);
    ck_assert_msg(o.good, "'%s' failed: %s", lines, o.err);
    free(o.err);
    return o.out;
}

static void expect_same(const char *lines, const char *other, bool same)
{
    char *a = printed(lines), *b = printed(other);
    ck_assert_msg((strcmp(a, b) == 0) == same, "'%s' and '%s' printed %s", lines, other, same ? "different things" : a);
    free(a);
    free(b);
}

/* ---- seeds ---- */

START_TEST(objects_have_seeds_of_their_own)
{
    expect_same("population A n=5; neurons A", "population B n=5; neurons B", false);
    expect_same("population A n=5; population B n=5; neurons A", "population A n=5; neurons A", true);
    expect_same("population A n=5 seed=3; neurons A", "population B n=5 seed=3; neurons B", true);
    expect_same("seed 7; population A n=5; neurons A", "population A n=5; seed 7; neurons A", true);
    expect_same("seed 7; population A n=5; neurons A", "seed 8; population A n=5; neurons A", false);
}
END_TEST

START_TEST(noises_have_seeds_of_their_own)
{
    static const char *const kinds[] = {"noise", "white mu=16mV sigma=4mV"};
    char a[200], b[200];
    for (size_t k = 0; k < 2; k++) {
        snprintf(a, sizeof a, "population A n=3 model=lif seed=1; input A %s; run 200ms; spikes A", kinds[k]);
        snprintf(b, sizeof b, "population B n=3 model=lif seed=1; input B %s; run 200ms; spikes B", kinds[k]);
        expect_same(a, b, false);
        snprintf(a, sizeof a, "population A n=3 model=lif seed=1; input A %s seed=65; run 200ms; spikes A", kinds[k]);
        snprintf(b, sizeof b, "population B n=3 model=lif seed=1; input B %s seed=65; run 200ms; spikes B", kinds[k]);
        expect_same(a, b, true);
        snprintf(b, sizeof b, "population B n=3 model=lif seed=1; input B %s seed=66; run 200ms; spikes B", kinds[k]);
        expect_same(a, b, false);
    }
}
END_TEST

int main(void)
{
    return HARNESS_RUN("command: numbers", objects_have_seeds_of_their_own, noises_have_seeds_of_their_own);
}
