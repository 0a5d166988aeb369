/* Files as programs and rigs write them, in test/data: each is read as what test/data says, or refused with a sentence
 * that helps, and what is taken is taken without doubt. */
#include "harness.h"

#include "base/text.h"
#include "record/format.h"

struct wanted {
    char file[80], says[200];
    size_t units, spikes; /* 0 units: refused */
};

static size_t count_of(const struct recording *r)
{
    return r ? r->units : 0;
}

static void check(const char *folder, const struct wanted *want, bool doubt)
{
    char path[160];
    struct text said = {0};
    struct error error = {""};
    snprintf(path, sizeof path, "test/data/%s/%s", folder, want->file);
    struct recording *r = recording_load(path, &(struct load_options){0}, &said, &error);
    const char *answer = r ? text_string(&said) : error.text;
    ck_assert_msg(count_of(r) == want->units && (!r || r->spikes == want->spikes),
                  "%s: %zu units and %zu spikes, not %zu and %zu: %s", path, count_of(r), r ? r->spikes : 0,
                  want->units, want->spikes, answer);
    ck_assert_msg(strstr(answer, want->says) != NULL, "%s: '%s' is not said: %s", path, want->says, answer);
    ck_assert_msg(doubt || !strstr(answer, "not sure"), "%s: %s", path, answer);
    recording_free(r);
    text_free(&said);
}

/* Lines of FILE UNITS SPIKES SAYS. */
static size_t check_all(const char *folder)
{
    char path[80], line[400];
    size_t n = 0;
    snprintf(path, sizeof path, "test/data/%s.txt", folder);
    FILE *file = fopen(path, "r");
    ck_assert_msg(file != NULL, "%s is missing", path);
    for (; fgets(line, sizeof line, file); n++) {
        struct wanted want = {.says = ""};
        line[strcspn(line, "\n")] = '\0';
        ck_assert_msg(sscanf(line, "%79s %zu %zu %199[^\n]", want.file, &want.units, &want.spikes, want.says) >= 3,
                      "%s: %s", path, line);
        check(folder, &want, false);
    }
    fclose(file);
    return n;
}

START_TEST(exports_are_read_as_what_they_are)
{
    ck_assert_uint_ge(check_all("exports"), 100);
}
END_TEST

START_TEST(files_that_were_misread_are_read_right)
{
    ck_assert_uint_ge(check_all("files"), 35);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("record: exports", exports_are_read_as_what_they_are, files_that_were_misread_are_read_right);
}
