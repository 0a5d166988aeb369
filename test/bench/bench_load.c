/* Loading ten million events (about 140 MB) against libcsv splitting the same file into fields and doing nothing with
 * them, in alternation and by processor time, so that other programs disturb little; and the memory that loading takes.
 * The same for events in any order. The file is made in /tmp and removed. Prints, never fails. */
#include <csv.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "record/format.h"

#define EVENTS 10000000
#define UNITS 1000
#define ROUNDS 5

/* In the order of time, or mixed all over. */
static void make_file(const char *path, bool mixed)
{
    FILE *file = fopen(path, "w");
    uint64_t state = 7, tick = 0;
    if (!file) {
        perror(path);
        exit(EXIT_FAILURE);
    }
    fputs("time,neuron\n", file);
    for (size_t i = 0; i < EVENTS; i++) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        tick =
            mixed ? (state >> 20) % (EVENTS * 15ull / 2) : tick + (state >> 60); /* of 10 us, 7.5 a spike on average */
        fprintf(file, "%llu.%05llu,%u\n", (unsigned long long)(tick / 100000), (unsigned long long)(tick % 100000),
                (unsigned)(state >> 32) % UNITS);
    }
    fclose(file);
}

static void count_field(void *bytes, size_t length, void *context)
{
    (void)bytes;
    *(size_t *)context += length;
}

static void count_row(int mark, void *context)
{
    (void)mark;
    ++*(size_t *)context;
}

static double processor_seconds(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

static double time_bare(const char *path)
{
    static char bytes[256 << 10];
    struct csv_parser parser;
    size_t count = 0, got;
    double start = processor_seconds();
    FILE *file = fopen(path, "r");
    csv_init(&parser, 0);
    while ((got = fread(bytes, 1, sizeof bytes, file)) > 0)
        csv_parse(&parser, bytes, got, count_field, count_row, &count);
    csv_fini(&parser, count_field, count_row, &count);
    csv_free(&parser);
    fclose(file);
    return processor_seconds() - start;
}

static double peak_bytes(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_maxrss * 1024;
}

struct measured {
    double seconds, bytes;
};

static struct measured measure_load(const char *path, bool first)
{
    struct text said = {0};
    struct error error = {""};
    double before = peak_bytes(), start = processor_seconds();
    struct recording *r = recording_load(path, &(struct load_options){0}, &said, &error);
    struct measured measured = {processor_seconds() - start, peak_bytes() - before};
    if (!r)
        fprintf(stderr, "%s\n", error.text);
    else if (first)
        printf("load: %.*s\n", (int)strcspn(text_string(&said), "\n"), text_string(&said));
    recording_free(r);
    text_free(&said);
    return measured;
}

static struct measured measure_bare(const char *path, bool first)
{
    (void)first;
    return (struct measured){time_bare(path), 0};
}

/* In a process of its own, whose heap is as empty as that of a program that has just started. */
static struct measured measure(struct measured (*what)(const char *path, bool first), const char *path, bool first)
{
    struct measured measured = {0, 0};
    int ends[2];
    fflush(stdout);
    if (pipe(ends) != 0)
        exit(EXIT_FAILURE);
    pid_t child = fork();
    if (child == 0) {
        measured = what(path, first);
        fflush(stdout);
        _exit(write(ends[1], &measured, sizeof measured) == sizeof measured ? EXIT_SUCCESS : EXIT_FAILURE);
    }
    close(ends[1]);
    if (read(ends[0], &measured, sizeof measured) != sizeof measured)
        fprintf(stderr, "a measurement failed\n");
    close(ends[0]);
    waitpid(child, NULL, 0);
    return measured;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(void)
{
    char path[] = "/tmp/lifscope-bench-XXXXXX";
    double bare[ROUNDS], load[ROUNDS], ratio[ROUNDS], bytes = 0;
    close(mkstemp(path));
    make_file(path, false);
    struct stat facts;
    stat(path, &facts);
    for (size_t k = 0; k < ROUNDS; k++) {
        struct measured loaded = measure(measure_load, path, k == 0);
        bare[k] = measure(measure_bare, path, false).seconds;
        load[k] = loaded.seconds;
        ratio[k] = bare[k] / load[k];
        bytes = loaded.bytes;
    }
    qsort(bare, ROUNDS, sizeof *bare, by_value);
    qsort(load, ROUNDS, sizeof *load, by_value);
    qsort(ratio, ROUNDS, sizeof *ratio, by_value);
    printf("load, %d events, %.0f MB: %.2f s, bare libcsv %.2f s: %.2f of its speed; %.1f bytes an event at the peak\n",
           EVENTS, (double)facts.st_size / 1e6, load[ROUNDS / 2], bare[ROUNDS / 2], ratio[ROUNDS / 2], bytes / EVENTS);
    make_file(path, true);
    struct measured mixed = measure(measure_load, path, true);
    printf("load, %d events in any order: %.2f s; %.1f bytes an event at the peak\n", EVENTS, mixed.seconds,
           mixed.bytes / EVENTS);
    unlink(path);
    return EXIT_SUCCESS;
}
