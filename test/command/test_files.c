/* Files: tables appear whole or not at all, what is saved loads back the same, scripts source scripts. */
#include "run.h"

#include <dirent.h>
#include <sys/stat.h>

#include "base/text.h"

static struct outcome run_with(const char *format, const char *path)
{
    struct text lines = {0};
    for (const char *c = format; *c; c++)
        if (*c == '%')
            text_add(&lines, path);
        else
            text_append(&lines, c, 1);
    struct outcome outcome = run(text_string(&lines));
    text_free(&lines);
    return outcome;
}

START_TEST(a_table_goes_into_a_file)
{
    const char *path = scratch("with blank.csv");
    struct outcome o = run_with("response model=lif J=0,2 > '%'\n", path);
    ck_assert_msg(o.good, "%s", o.err);
    ck_assert_str_eq(o.out, "");
    char *text = read_file(path);
    ck_assert_msg(text && strncmp(text, "J,rate,derivative\n0,0,0\n2,63.", 28) == 0, "the file holds %s", text);
    free(text);
    outcome_free(&o);
}
END_TEST

static size_t count_entries(const char *folder)
{
    DIR *directory = opendir(folder);
    size_t count = 0;
    for (struct dirent *entry; (entry = readdir(directory));)
        count += entry->d_name[0] != '.';
    closedir(directory);
    return count;
}

START_TEST(a_failure_leaves_the_file_as_it_was)
{
    const char *folder = scratch("only"), *path = scratch("only/old.csv");
    mkdir(folder, 0777);
    write_file(path, "old\n");
    struct outcome o = run_with("population A model=lifrate\nspikes A > %\n", path);
    ck_assert(!o.good);
    char *text = read_file(path);
    ck_assert_str_eq(text, "old\n");
    ck_assert_uint_eq(count_entries(folder), 1);
    free(text);
    outcome_free(&o);
    o = run_with("response J=1 > %/not/there.csv\n", folder);
    ck_assert_msg(!o.good && strstr(o.err, "there.csv"), "%s", o.err);
    outcome_free(&o);
    o = run_with("save-screen %\n", path);
    ck_assert_msg(o.good, "%s", o.err);
    ck_assert_uint_eq(count_entries(folder), 1);
    outcome_free(&o);
}
END_TEST

START_TEST(saved_spikes_load_back_the_same)
{
    const char *path = scratch("spikes.csv");
    struct outcome o = run_with("population A n=20 seed=3\ninput A sine frequency=3Hz\nrun 0.7s\n"
                                "save A %\nspikes A\n",
                                path);
    ck_assert_msg(o.good, "%s", o.err);
    char *text = read_file(path);
    ck_assert_msg(text && strlen(text) > 1000 && strcmp(text, o.out) == 0, "saved and printed spikes differ");
    struct outcome loaded = run_with("load % as R\nspikes R\n", path);
    ck_assert_msg(loaded.good, "%s", loaded.err);
    ck_assert_str_eq(loaded.out, o.out);
    ck_assert_msg(strstr(loaded.err, "lifscope: t:1: R: events, comma, header"), "%s", loaded.err);
    outcome_free(&loaded);
    loaded = run_with("load % as R; save R > %2; load %2 as S; spikes S\n", path);
    ck_assert_msg(loaded.good, "%s", loaded.err);
    ck_assert_str_eq(loaded.out, o.out);
    outcome_free(&loaded);
    outcome_free(&o);
    free(text);
}
END_TEST

START_TEST(neurons_load_back_the_same)
{
    const char *path = scratch("neurons.csv");
    struct outcome a = run_with("population A n=10 seed=8 intercepts=-0.5:0.5\nneurons A > %\ninput A 0.4\nrun 0.3s\n"
                                "spikes A\n",
                                path);
    struct outcome b = run_with("population B neurons=@%\ninput B 0.4\nrun 0.3s\nspikes B\n", path);
    ck_assert_msg(a.good && b.good, "%s%s", a.err, b.err);
    ck_assert(strlen(a.out) > 500);
    ck_assert_str_eq(a.out, b.out);
    outcome_free(&b);
    b = run_with("population B neurons=@% n=5\n", path);
    ck_assert_str_eq(b.err, "lifscope: t:1: n=5, but the file of neurons= has 10\n");
    outcome_free(&b);
    b = run_with("population B neurons=@% max_rates=200\n", path);
    ck_assert_str_eq(b.err, "lifscope: t:1: max_rates= and neurons= say the same thing: give one of them\n");
    outcome_free(&b);
    outcome_free(&a);
    write_file(path, "gain,e1\n1,1\n");
    b = run_with("population B neurons=@%\n", path);
    ck_assert_msg(strstr(b.err, "has no column bias: gain, bias and e1 (e2, ...) are needed"), "%s", b.err);
    outcome_free(&b);
}
END_TEST

START_TEST(values_of_each_neuron_come_from_columns)
{
    const char *path = scratch("values.csv");
    write_file(path, "x,intercept,max_rate\n1,-0.5,100\n2,0,150\n3,0.5,200\n");
    struct outcome o = run_with("population A n=3 max_rates=@% intercepts=@% encoders=1,-1,1\nneurons A\n", path);
    ck_assert_msg(o.good, "%s", o.err);
    ck_assert_msg(strstr(o.out, ",100,-0.5,1\n") && strstr(o.out, ",150,0,-1\n") && strstr(o.out, ",200,0.5,1\n"), "%s",
                  o.out);
    outcome_free(&o);
}
END_TEST

START_TEST(inputs_play_columns_back)
{
    const char *path = scratch("x.csv");
    write_file(path, "time,a,x\n0,9,0.25\n0.005,9,-0.5\n");
    struct outcome o = run_with("population A n=1 model=lifrate max_rates=100 intercepts=-1 encoders=1\n"
                                "input A file @% column=x\nrun 8ms\nrates A\n",
                                path);
    ck_assert_msg(o.good, "%s", o.err);
    struct outcome c = run("population A n=1 model=lifrate max_rates=100 intercepts=-1 encoders=1\n"
                           "input A step before=0.25 after=-0.5 at=5ms\nrun 8ms\nrates A\n");
    ck_assert_str_eq(o.out, c.out);
    outcome_free(&c);
    outcome_free(&o);
    o = run_with("population A\ninput A file @% column=y\n", path);
    ck_assert_str_eq(o.err, "lifscope: t:2: column=y: the file has no column of that name; it has time, a, x\n");
    outcome_free(&o);
}
END_TEST

START_TEST(scripts_source_scripts)
{
    const char *path = scratch("inner.txt");
    write_file(path, "\xef\xbb\xbfresponse model=lif J=1 # first\r\n\r\nresponse model=lif J=0");
    struct outcome o = run_with("source %; response model=lif J=0.5", path);
    ck_assert_msg(o.good, "%s", o.err);
    ck_assert_str_eq(o.out, "J,rate,derivative\n1,0,0\nJ,rate,derivative\n0,0,0\nJ,rate,derivative\n0.5,0,0\n");
    outcome_free(&o);
    write_file(path, "response model=lif J=1\nbogus\nresponse model=lif J=0\n");
    o = run_with("source %\nresponse J=0.5", path);
    ck_assert(!o.good);
    ck_assert_msg(strstr(o.err, "inner.txt:2: unknown command 'bogus'"), "%s", o.err);
    ck_assert_msg(strchr(o.err, '\n') == o.err + strlen(o.err) - 1, "more than one message: %s", o.err);
    ck_assert_str_eq(o.out, "J,rate,derivative\n1,0,0\n");
    outcome_free(&o);
    char line[300];
    snprintf(line, sizeof line, "source %s\n", path);
    write_file(path, line);
    o = run(line);
    ck_assert_msg(!o.good && strstr(o.err, "files source one another more than 16 deep"), "%s", o.err);
    outcome_free(&o);
}
END_TEST

START_TEST(quit_ends_a_script_well)
{
    struct outcome o = run("response model=lif J=1; quit; bogus\nbogus\n");
    ck_assert_msg(o.good, "%s", o.err);
    ck_assert_str_eq(o.out, "J,rate,derivative\n1,0,0\n");
    outcome_free(&o);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("command: files", a_table_goes_into_a_file, a_failure_leaves_the_file_as_it_was,
                       saved_spikes_load_back_the_same, neurons_load_back_the_same,
                       values_of_each_neuron_come_from_columns, inputs_play_columns_back, scripts_source_scripts,
                       quit_ends_a_script_well);
}
