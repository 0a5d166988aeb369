#include "session/answer.h"

#include <stdlib.h>

#include "base/number.h"
#include "base/xalloc.h"
#include "language/command.h"
#include "session/message.h"
#include "session/session.h"

struct answer *answer_new(const struct session *session, const struct arguments *arguments,
                          const struct answer_taker *taker)
{
    struct answer *answer = xcalloc(1, sizeof *answer);
    bool people = session->options.screen || session->options.interactive;
    int width = session->options.width - (session->options.screen ? 4 : 0);
    answer->command = arguments->command;
    if (taker) {
        answer->taker = *taker;
        while (!(answer->memory = open_memstream(&answer->csv, &answer->length)))
            xalloc_short(BUFSIZ);
        answer->sheet = sheet_new(NULL, answer->memory, &answer->aligned, width);
        return answer;
    }
    answer->path = arguments->command->table && arguments->file ? xstrdup(arguments->file) : NULL;
    answer->sheet = sheet_new(answer->path, people ? NULL : session->options.out, &answer->aligned, width);
    return answer;
}

bool answer_complete(struct session *session, struct answer *answer, struct error *error)
{
    char number[NUMBER_COUNTED];
    if (answer->path && !sheet_begun(answer->sheet))
        return error_set(error, "%s gave no table, so %.200s is not written", answer->command->name, answer->path);
    if (!sheet_finish(answer->sheet, error))
        return false;
    if (answer->taker.take) {
        fflush(answer->memory);
        return answer->taker.take(session, answer->taker.context, answer->csv, answer->length, error);
    }
    if (answer->path)
        session_say(session, "%s: %s", answer->path, number_counted(number, sheet_rows(answer->sheet), "row"));
    if (answer->aligned.length > 0)
        session_answer(session, answer->aligned.bytes);
    return true;
}

void answer_free(struct answer *answer)
{
    if (!answer)
        return;
    sheet_free(answer->sheet);
    text_free(&answer->aligned);
    if (answer->memory)
        fclose(answer->memory);
    free(answer->csv);
    if (answer->taker.free)
        answer->taker.free(answer->taker.context);
    free(answer->path);
    free(answer);
}
