/* What a cell of a row says: as a number, and as sentences quote it. */
#include <string.h>
#include <strings.h>

#include "text/decimal.h"
#include "text/number_form.h"
#include "text/rows.h"

/* The plain forms first: nearly all numbers are. With thousands parted by points 1.009 is no plain form. */
bool field_number_shifted(const struct text_style *style, const struct field *field, int shift, double *value)
{
    return (style->thousands != '.' && decimal_parse_roomy(field->text, field->length, shift, value)) ||
           number_form_value(style, field, shift, value);
}

bool field_number(const struct text_style *style, const struct field *field, double *value)
{
    return field_number_shifted(style, field, 0, value);
}

bool row_is_ruler(const struct row *row)
{
    size_t dashes = 0;
    for (size_t i = 0; i < row->count; i++) {
        const char *text = row->field[i].text;
        if (row->field[i].length == 0)
            continue;
        if (strspn(text, "-=+:| ") != row->field[i].length)
            return false;
        dashes += strstr(text, "--") || strstr(text, "==");
    }
    return dashes > 0;
}

bool field_truth(const struct field *field, double *value)
{
    bool yes = field->length == 4 && strncasecmp(field->text, "true", 4) == 0;
    bool no = field->length == 5 && strncasecmp(field->text, "false", 5) == 0;
    *value = yes ? 1 : 0;
    return yes || no;
}

bool field_is_missing(const struct field *field)
{
    return field->length == 0 || (field->length == 3 && strncasecmp(field->text, "nan", 3) == 0) ||
           (field->length == 2 && strncmp(field->text, "NA", 2) == 0);
}

char *field_shown(char buffer[FIELD_SHOWN], const struct field *field)
{
    size_t length = field->length;
    bool cut = length > 40;
    for (length = cut ? 37 : length; cut && length > 0 && ((unsigned char)field->text[length] & 0xc0) == 0x80;)
        length--;
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)field->text[i];
        buffer[i] = c < 0x20 || c == 0x7f ? '?' : (char)c;
    }
    strcpy(buffer + length, cut ? "..." : "");
    return buffer;
}
