/* The list of learning rules. */
#include "network/rule.h"

const struct learning_rule *const learning_rules[] = {&rule_pes, &rule_voja};
const size_t learning_rule_count = sizeof learning_rules / sizeof *learning_rules;
