#include "export/model.h"

const struct export_engine *const export_engines[] = {&export_brian, &export_nengo};
const size_t export_engine_count = sizeof export_engines / sizeof *export_engines;
