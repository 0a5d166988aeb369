#include "command/rate_words.h"

#include "model/rate.h"

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
