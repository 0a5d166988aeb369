/* The only file that knows muParser, through its C interface. Its variables point into function->x. It gives
 * codes and positions; the sentences are made here. */
#include "nef/function.h"

#include <dlfcn.h>
#include <math.h>
#include <muParserDLL.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/xalloc.h"

#define PARSER_BYTES ((size_t)256 << 10) /* what a parser takes, about */

struct function {
    muParserHandle_t parser;
    bool identity;
    char *text;
    size_t dims, outputs;
    double *x; /* [dims], what the expression's variables are bound to */
};

const char function_names[] =
    "abs, sign, sqrt, cbrt, exp, log, ln, log2, log10, sin, cos, tan, asin, acos, atan, atan2, "
    "sinh, cosh, tanh, asinh, acosh, atanh, floor, ceil, rint, mod, min, max, sum, avg";

/* muParser's error codes (muParserError.h has them for C++ only). */
enum {
    CODE_UNEXPECTED_OPERATOR = 0,
    CODE_UNKNOWN_NAME = 1,
    CODE_UNEXPECTED_END = 2,
    CODE_UNEXPECTED_COMMA = 3,
    CODE_UNEXPECTED_ARGUMENT = 4,
    CODE_UNEXPECTED_VALUE = 5,
    CODE_UNEXPECTED_VARIABLE = 6,
    CODE_UNEXPECTED_PARENTHESIS = 7,
    CODE_MISSING_PARENTHESIS = 11,
    CODE_TOO_MANY_ARGUMENTS = 14,
    CODE_TOO_FEW_ARGUMENTS = 15,
    CODE_MISSING_ELSE = 33,
};

/* Without a handler of one's own muParser writes to the error stream. */
static void keep_quiet(muParserHandle_t parser)
{
    (void)parser;
}

static void define_names(struct function *f)
{
    muParserHandle_t p = f->parser;
    char name[24];
    mupClearConst(p); /* _pi has twelve digits only */
    mupDefineConst(p, "pi", 3.14159265358979323846);
    mupDefineConst(p, "e", 2.71828182845904523536);
    mupDefineFun1(p, "floor", floor, 1);
    mupDefineFun1(p, "ceil", ceil, 1);
    mupDefineFun2(p, "mod", fmod, 1);
    for (size_t d = 0; d < f->dims; d++) {
        snprintf(name, sizeof name, "x%zu", d + 1);
        mupDefineVar(p, name, &f->x[d]);
    }
    if (f->dims == 1)
        mupDefineVar(p, "x", &f->x[0]);
}

/* ---- mistakes ---- */

static void variables(const struct function *f, char *out, size_t size)
{
    if (f->dims == 1)
        snprintf(out, size, "x");
    else
        snprintf(out, size, f->dims == 2 ? "x1, x%zu" : "x1 to x%zu", f->dims);
}

static bool unknown_name(const struct function *f, const char *token, size_t place, struct error *error)
{
    char known[40];
    variables(f, known, sizeof known);
    return error_set(error,
                     "function %.60s: position %zu: '%.20s' is not known; %s, pi, e, numbers, + - * / ^ and %s are",
                     f->text, place, token, known, function_names);
}

static const char *say_code(int code)
{
    switch (code) {
    case CODE_UNEXPECTED_OPERATOR:
        return "an operator that nothing stands before";
    case CODE_UNEXPECTED_COMMA:
        return "a comma that parts nothing";
    case CODE_UNEXPECTED_ARGUMENT:
        return "parentheses here hold one value; outputs are parted by commas outside of them";
    case CODE_UNEXPECTED_VALUE:
    case CODE_UNEXPECTED_VARIABLE:
        return "an operator is missing before it, such as *";
    case CODE_UNEXPECTED_PARENTHESIS:
        return "a parenthesis too many, or one that nothing stands in";
    case CODE_MISSING_PARENTHESIS:
        return "a parenthesis is not closed";
    case CODE_TOO_MANY_ARGUMENTS:
        return "too many arguments";
    case CODE_TOO_FEW_ARGUMENTS:
        return "too few arguments";
    case CODE_MISSING_ELSE:
        return "c ? a : b needs its ':'";
    default:
        return "this cannot be understood";
    }
}

/* Positions count from 1; a mistake at the end stands behind the last sign. */
static bool explain(const struct function *f, struct error *error)
{
    int code = mupGetErrorCode(f->parser), at = mupGetErrorPos(f->parser);
    size_t length = strlen(f->text), place = at < 0 || (size_t)at > length ? length + 1 : (size_t)at + 1;
    char token[40];
    snprintf(token, sizeof token, "%s", mupGetErrorToken(f->parser));
    for (size_t end = strlen(token); end > 0 && token[end - 1] == ' '; end--)
        token[end - 1] = '\0';
    if (code == CODE_UNKNOWN_NAME)
        return unknown_name(f, token, place, error);
    size_t end = strlen(f->text);
    while (end > 0 && f->text[end - 1] == ' ')
        end--;
    if (code == CODE_UNEXPECTED_END && end > 0)
        return error_set(error, "function %.60s: something is missing after %c", f->text, f->text[end - 1]);
    return error_set(error, "function %.60s: position %zu%s%s%s: %s", f->text, place, token[0] ? ", '" : "", token,
                     token[0] ? "'" : "", say_code(code));
}

/* "x=3" would overwrite x for all that follows. */
static bool refuse_assignment(const char *text, struct error *error)
{
    for (const char *c = text; *c; c++) {
        if (c[0] == '=' && c[1] == '=') {
            c++;
            continue;
        }
        if (*c == '=' && (c == text || !strchr("<>!", c[-1])))
            return error_set(error, "function %.60s: position %zu: '=' compares nothing; == does", text,
                             (size_t)(c - text) + 1);
    }
    return true;
}

static bool check_text(const char *text, struct error *error)
{
    size_t length = strlen(text);
    for (const char *c = text; *c; c++)
        if ((unsigned char)*c < ' ' && *c != '\t')
            return error_set(error, "a function has a sign that cannot be seen at position %zu",
                             (size_t)(c - text) + 1);
    if (strspn(text, " \t") == length)
        return error_set(error, "a function is an expression in x, such as x^2 or sin(pi*x), and there is nothing");
    if (length > FUNCTION_TEXT_MAX)
        return error_set(error, "a function of %zu signs is too long; %d are possible", length, FUNCTION_TEXT_MAX);
    return refuse_assignment(text, error);
}

static bool compile(struct function *f, struct error *error)
{
    int outputs = 0;
    mupSetExpr(f->parser, f->text);
    mupEvalMulti(f->parser, &outputs);
    if (mupError(f->parser))
        return explain(f, error);
    f->outputs = (size_t)outputs;
    if (outputs < 1 || outputs > FUNCTION_OUTPUTS_MAX)
        return error_set(error, "function %.60s has %d outputs; 1 to %d are possible", f->text, outputs,
                         FUNCTION_OUTPUTS_MAX);
    return true;
}

/* All of x: "x1, x2, x3". */
static char *identity_text(size_t dims)
{
    struct text text = {0};
    for (size_t d = 0; d < dims; d++)
        text_printf(&text, d ? ", x%zu" : "x%zu", d + 1);
    return text.bytes;
}

static bool same_but_blanks(const char *a, const char *b)
{
    for (; *a || *b; a++, b++) {
        a += strspn(a, " \t");
        b += strspn(b, " \t");
        if (*a != *b || !*a)
            return *a == *b;
    }
    return true;
}

/* muParser is C++, and its exception for a lack of memory would end a program in C. C++ asks a handler first, and then
 * once more for the memory; std::set_new_handler is found by the name that linkers know it by. */
static void want_memory(void)
{
    xalloc_short(PARSER_BYTES);
}

static void handle_shortage(void)
{
    void (*(*set_handler)(void (*)(void)))(void);
    void *address = dlsym(RTLD_DEFAULT, "_ZSt15set_new_handlerPFvvE");
    memcpy(&set_handler, &address, sizeof set_handler);
    if (set_handler)
        set_handler(want_memory);
    free(xalloc(PARSER_BYTES)); /* rather here than in the middle of it */
}

struct function *function_new(const char *text, size_t dims, struct error *error)
{
    if (!check_text(text, error))
        return NULL;
    struct function *f = xcalloc(1, sizeof *f);
    f->dims = dims;
    char *all = identity_text(dims);
    f->text = xstrdup(dims > 1 && strcmp(text, "x") == 0 ? all : text);
    f->identity = same_but_blanks(f->text, all) || (dims == 1 && same_but_blanks(f->text, "x"));
    free(all);
    f->x = xcalloc(dims, sizeof *f->x);
    handle_shortage();
    f->parser = mupCreate(muBASETYPE_FLOAT);
    mupSetErrorHandler(f->parser, keep_quiet);
    define_names(f);
    if (compile(f, error))
        return f;
    function_free(f);
    return NULL;
}

void function_free(struct function *f)
{
    if (!f)
        return;
    mupRelease(f->parser);
    free(f->x);
    free(f->text);
    free(f);
}

const char *function_text(const struct function *f)
{
    return f->text;
}

size_t function_dims(const struct function *f)
{
    return f->dims;
}

size_t function_outputs(const struct function *f)
{
    return f->outputs;
}

bool function_is_identity(const struct function *f)
{
    return f->identity;
}

void function_value(struct function *f, const double *x, double *y)
{
    int outputs = 0;
    memcpy(f->x, x, f->dims * sizeof *x);
    const double *value = mupEvalMulti(f->parser, &outputs);
    memcpy(y, value, f->outputs * sizeof *y);
}

static bool not_finite(const struct function *f, const double *x, double y, struct error *error)
{
    char at[200];
    size_t used = 0;
    for (size_t d = 0; d < f->dims && used + 40 < sizeof at; d++) {
        used += (size_t)snprintf(at + used, sizeof at - used,
                                 f->dims == 1 ? "x = "
                                 : d          ? ", x%zu = "
                                              : "x%zu = ",
                                 d + 1);
        used += (size_t)snprintf(at + used, sizeof at - used, "%.6g", x[d]);
    }
    return error_set(error, "function %.100s is %s at %s; c ? a : b can give it a value there", f->text,
                     isnan(y) ? "not a number" : "infinite", at);
}

bool function_values(struct function *f, const double *x, size_t count, double *y, struct error *error)
{
    double value[FUNCTION_OUTPUTS_MAX];
    for (size_t k = 0; k < count; k++) {
        function_value(f, x + k * f->dims, value);
        for (size_t o = 0; o < f->outputs; o++) {
            if (!isfinite(value[o]))
                return not_finite(f, x + k * f->dims, value[o], error);
            y[o * count + k] = value[o];
        }
    }
    return true;
}
