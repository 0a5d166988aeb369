/* Most labels are small whole numbers: a table of 2^20 entries at most finds them without hashing. All others
 * go through a hash table (FNV-1a, linear probing, at most half full). */
#include "text/label.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"
#include "base/stop.h"
#include "base/xalloc.h"
#include "text/decimal.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The number written by `length` digits without a needless zero; -1 for anything else. */
static long small_number(const char *text, size_t length)
{
    if (length == 0 || length > LABEL_SMALL_DIGITS || (text[0] == '0' && length > 1))
        return -1;
    long number = 0;
    for (size_t i = 0; i < length; i++) {
        unsigned digit = (unsigned char)text[i] - (unsigned)'0';
        if (digit > 9)
            return -1;
        number = number * 10 + (long)digit;
    }
    return number;
}

size_t label_length(const char *text, size_t length)
{
    size_t digits = length > 0 && text[0] == '-', begin = digits;
    while (digits < length && is_digit(text[digits]))
        digits++;
    size_t zeros = digits + 1;
    while (zeros < length && text[zeros] == '0')
        zeros++;
    return digits > begin && digits < length && text[digits] == '.' && zeros == length ? digits : length;
}

/* Is every sequence well-formed? (The decoder takes one byte of what is not, which it then shows as U+FFFD.)
 */
static bool is_utf8(const char *text, size_t length)
{
    while (length > 0) {
        uint32_t point;
        size_t used = utf8_decode(text, length, &point);
        if (point == 0xfffd && used == 1)
            return false;
        text += used;
        length -= used;
    }
    return true;
}

char *label_clean(const char *text, size_t length)
{
    struct text copy = {0};
    bool utf8 = is_utf8(text, length);
    text_append(&copy, "", 0);
    for (size_t i = 0; i < length && copy.length <= LABEL_MOST; i++) {
        unsigned char c = (unsigned char)text[i];
        char bytes[4] = {(char)c};
        size_t n = c >= 0x80 && !utf8 ? utf8_encode(c, bytes) : 1;
        if (c < 0x20 || c == 0x7f) { /* as terminals spell them, ^[ for ESC: labels that differ stay different */
            bytes[0] = '^', bytes[1] = (char)(c ^ 0x40);
            n = 2;
        }
        text_append(&copy, bytes, n);
    }
    if (copy.length > LABEL_MOST) { /* between two characters, and what of the last one is there does not matter */
        copy.length = LABEL_MOST;
        while (((unsigned char)copy.bytes[copy.length] & 0xc0) == 0x80)
            copy.length--;
        copy.bytes[copy.length] = '\0';
    }
    return copy.bytes;
}

static uint32_t append(struct label_set *set, char *label)
{
    xgrow(&set->label, &set->capacity, set->count + 1, sizeof *set->label);
    set->label[set->count] = label;
    return (uint32_t)set->count++;
}

void label_append(struct label_set *set, const char *text, size_t length)
{
    append(set, label_clean(text, label_length(text, length)));
}

static size_t hash(const char *text)
{
    uint64_t h = 14695981039346656037u;
    for (; *text; text++)
        h = (h ^ (unsigned char)*text) * 1099511628211u;
    return (size_t)(h ^ h >> 32);
}

/* Where the label is or would be. */
static size_t find_slot(const struct label_set *set, const char *label)
{
    size_t at = hash(label) & (set->slots - 1);
    while (set->slot[at] && strcmp(set->label[set->slot[at] - 1], label) != 0)
        at = (at + 1) & (set->slots - 1);
    return at;
}

static void grow_slots(struct label_set *set)
{
    uint32_t *old = set->slot;
    size_t old_slots = set->slots;
    set->slots = old_slots ? 2 * old_slots : 64;
    set->slot = xcalloc(set->slots, sizeof *set->slot);
    for (size_t i = 0; i < old_slots; i++)
        if (old[i])
            set->slot[find_slot(set, set->label[old[i] - 1])] = old[i];
    free(old);
}

static uint32_t intern_small(struct label_set *set, long number, const char *text, size_t length)
{
    size_t old = set->smalls;
    xgrow(&set->small, &set->smalls, (size_t)number + 1, sizeof *set->small);
    if (set->smalls > old)
        memset(set->small + old, 0, (set->smalls - old) * sizeof *set->small);
    if (!set->small[number])
        set->small[number] = append(set, xstrndup(text, length)) + 1;
    return set->small[number] - 1;
}

uint32_t label_intern(struct label_set *set, const char *text, size_t length)
{
    length = label_length(text, length);
    long number = small_number(text, length);
    if (number >= 0)
        return intern_small(set, number, text, length);
    if (2 * (set->count + 1) > set->slots)
        grow_slots(set);
    char *label = label_clean(text, length);
    size_t at = find_slot(set, label);
    if (set->slot[at])
        free(label);
    else
        set->slot[at] = append(set, label) + 1;
    return set->slot[at] - 1;
}

/* Runs of digits compare by size; returns <0, 0, >0 and moves both on. */
static int compare_digits(const char **a, const char **b)
{
    while (**a == '0')
        ++*a;
    while (**b == '0')
        ++*b;
    size_t n = 0, m = 0;
    while (is_digit((*a)[n]))
        n++;
    while (is_digit((*b)[m]))
        m++;
    int order = n != m ? (n > m) - (n < m) : memcmp(*a, *b, n);
    *a += n;
    *b += m;
    return order;
}

static int compare_naturally(const char *a, const char *b)
{
    while (*a && *b) {
        if (is_digit(*a) && is_digit(*b)) {
            int order = compare_digits(&a, &b);
            if (order)
                return order;
        } else if (*a != *b) {
            return (unsigned char)*a < (unsigned char)*b ? -1 : 1;
        } else {
            a++;
            b++;
        }
    }
    return (*a != '\0') - (*b != '\0');
}

struct ranked {
    const char *label;
    bool is_number;
    double number;
    uint32_t index;
};

static int compare(const void *left, const void *right)
{
    const struct ranked *a = left, *b = right;
    int order;
    if (stop_requested()) /* any order will do */
        return 0;
    if (a->is_number != b->is_number)
        return a->is_number ? -1 : 1;
    if (a->is_number && a->number != b->number)
        return a->number < b->number ? -1 : 1;
    if (!a->is_number && (order = compare_naturally(a->label, b->label)))
        return order;
    order = strcmp(a->label, b->label);
    return order ? order : (a->index > b->index) - (a->index < b->index);
}

static struct ranked ranked_label(const char *label, uint32_t index)
{
    struct ranked ranked = {.label = label, .index = index};
    ranked.is_number = decimal_parse(label, strlen(label), &ranked.number) && ranked.number == ranked.number;
    return ranked;
}

int label_order_of(const char *a, const char *b)
{
    struct ranked left = ranked_label(a, 0), right = ranked_label(b, 0);
    return compare(&left, &right);
}

uint32_t *label_sort(struct label_set *set)
{
    struct ranked *ranked = xcalloc(set->count, sizeof *ranked);
    for (size_t i = 0; i < set->count; i++)
        ranked[i] = ranked_label(set->label[i], (uint32_t)i);
    qsort(ranked, set->count, sizeof *ranked, compare);
    uint32_t *rank = xcalloc(set->count, sizeof *rank);
    char **label = xcalloc(set->count, sizeof *label);
    for (size_t i = 0; i < set->count; i++) {
        rank[ranked[i].index] = (uint32_t)i;
        label[i] = set->label[ranked[i].index];
    }
    free(ranked);
    free(set->label);
    set->label = label;
    return rank;
}

void label_free(struct label_set *set)
{
    for (size_t i = 0; i < set->count; i++)
        free(set->label[i]);
    free(set->label);
    free(set->slot);
    free(set->small);
    *set = (struct label_set){0};
}
