/* What reaches a terminal from files: nothing that acts on it. */
#include "harness.h"

#include "base/plain_text.h"

static const struct {
    const char *text, *shown;
} cases[] = {
    {"", ""},
    {"plain\ttext\n", "plain\ttext\n"},
    {"\033]0;title\a\033[2J", "?]0;title??[2J"},
    {"a\177b\rc\b", "a?b?c?"},
    {"gr\303\266\303\237e \346\227\245\346\234\254 \360\237\247\240",
     "gr\303\266\303\237e \346\227\245\346\234\254 \360\237\247\240"},
    {"\302\233"
     "31m\302\205next",
     "?31m?next"},                                                          /* U+009B, U+0085 */
    {"\342\200\256txt\342\200\254 \342\201\246x\342\201\251", "?txt? ?x?"}, /* U+202E, U+202C, U+2066, U+2069 */
    {"\342\200\250\342\200\217\330\234", "???"},                            /* U+2028, U+200F, U+061C */
    {"\233\205\377 \303", "??? ?"},                                         /* no UTF-8 */
    {"\357\277\275", "\357\277\275"},                                       /* U+FFFD itself */
};

START_TEST(what_acts_is_a_question_mark)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *got;
        size_t size;
        FILE *stream = open_memstream(&got, &size);
        plain_text_write(stream, cases[i].text);
        fclose(stream);
        ck_assert_msg(strcmp(got, cases[i].shown) == 0, "case %zu gives '%s', not '%s'", i, got, cases[i].shown);
        free(got);
    }
}
END_TEST

int main(void)
{
    return HARNESS_RUN("base: plain text", what_acts_is_a_question_mark);
}
