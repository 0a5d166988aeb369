/* The parameters of the stimulus `white`, for whoever simulates or predicts it. */
#ifndef MODEL_STIMULUS_WHITE_H
#define MODEL_STIMULUS_WHITE_H

#include "model/stimulus.h"

/* Places in stimulus.param; V, s, Hz. */
enum { WHITE_MU, WHITE_SIGMA, WHITE_TAU_S, WHITE_V_TH, WHITE_V_0, WHITE_FREQUENCY, WHITE_AMPLITUDE };

/* What makes currents (threshold 1, reset 0) of volts: 1 / (V_th - V_0). */
double stimulus_white_scale(const struct stimulus *stimulus);

#endif
