#include "harness.h"

#include "base/utf8.h"

static uint32_t decode(const char *bytes, size_t length, size_t *used)
{
    uint32_t point = 0;
    *used = utf8_decode(bytes, length, &point);
    return point;
}

START_TEST(well_formed_bytes_decode)
{
    static const struct {
        const char *bytes;
        uint32_t point;
        size_t size;
    } rows[] = {
        {"a", 'a', 1},
        {"\x7f", 0x7f, 1},
        {"\xc2\x80", 0x80, 2},
        {"\xc3\xa9", 0xe9, 2},
        {"\xcf\x84", 0x3c4, 2},
        {"\xe0\xa0\x80", 0x800, 3},
        {"\xe2\xa1\x90", 0x2850, 3},
        {"\xef\xbf\xbd", 0xfffd, 3},
        {"\xf0\x90\x80\x80", 0x10000, 4},
        {"\xf0\x9f\x98\x80", 0x1f600, 4},
        {"\xf4\x8f\xbf\xbf", 0x10ffff, 4},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t used;
        uint32_t point = decode(rows[i].bytes, strlen(rows[i].bytes), &used);
        ck_assert_msg(point == rows[i].point && used == rows[i].size, "row %zu: U+%04X of %zu bytes", i,
                      (unsigned)point, used);
    }
}
END_TEST

START_TEST(malformed_bytes_are_replacement_of_one_byte)
{
    static const char *const rows[] = {
        "\x80",
        "\xbf\x80",
        "\xc3",
        "\xc3(",
        "\xc0\x80",
        "\xc1\xbf",
        "\xe2\x82",
        "\xe2(\xa1",
        "\xe0\x80\x80",
        "\xed\xa0\x80",
        "\xf0\x80\x80\x80",
        "\xf4\x90\x80\x80",
        "\xf5\x80\x80\x80",
        "\xf8\x88\x80\x80\x80",
        "\xfe",
        "\xff",
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t used;
        uint32_t point = decode(rows[i], strlen(rows[i]), &used);
        ck_assert_msg(point == 0xFFFD && used == 1, "row %zu: U+%04X of %zu bytes", i, (unsigned)point, used);
    }
}
END_TEST

START_TEST(length_bounds_the_reading)
{
    size_t used;
    ck_assert_uint_eq(decode("\xe2\xa1\x90", 2, &used), 0xFFFD);
    ck_assert_uint_eq(used, 1);
}
END_TEST

START_TEST(every_code_point_survives_a_round_trip)
{
    for (uint32_t point = 0; point < 0x110000; point++) {
        char bytes[4];
        size_t size = utf8_encode(point, bytes), used;
        uint32_t expect = point >= 0xD800 && point <= 0xDFFF ? 0xFFFD : point;
        uint32_t back = decode(bytes, size, &used);
        if (back != expect || used != size)
            ck_abort_msg("U+%04X came back as U+%04X, %zu of %zu bytes", (unsigned)point, (unsigned)back, used, size);
    }
    char bytes[4];
    ck_assert_uint_eq(utf8_encode(0x110000, bytes), 3);
    ck_assert_mem_eq(bytes, "\xef\xbf\xbd", 3);
}
END_TEST

START_TEST(widths)
{
    static const struct {
        uint32_t point;
        int width;
    } rows[] = {
        {0, 1},       {'\n', 1},    {'a', 1},      {0x9b, 1},   {0xe9, 1},   {0x2ff, 1},   {0x300, 0},
        {0x301, 0},   {0x36f, 0},   {0x370, 1},    {0x3c4, 1},  {0x200b, 0}, {0x200d, 0},  {0x2502, 1},
        {0x25b6, 1},  {0x25cf, 1},  {0x2850, 1},   {0x1100, 2}, {0x231a, 2}, {0x3042, 2},  {0x65e5, 2},
        {0xac00, 2},  {0xfe0f, 0},  {0xff21, 2},   {0xff71, 1}, {0xfffd, 1}, {0x1f600, 2}, {0x1f4a9, 2},
        {0x20000, 2}, {0xe0100, 0}, {0x10ffff, 1}, {0x93e, 1},  {0x378, 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        ck_assert_msg(utf8_width(rows[i].point) == rows[i].width, "U+%04X is %d wide, expected %d",
                      (unsigned)rows[i].point, utf8_width(rows[i].point), rows[i].width);
}
END_TEST

START_TEST(columns_of_strings)
{
    ck_assert_uint_eq(utf8_columns(""), 0);
    ck_assert_uint_eq(utf8_columns("tau"), 3);
    ck_assert_uint_eq(utf8_columns("\xcf\x84_rc"), 4);
    ck_assert_uint_eq(utf8_columns("\xe6\x97\xa5\xe6\x9c\xac"), 4);
    ck_assert_uint_eq(utf8_columns("e\xcc\x81"), 1);
    ck_assert_uint_eq(utf8_columns("\xff\xc3"), 2);
    ck_assert_uint_eq(utf8_step("\xcf\x84x"), 2);
    ck_assert_uint_eq(utf8_step("\xe2\x96"), 1);
    ck_assert_uint_eq(utf8_step(""), 0);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("base: utf8", well_formed_bytes_decode, malformed_bytes_are_replacement_of_one_byte,
                       length_bounds_the_reading, every_code_point_survives_a_round_trip, widths, columns_of_strings);
}
