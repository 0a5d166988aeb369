/* The list of families; everything else about commands is in the rows of the cmd_*.c files. */
#include "command/families.h"

/* In the order shown to people. */
static const struct command_family *const families[] = {
    &family_run,    &family_model,     &family_input,   &family_neuron,
    &family_record, &family_follow,    &family_analyse, &family_counts,
    &family_tuning, &family_nef,       &family_network, &family_walk,
    &family_export, &family_meanfield, &family_decoded, &family_pane,
    &family_view,   &family_rows,      &family_cursor,  &family_play,
    &family_knob,   &family_star,      &family_picture, &family_lesson,
    &family_ask,    &family_what,      &family_undo,    &family_present,
    &family_pin,    &family_compare,   &family_session, &family_help,
    NULL,
};

const struct command_list all_commands = {families};
