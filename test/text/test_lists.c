/* Lists in brackets become rows, within the room that was asked for, whatever they hold. */
#include "harness.h"

#include "../../src/text/lists.h"

static uint32_t draw(uint64_t *state, uint32_t below)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((*state >> 33) % below);
}

static void expect(const char *text, const char *flat)
{
    struct lists lists = {0};
    size_t room = lists_room(&lists, strlen(text));
    char *out = calloc(room + 1, 1);
    size_t length = lists_flatten(&lists, text, strlen(text), ',', out);
    ck_assert_msg(length <= room && strcmp(out, flat) == 0, "'%s' becomes '%s', not '%s'", text, out, flat);
    free(out);
}

START_TEST(numbers_of_a_list_are_cells)
{
    expect("3,[0.5, 1]\n", "3,0.5,1\n");
    expect("3,\"[0.5 1]\"\r\n4,[]\n", "3,0.5,1\r\n4,\n");
    /* line ends in a list part its numbers, and follow its row so that lines are counted */
    expect("3,[1\n2\n3]\n", "3,1,2,3\n\n\n");
    expect("[1\n2\n3\n4\n5\n6\n7\n8]\n", "1,2,3,4,5,6,7,8\n\n\n\n\n\n\n\n");
}
END_TEST

/* Bytes that mean something here, in pieces; behind the room stands a mark. */
START_TEST(the_room_is_enough)
{
    static const char bytes[] = "[](){}1,; \n\n\n\r\"x";
    uint64_t state = 3;
    for (int round = 0; round < 20000; round++) {
        struct lists lists = {0};
        for (int piece = 0; piece < 3; piece++) {
            char text[40];
            size_t length = draw(&state, sizeof text);
            for (size_t i = 0; i < length; i++)
                text[i] = bytes[draw(&state, sizeof bytes - 1)];
            size_t room = lists_room(&lists, length);
            char *out = malloc(room + 1);
            out[room] = 'M';
            size_t wrote = lists_flatten(&lists, text, length, ',', out);
            ck_assert_msg(wrote <= room && out[room] == 'M', "round %d: %zu bytes into a room of %zu", round, wrote,
                          room);
            free(out);
        }
    }
}
END_TEST

int main(void)
{
    return HARNESS_RUN("text: lists", numbers_of_a_list_are_cells, the_room_is_enough);
}
