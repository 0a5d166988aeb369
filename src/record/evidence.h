/* The table of evidence: what speaks for a reading of a table and against it, in points. A new hint is a row here. */
#ifndef RECORD_EVIDENCE_H
#define RECORD_EVIDENCE_H

#include "trial.h"

struct evidence {
    const char *name;  /* "time name" */
    const char *about; /* a line for people */
    double (*points)(const struct trial *trial);
};
extern const struct evidence evidence[];
extern const size_t evidence_count; /* EVIDENCE_MOST at most */

#endif
