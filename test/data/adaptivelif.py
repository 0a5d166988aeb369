"""AdaptiveLIF from its published definition, one neuron and one step at a time, in plain Python: prints the two tables
adaptivelif_cases.csv and adaptivelif_trace.csv into the present directory.

    refractory -= dt;  delta = clip(dt - refractory, 0, dt)
    voltage -= (J - n - voltage) expm1(-delta / tau_rc)
    spike if voltage > 1:  t = dt + tau_rc log1p(-(voltage - 1) / (J - n - 1))
    voltage = max(voltage, min_voltage);  on a spike voltage = 0, refractory = tau_ref + t
    n += dt / tau_n (inc_n output - n),  output = amplitude / dt on a spike, else 0
"""
from math import expm1, inf, log1p, pi, sin

CASES = [  # name, tau_rc, tau_ref, min_voltage, amplitude, tau_n, inc_n, dt, steps, currents
    ("const", 0.02, 0.002, 0.0, 1.0, 1.0, 0.01, 0.001, 500, [lambda t: 0.5, lambda t: 1.05, lambda t: 2.0, lambda t: 9.0]),
    ("strong", 0.02, 0.002, 0.0, 1.0, 0.1, 0.1, 0.001, 500, [lambda t: 3.0, lambda t: 20.0, lambda t: 2 + 2 * sin(2 * pi * 5 * t)]),
    ("none", 0.02, 0.002, 0.0, 1.0, 1.0, 0.0, 0.001, 200, [lambda t: 1.5, lambda t: 6.0]),
    ("coarse", 0.03, 0.004, -0.5, 2.5, 0.3, 0.02, 0.005, 300, [lambda t: 4.0, lambda t: 3 * sin(2 * pi * 3 * t), lambda t: 40.0]),
    ("deep", 0.01, 0.0, -inf, 0.5, 0.05, 0.2, 0.0007, 300, [lambda t: 5.0, lambda t: -2 + 9 * sin(2 * pi * 9 * t)]),
]


class Neuron:
    def __init__(self, tau_rc, tau_ref, min_voltage, amplitude, tau_n, inc_n):
        self.tau_rc, self.tau_ref, self.min_voltage = tau_rc, tau_ref, min_voltage
        self.amplitude, self.tau_n, self.inc_n = amplitude, tau_n, inc_n
        self.voltage = self.refractory = self.n = 0.0

    def step(self, J, dt):
        drive = J - self.n
        self.refractory -= dt
        delta = min(max(dt - self.refractory, 0.0), dt)
        self.voltage -= (drive - self.voltage) * expm1(-delta / self.tau_rc)
        output = 0.0
        if self.voltage > 1:
            t = dt + self.tau_rc * log1p(-(self.voltage - 1) / (drive - 1))
            self.voltage, self.refractory, output = 0.0, self.tau_ref + t, self.amplitude / dt
        self.voltage = max(self.voltage, self.min_voltage)
        self.n += dt / self.tau_n * (self.inc_n * output - self.n)
        return output


with open("adaptivelif_cases.csv", "w") as cases, open("adaptivelif_trace.csv", "w") as trace:
    print("case,tau_rc,tau_ref,min_voltage,amplitude,tau_n,inc_n,dt,steps,neurons", file=cases)
    print("case,step,neuron,J,voltage,refractory_time,adaptation,spiked", file=trace)
    for name, *params, dt, steps, currents in CASES:
        print(name, *("%.17g" % p for p in params), "%.17g" % dt, steps, len(currents), sep=",", file=cases)
        neurons = [Neuron(*params) for _ in currents]
        for step in range(1, steps + 1):
            for i, (neuron, current) in enumerate(zip(neurons, currents)):
                J = current(step * dt)
                spiked = neuron.step(J, dt)
                row = (J, neuron.voltage, neuron.refractory, neuron.n, spiked)
                print(name, step, i, *("%.17g" % x for x in row), sep=",", file=trace)
