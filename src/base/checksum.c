#include "base/checksum.h"

#include <stdio.h>

#include "base/patient.h"

#define BASIS UINT64_C(0xcbf29ce484222325)
#define PRIME UINT64_C(0x100000001b3)

bool checksum_of(const char *path, uint64_t *sum)
{
    unsigned char bytes[65536];
    FILE *file = patient_fopen(path);
    *sum = BASIS;
    if (!file)
        return false;
    for (size_t got; (got = fread(bytes, 1, sizeof bytes, file)) > 0;)
        for (size_t i = 0; i < got; i++)
            *sum = (*sum ^ bytes[i]) * PRIME;
    bool good = !ferror(file);
    fclose(file);
    return good;
}
