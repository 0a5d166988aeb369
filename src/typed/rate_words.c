#include "typed/rate_words.h"

#include "model/rate.h"
#include "signal/isi.h"
#include "signal/kernel.h"

static const char *rate_name(const void *list, size_t i)
{
    (void)list;
    return rate_curves[i]->name;
}

struct word_list rate_words(const struct session *session)
{
    (void)session;
    return (struct word_list){"curve", rate_curve_count, rate_name, NULL};
}

struct word_list rate_method_words(const struct session *session)
{
    static const char *const names[] = {[RATE_ISI] = "isi", [RATE_KERNEL] = "kernel"};
    (void)session;
    return (struct word_list){"method", sizeof names / sizeof *names, word_plain, names};
}

static const char *interp_name(const void *list, size_t i)
{
    (void)list;
    return isi_interps[i]->name;
}

struct word_list rate_interp_words(const struct session *session)
{
    (void)session;
    return (struct word_list){"interpolation", isi_interp_count, interp_name, NULL};
}

static const char *kernel_name(const void *list, size_t i)
{
    (void)list;
    return rate_kernels[i]->name;
}

struct word_list rate_kernel_words(const struct session *session)
{
    (void)session;
    return (struct word_list){"kernel", rate_kernel_count, kernel_name, NULL};
}
