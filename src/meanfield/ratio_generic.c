/* The steps of the ratio on whatever the compiler may take for granted. */
#include "meanfield/ratio.h"

#include <math.h>

#define TARGET
#include "ratio_kernel.h"

const struct ratio_kernel ratio_generic = {ratio_start, ratio_deep, ratio_series};
