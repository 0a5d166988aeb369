/* Questions: which lines are answers, what is judged of them, and that no hint comes twice. */
#include "harness.h"

#include "lesson/question.h"
#include "lesson/shelf.h"

static struct question *number_question(const char *within)
{
    struct error error;
    struct question *q = calloc(1, sizeof *q);
    q->text = strdup("J = 4?");
    q->why = strdup("Refractory time.");
    q->unit = strdup("Hz");
    ck_assert(question_set_within(q, within, &error));
    return q;
}

static struct question *choice_question(void)
{
    struct error error;
    struct question *q = number_question("5%");
    ck_assert(question_set_choices(q, "1 and -1|0.85 and -0.85 |none", &error));
    q->right = 1;
    q->why_of[0] = strdup("The sum would be too large.");
    return q;
}

static void expect_judged(struct question *q, const char *line, double truth, enum verdict verdict, const char *says)
{
    struct guess guess;
    struct text said = {0};
    ck_assert_msg(question_reads(q, line, &guess), "'%s' is no answer", line);
    enum verdict got = question_judge(q, &guess, truth, &said);
    ck_assert_msg(got == verdict && strcmp(text_string(&said), says) == 0, "'%s': %d '%s', not %d '%s'", line, (int)got,
                  text_string(&said), (int)verdict, says);
    text_free(&said);
}

START_TEST(numbers_are_compared_with_what_was_measured)
{
    struct question *q = number_question("5%");
    struct error error;
    ck_assert(question_set_slips(q, "258,126", &error));
    q->why_of[0] = strdup("258 is twice 129.");
    q->why_of[1] = strdup("126 is twice 63.");
    expect_judged(q, "129", 129, VERDICT_RIGHT, "Right. Refractory time.");
    expect_judged(q, " 135.4 Hz ", 129, VERDICT_RIGHT, "Right. Refractory time."); /* 129 * 1.05 = 135.45 */
    expect_judged(q, "0.1355kHz", 129, VERDICT_NEAR, "Near. Refractory time.");
    expect_judged(q, "148", 129, VERDICT_NEAR, "Near. Refractory time."); /* three times as far: 148.35 */
    expect_judged(q, "149", 129, VERDICT_WRONG, "That is too large.");
    expect_judged(q, "-129", 129, VERDICT_WRONG, "That is too small.");
    expect_judged(q, "258", 129, VERDICT_WRONG, "258 is twice 129.");
    expect_judged(q, "126", 129, VERDICT_WRONG, "126 is twice 63."); /* though it is near */
    question_free(q);
    q = number_question("0"); /* counts */
    expect_judged(q, "0", 0, VERDICT_RIGHT, "Right. Refractory time.");
    expect_judged(q, "1", 0, VERDICT_WRONG, "That is too large.");
    question_free(q);
}
END_TEST

START_TEST(choices_are_answered_by_letter_or_by_their_words)
{
    struct question *q = choice_question();
    expect_judged(q, "b", NAN, VERDICT_RIGHT, "Right. Refractory time.");
    expect_judged(q, "B)", NAN, VERDICT_RIGHT, "Right. Refractory time.");
    expect_judged(q, "0.85 and -0.85", NAN, VERDICT_RIGHT, "Right. Refractory time.");
    expect_judged(q, "a", NAN, VERDICT_WRONG, "It is not a. The sum would be too large.");
    expect_judged(q, "NONE", NAN, VERDICT_WRONG, "It is not c.");
    question_free(q);
}
END_TEST

START_TEST(all_else_is_a_command)
{
    static const char *const commands[] = {"", " ", "d", "back", "stats A", "help", "12abc", "nan", "1;2"};
    struct question *number = number_question("1"), *choice = choice_question();
    struct guess guess;
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        ck_assert_msg(!question_reads(number, commands[i], &guess) && !question_reads(choice, commands[i], &guess),
                      "'%s' is taken for an answer", commands[i]);
    ck_assert(!question_reads(choice, "1", &guess));
    ck_assert(!question_reads(number, "a", &guess));
    question_free(number);
    question_free(choice);
}
END_TEST

static void expect_hints(struct question *q, double truth, unsigned tried, const char *const *hints)
{
    size_t n = 0;
    for (;; n++) {
        struct text said = {0};
        bool more = question_hint(q, truth, n, tried, &said);
        ck_assert_msg(more == (hints[n] != NULL), "hint %zu: '%s'", n, text_string(&said));
        if (!more)
            return;
        ck_assert_msg(strcmp(text_string(&said), hints[n]) == 0, "hint %zu: '%s', not '%s'", n, text_string(&said),
                      hints[n]);
        text_free(&said);
    }
}

START_TEST(no_hint_comes_twice_and_none_is_the_answer)
{
    struct question *number = number_question("5%"), *choice = choice_question();
    number->hint = strdup("Less than twice.|Count the pauses.");
    expect_hints(number, 100, 0,
                 (const char *const[]){"Less than twice.", "Count the pauses.", "It lies between 25 and 250.",
                                       "It lies between 60 and 170.", "It lies between 85 and 130.", NULL});
    expect_hints(choice, NAN, 0, (const char *const[]){"It is not c.", NULL});
    expect_hints(choice, NAN, 1u << 0, (const char *const[]){NULL}); /* only two were left */
    question_free(number);
    question_free(choice);
}
END_TEST

START_TEST(what_an_author_writes_is_checked)
{
    struct error error;
    struct question *q = number_question("5%");
    ck_assert(!question_set_within(q, "-1", &error));
    ck_assert(!question_set_within(q, "%", &error));
    ck_assert(!question_set_choices(q, "one", &error));
    question_free(q);
    q = number_question("5%");
    ck_assert(!question_set_choices(q, "a||b", &error));
    question_free(q);
    q = number_question("5%");
    ck_assert(!question_set_choices(q, "1|2|3|4|5|6|7", &error));
    ck_assert(!question_set_slips(q, "1,x", &error));
    question_free(q);
}
END_TEST

START_TEST(a_first_line_says_what_a_lesson_is)
{
    size_t title;
    int minutes;
    ck_assert(shelf_heading("Two neurons (5 minutes)", &title, &minutes) && title == 11 && minutes == 5);
    ck_assert(shelf_heading("One (1 minute)\n", &title, &minutes) && title == 3 && minutes == 1);
    ck_assert(!shelf_heading("Two neurons", &title, &minutes));
    ck_assert(!shelf_heading("(5 minutes)", &title, &minutes));
    ck_assert(!shelf_heading("Two (5 minutes) and more", &title, &minutes));
}
END_TEST

int main(void)
{
    return HARNESS_RUN("lesson: questions", numbers_are_compared_with_what_was_measured,
                       choices_are_answered_by_letter_or_by_their_words, all_else_is_a_command,
                       no_hint_comes_twice_and_none_is_the_answer, what_an_author_writes_is_checked,
                       a_first_line_says_what_a_lesson_is);
}
