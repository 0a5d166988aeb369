/* A name is cut into its letters and digits, in lower case, and a unit behind a bracket, slash, underscore or
 * blank; then it is looked up. Within a role the words stand in order of preference: of `id` and `neuron` in
 * one file the neuron is the neuron. */
#include "text/column_name.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/stop.h"

#define LETTERS 40

/* Words side by side; clang-format would give each a line of its own. */
/* clang-format off */
static const char *const time_words[] = {
    "time", "times", "timestamps", "timestamp", "spiketimes", "spiketime", "t", "ts", "timeinsec", "spikets", "tspike",
    "tspk", "spiketimestamp", "spiketimestamps", "eventtime", "timepoint", "zeit", "spikezeit", "temps", "tiempo",
    "tiempos", "tempo", "tempi", "tid", "tijd", "czas", "aika", "zaman", "vremya", "peaktime", "trange", "timebin",
    "tbin", "bintime", "bincenter", "bincentre", "binmid", "binstart", "binleft", "binbegin", "eventstarttime",
    "starttime", "onsettime", "timerel", "reltime", "relativetime", "timerelative", "latency", "spikepeaktime",
    "unixtime", "datetime", "timeofspike", "timeofpeak", "timeofevent", "timeofonset", "peaktimes", "spiketimesinms",
    "spiketimesec",
};

/* Times counted in something whose length the file does not say. */
static const struct {
    const char *word, *unit;
} counted_words[] = {
    {"timestep", "steps"},      {"timesteps", "steps"},      {"step", "steps"},
    {"steps", "steps"},         {"timeinsteps", "steps"},    {"tick", "steps"},
    {"ticks", "steps"},         {"sample", "samples"},       {"samples", "samples"},
    {"sampleindex", "samples"}, {"spikesamples", "samples"}, {"spikesample", "samples"},
    {"frame", "samples"},       {"frames", "samples"},       {"bin", "steps"},
    {"bins", "steps"},          {"binindex", "steps"},       {"binnumber", "steps"},
    {"binid", "steps"},         {"timebinindex", "steps"},   {"samplenumber", "samples"},
    {"samplenumbers", "samples"},
};

static const char *const neuron_words[] = {
    "neuron", "neurons", "neuronid", "sortedid", "sortid", "unitno", "unitnr", "unitnumber", "unitname", "cellnr",
    "cellnumber", "cellname", "clusternumber", "clusternr", "neuronname", "zellnr", "neuronids", "neuronindex",
    "neuronidx", "neuronnr", "neuronnumber", "sender", "senders", "nodeids", "nodeid", "gid", "gids", "unit", "units",
    "unitid", "unitids", "unitindex", "cluster", "clusters", "clusterid", "clusterids", "spikeclusters", "cell",
    "cells", "cellid", "cellids", "cellindex", "nid", "id", "ids", "neurone", "neuroni", "neurona", "neuronas",
    "neuronio", "neur\xc3\xb4nio", "zelle", "zellen", "cellule", "cellules", "celula", "cellula", "nerve", "nerveid",
    "electrode", "electrodes", "electrodeid", "channel", "channels", "channelid", "ch", "chan", "spikeunit", "spikeid",
    "spikecluster", "spikeunits", "clu", "sortedunit", "template", "templateid", "neuid", "node", "nodes", "label",
    "source", "sourceid", "addr", "address", "i", "idx", "index", "indices", "n", "nr", "site", "siteid", "ttlline",
    "line", "bit", "sort", "sortcode", "uuid", "uuids",
};

static const char *const count_words[] = {
    "count", "counts", "spikecount", "spikecounts", "nspikes", "nspk", "numspikes", "numberofspikes", "spikes", "psth",
    "hist", "histogram", "frequency", "freq", "occurrences", "spikesperbin", "binnedspikes", "cnt",
};

static const char *const offset_words[] = {
    "timeoffset", "offset",
};

static const char *const population_words[] = {
    "population", "populations", "populationname", "pop", "popname", "group", "area", "region", "layer", "scnumber",
    "tetrode", "tetrodeid", "tetrodes", "tt", "ttnr", "shank", "shankid", "probe", "probeid", "array", "arrayid",
    "bundle", "stereotrode", "well", "wellid", "plate", "chip", "slice", "culture", "animal", "animalid", "mouse",
    "mouseid", "rat", "ratid", "monkey", "subject", "subjectid", "session", "sessionid", "day", "recording",
    "recordingid", "rec", "dataset", "file", "filename", "experiment", "condition", "hemisphere", "stream",
    "streamname", "patient", "patientid", "participant", "subj", "sub", "ses", "ntrode", "ntrodeid", "nt", "dish",
    "coverslip", "prep", "preparation", "hemi", "side", "brainregion", "brainarea", "structure", "nucleus", "bird",
    "fish", "fly", "larva", "cat", "ferret", "marmoset", "macaque", "person", "device", "headstage", "port", "board",
};

static const char *const trial_words[] = {
    "trial", "trials", "trialid", "trialnumber", "trialindex", "trialnr", "sweep", "sweepindex", "sweepid",
    "repetition", "repeat", "rep", "episode", "presentation", "trace", "tracenumber",
};

static const char *const attribute_words[] = {
    "amplitude", "amplitudes", "amp", "amplitudemv", "amplitudeuv", "peakamp", "peakampmv", "peak", "height", "width",
    "duration", "snr", "quality", "isolation", "distance", "p", "polarity", "pol", "on", "onoff", "state", "voltage",
    "vm", "v", "ge", "gi", "current", "weight", "weights", "depth", "depthum", "energy", "pc1", "pc2", "pc3", "x", "y",
    "z", "xpos", "ypos", "posx", "posy", "speed", "phase", "eventendtime", "endtime", "stop", "stoptime", "end", "isi",
    "rate", "baselinerate", "firingrate", "fr", "role", "context", "comment", "note", "kind", "type", "eventtype",
    "word", "search", "threshold", "stimulus", "stim", "stimulusid", "contrast", "orientation", "angle",
};

static const char *const foreign_words[] = {
    "open", "high", "low", "close", "adjclose", "volume", "price", "bid", "ask", "temperature", "humidity", "power",
    "pressure", "psd", "wavelength", "intensity", "magnitude", "latitude", "longitude", "lat", "lon", "email", "url",
    "loss", "accuracy", "epoch",
};

static const char *const serial_words[] = {
    "rowid", "row", "rownumber", "spikeindex", "spikeidx", "spikenumber", "spikenr", "eventnumber", "eventnr",
    "eventid", "event", "seq", "sequence", "unnamed0",
};

/* Where several neurons may be heard. */
static const char *const site_words[] = {
    "channel", "channelid", "channels", "ch", "chan", "electrode", "electrodeid", "electrodes", "line", "peakchannel",
    "site", "siteid",
};
/* clang-format on */

static const struct {
    const char *word, *unit;
} units[] = {
    {"s", "s"},
    {"sec", "s"},
    {"secs", "s"},
    {"second", "s"},
    {"seconds", "s"},
    {"ms", "ms"},
    {"msec", "ms"},
    {"msecs", "ms"},
    {"millisecond", "ms"},
    {"milliseconds", "ms"},
    {"us", "us"},
    {"usec", "us"},
    {"\xc2\xb5s", "us"},
    {"\xce\xbcs", "us"},
    {"\xb5s", "us"},
    {"microsecond", "us"},
    {"microseconds", "us"},
    {"ns", "ns"},
    {"nsec", "ns"},
    {"nanosecond", "ns"},
    {"nanoseconds", "ns"},
    {"min", "min"},
    {"mins", "min"},
    {"minute", "min"},
    {"minutes", "min"},
    {"h", "h"},
    {"hr", "h"},
    {"hrs", "h"},
    {"hour", "h"},
    {"hours", "h"},
    {"samples", "samples"},
    {"sample", "samples"},
    {"frames", "samples"},
    {"steps", "steps"},
};

static bool is_separator(char c)
{
    switch (c) { /* strchr would take most of the time for a million columns */
    case ' ':
    case '\t':
    case '_':
    case '-':
    case '.':
    case '/':
    case '\\':
    case '(':
    case ')':
    case '[':
    case ']':
    case '{':
    case '}':
    case ':':
    case ',':
    case '"':
    case '\'':
        return true;
    default:
        return false;
    }
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* The last part of `name`, behind its last separators, lower case; *rest is the length of what comes before
 * it. */
static void last_part(const char *name, size_t length, char part[LETTERS], size_t *rest)
{
    while (length > 0 && is_separator(name[length - 1]))
        length--;
    size_t begin = length;
    while (begin > 0 && !is_separator(name[begin - 1]))
        begin--;
    size_t n = 0;
    for (size_t i = begin; i < length && n + 1 < LETTERS; i++)
        part[n++] = lower(name[i]);
    part[n] = '\0';
    *rest = begin;
}

/* Letters and digits of name[0..length). */
static void squeeze(const char *name, size_t length, char letters[LETTERS])
{
    size_t n = 0;
    for (size_t i = 0; i < length && n + 1 < LETTERS; i++)
        if (!is_separator(name[i]))
            letters[n++] = lower(name[i]);
    letters[n] = '\0';
}

/* All words that say what a column is, in the order of the alphabet. */
static struct word {
    const char *letters;
    enum column_role role;
    size_t rank;
    const char *unit;
} dictionary[600];
static size_t dictionary_words;

static int by_letters(const void *a, const void *b)
{
    return strcmp(((const struct word *)a)->letters, ((const struct word *)b)->letters);
}

/* Before main, so that no thread can meet it half made. */
static __attribute__((constructor)) void make_dictionary(void)
{
#define LIST(words, role)                                                                                              \
    {                                                                                                                  \
        words, sizeof words / sizeof *words, role                                                                      \
    }
    static const struct {
        const char *const *word;
        size_t count;
        enum column_role role;
    } lists[] = {
        LIST(time_words, ROLE_TIME),     LIST(neuron_words, ROLE_NEURON), LIST(population_words, ROLE_POPULATION),
        LIST(offset_words, ROLE_OFFSET), LIST(trial_words, ROLE_TRIAL),   LIST(attribute_words, ROLE_ATTRIBUTE),
        LIST(serial_words, ROLE_SERIAL)};
#undef LIST
    _Static_assert(sizeof time_words + sizeof neuron_words + sizeof population_words + sizeof offset_words +
                           sizeof trial_words + sizeof attribute_words + sizeof serial_words + sizeof counted_words <=
                       sizeof dictionary / sizeof *dictionary * sizeof(char *),
                   "the dictionary has room for all words");
    for (size_t l = 0; l < sizeof lists / sizeof *lists; l++)
        for (size_t i = 0; i < lists[l].count; i++)
            dictionary[dictionary_words++] = (struct word){lists[l].word[i], lists[l].role, i, ""};
    for (size_t i = 0; i < sizeof counted_words / sizeof *counted_words; i++)
        dictionary[dictionary_words++] = (struct word){
            counted_words[i].word, ROLE_TIME, sizeof time_words / sizeof *time_words + i, counted_words[i].unit};
    qsort(dictionary, dictionary_words, sizeof *dictionary, by_letters);
}

static bool is_in(const char *const *words, size_t count, const char *letters)
{
    for (size_t i = 0; i < count; i++)
        if (words[i][0] == letters[0] && strcmp(words[i], letters) == 0)
            return true;
    return false;
}

/* "well label", "unit code": what numbers or names a thing is called as the thing itself. */
static void without_ending(char letters[LETTERS])
{
    static const char *const endings[] = {"label", "name", "number", "code", "index", "idx", "num", "nr", "no", "id"};
    size_t length = strlen(letters);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t n = strlen(endings[i]);
        if (length > n && strcmp(letters + length - n, endings[i]) == 0) {
            letters[length - n] = '\0';
            return;
        }
    }
}

bool column_name_counts(const char *name)
{
    char squeezed[LETTERS];
    squeeze(name, strlen(name), squeezed);
    return is_in(count_words, sizeof count_words / sizeof *count_words, squeezed);
}

bool column_name_is_foreign(const char *name)
{
    char squeezed[LETTERS];
    squeeze(name, strlen(name), squeezed);
    return is_in(foreign_words, sizeof foreign_words / sizeof *foreign_words, squeezed);
}

/* The last word of "Native Channel", "best electrode"; "" of one word alone, and of a number of them. */
static void last_word(const char *name, char part[LETTERS])
{
    char first[LETTERS], all[LETTERS];
    size_t rest;
    last_part(name, strlen(name), part, &rest);
    squeeze(name, rest, first);
    squeeze(name, strlen(name), all);
    if (rest == 0 || strcmp(first, "n") == 0 || strncmp(first, "num", 3) == 0 || strcmp(all, part) == 0)
        part[0] = '\0';
}

bool column_name_is_site(const char *name)
{
    char squeezed[LETTERS];
    squeeze(name, strlen(name), squeezed);
    if (is_in(site_words, sizeof site_words / sizeof *site_words, squeezed))
        return true;
    without_ending(squeezed);
    if (is_in(site_words, sizeof site_words / sizeof *site_words, squeezed))
        return true;
    last_word(name, squeezed);
    return is_in(site_words, sizeof site_words / sizeof *site_words, squeezed);
}

bool column_name_is(const char *name, const char *letters)
{
    char squeezed[LETTERS];
    if (stop_requested())
        return false;
    squeeze(name, strlen(name), squeezed);
    return strcmp(squeezed, letters) == 0;
}

static bool look_up_word(const char *letters, struct column_meaning *meaning)
{
    const struct word *word =
        bsearch(&(struct word){.letters = letters}, dictionary, dictionary_words, sizeof *dictionary, by_letters);
    if (!word)
        return false;
    meaning->role = word->role;
    meaning->rank = word->rank;
    strcpy(meaning->unit, word->unit);
    return true;
}

static bool look_up(const char *letters, struct column_meaning *meaning)
{
    char bare[LETTERS];
    if (look_up_word(letters, meaning))
        return true;
    strcpy(bare, letters);
    without_ending(bare);
    struct column_meaning thing = {ROLE_NONE, 0, ""};
    if (!look_up_word(bare, &thing) ||
        (thing.role != ROLE_NEURON && thing.role != ROLE_POPULATION && thing.role != ROLE_TRIAL))
        return false;
    *meaning = thing;
    return true;
}

/* "seconds", "ms": a unit of time and no more; "min" may be the least of something, and "s" anything. */
bool column_name_is_unit(const char *name)
{
    static const char *const plain[] = {"seconds", "sec",          "secs", "milliseconds", "ms",
                                        "msec",    "microseconds", "us",   "usec"};
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (column_name_is(name, plain[i]))
            return true;
    return false;
}

/* "spike times [ms]": a unit behind a name for time. "isi_ms": behind a name for something else. */
static bool look_up_time_in(const char *name, struct column_meaning *meaning)
{
    char letters[LETTERS], part[LETTERS];
    size_t rest, in;
    last_part(name, strlen(name), part, &rest);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (units[i].word[0] != part[0] || strcmp(units[i].word, part) != 0)
            continue;
        last_part(name, rest, part, &in);
        squeeze(name, strcmp(part, "in") == 0 ? in : rest, letters);
        if (!look_up(letters, meaning) || (meaning->role != ROLE_TIME && meaning->role != ROLE_ATTRIBUTE))
            return false;
        if (meaning->role == ROLE_ATTRIBUTE)
            return true;
        snprintf(meaning->unit, sizeof meaning->unit, "%s", units[i].unit);
        return true;
    }
    return false;
}

char *column_unit(const char *name, char buffer[COLUMN_UNIT])
{
    char part[LETTERS];
    size_t rest;
    last_part(name, strlen(name), part, &rest);
    buffer[0] = '\0';
    if (rest > 0 && !strchr("_([{", name[rest - 1]))
        return buffer;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strcmp(units[i].word, part) == 0)
            snprintf(buffer, COLUMN_UNIT, "%s", units[i].unit);
    return buffer;
}

double column_unit_size(const char *unit)
{
    static const struct {
        const char *unit;
        double seconds;
    } sizes[] = {{"s", 1}, {"ms", 1e-3}, {"us", 1e-6}, {"ns", 1e-9}, {"min", 60}, {"h", 3600}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        if (strcmp(sizes[i].unit, unit) == 0)
            return sizes[i].seconds;
    return 0;
}

/* The unit comes first, or "time_s" would be the word "times". */
struct column_meaning column_meaning(const char *name)
{
    struct column_meaning meaning = {ROLE_NONE, 0, ""};
    char letters[LETTERS];
    if (stop_requested()) /* whoever asks of a million columns is to come to an end */
        return meaning;
    if (look_up_time_in(name, &meaning))
        return meaning;
    meaning = (struct column_meaning){ROLE_NONE, 0, ""};
    squeeze(name, strlen(name), letters);
    if (look_up(letters, &meaning))
        return meaning;
    if (column_name_is_unit(name) && !is_separator(name[0])) { /* "[ms]" stands below a name, or is one of its own */
        meaning.role = ROLE_TIME;
        meaning.rank = sizeof time_words / sizeof *time_words;
        column_unit(letters, meaning.unit);
        return meaning;
    }
    last_word(name, letters);
    if (is_in(site_words, sizeof site_words / sizeof *site_words, letters))
        look_up(letters, &meaning);
    return meaning;
}
