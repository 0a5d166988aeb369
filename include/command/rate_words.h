/* The rate curves as a list of words. */
#ifndef COMMAND_RATE_WORDS_H
#define COMMAND_RATE_WORDS_H

#include "base/word.h"

struct session;
struct word_list rate_words(const struct session *session);

#endif
