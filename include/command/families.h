/* The commands of the program: the list of the cmd_*.c files, one word a family. */
#ifndef COMMAND_FAMILIES_H
#define COMMAND_FAMILIES_H

#include "language/command.h"

/* For session_new. Lives as long as the program. */
extern const struct command_list all_commands;

/* Each stands at the end of the file that is called like it: family_run of cmd_run.c. */
extern const struct command_family family_run, family_model, family_input, family_record, family_analyse, family_counts,
    family_follow, family_tuning, family_nef, family_meanfield, family_decoded, family_neuron, family_pane, family_view,
    family_rows, family_cursor, family_play, family_knob, family_star, family_help, family_picture, family_ask,
    family_network, family_walk, family_export, family_what, family_undo, family_lesson, family_pin, family_present,
    family_compare, family_session;

#endif
