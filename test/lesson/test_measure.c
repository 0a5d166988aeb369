/* Numbers read off tables, by hand; and every wrong way to ask. */
#include "harness.h"

#include "lesson/measure.h"

static const char spikes[] = "neuron,spikes,rate,status\n0,3,1.5,ok\n1,0,nan,silent\n2,4,2,ok\n";
static const char decoded[] = "x,target,decoded\n-1,1,1.5\n0,0,-0.5\n1,1,1\n";

static const struct {
    const char *csv, *text;
    double value;
} right[] = {
    {"neuron,0,1\n0,0,2\n1,0,0\n", "mean(each==0)", 0.75},
    {"n,a\n7,2\n8,3\n", "sum(each)", 5},
    {spikes, "rate,0", 1.5},
    {spikes, "spikes,-1", 4},
    {spikes, "spikes,2", 4},
    {spikes, "count(spikes>0)", 2},
    {spikes, "count(spikes>100)", 0},
    {spikes, "count(rate)", 2}, /* what is no number is none */
    {spikes, "sum(spikes)", 7},
    {spikes, "mean(rate)", 1.75},
    {spikes, "min(spikes)", 0},
    {spikes, "max(2*spikes-neuron)", 6},
    {spikes, "max(1e0*spikes)", 4},                        /* the e of a number is no name */
    {decoded, "rms(decoded-target)", 0.40824829046386302}, /* sqrt((0.25 + 0.25 + 0) / 3) */
    {decoded, "mean(abs(decoded))", 1},
    {decoded, "max(sqrt(x^2))", 1},
    {"t,0,1\n0.5,7,8\n", "1,0", 8}, /* columns may be called by a number */
};

START_TEST(numbers_are_those_by_hand)
{
    for (size_t i = 0; i < sizeof right / sizeof *right; i++) {
        struct error error = {""};
        double value = NAN;
        bool good = measure_check(right[i].text, &error) &&
                    measure_take(right[i].text, right[i].csv, strlen(right[i].csv), &value, &error);
        ck_assert_msg(good && fabs(value - right[i].value) <= 1e-15 * fabs(right[i].value),
                      "%s is %.17g, not %.17g: %s", right[i].text, value, right[i].value, error.text);
    }
}
END_TEST

static const struct {
    const char *csv, *text, *says;
} wrong[] = {
    {spikes, "rate", "cell=rate: COLUMN,ROW is wanted, as in rate,0, or a measure, as in rms(decoded-target)"},
    {spikes, "rate,", "cell=rate,: COLUMN,ROW is wanted, as in rate,0, or a measure, as in rms(decoded-target)"},
    {spikes, "rate,1.5", "cell=rate,1.5: COLUMN,ROW is wanted, as in rate,0, or a measure, as in rms(decoded-target)"},
    {spikes, "", "cell=: COLUMN,ROW is wanted, as in rate,0, or a measure, as in rms(decoded-target)"},
    {spikes, "rms(", "cell=rms(: rms(...) is wanted, with an expression in columns"},
    {spikes, "rms()", "cell=rms(): rms(...) is wanted, with an expression in columns"},
    {spikes, "median(rate)", "unknown measure 'median': one of count, min, max, mean, sum, rms"},
    {spikes, "m(rate)", "'m' is not one measure: it could be min, max, mean"},
    {spikes, "rates,0", "cell: rates: the table's columns are neuron, spikes, rate, status"},
    {spikes, "rate,3", "cell: row 3: the table has 3 rows, from 0 on"},
    {spikes, "rate,-4", "cell: row -4: the table has 3 rows, from 0 on"},
    {spikes, "rate,1", "cell: there is no number in column rate, row 1"},
    {spikes, "status,0", "the table:2: 'ok' in column 4 (status) is not a number"},
    {spikes, "mean(status)", "the table:2: 'ok' in column 4 (status) is not a number"},
    {spikes, "sum(3)", "cell: 3: the table's columns are neuron, spikes, rate, status"},
    {spikes, "sum(rate,spikes)", "cell: rate,spikes: one expression is wanted, and here are 2"},
    {"a,b\n", "min(a)", "cell: there is no number to take the min of"},
    {"a,b\n", "a,0", "cell: row 0: the table has 0 rows, from 0 on"},
};

START_TEST(wrong_questions_are_explained)
{
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct error error = {""};
        double value;
        bool good = measure_take(wrong[i].text, wrong[i].csv, strlen(wrong[i].csv), &value, &error);
        ck_assert_msg(!good && strcmp(error.text, wrong[i].says) == 0, "'%s' said\n%s\nnot\n%s", wrong[i].text,
                      error.text, wrong[i].says);
    }
}
END_TEST

int main(void)
{
    return HARNESS_RUN("lesson: measure", numbers_are_those_by_hand, wrong_questions_are_explained);
}
