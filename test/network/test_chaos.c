/* Networks whose ideal is known to be chaotic, or not to be, from the literature on these equations. */
#include "networks.h"

#include "network/chaos.h"

/* A place of so many dimensions that hears f of itself through a low-pass of 100 ms, read by a second place; what
 * chaos finds there and there. */
static void look(const char *function, size_t dims, double in, bool *itself, bool *reader)
{
    struct network_spec spec;
    struct error error = {""};
    bool chaotic[2];
    network_spec_init(&spec);
    for (size_t i = 0; i < 2; i++) {
        struct place_spec *place = network_spec_place(&spec, i ? "B" : "A");
        place->node = true;
        place->dims = dims;
    }
    struct connection_spec *c = network_spec_connect(&spec, "A_A", 0, 0);
    c->function = function ? xstrdup(function) : NULL;
    c->tau_synapse = 0.1;
    network_spec_connect(&spec, "A_B", 0, 1);
    struct network_parts *parts = network_parts_new(&spec, (struct progress){0}, &error);
    ck_assert_msg(parts, "%s", error.text);
    const struct network_place place[2] = {{"A", NULL, dims}, {"B", NULL, dims}};
    const struct network_link link[2] = {{"A_A", parts->connection[0], 0, 0}, {"A_B", parts->connection[1], 0, 1}};
    struct stimulus *input[2] = {stimulus_new(&stimulus_constant, &in, 1, NULL, &error), NULL};
    network_chaos(place, 2, link, 2, (const struct stimulus *const *)input, 0.001, chaotic);
    *itself = chaotic[0];
    *reader = chaotic[1];
    stimulus_free(input[0]);
    network_parts_free(parts);
    network_spec_free(&spec);
}

START_TEST(what_is_chaotic_is_found)
{
    static const struct {
        const char *what, *function;
        size_t dims;
        double input;
        bool chaotic;
    } tries[] = {
        {"Lorenz 1963", "x1+(10*x2-10*x1)/10,x2+(-x1*x3-x2)/10,x3+(x1*x2-8/3*(x3+28))/10", 3, 0, true},
        {"Roessler 1976, a = b = 0.2, c = 5.7, five times as fast",
         "x1-(x2+x3)/2,x2+(x1+0.2*x2)/2,x3+(0.2+x3*(x1-5.7))/2", 3, 0, true},
        {"Van der Pol", "x1+0.5*x2,x2+0.5*(2*(1-x1^2)*x2-x1)", 2, 0, false},
        {"an oscillator", "x1-0.63*x2,x2+0.63*x1", 2, 0, false},
        {"two bits", "0.8*sign(x1),0.8*sign(x2)", 2, 0, false},
        {"an integrator", "x", 1, 0.01, false},
        {"what leaves all bounds", "2*x+x^3", 1, 0.1, false},
    };
    for (size_t i = 0; i < sizeof tries / sizeof *tries; i++) {
        bool itself, reader;
        look(tries[i].function, tries[i].dims, tries[i].input, &itself, &reader);
        ck_assert_msg(itself == tries[i].chaotic && reader == tries[i].chaotic, "%s: %d, its reader %d", tries[i].what,
                      itself, reader);
    }
}
END_TEST

int main(void)
{
    return HARNESS_RUN("network: chaos", what_is_chaotic_is_found);
}
