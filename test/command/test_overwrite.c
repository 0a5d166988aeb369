/* No writer touches a file that this session has read, under any of its names, unless overwrite=on is said. */
#include "run.h"

#include <fcntl.h>

#include "base/text.h"

static const char spikes[] = "time,neuron\n0.1,a\n0.2,b\n0.3,a\n";

/* "%" becomes the path, "&" the other one. */
static struct outcome run_two(const char *format, const char *path, const char *other, bool person)
{
    struct text lines = {0};
    for (const char *c = format; *c; c++)
        if (*c == '%' || *c == '&')
            text_add(&lines, *c == '%' ? path : other);
        else
            text_append(&lines, c, 1);
    struct outcome outcome = {0};
    size_t sizes[2];
    struct session_options options = {.width = 80, .height = 24, .interactive = person};
    options.out = open_memstream(&outcome.out, &sizes[0]);
    options.err = open_memstream(&outcome.err, &sizes[1]);
    struct session *session = session_new(&options, &all_commands);
    outcome.good = true;
    for (char *line = lines.bytes; outcome.good && line && *line;) {
        char *end = strchr(line, '\n');
        if (end)
            *end++ = '\0';
        outcome.good = session_line(session, line, person ? NULL : "t", 1);
        line = end;
    }
    session_free(session);
    fclose(options.out);
    fclose(options.err);
    text_free(&lines);
    return outcome;
}

static void expect_kept(const char *path, const char *before, const struct outcome *o, const char *how)
{
    char *now = read_file(path);
    ck_assert_msg(!o->good && strstr(o->err, "this session has read this file; overwrite=on writes over it"),
                  "%s: not refused but: %s", how, o->err);
    ck_assert_msg(now && strcmp(now, before) == 0, "%s: the file holds %s", how, now);
    free(now);
}

/* Everything that reads a file, and what that file holds. */
static const struct {
    const char *read, *content;
} readers[] = {
    {"load % as R", spikes},
    {"follow % as R", spikes},
    {"population B neurons=@%", "gain,bias,e1\n1,1,1\n2,1,-1\n"},
    {"population B n=2 max_rates=@%", "max_rates\n100\n120\n"},
    {"population B n=2 encoders=@%", "e1\n1\n-1\n"},
    {"population B n=2\ninput B file @%", "time,x\n0,0\n1,1\n"},
    {"inject current=@% model=lif", "J\n1\n2\n"},
    {"response J=@%", "J\n1\n2\n"},
    {"population B n=5\ndecoders B eval_points=@%", "x1\n0\n0.5\n1\n-1\n-0.5\n"},
    {"load & as S stimulus=@%", "time,x\n0,0\n1,1\n"},
    {"load & as S\nstimulus S @%", "time,x\n0,0\n1,1\n"},
    {"load & as S\nsort S @%", "neuron,value\na,2\nb,1\n"},
    {"source %", "seed 7\n"},
};

START_TEST(every_reader_is_known)
{
    const char *path = scratch("own.csv"), *other = scratch("other.csv");
    write_file(other, spikes);
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
        char lines[400];
        write_file(path, readers[i].content);
        snprintf(lines, sizeof lines, "%s", readers[i].read);
        struct outcome o = run_two(lines, path, other, false);
        ck_assert_msg(o.good, "%s: %s", readers[i].read, o.err);
        outcome_free(&o);
        snprintf(lines, sizeof lines, "%s\nresponse J=1 > %%", readers[i].read);
        o = run_two(lines, path, other, false);
        expect_kept(path, readers[i].content, &o, readers[i].read);
        outcome_free(&o);
    }
}
END_TEST

static const char *const writers[] = {"stats R > %",   "save R %",        "save R > %", "save R % format=dense",
                                      "save-screen %", "save-screen > %", "list > %"};

START_TEST(every_writer_asks)
{
    const char *path = scratch("own.csv");
    for (size_t i = 0; i < sizeof writers / sizeof *writers; i++) {
        char lines[200];
        write_file(path, spikes);
        snprintf(lines, sizeof lines, "load %% as R\n%s", writers[i]);
        struct outcome o = run_two(lines, path, "", false);
        expect_kept(path, spikes, &o, writers[i]);
        outcome_free(&o);
        snprintf(lines, sizeof lines, "load %% as R\n%s overwrite=on\n%s", writers[i], writers[i]);
        o = run_two(lines, path, "", false);
        char *now = read_file(path);
        ck_assert_msg(o.good && now, "%s: %s", lines, o.err);
        ck_assert_msg(strcmp(now, spikes) != 0 || strstr(writers[i], "save R"), "%s wrote nothing", writers[i]);
        free(now);
        outcome_free(&o);
    }
}
END_TEST

/* As a link, a hard link, by a roundabout way, in another spelling of the path, and after it was renamed. */
START_TEST(a_file_is_known_by_all_its_names)
{
    const char *path = scratch("own.csv"), *link_name = scratch("link.csv");
    for (int way = 0; way < 4; way++) {
        const char *name = link_name;
        char dots[300];
        unlink(link_name);
        write_file(path, spikes);
        if (way == 0)
            ck_assert_int_eq(symlink(path, link_name), 0);
        else if (way == 1)
            ck_assert_int_eq(link(path, link_name), 0);
        else
            snprintf(dots, sizeof dots, "%s/../%s/./own.csv", scratch_folder, strrchr(scratch_folder, '/') + 1);
        if (way >= 2)
            name = dots;
        struct outcome o =
            run_two(way == 3 ? "load & as R\nstats R > %" : "load % as R\nstats R > &", path, name, false);
        expect_kept(path, spikes, &o, name);
        outcome_free(&o);
    }
}
END_TEST

START_TEST(what_an_editor_put_there_is_the_same_file)
{
    const char *path = scratch("own.csv"), *fresh = scratch("fresh.csv"), *script = scratch("s.lif");
    char line[400];
    struct session_options options = {.out = fopen("/dev/null", "w"), .err = fopen("/dev/null", "w")};
    struct session *session = session_new(&options, &all_commands);
    write_file(path, spikes);
    write_file(script, "");
    snprintf(line, sizeof line, "load %s as R", path);
    ck_assert(session_line(session, line, "t", 1));
    write_file(fresh, "time,neuron\n0.5,a\n");
    ck_assert_int_eq(rename(fresh, path), 0);
    snprintf(line, sizeof line, "stats R > %s", path);
    ck_assert(!session_line(session, line, "t", 1));
    ck_assert_int_eq(unlink(path), 0); /* nothing is left that could be lost */
    ck_assert(session_line(session, line, "t", 1));
    session_free(session);
    fclose(options.out);
    fclose(options.err);
}
END_TEST

/* The number of a file that is gone is soon another file's. */
START_TEST(a_new_file_is_not_taken_for_one_that_is_gone)
{
    for (int i = 0; i < 20; i++) {
        const char *path = scratch("own.csv"), *other = scratch("other.csv"), *third = scratch("third.csv");
        write_file(path, spikes);
        char line[600];
        struct session_options options = {.out = fopen("/dev/null", "w"), .err = fopen("/dev/null", "w")};
        struct session *session = session_new(&options, &all_commands);
        snprintf(line, sizeof line, "load %s as R", path);
        ck_assert(session_line(session, line, "t", 1));
        unlink(path);
        write_file(other, "something else\n");
        snprintf(line, sizeof line, "stats R > %s; stats R > %s; stats R > %s", other, third, third);
        ck_assert(session_line(session, line, "t", 1));
        unlink(other);
        unlink(third);
        session_free(session);
        fclose(options.out);
        fclose(options.err);
    }
}
END_TEST

START_TEST(results_are_written_again)
{
    const char *path = scratch("result.csv");
    write_file(path, "yesterday's\n");
    for (int i = 0; i < 2; i++) {
        struct outcome o =
            run_two("response J=1 > %\nresponse J=2 > %\nsave-screen %\nresponse J=2 > %", path, "", false);
        ck_assert_msg(o.good, "%s", o.err);
        outcome_free(&o);
    }
    /* What stood there was read and given up: the file is this session's own now. */
    struct outcome o = run_two("response J=@% overwrite=on > %\nresponse J=1 > %", path, "", false);
    ck_assert_msg(o.good, "%s", o.err);
    outcome_free(&o);
}
END_TEST

START_TEST(a_person_keeps_what_was_there)
{
    const char *path = scratch("notes.txt"), *script = scratch("s.lif");
    write_file(path, "notes\n");
    struct outcome o = run_two("response J=1 > %", path, "", true);
    ck_assert_msg(!o.good && strstr(o.err, "notes.txt: this file is there already; overwrite=on writes over it"), "%s",
                  o.err);
    outcome_free(&o);
    o = run_two("save-screen %", path, "", true);
    ck_assert(!o.good);
    outcome_free(&o);
    o = run_two("response J=1 > % overwrite=on\nresponse J=2 > %\nresponse J=3 > /dev/null\nresponse J=3 > /dev/null",
                path, "", true);
    ck_assert_msg(o.good, "%s", o.err);
    outcome_free(&o);
    /* A file of commands is a script also when a person has it run. */
    char line[300];
    snprintf(line, sizeof line, "response J=4 > %s\n", path);
    write_file(script, line);
    o = run_two("source &", path, script, true);
    ck_assert_msg(o.good, "%s", o.err);
    outcome_free(&o);
}
END_TEST

START_TEST(a_file_that_somebody_changed_since_is_not_ours)
{
    const char *path = scratch("r.csv");
    struct session_options options = {
        .interactive = true, .out = fopen("/dev/null", "w"), .err = fopen("/dev/null", "w")};
    struct session *session = session_new(&options, &all_commands);
    char line[300];
    snprintf(line, sizeof line, "response J=1 > %s", path);
    ck_assert(session_line(session, line, NULL, 0));
    ck_assert(session_line(session, line, NULL, 0));
    struct timespec times[2] = {{0, 0}, {1000, 0}}; /* written to at another time */
    ck_assert_int_eq(utimensat(AT_FDCWD, path, times, 0), 0);
    ck_assert(!session_line(session, line, NULL, 0));
    session_free(session);
    fclose(options.out);
    fclose(options.err);
}
END_TEST

START_TEST(devices_and_pipes_are_no_files)
{
    const char *path = scratch("own.csv"), *fifo = scratch("fifo");
    write_file(path, spikes);
    struct outcome o =
        run_two("load % as R\nstats R > /dev/null\nstats R > /dev/null\nload /dev/null as N\n", path, "", false);
    ck_assert_msg(strstr(o.err, "overwrite") == NULL, "%s", o.err);
    outcome_free(&o);
    ck_assert_int_eq(mkfifo(fifo, 0600), 0);
    int keeps_open = open(fifo, O_RDWR);
    o = run_two("response J=1 > &\nresponse J=1 > &", path, fifo, true);
    ck_assert_msg(o.good, "%s", o.err);
    outcome_free(&o);
    close(keeps_open);
}
END_TEST

START_TEST(the_key_belongs_to_the_file)
{
    expect_error("response J=1 overwrite=on",
                 "unknown key 'overwrite': one of model, J, tau_rc, tau_ref, sigma, amplitude, gain");
    const char *path = scratch("t.csv");
    struct outcome o =
        run_two("response J=1 overwrite=on > %\nresponse J=1 > % over=on\nlist > % overwrite=off", path, "", false);
    ck_assert_msg(o.good, "%s", o.err);
    outcome_free(&o);
}
END_TEST

START_TEST(save_says_what_it_leaves_out)
{
    const char *path = scratch("rich.csv"), *saved = scratch("saved.csv");
    write_file(path, "time,neuron,amplitude,width\n0.1,1,-50.5,3\n0.2,2,-40,3\n0.3,1,-51,4\n");
    struct outcome o = run_two("load % as R\nsave R &", path, saved, false);
    ck_assert_msg(o.good && strstr(o.err, "rich.csv had more columns than are saved: without amplitude, width"), "%s",
                  o.err);
    outcome_free(&o);
    write_file(path, "time,unit\n0.1,1\n0.2,2\n0.3,1\n");
    o = run_two("load % as R\nsave R &", path, saved, false);
    ck_assert_msg(o.good && !strstr(o.err, "columns than"), "%s", o.err);
    outcome_free(&o);
    write_file(path, "t,x,n0,n1\n0.001,0.5,1,0\n0.002,0.25,0,1\n0.003,0.1,1,1\n");
    o = run_two("load % as R format=dense stimulus=x\nsave R &", path, saved, false);
    ck_assert_msg(o.good && strstr(o.err, "without x"), "%s", o.err);
    outcome_free(&o);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("command: overwrite", every_reader_is_known, every_writer_asks, a_file_is_known_by_all_its_names,
                       what_an_editor_put_there_is_the_same_file, a_new_file_is_not_taken_for_one_that_is_gone,
                       results_are_written_again, a_person_keeps_what_was_there,
                       a_file_that_somebody_changed_since_is_not_ours, devices_and_pipes_are_no_files,
                       the_key_belongs_to_the_file, save_says_what_it_leaves_out);
}
