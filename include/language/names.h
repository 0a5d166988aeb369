/* Who knows what lines call by name (populations, recordings, streams): the parser checks names with it, completion
 * offers them. The language itself knows none of them and passes the session on unopened. */
#ifndef LANGUAGE_NAMES_H
#define LANGUAGE_NAMES_H

#include <stddef.h>

#include "base/error.h"
#include "language/parameter.h"

struct names {
    /* The one called `name`; NULL with a sentence that lists what there is. */
    struct channel *(*find)(const struct session *session, const char *name, enum channel_wanted wanted,
                            struct error *error);
    /* The one meant when no name is given; NULL with a sentence. */
    struct channel *(*meant)(const struct session *session, enum channel_wanted wanted, struct error *error);
    /* The name of the i-th that fits; NULL behind the last. */
    const char *(*at)(const struct session *session, size_t i, enum channel_wanted wanted);
};

/* From now on and for the whole process; `names` must stay. */
void names_use(const struct names *names);
/* Those in use; before names_use ones that know nothing. */
const struct names *names_used(void);

#endif
