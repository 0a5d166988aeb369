/* How the tables with a column for each neuron begin, and who has none. */
#include "table/labels.h"

bool labels_begin(struct sheet *sheet, const struct channel *channel, const char *first, struct error *error)
{
    char label[32];
    if (!sheet_begin(sheet, error))
        return false;
    sheet_text(sheet, first);
    for (size_t i = 0; i < channel_neurons(channel); i++)
        sheet_text(sheet, channel_label(channel, i, label, sizeof label));
    sheet_row(sheet);
    return true;
}

bool labels_need_spikes(const struct channel *channel, const char *instead, struct error *error)
{
    if (!channel->population || channel->population->model->advance)
        return true;
    return error_set(error, "%s is a population of %s rate neurons, which do not spike; %s", channel->name,
                     channel->population->model->title, instead);
}
