/* Keys that walk through the history, made safe. UI thread only. */
#ifndef TERM_HISTORY_WALK_H
#define TERM_HISTORY_WALK_H

/* To be called once Readline has read the user's inputrc. Whatever key is bound to a walk or a search through the
 * history lets go of what could be undone on the line that is left; Readline 8.2 would otherwise keep that list in two
 * places and free it twice. Alt-Enter accepts the line, as Esc and then Enter are the same bytes; Readline would change
 * to vi mode without a word. What the user has bound to it stays. */
void history_walk_guard(void);

#endif
