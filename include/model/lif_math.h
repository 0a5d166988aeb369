/* expm1 and log1p as every LIF kernel computes them: on a processor with a fused multiply-add by fdlibm's
 * approximations where these hold without reducing the argument (EXPM1_LOW < x <= EXPM1_HIGH, LOG1P_LOW < x <=
 * LOG1P_HIGH), so that they can be had over lanes, else by the C library. Less than 1 unit in the last place off. Any
 * thread. */
#ifndef MODEL_LIF_MATH_H
#define MODEL_LIF_MATH_H

#define EXPM1_LOW (-0x1.62e43p-2) /* about -ln(2)/2 */
#define EXPM1_HIGH (-0x1p-54)
#define LOG1P_LOW (-0x1.2bec4p-2) /* about sqrt(1/2) - 1 */
#define LOG1P_HIGH (-0x1p-29)

double lif_expm1(double x);
double lif_log1p(double x);

#endif
