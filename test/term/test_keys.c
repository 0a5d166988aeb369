/* Every way a terminal may say a key, cut at every byte; and bytes of no meaning at all. */
#include "harness.h"

#include "base/text.h"
#include "term/keys.h"

static const struct {
    const char *bytes;
    enum key_kind kind;
    const char *name;
    int column, row;
} sequences[] = {
    {"a", KEY_TEXT, "a", -1, -1},
    {"\xc3\xa9", KEY_TEXT, "\xc3\xa9", -1, -1},
    {"\xe6\x97\xa5", KEY_TEXT, "\xe6\x97\xa5", -1, -1},
    {"\xf0\x9f\xa7\xa0", KEY_TEXT, "\xf0\x9f\xa7\xa0", -1, -1},
    {" ", KEY_NAMED, "Space", -1, -1},
    {"\r", KEY_NAMED, "Enter", -1, -1},
    {"\t", KEY_NAMED, "Tab", -1, -1},
    {"\x7f", KEY_NAMED, "Backspace", -1, -1},
    {"\x03", KEY_NAMED, "C-c", -1, -1},
    {"\x0c", KEY_NAMED, "C-l", -1, -1},
    {"\x1a", KEY_NAMED, "C-z", -1, -1},
    {"\x1f", KEY_NAMED, "C-_", -1, -1},
    {"\033f", KEY_NAMED, "M-f", -1, -1},
    {"\033\x7f", KEY_NAMED, "M-Backspace", -1, -1},
    {"\033\x08", KEY_NAMED, "C-M-h", -1, -1},
    {"\033\xc3\xa9", KEY_NAMED, "M-\xc3\xa9", -1, -1},
    /* arrows: xterm normal and application, rxvt, with modifiers */
    {"\033[A", KEY_NAMED, "Up", -1, -1},
    {"\033OB", KEY_NAMED, "Down", -1, -1},
    {"\033[1;5C", KEY_NAMED, "C-Right", -1, -1},
    {"\033[1;2D", KEY_NAMED, "S-Left", -1, -1},
    {"\033[1;3A", KEY_NAMED, "M-Up", -1, -1},
    {"\033[1;8A", KEY_NAMED, "S-C-M-Up", -1, -1},
    {"\033[1;9B", KEY_NAMED, "M-Down", -1, -1},
    {"\033[a", KEY_NAMED, "S-Up", -1, -1},
    {"\033Od", KEY_NAMED, "C-Left", -1, -1},
    {"\033\033[A", KEY_NAMED, "M-Up", -1, -1},
    {"\033\033OC", KEY_NAMED, "M-Right", -1, -1},
    /* Home and End: xterm, vt220, rxvt, screen, linux */
    {"\033[H", KEY_NAMED, "Home", -1, -1},
    {"\033OF", KEY_NAMED, "End", -1, -1},
    {"\033[1~", KEY_NAMED, "Home", -1, -1},
    {"\033[4~", KEY_NAMED, "End", -1, -1},
    {"\033[7~", KEY_NAMED, "Home", -1, -1},
    {"\033[8~", KEY_NAMED, "End", -1, -1},
    {"\033[1;5H", KEY_NAMED, "C-Home", -1, -1},
    {"\033[2~", KEY_NAMED, "Insert", -1, -1},
    {"\033[3~", KEY_NAMED, "Delete", -1, -1},
    {"\033[3;5~", KEY_NAMED, "C-Delete", -1, -1},
    {"\033[3^", KEY_NAMED, "C-Delete", -1, -1},
    {"\033[3$", KEY_NAMED, "S-Delete", -1, -1},
    {"\033[3@", KEY_NAMED, "S-C-Delete", -1, -1},
    {"\033[5~", KEY_NAMED, "PgUp", -1, -1},
    {"\033[6~", KEY_NAMED, "PgDn", -1, -1},
    {"\033[6;2~", KEY_NAMED, "S-PgDn", -1, -1},
    {"\033[Z", KEY_NAMED, "S-Tab", -1, -1},
    {"\033OM", KEY_NAMED, "Enter", -1, -1},
    /* function keys: vt100, xterm, rxvt, linux */
    {"\033OP", KEY_NAMED, "F1", -1, -1},
    {"\033[11~", KEY_NAMED, "F1", -1, -1},
    {"\033[[A", KEY_NAMED, "F1", -1, -1},
    {"\033[[E", KEY_NAMED, "F5", -1, -1},
    {"\033[1;2P", KEY_NAMED, "S-F1", -1, -1},
    {"\033[15~", KEY_NAMED, "F5", -1, -1},
    {"\033[24~", KEY_NAMED, "F12", -1, -1},
    {"\033[24;5~", KEY_NAMED, "C-F12", -1, -1},
    /* mouse and focus */
    {"\033[<0;10;4M", KEY_MOUSE, "Click", 9, 3},
    {"\033[<0;10;4m", KEY_MOUSE, "Release", 9, 3},
    {"\033[<32;200;60M", KEY_MOUSE, "Drag", 199, 59},
    {"\033[<64;1;1M", KEY_MOUSE, "WheelUp", 0, 0},
    {"\033[<65;1;1M", KEY_MOUSE, "WheelDown", 0, 0},
    {"\033[<2;1;1M", KEY_MOUSE, "RightClick", 0, 0},
    {"\033[<34;2;1M", KEY_MOUSE, "RightDrag", 1, 0},
    {"\033[<2;1;1m", KEY_MOUSE, "Release", 0, 0},
    {"\033[<1;1;1M", KEY_MOUSE, "Other", 0, 0},
    {"\033[<66;1;1M", KEY_MOUSE, "WheelLeft", 0, 0},
    {"\033[<67;1;1M", KEY_MOUSE, "WheelRight", 0, 0},
    {"\033[<80;1;1M", KEY_MOUSE, "C-WheelUp", 0, 0},
    {"\033[<73;1;1M", KEY_MOUSE, "M-WheelDown", 0, 0},
    {"\033[<20;1;1M", KEY_MOUSE, "S-C-Click", 0, 0},
    {"\033[M !!", KEY_MOUSE, "Click", 0, 0},
    {"\033[M#*$", KEY_MOUSE, "Release", 9, 3},
    {"\033[M`*$", KEY_MOUSE, "WheelUp", 9, 3},
    {"\033[I", KEY_FOCUS, "FocusIn", -1, -1},
    {"\033[O", KEY_FOCUS, "FocusOut", -1, -1},
    {"\033]11;rgb:ffff/8080/0000\033\\", KEY_GROUND, "", -1, -1},
    {"\033]11;rgb:f/8/0\a", KEY_GROUND, "", -1, -1},
    /* pastes: bytes checked below */
    {"\033[200~set A\nrun \033[1mtext\033[201~", KEY_PASTE, "", -1, -1},
    {"\033[200~\033[201~", KEY_PASTE, "", -1, -1},
    /* what nobody knows stays whole, as text */
    {"\033[?2026;2$y", KEY_TEXT, "", -1, -1},
    {"\033]11;rgb:ffff/8080\a", KEY_TEXT, "", -1, -1},
    {"\033]11;rgb:fffff/8/0\a", KEY_TEXT, "", -1, -1},
    {"\033]52;c;bGlm\033\\", KEY_TEXT, "", -1, -1},
    {"\033[99~", KEY_TEXT, "", -1, -1},
    {"\033[1;5x", KEY_TEXT, "", -1, -1},
    {"\xff", KEY_TEXT, "", -1, -1},
};
#define SEQUENCES (sizeof sequences / sizeof *sequences)

/* A sequence followed by 'q', cut in two at `cut`. */
static void check_sequence(size_t i, size_t cut)
{
    const char *bytes = sequences[i].bytes;
    size_t length = strlen(bytes);
    struct keys *keys = keys_new();
    struct key key;
    keys_feed(keys, bytes, cut);
    if (cut < length)
        ck_assert_msg(!keys_next(keys, false, &key), "sequence %zu gave '%s' after %zu bytes", i, key.name, cut);
    keys_feed(keys, bytes + cut, length - cut);
    keys_feed(keys, "q", 1);
    ck_assert_msg(keys_next(keys, false, &key), "sequence %zu cut at %zu gave nothing", i, cut);
    ck_assert_msg(key.kind == sequences[i].kind && strcmp(key.name, sequences[i].name) == 0,
                  "sequence %zu cut at %zu is kind %d '%s', not %d '%s'", i, cut, (int)key.kind, key.name,
                  (int)sequences[i].kind, sequences[i].name);
    ck_assert_int_eq(key.column, sequences[i].column);
    ck_assert_int_eq(key.row, sequences[i].row);
    if (key.kind == KEY_PASTE) {
        ck_assert_uint_eq(key.length, length - 12);
        ck_assert_int_eq(memcmp(key.bytes, bytes + 6, key.length), 0);
    } else {
        ck_assert_uint_eq(key.length, length);
        ck_assert_int_eq(memcmp(key.bytes, bytes, length), 0);
    }
    ck_assert(keys_next(keys, false, &key) && key.kind == KEY_TEXT && strcmp(key.name, "q") == 0);
    ck_assert(!keys_next(keys, true, &key) && !keys_pending(keys));
    keys_free(keys);
}

START_TEST(every_sequence_is_known_at_every_split)
{
    for (size_t i = 0; i < SEQUENCES; i++)
        for (size_t cut = 0; cut <= strlen(sequences[i].bytes); cut++)
            check_sequence(i, cut);
}
END_TEST

static const struct {
    const char *bytes, *first; /* name of the first key once nothing more follows */
} unfinished[] = {
    {"\033", "Esc"},  {"\033[", "M-["},     {"\033O", "M-O"}, {"\033\033", "Esc"},
    {"\033]", "M-]"}, {"\033]11;rgb:", ""}, {"\033[1;5", ""}, {"\xe6\x97", ""},
};

START_TEST(an_unfinished_sequence_waits_and_is_let_go)
{
    for (size_t i = 0; i < sizeof unfinished / sizeof *unfinished; i++) {
        struct keys *keys = keys_new();
        struct key key;
        keys_feed(keys, unfinished[i].bytes, strlen(unfinished[i].bytes));
        ck_assert_msg(!keys_next(keys, false, &key) && keys_pending(keys), "case %zu did not wait", i);
        ck_assert(keys_next(keys, true, &key));
        ck_assert_str_eq(key.name, unfinished[i].first);
        while (keys_next(keys, true, &key))
            ;
        ck_assert(!keys_pending(keys));
        keys_free(keys);
    }
}
END_TEST

/* To the nearest of 256, whatever number of digits. */
START_TEST(a_background_is_read_with_any_number_of_digits)
{
    static const struct {
        const char *bytes;
        unsigned rgb;
    } answers[] = {{"\033]11;rgb:ffff/8080/0000\a", 0xff8000},
                   {"\033]11;rgb:FF/80/00\a", 0xff8000},
                   {"\033]11;rgb:f/8/0\033\\", 0xff8800},
                   {"\033]11;rgb:fff/801/000\a", 0xff8000}};
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        struct keys *keys = keys_new();
        struct key key;
        keys_feed(keys, answers[i].bytes, strlen(answers[i].bytes));
        ck_assert(keys_next(keys, false, &key) && key.kind == KEY_GROUND);
        ck_assert_msg(key.ground == answers[i].rgb, "answer %zu is %06x, not %06x", i, key.ground, answers[i].rgb);
        keys_free(keys);
    }
}
END_TEST

START_TEST(an_open_paste_outlives_the_flush)
{
    struct keys *keys = keys_new();
    struct key key;
    keys_feed(keys, "\033[200~one\033[20", 13);
    ck_assert(!keys_next(keys, false, &key) && !keys_pending(keys) && !keys_next(keys, true, &key));
    keys_feed(keys, "1~", 2);
    ck_assert(keys_next(keys, false, &key) && key.kind == KEY_PASTE && key.length == 3);
    ck_assert_int_eq(memcmp(key.bytes, "one", 3), 0);
    keys_free(keys);
}
END_TEST

START_TEST(a_paste_without_an_end_can_be_left)
{
    struct keys *keys = keys_new();
    struct key key;
    ck_assert(!keys_cut_paste(keys, &key) && !keys_pasting(keys));
    keys_feed(keys, "\033[200~list\r\003\003x", 14);
    ck_assert(keys_next(keys, false, &key) && key.kind == KEY_CUT_PASTE && key.length == 5);
    ck_assert_int_eq(memcmp(key.bytes, "list\r", 5), 0);
    ck_assert(keys_next(keys, false, &key) && strcmp(key.name, "C-c") == 0);
    ck_assert(keys_next(keys, false, &key) && strcmp(key.name, "x") == 0);
    keys_feed(keys, "\033[200~a\033[201", 12); /* and by the clock */
    ck_assert(!keys_next(keys, true, &key) && keys_pasting(keys));
    ck_assert(keys_cut_paste(keys, &key) && key.kind == KEY_CUT_PASTE && key.length == 6);
    keys_feed(keys, "y", 1);
    ck_assert(!keys_pasting(keys) && keys_next(keys, false, &key) && strcmp(key.name, "y") == 0);
    keys_free(keys);
}
END_TEST

START_TEST(a_paste_without_end_is_bounded)
{
    static char piece[1 << 16];
    struct keys *keys = keys_new();
    struct key key;
    memset(piece, 'a', sizeof piece);
    for (int round = 0; round < 2; round++) {
        keys_feed(keys, "\033[200~", 6);
        for (size_t fed = 0; fed < 3 * KEYS_PASTE_MOST; fed += sizeof piece) {
            keys_feed(keys, piece, sizeof piece);
            ck_assert(!keys_next(keys, false, &key) && keys_pasting(keys));
            ck_assert_msg(keys_held(keys) <= KEYS_PASTE_MOST + sizeof piece, "%zu bytes are held", keys_held(keys));
        }
        keys_feed(keys, round ? "\003x" : "\033[201~x", round ? 2 : 7);
        ck_assert(keys_next(keys, false, &key));
        ck_assert_int_eq(key.kind, round ? KEY_CUT_PASTE : KEY_LONG_PASTE);
        ck_assert(keys_next(keys, false, &key) && strcmp(key.name, "x") == 0 && !keys_pasting(keys));
    }
    keys_feed(keys, "\033[200~ab\033[201~", 14); /* and the next one is as ever */
    ck_assert(keys_next(keys, false, &key) && key.kind == KEY_PASTE && key.length == 2);
    keys_free(keys);
}
END_TEST

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

/* Bytes that make sequences likely, and now and then any byte. */
static char random_byte(uint32_t *state)
{
    static const char likely[] = "\033\033\033[[O;;0123567AMmZ~$^@<? aq]]\\\a\r\t\xc3\xa9\xe6\x97";
    uint32_t r = next_random(state);
    return r % 8 ? likely[r / 8 % (sizeof likely - 1)] : (char)(r / 8);
}

/* What the keys carried, with the marks of pastes put back, and their names. */
static void drain(struct keys *keys, bool flush, struct text *bytes, struct text *names)
{
    struct key key;
    while (keys_next(keys, flush, &key)) {
        bool paste = key.kind == KEY_PASTE;
        text_append(bytes, "\033[200~", paste || key.kind == KEY_CUT_PASTE ? 6 : 0);
        text_append(bytes, key.bytes, key.length);
        text_append(bytes, "\033[201~", paste ? 6 : 0);
        text_append(bytes, "\003", key.kind == KEY_CUT_PASTE);
        text_printf(names, "%d:%s/%zu ", (int)key.kind, key.name, key.length);
    }
}

START_TEST(no_byte_is_lost_or_invented_whatever_comes)
{
    uint32_t state = 1;
    for (int round = 0; round < 3000; round++) {
        char input[200];
        size_t length = 1 + next_random(&state) % (sizeof input - 20);
        for (size_t i = 0; i < length; i++)
            input[i] = random_byte(&state);
        memcpy(input + length, "\033[201~", 6); /* closes a paste the noise may have opened */
        length += 6;
        struct keys *whole = keys_new(), *pieces = keys_new(), *hasty = keys_new();
        struct text a = {0}, b = {0}, c = {0}, names_a = {0}, names_b = {0}, names_c = {0};
        keys_feed(whole, input, length);
        for (size_t i = 0; i < length; i++) {
            keys_feed(pieces, input + i, 1);
            drain(pieces, false, &b, &names_b);
            keys_feed(hasty, input + i, 1);
            drain(hasty, next_random(&state) % 2, &c, &names_c);
        }
        drain(whole, false, &a, &names_a);
        ck_assert_msg(strcmp(text_string(&names_a), text_string(&names_b)) == 0, "round %d: %s but in pieces %s", round,
                      text_string(&names_a), text_string(&names_b));
        drain(whole, true, &a, &names_a);
        drain(pieces, true, &b, &names_b);
        drain(hasty, true, &c, &names_c);
        ck_assert_msg(a.length == length && memcmp(a.bytes, input, length) == 0, "round %d lost bytes", round);
        ck_assert_msg(b.length == length && memcmp(b.bytes, input, length) == 0, "round %d lost bytes in pieces",
                      round);
        ck_assert_msg(c.length == length && memcmp(c.bytes, input, length) == 0, "round %d lost bytes in haste", round);
        struct text *texts[] = {&a, &b, &c, &names_a, &names_b, &names_c};
        for (size_t i = 0; i < 6; i++)
            text_free(texts[i]);
        keys_free(whole);
        keys_free(pieces);
        keys_free(hasty);
    }
}
END_TEST

START_TEST(alt_with_a_sequence_can_be_split_into_two_keys)
{
    struct keys *keys = keys_new();
    struct key key;
    keys_feed(keys, "x\033\033[15~y\033f", 10);
    ck_assert(keys_next(keys, false, &key) && !keys_split(keys, &key));
    ck_assert(keys_next(keys, false, &key) && strcmp(key.name, "M-F5") == 0);
    ck_assert(keys_split(keys, &key));
    ck_assert(key.kind == KEY_NAMED && strcmp(key.name, "Esc") == 0 && key.length == 1 && *key.bytes == '\033');
    ck_assert(!keys_split(keys, &key));
    ck_assert(keys_next(keys, false, &key) && strcmp(key.name, "F5") == 0 && key.length == 5);
    ck_assert(!keys_split(keys, &key));
    ck_assert(keys_next(keys, false, &key) && strcmp(key.name, "y") == 0);
    ck_assert(keys_next(keys, false, &key) && strcmp(key.name, "M-f") == 0 && !keys_split(keys, &key));
    ck_assert(!keys_next(keys, true, &key));
    keys_free(keys);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("term: keys", every_sequence_is_known_at_every_split, an_unfinished_sequence_waits_and_is_let_go,
                       an_open_paste_outlives_the_flush, a_paste_without_an_end_can_be_left,
                       a_paste_without_end_is_bounded, a_background_is_read_with_any_number_of_digits,
                       no_byte_is_lost_or_invented_whatever_comes, alt_with_a_sequence_can_be_split_into_two_keys);
}
