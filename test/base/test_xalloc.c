/* Memory that runs short costs the reserve first: what was asked for is there, and whoever works is asked to stop. */
#include "scarce.h"

#include "base/memory.h"
#include "base/stop.h"
#include "base/xalloc.h"

#define PIECE ((size_t)1 << 20)
#define ROOM 16     /* pieces that are left beside the reserve */
#define RESERVED 64 /* pieces in the reserve */

static void begin(void)
{
    stop_forget();
    stop_take_out_of_memory();
    xalloc_on_shortage(stop_out_of_memory);
    ck_assert(xalloc_keep_reserve());
    leave_memory(ROOM * PIECE);
}

START_TEST(the_reserve_is_given_up_once_and_asks_to_stop)
{
    char *piece[RESERVED];
    size_t before = 0;
    begin();
    for (size_t i = 0; i < RESERVED; i++) {
        before += !stop_requested();
        piece[i] = xalloc(PIECE);
        piece[i][0] = 1;
    }
    ck_assert_msg(before > ROOM / 2 && before <= ROOM + 1, "%zu pieces until the request to stop, not about %d", before,
                  ROOM);
    ck_assert(stop_take_out_of_memory());
    ck_assert_msg(!stop_take_out_of_memory(), "the want of memory is told twice");
    ck_assert_msg(!xalloc_keep_reserve(), "there is a reserve of 64 MB where no 64 MB are left");
    for (size_t i = 0; i < RESERVED; i++)
        free(piece[i]);
    ck_assert_msg(xalloc_keep_reserve(), "no reserve although everything is free again");
}
END_TEST

START_TEST(an_array_that_cannot_double_grows_by_a_little)
{
    char *bytes = NULL;
    size_t capacity = 0, length = 0;
    begin();
    for (; length < 48 * PIECE; length += PIECE / 16) {
        xgrow(&bytes, &capacity, length + PIECE / 16, 1);
        memset(bytes + length, 1, PIECE / 16);
    }
    ck_assert_msg(stop_take_out_of_memory(), "48 MB in the room of 16 MB, and nobody is told");
    ck_assert_uint_ge(capacity, length);
    free(bytes);
}
END_TEST

static void want_much(void *argument)
{
    int *step = argument;
    *step = 1;
    free(xcalloc(RESERVED + 2 * ROOM, PIECE)); /* more than there is with the reserve */
    *step = 2;
}

static void try_within(void *argument)
{
    int *step = argument;
    ck_assert(!xalloc_try(want_much, step));
    *step += 10;
}

START_TEST(what_is_not_there_ends_the_try_and_not_the_program)
{
    int step = 0;
    begin();
    ck_assert(!xalloc_try(want_much, &step));
    ck_assert_int_eq(step, 1);
    ck_assert_uint_eq(xalloc_wanted(), (RESERVED + 2 * ROOM) * PIECE);
    ck_assert(xalloc_try(try_within, &step));
    ck_assert_msg(step == 11, "a try within another one is left for both: %d", step);
}
END_TEST

START_TEST(a_sentence_tells_what_is_needed_and_what_is_left)
{
    struct error error = {""};
    begin();
    ck_assert(memory_fits(1e6, &error));
    ck_assert(memory_left() > 0 && memory_left() <= (double)(ROOM * PIECE));
    ck_assert(!memory_fits(1.5e9, &error));
    ck_assert_msg(strncmp(error.text, "1.5 GB of memory are needed, and 1", 34) == 0, "%s", error.text);
}
END_TEST

int main(void)
{
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
    return 0; /* its own address space has no such limit */
#else
    return HARNESS_RUN("base: a reserve of memory", the_reserve_is_given_up_once_and_asks_to_stop,
                       an_array_that_cannot_double_grows_by_a_little,
                       what_is_not_there_ends_the_try_and_not_the_program,
                       a_sentence_tells_what_is_needed_and_what_is_left);
#endif
}
