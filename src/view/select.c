#include "view/select.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "base/voice.h"
#include "view/look.h"

/* One row up or down, staying at the ends; from nothing, the middle of what is looked at. */
static void move(struct channel *channel, bool up)
{
    long places = (long)view_rows_places(channel), place = view_rows_place(channel, channel->selected);
    if (places == 0)
        return;
    if (place < 0)
        place = (long)channel->shown.first_row + (long)view_rows_count(channel) / 2;
    else if (up ? place + 1 < places : place > 0)
        place += up ? 1 : -1;
    channel->selected = (long)view_rows_neuron(channel, (size_t)place);
}

bool view_select(struct channel *channel, const char *which, struct error *error)
{
    view_rows_fit(channel);
    if (strcmp(which, "none") == 0) {
        channel->selected = -1;
        return true;
    }
    if (strcmp(which, "next") == 0 || strcmp(which, "prev") == 0) {
        move(channel, which[0] == 'n');
        view_rows_reveal(channel);
        return true;
    }
    long neuron = channel_neuron(channel, which, error);
    if (neuron < 0)
        return false;
    channel->selected = neuron;
    view_rows_reveal(channel);
    return true;
}

/* ", encoder (0.71, -0.71)"; the first ones of many. */
static void describe_encoder(const struct population *population, size_t i, struct text *out)
{
    enum { MOST = 6 };
    for (size_t d = 0; d < population->dims && d < MOST; d++)
        text_printf(out, "%s%.3g", d ? ", " : ", encoder (", population->encoders[d * population->padded + i]);
    if (population->dims > MOST)
        text_printf(out, ", ... %zu in all", population->dims);
    text_add(out, ")");
}

static void describe_live(const struct population *population, size_t i, struct text *out)
{
    text_printf(out, "neuron %zu: gain %.3g, bias %.3g", i, population->gain[i], population->bias[i]);
    if (population->dims == 1)
        text_printf(out, ", encoder %+.3g", population->encoders[i]);
    else
        describe_encoder(population, i, out);
    char rate[NUMBER_HUMAN];
    text_printf(out, ", max rate %s Hz, intercept %.3g", number_round(rate, population->max_rate[i], 3),
                population->intercept[i]);
}

static void describe_spikes(const struct channel *channel, size_t i, struct text *out)
{
    struct spike_source source = channel_source(channel);
    struct time_span record;
    double pair[2];
    char number[NUMBER_HUMAN], count[NUMBER_COUNTED];
    if (source.neurons == 0 || !source_extent(&source, &record))
        return;
    if (channel->population)
        span_since(&record, channel->changed);
    size_t spikes = source_train(&source, (uint32_t)i, span_low(&record), span_high(&record), pair, 2);
    text_printf(out, "%s%s", channel->population ? "; " : ": ", number_counted(count, spikes, "spike"));
    if (channel->population && spikes >= 2 && record.to - pair[1] <= 2 * (pair[1] - pair[0]))
        text_printf(out, ", %s Hz now", number_round(number, 1 / (pair[1] - pair[0]), 3));
    else if (channel->population && spikes > 0)
        text_printf(out, ", silent since t = %s s", number_round(number, pair[spikes > 1 ? 1 : 0], 4));
    else if (!channel->population && span_length(&record) > 0)
        text_printf(out, ", %s Hz mean", number_round(number, source_rate(&source, (uint32_t)i, &record), 3));
}

void view_select_say(struct look *look, const struct channel *channel)
{
    struct text about = {0};
    char label[64];
    if (channel->selected < 0) {
        voice_say(&look->rig->voice, "%s: no neuron is selected", channel->name);
        return;
    }
    size_t i = (size_t)channel->selected;
    if (channel->population)
        describe_live(channel->population, i, &about);
    else
        text_printf(&about, "unit %s", channel_label(channel, i, label, sizeof label));
    describe_spikes(channel, i, &about);
    if (view_rows_place(channel, channel->selected) < 0)
        text_printf(&about, "; it has no row now, show %s all gives it one", channel->name);
    voice_say(&look->rig->voice, "%s", text_string(&about));
    text_free(&about);
}
