#include "record/choose.h"

#include "record/refuse.h"

/* Nothing fits: the sentence says what the file looks like instead. */
static void explain_misfit(const struct look *look, struct error *error)
{
    size_t numbers = 0, zeros = 0, cells = 0;
    for (size_t c = 0; c < look->columns; c++) {
        numbers += look->column[c].numbers;
        zeros += look->column[c].zeros;
        cells += look->column[c].cells;
    }
    if (cells == 0)
        error_set(error, "there is a header here and no spike under it");
    else if (4 * numbers < cells)
        error_set(error, "there are mostly words here; a table of spikes has times and neurons");
    else if (look->columns == 1)
        error_set(
            error,
            "there is one column here, and its numbers rise and fall like a signal; spikes need a column "
            "of times and one of neurons, or format=cell reads the times of one neuron");
    else if (2 * zeros > cells)
        error_set(error, "mostly zeros, and no column rises as times do; dt=1ms makes each row a sample%s",
                  look->columns > 2 * (look->sample.rows - look->data)
                      ? "; if each row is a neuron, write it the other way round first"
                      : "");
    else
        error_set(error,
                  "no columns of times and neurons are found; columns=time,neuron says where they are, "
                  "format=dense that each column is a neuron, format=trains that each row is");
}

const struct spike_format *choose_format(const struct look *look, const struct load_options *options,
                                         struct error *error)
{
    const struct spike_format *chosen = NULL;
    int best = 0;
    if (options->format)
        return spike_format_find(options->format, error);
    if (options->stimulus && format_dense.private->fit(look, options) > 0)
        return &format_dense; /* only rows that are samples have room for one */
    if (!options->columns && !refuse_check(look, error))
        return NULL;
    for (size_t i = 0; i < spike_format_count; i++) {
        int fit = spike_formats[i]->private->fit(look, options);
        if (fit > best) {
            best = fit;
            chosen = spike_formats[i];
        }
    }
    if (!chosen)
        explain_misfit(look, error);
    return chosen;
}
