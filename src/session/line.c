/* Running lines. In a script everything happens at once. On the screen a bounded run (`run 2s`) goes on in
 * real time, and a command that takes long works beside the loop (job.c), so what comes after it waits in a queue,
 * which also takes the lines of a sourced file. */
#include "session/line.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "base/stop.h"
#include "base/whole_file.h"
#include "base/xalloc.h"
#include "language/command.h"
#include "language/lexer.h"
#include "session/ahead.h"
#include "session/answer.h"
#include "session/course.h"
#include "session/job.h"
#include "session/known.h"
#include "session/lesson.h"
#include "session/message.h"
#include "session/session.h"
#include "session/stop.h"
#include "session/work.h"

/* ---- one command ---- */

/* Asked before the command begins, which may take long. A slip of a person's must not cost a file; a script that is run
 * again writes its results again. */
static bool may_write(const struct session *session, const struct arguments *arguments, struct error *error)
{
    const char *path = arguments_target(arguments);
    bool typed = (session->options.screen || session->options.interactive) && !session->file;
    if (path && arguments_overwrite(arguments))
        files_give_up(path);
    else if (path)
        return whole_file_allowed(path, typed, error);
    return true;
}

/* A command that began a job leaves what it was given to it: then *arguments is NULL. */
static bool run_arguments(struct session *session, struct arguments **arguments, const struct answer_taker *taker,
                          struct error *error)
{
    const struct running_job *before = session->job;
    struct answer *answer = answer_new(session, *arguments, taker);
    bool good = may_write(session, *arguments, error) && ahead_run(session, *arguments, answer->sheet, error);
    if (good && session->job != before && !job_is_kept(session->job)) {
        job_keep(session->job, answer, *arguments);
        *arguments = NULL;
        return true;
    }
    good = good && answer_complete(session, answer, error);
    answer_free(answer);
    return good;
}

/* The words of a command as they were typed, with quotes where they are needed. */
static void put_words(const struct phrase *phrase, struct text *out)
{
    for (size_t w = 0; w < phrase->words; w++) {
        const struct word *word = &phrase->word[w];
        const char *quote = !word->quoted ? "" : strchr(word->text, '"') ? "'" : "\"";
        int key = word->quoted && word->equals >= 0 ? (int)word->equals + 1 : 0;
        text_printf(out, "%s%.*s%s%s%s", w ? " " : "", key, word->text, quote, word->text + key, quote);
    }
}

/* What it changes is a step that can be undone. */
static bool run_recorded(struct session *session, struct arguments **arguments, const struct answer_taker *taker,
                         const struct phrase *phrase, struct error *error)
{
    struct text what = {0};
    bool recorded = !(*arguments)->command->unrecorded;
    put_words(phrase, &what);
    const struct command *command = (*arguments)->command;
    const struct running_job *before = session->job;
    bool asks = command->table && phrase->words <= 2 && !arguments_keyed(*arguments); /* set A */
    if (recorded)
        journal_begin(session);
    bool outer = session->journal.open == (recorded ? 1 : 0);
    bool good = run_arguments(session, arguments, taker, error);
    bool begun = session->job && session->job != before;
    if (recorded && begun)
        job_told(session->job, text_string(&what));
    bool changed = recorded && journal_end(session, text_string(&what));
    if (!begun && outer && (changed || (good && command->lasting && !asks)))
        journal_write(session, text_string(&what));
    text_free(&what);
    return good;
}

static bool run_command(struct session *session, const struct command *command, const struct phrase *phrase,
                        const struct answer_taker *taker, struct error *error)
{
    struct arguments *arguments = xcalloc(1, sizeof *arguments);
    bool read = arguments_read(arguments, session, command, phrase, error);
    bool good = read && run_recorded(session, &arguments, taker, phrase, error);
    if (!read && taker)
        taker->free(taker->context);
    if (arguments)
        arguments_free(arguments);
    free(arguments);
    return good;
}

/* The line of another one's words: "what tau_rc" for "tau_rc". Its table goes where that of the line would. */
static bool run_instead(struct session *session, const char *verb, const char *word, const struct phrase *typed,
                        struct error *error)
{
    struct text line = {0};
    struct phrase phrase = {0};
    size_t at = 0;
    text_printf(&line, "%s %s", verb, word);
    bool good = lexer_phrase(line.bytes, &at, &phrase, error);
    phrase.redirected = typed->redirected;
    phrase.file = typed->file ? xstrdup(typed->file) : NULL;
    const struct command *command = good ? command_find(phrase.word[0].text, error) : NULL;
    good = command && run_command(session, command, &phrase, NULL, error);
    phrase_free(&phrase);
    text_free(&line);
    return good;
}

static bool run_phrase(struct session *session, const struct phrase *phrase, struct error *error)
{
    if (phrase->words == 0)
        return phrase->redirected ? error_set(error, "a command is missing before '>'") : true;
    if (phrase->word[0].text[0] == '?') {
        const char *about = phrase->word[0].text + strspn(phrase->word[0].text, "?");
        const char *verb = phrase->word[0].text[1] == '?' ? "help find" : "help";
        return run_instead(session, verb, *about || phrase->words < 2 ? about : phrase->word[1].text, phrase, error);
    }
    if (known_asks(session, phrase))
        return run_instead(session, "what", phrase->word[0].text, phrase, error);
    const struct command *command = command_find(phrase->word[0].text, error);
    return command && run_command(session, command, phrase, NULL, error);
}

/* ---- the queue ---- */

static void insert_line(struct session *session, size_t at, const char *line, const char *file, size_t number)
{
    size_t end = session->queue_head + session->queued;
    xgrow(&session->queue, &session->queue_capacity, end + 1, sizeof *session->queue);
    struct waiting_line *place = &session->queue[session->queue_head + at];
    memmove(place + 1, place, (session->queued - at) * sizeof *place);
    *place = (struct waiting_line){xstrdup(line), file ? xstrdup(file) : NULL, number, session->depth, false};
    session->queued++;
}

void line_insert(struct session *session, const char *line, const char *file, size_t number)
{
    insert_line(session, session->inserted++, line, file, number);
}

static struct waiting_line take_line(struct session *session)
{
    struct waiting_line first = session->queue[session->queue_head];
    session->queued--;
    session->queue_head = session->queued ? session->queue_head + 1 : 0;
    return first;
}

static void free_line(struct waiting_line line)
{
    free(line.text);
    free(line.file);
}

void line_drop_queue(struct session *session)
{
    while (session->queued > session->held)
        free_line(take_line(session));
}

/* A script stops where it fails; lines a person typed meanwhile do not belong to it, and no script that stands still. */
static void drop_script(struct session *session)
{
    struct waiting_line *queue = session->queue + session->queue_head;
    size_t kept = 0;
    size_t held = session->queued - session->held;
    for (size_t i = 0; i < session->queued; i++)
        if (queue[i].file && i < held)
            free_line(queue[i]);
        else
            queue[kept++] = queue[i];
    session->queued = kept;
}

void line_drop_failed(struct session *session, bool cut, const char *file)
{
    if (cut && session_queued(session) && session->queue[session->queue_head].rest)
        free_line(take_line(session));
    if (file)
        drop_script(session);
}

bool line_run_next(struct session *session)
{
    if (!session_queued(session))
        return false;
    struct waiting_line line = take_line(session);
    session->depth = line.depth;
    if (line.file && !line.rest)
        lesson_say(session, line.text);
    bool mute = session->mute;
    session->mute = mute || (line.file && course_is_quiet(session)); /* its words stand in the box */
    if (!line_run(session, line.text, line.file, line.number) && line.file) {
        drop_script(session);
        course_failed(session, line.file, line.number);
    }
    session->mute = mute;
    lesson_changed(session);
    session->depth = 0;
    free_line(line);
    if (stop_requested()) {
        line_drop_queue(session);
        course_stopped(session);
    }
    if (!session_queued(session))
        lesson_end(session);
    return true;
}

bool line_run_queue(struct session *session)
{
    bool any = false;
    while (!session_busy(session) && !session->quits && line_run_next(session))
        any = true;
    return any;
}

/* ---- one line ---- */

/* Nothing of a line is run when some of it cannot be read. */
static bool check_line(const char *line, struct error *error)
{
    struct phrase phrase = {0};
    bool good = true;
    for (size_t at = 0; good && line[at];)
        good = lexer_phrase(line, &at, &phrase, error);
    phrase_free(&phrase);
    return good;
}

/* No command of it waits for a run, or `anytime` for anything else either. */
static bool all_immediate(const char *line, bool anytime)
{
    struct phrase phrase = {0};
    struct error ignored;
    bool immediate = true;
    for (size_t at = 0; immediate && line[at];) {
        bool good = lexer_phrase(line, &at, &phrase, &ignored);
        const struct command *command = good && phrase.words ? command_find(phrase.word[0].text, &ignored) : NULL;
        immediate = !phrase.words || !command || (anytime ? command->anytime : command->immediate);
    }
    phrase_free(&phrase);
    return immediate;
}

static size_t count_newlines(const char *line, size_t end)
{
    size_t count = 0;
    for (size_t i = 0; i < end; i++)
        count += line[i] == '\n';
    return count;
}

static bool run_phrases(struct session *session, const char *line, size_t number, struct error *error)
{
    struct phrase phrase = {0};
    bool good = true;
    for (size_t at = 0; good && line[at] && !session->quits;) {
        lexer_phrase(line, &at, &phrase, error);
        session->number = number + count_newlines(line, phrase.start);
        session->inserted = 0;
        const struct running_job *before = session->job;
        bool stood = stop_stands(session);
        good = run_phrase(session, &phrase, error);
        bool begun = good && session->job != before, stopped = good && !stood && stop_stands(session);
        /* A run or a job that goes on, a file whose lines come first, or a stop. */
        if (good && line[at] && (session->waits || begun || stopped || session->inserted > 0)) {
            line_insert(session, line + at, session->file, number);
            session->queue[session->queue_head + session->inserted - 1].rest = true;
            session->held += stopped;
            if (begun)
                job_is_cut(session->job);
            break;
        }
    }
    phrase_free(&phrase);
    return good;
}

/* A line that was copied with the prompt in front: "> run 2s". */
static const char *without_prompt(const char *line)
{
    size_t blanks = strspn(line, " \t");
    if (strncmp(line + blanks, "> ", 2) != 0)
        return line;
    const char *rest = line + blanks + 2;
    struct phrase phrase = {0};
    struct error ignored;
    size_t at = 0;
    bool command =
        lexer_phrase(rest, &at, &phrase, &ignored) && phrase.words > 0 && command_find(phrase.word[0].text, &ignored);
    phrase_free(&phrase);
    return command ? rest : line;
}

struct attempt {
    struct session *session;
    const char *line;
    size_t number;
    struct error *error;
    bool good;
};

static void run_attempt(void *argument)
{
    struct attempt *attempt = argument;
    const char *line = without_prompt(attempt->line);
    attempt->good =
        check_line(line, attempt->error) && run_phrases(attempt->session, line, attempt->number, attempt->error);
}

/* Memory was not to be had, and the line was left in the middle. */
static bool left(struct session *session, struct error *error)
{
    if (!session->job)
        whole_file_remove_unfinished();
    work_end(session);
    journal_leave(session);
    return session_lacks_memory(error);
}

bool line_run(struct session *session, const char *line, const char *file, size_t number)
{
    struct error error = {""};
    struct attempt attempt = {session, line, number, &error, false};
    const char *old_file = session->file;
    size_t old_number = session->number;
    if (!session->job && xalloc_keep_reserve())
        stop_take_out_of_memory(); /* whatever it was about is over */
    session->file = file;
    session->number = number;
    bool good = xalloc_try(run_attempt, &attempt) ? attempt.good : left(session, &error);
    if (!session->job)
        xalloc_keep_reserve();
    if (!good && error.text[0])
        session_error(session, &error);
    session->file = old_file;
    session->number = old_number;
    return good;
}

static void try_phrase(void *argument)
{
    struct attempt *attempt = argument;
    struct phrase phrase = {0};
    size_t at = 0;
    attempt->good = lexer_phrase(attempt->line, &at, &phrase, attempt->error) &&
                    run_phrase(attempt->session, &phrase, attempt->error);
    phrase_free(&phrase);
}

static bool is_blank_line(const char *line)
{
    return line[strspn(line, " \t\r\n")] == '\0';
}

/* One command that gives a table, and nothing behind it. */
static const struct command *table_command(const struct phrase *phrase, bool last, struct error *error)
{
    const struct command *command = phrase->words > 0 ? command_find(phrase->word[0].text, error) : NULL;
    if (phrase->words == 0)
        error_set(error, "a command is wanted that gives a table");
    else if (command && !last)
        error_set(error, "one command is wanted, and here are several");
    else if (command && phrase->redirected)
        error_set(error, "a table that is looked at goes to no file");
    else if (command && !command->table)
        error_set(error, "%s gives no table in which something could be looked up", command->name);
    else
        return command;
    return NULL;
}

bool line_table(struct session *session, const char *line, const struct answer_taker *taker, struct error *error)
{
    struct phrase phrase = {0};
    size_t at = 0;
    bool read = lexer_phrase(line, &at, &phrase, error);
    const struct command *command = read ? table_command(&phrase, is_blank_line(line + at), error) : NULL;
    bool good = command && run_command(session, command, &phrase, taker, error);
    if (!command)
        taker->free(taker->context);
    phrase_free(&phrase);
    return good;
}

bool line_try(struct session *session, const char *line, struct error *error)
{
    struct attempt attempt = {session, line, 0, error, false};
    bool quiet = session->quiet;
    session->quiet = true;
    bool good = xalloc_try(try_phrase, &attempt) ? attempt.good : left(session, error);
    session->quiet = quiet;
    return good;
}

/* For people the lines of a file wait in the queue, so that it can stop; elsewhere each is run at once. */
static bool queues(const struct session *session)
{
    return session->options.screen || session->options.interactive;
}

bool session_line(struct session *session, const char *line, const char *file, size_t number)
{
    if ((session->options.screen || session->options.interactive) && !session->job)
        stop_forget();
    if (!file && stop_takes(session, line))
        return true;
    if (session->options.screen && !file && !is_blank_line(line)) {
        knobs_say(session); /* came first */
        session_echo(session, line);
    }
    if ((session_busy(session) || session_queued(session)) && !all_immediate(line, job_makes(session))) {
        insert_line(session, session->queued - session->held, line, file, number);
        if (session->job)
            session_say(session, "waits until %s is done; Ctrl-C stops that", job_command(session->job));
        else
            session_say(session, "waits until the run is over; Ctrl-C or pause ends it");
        return true;
    }
    if (!file && !all_immediate(line, false))
        stop_touch(session);
    bool good = line_run(session, line, file, number);
    if (queues(session) && !session->options.screen)
        line_run_queue(session);
    return good;
}

/* ---- files of lines ---- */

#define LINE_MOST ((size_t)1 << 20)    /* bytes of a line */
#define QUEUED_MOST ((size_t)16 << 20) /* bytes of a file whose lines wait on the screen */

enum got { GOT_LINE, GOT_END, GOT_FAULT };

/* One line without its end and without a byte-order mark. A fault has its sentence in *error. */
static enum got next_line(FILE *stream, struct text *line, bool first, struct error *error)
{
    int c;
    errno = 0;
    text_clear(line);
    text_append(line, "", 0);
    while ((c = getc(stream)) != EOF && c != '\n') {
        char byte = (char)c;
        if (c == '\0')
            error_set(error, "this is no text: the line holds a zero byte");
        else if (line->length == LINE_MOST)
            error_set(error, "this is no file of commands: the line has more than %zu bytes", LINE_MOST);
        if (c == '\0' || line->length == LINE_MOST)
            return GOT_FAULT;
        text_append(line, &byte, 1);
    }
    if (c == EOF && ferror(stream)) {
        error_set(error, "%s%s", stop_requested() ? "" : "cannot be read: ", error_cause(errno));
        return GOT_FAULT;
    }
    if (c == EOF && line->length == 0)
        return GOT_END;
    while (line->length > 0 && line->bytes[line->length - 1] == '\r')
        line->bytes[--line->length] = '\0';
    if (first && strncmp(line->bytes, "\xef\xbb\xbf", 3) == 0)
        memmove(line->bytes, line->bytes + 3, line->length - 2);
    return GOT_LINE;
}

static void fail_at(struct session *session, const char *file, size_t number, const struct error *error)
{
    const char *old_file = session->file;
    size_t old_number = session->number;
    session->file = file;
    session->number = number;
    session_error(session, error);
    session->file = old_file;
    session->number = old_number;
}

/* A file that a person sources; a script that is given a session without a screen runs line by line. */
static bool run_next(struct session *session, const char *line, const char *file, size_t number)
{
    if (session->options.screen || (queues(session) && session->depth > 0)) {
        line_insert(session, line, file, number);
        return true;
    }
    bool good = line_run(session, line, file, number);
    if (queues(session))
        line_run_queue(session);
    return good;
}

/* A line that ends in a backslash goes on in the next one. */
static bool goes_on(struct text *line)
{
    size_t length = line->length;
    while (length > 0 && (line->bytes[length - 1] == ' ' || line->bytes[length - 1] == '\t'))
        length--;
    if (length == 0 || line->bytes[length - 1] != '\\' || line->bytes[strspn(line->bytes, " \t")] == '#')
        return false;
    line->bytes[length - 1] = ' ';
    line->bytes[length] = '\0';
    line->length = length;
    return true;
}

/* One command line with all lines it goes on in; *number: of the first. */
static enum got next_whole(FILE *stream, struct text *line, size_t *read, size_t *number, struct error *error)
{
    struct text more = {0};
    enum got got = next_line(stream, line, ++*read == 1, error), also = got;
    *number = *read;
    while (also == GOT_LINE && goes_on(line)) {
        also = next_line(stream, &more, ++*read == 1, error);
        if (also == GOT_LINE)
            text_add(line, text_string(&more));
        if (also == GOT_LINE && line->length > LINE_MOST) {
            error_set(error, "this is no file of commands: the line has more than %zu bytes", LINE_MOST);
            also = GOT_FAULT;
        }
    }
    text_free(&more);
    return also == GOT_FAULT ? GOT_FAULT : got;
}

bool session_script(struct session *session, FILE *stream, const char *file)
{
    struct text line = {0};
    struct error error = {""};
    size_t read = 0, number = 0, queued = 0;
    bool good = true;
    enum got got = GOT_LINE;
    session->inserted = 0;
    while (good && !session->quits && (got = next_whole(stream, &line, &read, &number, &error)) == GOT_LINE) {
        good = run_next(session, text_string(&line), file, number);
        queued += session->options.screen ? line.length + 1 : 0;
        if (good && stop_requested())
            got = GOT_FAULT, error_set(&error, "interrupted");
        else if (queued > QUEUED_MOST)
            got = GOT_FAULT, error_set(&error, "more than %zu MB of commands are too many", QUEUED_MOST >> 20);
        if (got == GOT_FAULT)
            break;
    }
    if (got == GOT_FAULT) {
        good = false;
        fail_at(session, file, number, &error);
        drop_script(session);
        session->inserted = 0;
    }
    if (!session->options.screen)
        lesson_end(session);
    text_free(&line);
    return good;
}
