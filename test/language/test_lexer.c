/* Lines cut into words: what belongs together, what ends a command, where words stand. */
#include "harness.h"

#include "base/text.h"
#include "language/lexer.h"

/* "word|word>file;next": what the lexer makes of a line, written down. */
static void spell(const char *line, struct text *out)
{
    struct phrase phrase = {0};
    struct error error = {""};
    for (size_t at = 0; line[at];) {
        if (!lexer_phrase(line, &at, &phrase, &error)) {
            text_printf(out, "!%s", error.text);
            break;
        }
        for (size_t w = 0; w < phrase.words; w++)
            text_printf(out, "%s%s%s", w ? "|" : "", phrase.word[w].text, lexer_keyed(&phrase.word[w]) ? "^" : "");
        if (phrase.redirected)
            text_printf(out, ">%s", phrase.file ? phrase.file : "(none)");
        text_add(out, ";");
    }
    phrase_free(&phrase);
}

static const struct {
    const char *line, *spelled;
} lines[] = {
    {"", ""},
    {"   ", ";"},
    {"run 2s", "run|2s;"},
    {"  run\t2s  \r", "run|2s;"},
    {"a; b;;c", "a;b;;c;"},
    {"a\nb # c ; d\ne", "a;b;e;"},
    {"a#b", "a;"},
    {"# only; this", ";"},
    {"set A n=5 tau_rc=20ms", "set|A|n=5^|tau_rc=20ms^;"},
    {"spikes A > f.csv", "spikes|A>f.csv;"},
    {"spikes A >f.csv", "spikes|A>f.csv;"},
    {"spikes A>f.csv", "spikes|A>f.csv;"},
    {"> 'my file' spikes A", "spikes|A>my file;"},
    {"spikes A >", "spikes|A>(none);"},
    {"spikes A > a=b", "spikes|A>a=b;"},
    {"a > b > c", "!two files after '>': a table goes into one"},
    {"decode A function=x>0", "decode|A|function=x>0^;"},
    {"load 'a b.csv' as R", "load|a b.csv|as|R;"},
    {"x=@\"a;b #c.csv\" y", "x=@a;b #c.csv^|y;"},
    {"'a=b' c'=d'", "a=b|c=d;"},
    {"f=a=b", "f=a=b^;"},
    {"=b 1=c .x=2 a.b=3", "=b|1=c|.x=2|a.b=3^;"},
    {"''", ";"},
    {"a '' b", "a||b;"},
    {"a 'b", "!a quote ' is opened and never closed"},
    {"a \"b\nc", "!a quote \" is opened and never closed"},
    {"\xc3\xa9t\xc3\xa9 \xff", "\xc3\xa9t\xc3\xa9|\xff;"},
};

START_TEST(lines_are_cut_into_words)
{
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct text spelled = {0};
        spell(lines[i].line, &spelled);
        ck_assert_msg(strcmp(text_string(&spelled), lines[i].spelled) == 0, "'%s' is cut into '%s', not '%s'",
                      lines[i].line, text_string(&spelled), lines[i].spelled);
        text_free(&spelled);
    }
}
END_TEST

START_TEST(words_know_where_they_stand)
{
    const char *line = "a;  set 'A B' n=5 > f";
    struct phrase phrase = {0};
    struct error error = {""};
    size_t at = 0;
    ck_assert(lexer_phrase(line, &at, &phrase, &error));
    ck_assert_uint_eq(at, 2);
    ck_assert(lexer_phrase(line, &at, &phrase, &error));
    ck_assert_uint_eq(phrase.words, 3);
    ck_assert_uint_eq(phrase.start, 4);
    ck_assert_uint_eq(phrase.word[1].start, 8);
    ck_assert_uint_eq(phrase.word[1].end, 13);
    ck_assert_int_eq(phrase.word[2].equals, 1);
    ck_assert_uint_eq(phrase.file_start, 20);
    ck_assert_uint_eq(phrase.end, strlen(line));
    phrase_free(&phrase);
}
END_TEST

START_TEST(lines_may_be_very_long)
{
    size_t words = 20000;
    struct text line = {0};
    for (size_t i = 0; i < words; i++)
        text_printf(&line, "key%zu=%zu ", i, i);
    struct phrase phrase = {0};
    struct error error = {""};
    size_t at = 0;
    ck_assert(lexer_phrase(line.bytes, &at, &phrase, &error));
    ck_assert_uint_eq(phrase.words, words);
    ck_assert_str_eq(phrase.word[words - 1].text, "key19999=19999");
    phrase_free(&phrase);
    text_free(&line);
}
END_TEST

START_TEST(names_are_letters_digits_and_underscores)
{
    static const char *const good[] = {"A", "a1", "R_2", "Zz9_"}, *const bad[] = {"",    "1a",  "_a",
                                                                                  "a-b", "a b", "\xc3\xa9"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        ck_assert_msg(lexer_name(good[i]), "'%s' is no name", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_msg(!lexer_name(bad[i]), "'%s' is a name", bad[i]);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("command: lexer", lines_are_cut_into_words, words_know_where_they_stand, lines_may_be_very_long,
                       names_are_letters_digits_and_underscores);
}
