#include "typed/load_rows.h"

#include "session/session.h"

static const char *format_name(const void *list, size_t i)
{
    (void)list;
    return spike_formats[i]->name;
}

struct word_list load_format_words(const struct session *session)
{
    (void)session;
    return (struct word_list){"format", spike_format_count, format_name, NULL};
}

static const char *const delimiter_names[] = {"comma", "semicolon", "tab", "space", "bar", "colon"};

struct word_list load_delimiter_words(const struct session *session)
{
    (void)session;
    return (struct word_list){"delimiter", sizeof delimiter_names / sizeof *delimiter_names, word_plain,
                              delimiter_names};
}

struct load_options load_rows_options(const struct arguments *arguments)
{
    const struct value *format = argument(arguments, "format"), *delimiter = argument(arguments, "delimiter"),
                       *header = argument(arguments, "header");
    return (struct load_options){
        .format = format->given ? spike_formats[format->choice]->name : NULL,
        .unit = argument_text(arguments, "unit"),
        .columns = argument_text(arguments, "columns"),
        .delimiter = delimiter->given ? delimiter_names[delimiter->choice] : NULL,
        .header = header->given ? (header->on ? "on" : "off") : NULL,
        .dt = argument_number(arguments, "dt", 0),
    };
}
