#include "about.h"

#include <langinfo.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <gsl/gsl_version.h>

#include "base/cpu.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/shipped.h"
#include "base/text.h"
#include "base/utf8.h"
#include "nef/function.h"
#include "nef/linear.h"
#include "print/writer.h"
#include "term/history.h"
#include "term/prompt.h"
#include "term/screen.h"
#include "text/input.h"

/* A tarball made by `git archive` has the commit here, a tree that git knows is told by the Makefile. */
static const char archived[] = "$Format:%h$";
#ifndef LIFSCOPE_COMMIT
#define LIFSCOPE_COMMIT ""
#endif

static const char *commit(void)
{
    if (archived[0] != '$')
        return archived;
    return *LIFSCOPE_COMMIT ? LIFSCOPE_COMMIT : "unknown";
}

static void add_kernels(struct text *text)
{
    for (size_t i = CPU_SETS; i-- > 0;)
        if (cpu_has(i))
            text_printf(text, "%s%s%s", text->length ? ", " : "", cpu_set_names[i], cpu_set() == i ? " (in use)" : "");
}

void about_version(FILE *out)
{
    struct text kernels = {0};
    add_kernels(&kernels);
    fprintf(out, "lifscope %s\n", LIFSCOPE_VERSION);
    fprintf(out, "commit %s, compiled by %s %s\n", commit(),
#ifdef __clang__
            "clang", __clang_version__
#else
            "gcc", __VERSION__
#endif
    );
    fprintf(out, "kernels: %s\n", text_string(&kernels));
    fprintf(out, "libraries: %s, Readline %s, GSL %s, zlib %s, utf8proc %s, Cairo %s\n", screen_library(),
            prompt_library(), gsl_version, input_library(), utf8_library(), print_library());
    text_free(&kernels);
}

enum verdict { FINE, LESS, FAILS };

/* Says in *finding what is here and, where that is not all it could be, what to do. */
struct look {
    const char *name;
    enum verdict (*look)(struct text *finding);
};

static enum verdict look_terminal(struct text *finding)
{
    const char *term = getenv("TERM");
    if (!isatty(STDOUT_FILENO) || !isatty(STDIN_FILENO)) {
        text_add(finding, "none on standard input and output; commands are read as from a script");
        return LESS;
    }
    if (!term || !*term || strcmp(term, "dumb") == 0) {
        text_printf(finding, "TERM is %s: there will be no screen; export TERM=xterm-256color if it is one like xterm",
                    !term || !*term ? "not set" : "dumb");
        return LESS;
    }
    int colours = screen_colours(term);
    if (colours < 0) {
        text_printf(finding,
                    "TERM=%s is not known here: install its description (Debian: ncurses-term), or export "
                    "TERM=xterm-256color",
                    term);
        return FAILS;
    }
    text_printf(finding, "%s, %d colours", term, colours);
    if (colours < 256)
        text_add(finding,
                 "; with 256 they differ more clearly (export TERM=xterm-256color where the terminal has them)");
    if (getenv("NO_COLOR") && *getenv("NO_COLOR"))
        text_add(finding, "; NO_COLOR is set, so none is used unless --color=always");
    return colours < 256 ? LESS : FINE;
}

static enum verdict look_size(struct text *finding)
{
    struct winsize size = {0};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) {
        text_add(finding, "the terminal does not say its size; 80x24 is taken");
        return LESS;
    }
    text_printf(finding, "%dx%d", size.ws_col, size.ws_row);
    if (size.ws_col >= 80 && size.ws_row >= 24)
        return FINE;
    text_add(finding, ": three panes stand side by side from 80x24 on; make the window larger");
    return LESS;
}

static enum verdict look_locale(struct text *finding)
{
    enum glyph_set glyphs = screen_glyphs();
    if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0) {
        text_printf(finding, "%s: pictures are drawn with ASCII; export LC_ALL=C.UTF-8 for finer ones",
                    nl_langinfo(CODESET));
        return LESS;
    }
    text_printf(finding, "UTF-8, %s",
                glyphs == GLYPHS_BRAILLE ? "pictures are drawn with braille dots (set glyphs=block if they do not show)"
                : glyphs == GLYPHS_BLOCK ? "pictures are drawn with blocks"
                                         : "pictures are drawn with ASCII");
    return FINE;
}

static enum verdict look_processor(struct text *finding)
{
    struct text kernels = {0};
    add_kernels(&kernels);
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    text_printf(finding, "%ld processor%s, kernels %s", count, count == 1 ? "" : "s", text_string(&kernels));
    text_free(&kernels);
    return FINE;
}

static enum verdict look_memory(struct text *finding)
{
    double left = memory_left();
    text_printf(finding, "%.3g GB are left", left / 1e9);
    if (left >= 500e6)
        return FINE;
    text_add(finding, ": large recordings and populations will be refused");
    return LESS;
}

/* 4 x + 2 y = 8, 2 x + 3 y = 8 has the answer 1, 2. */
static enum verdict look_algebra(struct text *finding)
{
    struct error error;
    struct linear *linear = linear_open((struct progress){0}, 1, &error);
    if (!linear) {
        text_add(finding, error.text);
        return FAILS;
    }
    double matrix[] = {4, 2, 2, 3}, x[] = {8, 8};
    bool good = false;
    linear_cholesky(linear, 2, matrix, 1, x, &good, &error);
    linear_close(linear);
    if (good && fabs(x[0] - 1) < 1e-12 && fabs(x[1] - 2) < 1e-12) {
        text_add(finding, "OpenBLAS and LAPACKE are found, and solve");
        return FINE;
    }
    text_printf(
        finding,
        "OpenBLAS gives wrong results here (%g and %g in place of 1 and 2): export OPENBLAS_CORETYPE=Prescott, or "
        "install another version of it",
        x[0], x[1]);
    return FAILS;
}

static enum verdict look_functions(struct text *finding)
{
    struct error error;
    struct function *square = function_new("x^2", 1, &error);
    double x = 3, y = NAN;
    if (square)
        function_value(square, &x, &y);
    function_free(square);
    if (square && fabs(y - 9) < 1e-12) {
        text_add(finding, "muParser works");
        return FINE;
    }
    text_printf(finding, "muParser does not work: %s", square ? "it gives a wrong number" : error.text);
    return FAILS;
}

static enum verdict look_shipped(struct text *finding)
{
    char *directory = shipped_directory();
    enum verdict verdict = directory ? FINE : LESS;
    if (directory)
        text_printf(finding, "scripts and examples are in %s", directory);
    else
        text_add(finding,
                 "scripts and examples are not found: install them (make install), or set LIFSCOPE_DATA to where "
                 "they are");
    free(directory);
    return verdict;
}

static enum verdict look_history(struct text *finding)
{
    char *path = history_path();
    enum verdict verdict = path && history_make(path) && access(path, W_OK) == 0 ? FINE : LESS;
    if (!path)
        text_add(finding, "typed lines are not kept: there is no home, or LIFSCOPE_HISTORY is empty");
    else
        text_printf(finding, verdict == FINE ? "typed lines are kept in %s" : "typed lines cannot be kept in %s", path);
    free(path);
    return verdict;
}

static const struct look looks[] = {
    {"terminal", look_terminal},   {"size", look_size},        {"letters", look_locale},
    {"machine", look_processor},   {"memory", look_memory},    {"algebra", look_algebra},
    {"functions", look_functions}, {"examples", look_shipped}, {"history", look_history},
};

bool about_check(FILE *out)
{
    static const char *const words[] = {[FINE] = "ok", [LESS] = "note", [FAILS] = "fails"};
    bool good = true;
    about_version(out);
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
        struct text finding = {0};
        enum verdict verdict = looks[i].look(&finding);
        fprintf(out, "%-5s  %-9s  %s\n", words[verdict], looks[i].name, text_string(&finding));
        good = good && verdict != FAILS;
        text_free(&finding);
    }
    return good;
}
