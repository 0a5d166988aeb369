#include "front/open_engine.h"

#include <unistd.h>

#include "wire/remote.h"

/* This program, even when its file has been replaced since it started. */
#define ITSELF "/proc/self/exe"

bool open_engine(const struct options *options, struct port **engine, struct error *error)
{
    const char *const command[] = {access(ITSELF, X_OK) == 0 ? ITSELF : options->program, "--serve", NULL};
    *engine = options->engine_process ? remote_open(command, error) : NULL;
    return *engine || !options->engine_process;
}
