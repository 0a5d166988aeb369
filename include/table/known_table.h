/* Answers to "what is it?": values by their names, as a table or in words. UI thread only. */
#ifndef TABLE_KNOWN_TABLE_H
#define TABLE_KNOWN_TABLE_H

#include <stdbool.h>

#include "base/error.h"
#include "language/sheet.h"

struct session;
struct channel;

/* "tau_rc", "A.tau_rc", "A", NULL (all there is to set): rows name,value,unit,default,help, in the units of the SI; for
 * people (sheet_words) a sentence of one, lines of several. False with a sentence. */
bool known_table(struct session *session, const char *word, struct sheet *sheet, struct error *error);
/* The same of all keys of a channel; NULL: of the population meant, and of the session. */
bool known_table_of(struct session *session, struct channel *channel, struct sheet *sheet, struct error *error);
/* What runs, what there is and what is shown: rows of thing,state. */
bool status_table(struct session *session, struct sheet *sheet, struct error *error);

#endif
