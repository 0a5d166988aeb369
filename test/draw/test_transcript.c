#include "harness.h"

#include <limits.h>

#include "draw/transcript.h"

START_TEST(text_is_split_into_lines)
{
    struct transcript *t = transcript_new(10);
    transcript_add(t, INK_ECHO, "one\ntwo\n");
    transcript_add(t, INK_ERROR, "three");
    transcript_add(t, INK_PLAIN, "");
    transcript_add(t, INK_PLAIN, "a\n\nb");
    const char *expect[] = {"one", "two", "three", "", "a", "", "b"};
    ck_assert_uint_eq(transcript_lines(t), 7);
    enum ink ink;
    for (size_t i = 0; i < 7; i++)
        ck_assert_str_eq(transcript_line(t, i, &ink), expect[i]);
    transcript_line(t, 2, &ink);
    ck_assert_int_eq(ink, INK_ERROR);
    ck_assert_str_eq(transcript_line(t, 7, &ink), "");
    transcript_free(t);
}
END_TEST

START_TEST(the_oldest_lines_go_first)
{
    struct transcript *t = transcript_new(3);
    transcript_add(t, INK_PLAIN, "1\n2\n3\n4\n5");
    ck_assert_uint_eq(transcript_lines(t), 3);
    enum ink ink;
    ck_assert_str_eq(transcript_line(t, 0, &ink), "3");
    ck_assert_str_eq(transcript_line(t, 2, &ink), "5");
    transcript_clear(t);
    ck_assert_uint_eq(transcript_lines(t), 0);
    transcript_add(t, INK_PLAIN, "again");
    ck_assert_str_eq(transcript_line(t, 0, &ink), "again");
    transcript_free(t);
}
END_TEST

START_TEST(scrolling_stays_within_what_there_is)
{
    struct transcript *t = transcript_new(100);
    transcript_scroll(t, 5);
    ck_assert_uint_eq(transcript_offset(t), 0);
    for (int i = 0; i < 10; i++)
        transcript_add(t, INK_PLAIN, "x");
    static const struct {
        long by;
        size_t offset;
    } moves[] = {{3, 3}, {-1, 2}, {LONG_MAX, 9}, {-4, 5}, {LONG_MIN, 0}, {-1, 0}};
    for (size_t i = 0; i < sizeof moves / sizeof *moves; i++) {
        transcript_scroll(t, moves[i].by);
        ck_assert_msg(transcript_offset(t) == moves[i].offset, "move %zu: %zu", i, transcript_offset(t));
    }
    transcript_scroll(t, 4);
    transcript_add(t, INK_PLAIN, "new");
    ck_assert_uint_eq(transcript_offset(t), 0);
    transcript_free(t);
    transcript_free(NULL);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("draw: transcript", text_is_split_into_lines, the_oldest_lines_go_first,
                       scrolling_stays_within_what_there_is);
}
