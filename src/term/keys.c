/* Terminals send a key as one byte, as a UTF-8 character, or as ESC and a tail:
 *
 *     ESC x                      Alt with x
 *     ESC O P                    SS3: F1-F4, arrows
 *     ESC [ 1 ; 5 C              CSI: parameters, then one final byte; "1;5" is Ctrl
 *     ESC [ 3 $                  rxvt puts the modifier into the final byte: $ Shift, ^ Ctrl, @ both
 *     ESC ESC [ A                rxvt's Alt with a key that is itself a sequence
 *     ESC [ [ A                  F1-F5 of the Linux console
 *     ESC [ < 0 ; 9 ; 4 M        mouse (SGR)
 *     ESC [ M b x y              mouse (X10, for terminals without SGR)
 *     ESC ] 11 ; rgb:ffff/ffff/ffff BEL   what the background is, as it was asked (OSC); ESC \ may stand for BEL
 *     ESC [ 200~ ... ESC [ 201~  a paste; Ctrl-C in it means that its end was lost
 *
 * Every cutter below looks at the bytes from the front and returns how many make the first key, 0 if more are
 * needed. All bytes go out again in some key, so a sequence nobody knows still reaches Readline as it came. */
#include "term/keys.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/xalloc.h"

#define ESC '\033'
#define CTRL_C '\003'
#define CSI_LONGEST 64 /* what is longer is noise, not a key */

enum modifier { SHIFT = 1, ALT = 2, CONTROL = 4 };

struct keys {
    struct text waiting;
    size_t start;           /* first byte not given out yet */
    size_t scanned;         /* of an open paste: bytes known to hold no end mark */
    bool pasting, overlong; /* overlong: so far that what came of it is not kept */
};

#define PASTE_MARK (sizeof KEYS_PASTE_BEGIN - 1) /* and as many of the end */

static const struct {
    char final;
    const char *name;
} letter_keys[] = {
    {'A', "Up"},  {'B', "Down"}, {'C', "Right"}, {'D', "Left"}, {'H', "Home"},
    {'F', "End"}, {'P', "F1"},   {'Q', "F2"},    {'R', "F3"},   {'S', "F4"},
};

static const struct {
    int number;
    const char *name;
} number_keys[] = {
    {1, "Home"}, {2, "Insert"}, {3, "Delete"}, {4, "End"},  {5, "PgUp"}, {6, "PgDn"}, {7, "Home"},
    {8, "End"},  {11, "F1"},    {12, "F2"},    {13, "F3"},  {14, "F4"},  {15, "F5"},  {17, "F6"},
    {18, "F7"},  {19, "F8"},    {20, "F9"},    {21, "F10"}, {23, "F11"}, {24, "F12"},
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

struct keys *keys_new(void)
{
    return xcalloc(1, sizeof(struct keys));
}

void keys_free(struct keys *keys)
{
    if (keys)
        text_free(&keys->waiting);
    free(keys);
}

void keys_feed(struct keys *keys, const char *bytes, size_t length)
{
    if (keys->start > 0) {
        keys->waiting.length -= keys->start;
        memmove(keys->waiting.bytes, keys->waiting.bytes + keys->start, keys->waiting.length);
        keys->start = 0;
    }
    text_append(&keys->waiting, bytes, length);
}

static const char *letter_name(char final)
{
    for (size_t i = 0; i < COUNT(letter_keys); i++)
        if (letter_keys[i].final == final)
            return letter_keys[i].name;
    return NULL;
}

static const char *number_name(int number)
{
    for (size_t i = 0; i < COUNT(number_keys); i++)
        if (number_keys[i].number == number)
            return number_keys[i].name;
    return NULL;
}

static size_t unknown(struct key *key, size_t length)
{
    key->kind = KEY_TEXT;
    key->name[0] = '\0';
    return length;
}

/* A named key; without a name it is text that nobody knows. */
static size_t named(struct key *key, size_t length, unsigned modifiers, const char *name)
{
    if (!name)
        return unknown(key, length);
    key->kind = KEY_NAMED;
    snprintf(key->name, sizeof key->name, "%s%s%s%s", modifiers & SHIFT ? "S-" : "", modifiers & CONTROL ? "C-" : "",
             modifiers & ALT ? "M-" : "", name);
    return length;
}

/* Bytes of the UTF-8 character in front; 1 for a byte that cannot start or continue one, 0 if its rest is
 * missing. */
static size_t cut_character(const char *bytes, size_t length, bool flush)
{
    unsigned char first = (unsigned char)bytes[0];
    size_t want = first < 0xc2 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 1;
    for (size_t i = 1; i < want; i++) {
        if (i == length)
            return flush ? 1 : 0;
        if (((unsigned char)bytes[i] & 0xc0) != 0x80)
            return 1;
    }
    return want;
}

/* A character or control character without ESC. */
static size_t cut_plain(const char *bytes, size_t length, bool flush, unsigned modifiers, struct key *key)
{
    unsigned char c = (unsigned char)bytes[0];
    switch (c) {
    case 0:
        return named(key, 1, modifiers | CONTROL, "Space");
    case '\t':
        return named(key, 1, modifiers, "Tab");
    case '\r':
        return named(key, 1, modifiers, "Enter");
    case ' ':
        return named(key, 1, modifiers, "Space");
    case 0x7f:
        return named(key, 1, modifiers, "Backspace");
    default:
        break;
    }
    char name[8] = "";
    if (c < ' ') {
        name[0] = (char)(c < 27 ? c + 'a' - 1 : c + '@');
        return named(key, 1, modifiers | CONTROL, name);
    }
    size_t used = cut_character(bytes, length, flush);
    if (used == 0)
        return 0;
    if (used == 1 && c >= 0x80)
        return unknown(key, 1);
    memcpy(name, bytes, used);
    named(key, used, modifiers, name);
    if (!(modifiers & ALT))
        key->kind = KEY_TEXT;
    return used;
}

/* "1;5" -> parameter[0] = 1, parameter[1] = 5; what is missing is 0. Returns how many there are. */
static int parameters(const char *bytes, size_t length, int parameter[3])
{
    int count = 0;
    for (int i = 0; i < 3; i++)
        parameter[i] = 0;
    for (size_t i = 0; i < length; i++) {
        if (bytes[i] == ';')
            count++;
        else if (count < 3 && bytes[i] >= '0' && bytes[i] <= '9' && parameter[count] < 100000)
            parameter[count] = 10 * parameter[count] + bytes[i] - '0';
    }
    return length ? count + 1 : 0;
}

/* xterm: 1 + (1 Shift, 2 Alt, 4 Ctrl, 8 Meta) */
static unsigned xterm_modifiers(int parameter)
{
    unsigned bits = parameter > 1 ? (unsigned)parameter - 1 : 0;
    return (bits & SHIFT) | (bits & CONTROL) | (bits & (ALT | 8) ? ALT : 0u);
}

/* Button bits: 1-2 which, 4 Shift, 8 Alt, 16 Ctrl, 32 moved, 64 wheel. */
static size_t mouse(struct key *key, size_t length, int button, bool release, int column, int row)
{
    static const char *const wheel[] = {"WheelUp", "WheelDown", "WheelLeft", "WheelRight"};
    static const char *const press[] = {"Click", "Other", "RightClick", "Other"};
    static const char *const drag[] = {"Drag", "Other", "RightDrag", "Other"};
    int which = button & 3;
    const char *name = button & 64 ? wheel[which] : release ? "Release" : button & 32 ? drag[which] : press[which];
    key->kind = KEY_MOUSE;
    snprintf(key->name, sizeof key->name, "%s%s%s%s", button & 4 ? "S-" : "", button & 16 ? "C-" : "",
             button & 8 ? "M-" : "", name);
    key->column = column > 0 ? column - 1 : 0;
    key->row = row > 0 ? row - 1 : 0;
    return length;
}

/* ESC [ M and three bytes. */
static size_t cut_x10_mouse(const char *bytes, size_t length, bool flush, struct key *key)
{
    if (length < 6)
        return flush ? unknown(key, length) : 0;
    const unsigned char *b = (const unsigned char *)bytes;
    if (b[3] < 32 || b[4] < 33 || b[5] < 33)
        return unknown(key, 3);
    int button = b[3] - 32;
    return mouse(key, 6, button, (button & 3) == 3 && !(button & 64), b[4] - 32, b[5] - 32);
}

/* The key of a whole CSI sequence: `parameter` bytes, then `final`. */
static size_t csi_key(const char *parameter, size_t count, char final, size_t length, unsigned modifiers,
                      struct key *key)
{
    int p[3];
    if (count && parameter[0] == '<') {
        if (parameters(parameter + 1, count - 1, p) != 3 || (final != 'M' && final != 'm'))
            return unknown(key, length);
        return mouse(key, length, p[0], final == 'm', p[1], p[2]);
    }
    if (count && (parameter[0] < '0' || parameter[0] > ';'))
        return unknown(key, length);
    int given = parameters(parameter, count, p);
    if (given == 0 && (final == 'I' || final == 'O')) {
        key->kind = KEY_FOCUS;
        snprintf(key->name, sizeof key->name, "%s", final == 'I' ? "FocusIn" : "FocusOut");
        return length;
    }
    modifiers |= xterm_modifiers(p[1]);
    switch (final) {
    case '~':
        return named(key, length, modifiers, number_name(p[0]));
    case '$':
        return named(key, length, modifiers | SHIFT, number_name(p[0]));
    case '^':
        return named(key, length, modifiers | CONTROL, number_name(p[0]));
    case '@':
        return named(key, length, modifiers | SHIFT | CONTROL, given == 1 ? number_name(p[0]) : NULL);
    case 'Z':
        return named(key, length, modifiers | SHIFT, "Tab");
    case 'a':
    case 'b':
    case 'c':
    case 'd':
        return named(key, length, modifiers | SHIFT, given == 0 ? letter_name((char)(final - 'a' + 'A')) : NULL);
    default:
        return named(key, length, modifiers, given == 0 || p[0] == 1 ? letter_name(final) : NULL);
    }
}

static size_t cut_csi(const char *bytes, size_t length, bool flush, unsigned modifiers, struct key *key)
{
    if (length == 2)
        return flush ? named(key, 2, modifiers | ALT, "[") : 0;
    if (bytes[2] == 'M')
        return cut_x10_mouse(bytes, length, flush, key);
    if (bytes[2] == '[') {
        static const char *const console[] = {"F1", "F2", "F3", "F4", "F5"};
        if (length == 3)
            return flush ? unknown(key, 3) : 0;
        if (bytes[3] < 'A' || bytes[3] > 'E')
            return unknown(key, 3);
        return named(key, 4, modifiers, console[bytes[3] - 'A']);
    }
    for (size_t i = 2; i < length; i++) {
        unsigned char c = (unsigned char)bytes[i];
        bool rxvt_shift = c == '$' && i > 2 && bytes[2] >= '0' && bytes[2] <= '9';
        if ((c >= 0x40 && c <= 0x7e) || rxvt_shift)
            return csi_key(bytes + 2, i - 2, (char)c, i + 1, modifiers, key);
        if (c < 0x20 || c > 0x7e || i >= CSI_LONGEST)
            return unknown(key, i);
    }
    return flush ? unknown(key, length) : 0;
}

static size_t cut_ss3(const char *bytes, size_t length, bool flush, unsigned modifiers, struct key *key)
{
    if (length == 2)
        return flush ? named(key, 2, modifiers | ALT, "O") : 0;
    char c = bytes[2];
    if (c == 'M')
        return named(key, 3, modifiers, "Enter");
    if (c >= 'a' && c <= 'd')
        return named(key, 3, modifiers | CONTROL, letter_name((char)(c - 'a' + 'A')));
    if (c < ' ' || c > '~')
        return named(key, 2, modifiers | ALT, "O");
    return named(key, 3, modifiers, letter_name(c));
}

/* "ffff", one to four hexadecimal digits of a colour, as 0 to 255; -1: it is something else. */
static int colour_part(const char **text, const char *end)
{
    int value = 0, digits = 0, most = 0;
    for (; *text < end && digits < 4; (*text)++, digits++) {
        const char *digit = memchr("0123456789abcdefABCDEF", **text, 22);
        if (!digit)
            break;
        int n = (int)(digit - "0123456789abcdefABCDEF");
        value = 16 * value + (n < 16 ? n : n - 6);
        most = 16 * most + 15;
    }
    return digits ? (value * 255 + most / 2) / most : -1;
}

static bool read_ground(const char *text, const char *end, unsigned *rgb)
{
    static const char head[] = "11;rgb:";
    size_t length = sizeof head - 1;
    if ((size_t)(end - text) < length || memcmp(text, head, length) != 0)
        return false;
    text += length;
    *rgb = 0;
    for (int i = 0; i < 3; i++) {
        int part = colour_part(&text, end);
        if (part < 0 || (i < 2 && (text == end || *text++ != '/')))
            return false;
        *rgb = *rgb << 8 | (unsigned)part;
    }
    return text == end;
}

/* An answer that comes in pieces is waited for: nobody types "ESC ] digit" within an instant. */
static size_t cut_osc(const char *bytes, size_t length, bool flush, struct key *key)
{
    if (length == 2)
        return flush ? named(key, 2, ALT, "]") : 0;
    if (bytes[2] < '0' || bytes[2] > '9')
        return named(key, 2, ALT, "]");
    for (size_t i = 2; i < length; i++) {
        bool whole = bytes[i] == '\a' || (bytes[i] == ESC && i + 1 < length && bytes[i + 1] == '\\');
        if (whole) {
            size_t used = i + (bytes[i] == ESC ? 2 : 1);
            if (!read_ground(bytes + 2, bytes + i, &key->ground))
                return unknown(key, used);
            key->kind = KEY_GROUND;
            return used;
        }
        if (bytes[i] == ESC && i + 1 == length)
            return flush ? unknown(key, i) : 0;
        if ((unsigned char)bytes[i] < ' ' || i >= CSI_LONGEST)
            return unknown(key, i);
    }
    return flush ? unknown(key, length) : 0;
}

static size_t cut_escape(const char *bytes, size_t length, bool flush, struct key *key)
{
    if (length == 1)
        return flush ? named(key, 1, 0, "Esc") : 0;
    if (bytes[1] == '[')
        return cut_csi(bytes, length, flush, 0, key);
    if (bytes[1] == 'O')
        return cut_ss3(bytes, length, flush, 0, key);
    if (bytes[1] == ']')
        return cut_osc(bytes, length, flush, key);
    if (bytes[1] != ESC) {
        size_t used = cut_plain(bytes + 1, length - 1, flush, ALT, key);
        return used ? used + 1 : 0;
    }
    /* ESC ESC: Alt with the sequence that follows, if it is one that carries a key; otherwise the Esc key
     * came first. */
    if (length == 2 || (length == 3 && (bytes[2] == '[' || bytes[2] == 'O')))
        return flush ? named(key, 1, 0, "Esc") : 0;
    size_t used = bytes[2] == '['   ? cut_csi(bytes + 1, length - 1, flush, ALT, key)
                  : bytes[2] == 'O' ? cut_ss3(bytes + 1, length - 1, flush, ALT, key)
                                    : 1;
    if (used > 1 && key->kind == KEY_NAMED)
        return used + 1;
    return used ? named(key, 1, 0, "Esc") : 0;
}

static bool end_paste(struct keys *keys, struct key *key, enum key_kind kind, size_t length, size_t mark)
{
    *key = (struct key){
        .kind = kind, .bytes = keys->waiting.bytes + keys->start, .length = length, .column = -1, .row = -1};
    keys->start += length + mark;
    keys->pasting = keys->overlong = false;
    keys->scanned = 0;
    return true;
}

/* The text up to the end mark, which may come in pieces, or up to a Ctrl-C. False: still open. */
static bool cut_paste(struct keys *keys, struct key *key)
{
    const char *text = keys->waiting.bytes + keys->start;
    size_t length = keys->waiting.length - keys->start;
    for (; keys->scanned < length; keys->scanned++) {
        size_t left = length - keys->scanned;
        if (text[keys->scanned] == CTRL_C)
            return end_paste(keys, key, KEY_CUT_PASTE, keys->scanned, 1);
        if (text[keys->scanned] != ESC)
            continue;
        if (left < PASTE_MARK && memcmp(text + keys->scanned, KEYS_PASTE_END, left) == 0)
            return false;
        if (left >= PASTE_MARK && memcmp(text + keys->scanned, KEYS_PASTE_END, PASTE_MARK) == 0)
            return end_paste(keys, key, keys->overlong ? KEY_LONG_PASTE : KEY_PASTE, keys->scanned, PASTE_MARK);
    }
    if (keys->overlong || length > KEYS_PASTE_MOST) {
        keys->overlong = true;
        keys->start += keys->scanned;
        keys->scanned = 0;
    }
    return false;
}

bool keys_cut_paste(struct keys *keys, struct key *key)
{
    return keys->pasting && end_paste(keys, key, KEY_CUT_PASTE, keys->waiting.length - keys->start, 0);
}

bool keys_next(struct keys *keys, bool flush, struct key *key)
{
    for (;;) {
        *key = (struct key){.kind = KEY_NONE, .column = -1, .row = -1};
        if (keys->pasting)
            return cut_paste(keys, key);
        size_t length = keys->waiting.length - keys->start;
        if (length == 0)
            return false;
        const char *bytes = keys->waiting.bytes + keys->start;
        size_t used = *bytes == ESC ? cut_escape(bytes, length, flush, key) : cut_plain(bytes, length, flush, 0, key);
        if (used == 0)
            return false;
        keys->start += used;
        if (used == PASTE_MARK && memcmp(bytes, KEYS_PASTE_BEGIN, PASTE_MARK) == 0) {
            keys->pasting = true;
            continue;
        }
        key->bytes = bytes;
        key->length = used;
        return true;
    }
}

bool keys_split(struct keys *keys, struct key *key)
{
    if (key->kind != KEY_NAMED || key->length < 3 || key->bytes[0] != ESC || key->bytes[1] != ESC)
        return false;
    keys->start -= key->length - 1;
    key->length = named(key, 1, 0, "Esc");
    return true;
}

bool keys_pasting(const struct keys *keys)
{
    return keys->pasting;
}

size_t keys_held(const struct keys *keys)
{
    return keys->waiting.length - keys->start;
}

bool keys_pending(const struct keys *keys)
{
    return !keys->pasting && keys_held(keys) > 0;
}
