/* Readline keeps what can be undone in a list. Walking from line to line it lends that list to the entry of the history
 * that is left and to the line it saved, and some of its ways back (an aborted search, a search from a walk) leave two
 * owners, so that the next Enter frees it twice. A list that is empty has no owner: each function that walks is
 * replaced, in every keymap, by one that first lets go of it. An edit can be undone as long as its line is not left. */
#include "history_walk.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include <readline/history.h>
#include <readline/readline.h>

/* Readline's searches ask whether the last key was one of theirs. */
static void name_last_by_origin(void);

#define GUARDED(function)                                                                                              \
    static int guarded_##function(int count, int key)                                                                  \
    {                                                                                                                  \
        rl_free_undo_list();                                                                                           \
        name_last_by_origin();                                                                                         \
        return function(count, key);                                                                                   \
    }

GUARDED(rl_get_previous_history)
GUARDED(rl_get_next_history)
GUARDED(rl_beginning_of_history)
GUARDED(rl_end_of_history)
GUARDED(rl_fetch_history)
GUARDED(rl_operate_and_get_next)
GUARDED(rl_reverse_search_history)
GUARDED(rl_forward_search_history)
GUARDED(rl_history_search_forward)
GUARDED(rl_history_search_backward)
GUARDED(rl_history_substr_search_forward)
GUARDED(rl_history_substr_search_backward)
GUARDED(rl_noninc_forward_search)
GUARDED(rl_noninc_reverse_search)
GUARDED(rl_noninc_forward_search_again)
GUARDED(rl_noninc_reverse_search_again)
GUARDED(rl_vi_fetch_history)
GUARDED(rl_vi_search)
GUARDED(rl_vi_search_again)

static int accept_escaped(int count, int key)
{
    return rl_newline(count, key);
}

/* Reads the bindings anew. */
static int guarded_re_read(int count, int key)
{
    int result = rl_re_read_init_file(count, key);
    history_walk_guard();
    return result;
}

#define ROW(function)                                                                                                  \
    {                                                                                                                  \
        function, guarded_##function                                                                                   \
    }
static const struct {
    rl_command_func_t *origin, *guarded;
} walks[] = {
    ROW(rl_get_previous_history),
    ROW(rl_get_next_history),
    ROW(rl_beginning_of_history),
    ROW(rl_end_of_history),
    ROW(rl_fetch_history),
    ROW(rl_operate_and_get_next),
    ROW(rl_reverse_search_history),
    ROW(rl_forward_search_history),
    ROW(rl_history_search_forward),
    ROW(rl_history_search_backward),
    ROW(rl_history_substr_search_forward),
    ROW(rl_history_substr_search_backward),
    ROW(rl_noninc_forward_search),
    ROW(rl_noninc_reverse_search),
    ROW(rl_noninc_forward_search_again),
    ROW(rl_noninc_reverse_search_again),
    ROW(rl_vi_fetch_history),
    ROW(rl_vi_search),
    ROW(rl_vi_search_again),
    {rl_re_read_init_file, guarded_re_read},
};
#define WALKS (sizeof walks / sizeof *walks)

static void name_last_by_origin(void)
{
    for (size_t i = 0; i < WALKS; i++)
        if (rl_last_func == walks[i].guarded)
            rl_last_func = walks[i].origin;
}

static void guard_map(Keymap map)
{
    for (int key = 0; key < KEYMAP_SIZE; key++) {
        if (map[key].type == ISKMAP && map[key].function)
            guard_map((Keymap)map[key].function);
        for (size_t i = 0; map[key].type == ISFUNC && i < WALKS; i++)
            if (map[key].function == walks[i].origin)
                map[key].function = walks[i].guarded;
    }
}

static void guard_escaped_enter(int key)
{
    if (emacs_meta_keymap[key].type == ISFUNC && emacs_meta_keymap[key].function == rl_vi_editing_mode)
        emacs_meta_keymap[key].function = accept_escaped;
}

void history_walk_guard(void)
{
    Keymap maps[] = {emacs_standard_keymap, vi_insertion_keymap, vi_movement_keymap};
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
        guard_map(maps[i]);
    guard_escaped_enter('\r');
    guard_escaped_enter('\n');
}
