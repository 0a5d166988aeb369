/* A copy shares what never changes, neurons and recordings, and has the record as it is now. */
#include "session/beside.h"

#include <stdlib.h>

#include "base/xalloc.h"
#include "language/command.h"
#include "rig/live.h"
#include "session/job.h"
#include "session/session.h"

struct beside {
    const struct command *command;
    const struct arguments *arguments;
    struct channel *copy[ROWS_MAX]; /* of the channel of a row, or NULL; owned */
};

static bool work_beside(void *own, struct sheet *sheet, struct progress progress, struct error *error)
{
    const struct beside *beside = own;
    return beside->command->work(beside->arguments, sheet, progress, error);
}

static void free_beside(void *own)
{
    struct beside *beside = own;
    for (size_t i = 0; i < ROWS_MAX; i++)
        channel_free(beside->copy[i]);
    free(beside);
}

bool beside_run(struct session *session, struct arguments *arguments, struct sheet *sheet, struct error *error)
{
    const struct command *command = arguments->command;
    live_drain(&session->rig);
    if (command->check && !command->check(session, arguments, error))
        return false;
    struct beside *beside = xcalloc(1, sizeof *beside);
    beside->command = command;
    beside->arguments = arguments;
    for (size_t i = 0; i < arguments->set.count; i++)
        if (arguments->value[i].channel && !arguments->value[i].channel->wired)
            arguments->value[i].channel = beside->copy[i] = channel_frozen(arguments->value[i].channel);
    return session_job(session, &(struct job){command->beside, false, beside, work_beside, NULL, free_beside}, sheet,
                       error);
}
