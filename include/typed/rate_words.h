/* The rate curves as a list of words. */
#ifndef TYPED_RATE_WORDS_H
#define TYPED_RATE_WORDS_H

#include "base/word.h"

struct session;
struct word_list rate_words(const struct session *session);

/* How `rates` estimates: "isi", "kernel"; then the kinds of each. */
enum rate_method { RATE_ISI, RATE_KERNEL };
struct word_list rate_method_words(const struct session *session);
struct word_list rate_interp_words(const struct session *session);
struct word_list rate_kernel_words(const struct session *session);

#endif
