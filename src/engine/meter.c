#include "engine/meter.h"

#define METER_EVERY 0.07 /* s; METER_SLOTS of them are about a second */

void meter_restart(struct meter *meter)
{
    meter->count = 0;
}

void meter_sample(struct meter *meter, double now, double time)
{
    if (meter->count > 0 && now - meter->clock[(meter->count - 1) % METER_SLOTS] < METER_EVERY)
        return;
    meter->clock[meter->count % METER_SLOTS] = now;
    meter->time[meter->count % METER_SLOTS] = time;
    meter->count++;
}

double meter_reached(const struct meter *meter)
{
    if (meter->count < 2)
        return 0;
    size_t last = (meter->count - 1) % METER_SLOTS, first = meter->count > METER_SLOTS ? meter->count % METER_SLOTS : 0;
    double elapsed = meter->clock[last] - meter->clock[first];
    return elapsed > 0 ? (meter->time[last] - meter->time[first]) / elapsed : 0;
}
