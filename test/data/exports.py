#!/usr/bin/python3
"""Writes exports/: small files as programs and rigs write them, and exports.txt, what each is to be read as.

Run in this folder. Times, neurons and names are invented: random numbers of fixed seeds. A line of
exports.txt is FILE UNITS SPIKES SAYS: so many are wanted, with SAYS as a part of the answer; 0 units: the file is
refused, with SAYS as a part of the sentence.
"""
import math, os, random

R = random.Random(7)
wanted = []


def trains(units=6, time=8.0, rate=4.0, seed=1):
    """(time, unit) in order; no two of a unit within 3 ms."""
    r, out = random.Random(seed), []
    for u in range(units):
        t = 0.003 + r.expovariate(rate)
        while t < time:
            out.append((t, u))
            t += 0.003 + r.expovariate(rate)
    return sorted(out)


S = trains()
N = len(S)
ONE = [t for t, u in S if u == 0]
COLUMNS = [[t for t, u in S if u == j] for j in range(6)]
LONGEST = max(map(len, COLUMNS))


def put(name, rows, units=6, spikes=N, says='', head='', encoding='utf-8', foot=''):
    text = head + ''.join(rows) + foot
    with open(os.path.join('exports', name), 'wb') as file:
        file.write(text.encode(encoding))
    wanted.append((name, units, spikes if units else 0, says))


def refuse(name, rows, says, head='', **more):
    put(name, rows, 0, 0, says, head, **more)


def each(line):
    """A row a spike: line(i, t, u)."""
    return [line(i, t, u) for i, (t, u) in enumerate(S)]


def row(line, of=S):
    """A row a spike: line(t, u)."""
    return [line(t, u) for t, u in of]


# ---- spike sorters and rigs
put('plexon.csv', row(lambda t, u: f"{u//2+1},{u%2+1},{t:.6f},{R.uniform(10,90):.3f}\n"), head="Channel,Unit,Timestamp,Energy\n",
    says="(Channel and Unit make the neuron)")
refuse('plexon_no_header.csv', row(lambda t, u: f"{u//2+1},{u%2+1},{t:.6f}\n"), "columns=neuron,neuron,time (both together)")
put('neuralynx.csv', row(lambda t, u: f"{int((t+1400)*1e6)},{u//3},{u%3+1},{R.randint(100,900)}\n"), says="time in us",
    head="TimeStamp,ScNumber,CellNumber,Features\n")
put('open_ephys.csv', row(lambda t, u: f"{int(t*30000)+991000},{t+33.03:.6f},{u//3+1},{u%3+1}\n"), says="electrode and cluster_id",
    head="sample_number,timestamp,electrode,cluster_id\n")
put('ttl_lines.csv', each(lambda i, t, u: f"{int(t*30000)},{t:.6f},{u+1},{i%2},{R.randint(0,255)}\n"), says="sample_number",
    head="sample_number,timestamp,line,state,full_words\n")
put('kilosort.tsv', row(lambda t, u: f"{int(t*30000)}\t{u*13+2}\n"), head="spike_time\tcluster\n", says="samples@30000 (assumed")
put('phy.csv', row(lambda t, u: f"{int(t*30000)},{u*13+2},{u*13+2},{R.uniform(5,20):.4f}\n"), says="samples@30000 (assumed",
    head="spike_samples,spike_templates,spike_clusters,amplitudes\n")
refuse('spikeinterface.csv', each(lambda i, t, u: f"{i},{int(t*30000)},{u},0\n"), "unit=samples@30000 says how long one is",
       head=",sample_index,unit_index,segment_index\n")
put('tdt.csv', row(lambda t, u: f"{t:.8f},eNe1,{u//2+1},{u%2+1}\n"), head="TIME,EVENT,CHAN,SORT\n", says="CHAN and SORT")
put('blackrock.csv', row(lambda t, u: f"{u//2+1},{int(t*30000)},{u%2+1}\n"), head="Electrode,TimeStamps,Unit\n",
    says="unit=samples@30000 if these are numbers of samples")
put('intan.csv', row(lambda t, u: f"A-{u:03d},{t:.5f}\n"), head="Channel,Time(s)\n", says="time in s")
put('multiwell.csv', row(lambda t, u: f"{'ABC'[u//2]}1,{11+u%2},{int(t*1e6)},{R.randint(10**7,10**8)}\n"), says="time in us",
    head="Well Label,Channel Label,Timestamp [\u00b5s],Maximum Amplitude [pV]\n")
put('axion.csv', each(lambda i, t, u: f"{['Name','Date','Version',''][min(i,3)]},x,{t:.5f},A{u//2+1}_{11+u%2},0.05\n"),
    head="Investigator,,Time (s),Electrode,Amplitude(mV)\n", says="axion")
put('mcs.csv', row(lambda t, u: f"{u+12};{int(t*1e6)}\n"), head="Channel ID;Timestamp [us]\n", says="time in us")
put('elan.pos', row(lambda t, u: f"{int(t*1000)}\t{u+1}\t0\n"), says="column 1 time, column 2 neuron")
put('ntrodes.csv', row(lambda t, u: f"{t:.5f},{u%3+1},{u//3}\n"), head="timestamp,ntrode_id,cluster\n", says="ntrode_id and cluster")
put('electrode_dot_unit.csv', row(lambda t, u: f"{u//2+1}.{u%2+1},{t:.4f}\n"), head="Channel.Unit,Timestamp\n")
put('spike2_one.txt', row(lambda t, u: f"{t:.5f}\t{u+1}\t0\t0\t0\n"), 1, says="spike2",
    head='"INFORMATION"\t"a.smr"\n\n"SUMMARY"\n"1"\t"WaveMark"\t"nw-1"\t""\t50000\t0\n\n"CHANNEL"\t"1"\n"WaveMark"\n'
         '"No comment"\n"nw-1"\n\n')
put('clampfit.txt', [f"{int(t)+1}\t{t*1000:.3f}\t{R.gauss(60,5):.2f}\n" for t in ONE], 1, len(ONE), "cell",
    head="Trace\tTime of Peak (ms)\tAmplitude (mV)\n")
put('miniatures.csv', [f"{i+1},{t*1000:.2f},{R.gauss(-30,5):.2f},{R.uniform(2,6):.2f}\n" for i, t in enumerate(ONE)], 1, len(ONE),
    "time in ms", head="Event,Time (ms),Amplitude,Decay\n")
put('spike_and_isi.csv', [f"{i+1},{t:.5f},{t-ONE[i-1] if i else 0:.5f}\n" for i, t in enumerate(ONE)], 1, len(ONE),
    "column 1 (spike) and column 3 (isi_s) are left out", head="spike,time_s,isi_s\n")
put('calcium.csv', row(lambda t, u: f"{round(t*20)/20:.2f},C{u:02d},{R.uniform(5,40):.2f}\n"), head="Time (s),Cell Name,Value\n")
refuse('roi_frames.csv', row(lambda t, u: f"{int(t*30)},{u}\n"), "counts samples", head="frame,roi\n")

# ---- animals, probes, dishes
put('hemispheres.csv', row(lambda t, u: f"{t:.4f},{'LR'[u%2]},{u//2}\n"), head="time,hemisphere,unit\n", says="hemisphere and unit")
put('probes.csv', row(lambda t, u: f"probe{'AB'[u%2]};{u//2};{t:.4f}\n".replace('.', ',')), head="probe;unit_id;time [s]\n",
    says="probe and unit_id")
put('patients.csv', row(lambda t, u: f"P0{u%2},{u//2%3},1,{t:.5f}\n"), head="patient,electrode,cluster,time\n",
    says="patient and electrode make")
put('dishes.csv', row(lambda t, u: f"d{u%3+1},{u//3},{t*1000:.2f}\n"), head="dish,neuron,time_ms\n", says="dish and neuron")
put('unknown_place.csv', row(lambda t, u: f"d{u%3+1},{u//3},{t*1000:.2f}\n"), 2, head="vat,neuron,time_ms\n",
    says="if neurons are numbered anew in each vat, columns=time_ms,vat,neuron tells them apart")
put('slices.csv', row(lambda t, u: f"{u%3+1},{u+1},{t:.4f}\n"), head="slice,cell,time\n")
refuse('unknown_names.csv', row(lambda t, u: f"{t:.5f},{u%3+1},{u//3+1}\n"), "columns=t,foo,bar (both together)", head="t,foo,bar\n")
put('allen.csv', row(lambda t, u: f"{t:.6f},{950907204+u*3},{int(t)},{t%1:.6f}\n"),
    head="spike_time,unit_id,stimulus_presentation_id,time_since_stimulus_presentation_onset\n")
put('uuids.csv', row(lambda t, u: f"e1,{t:.4f},{u:08x}-ab{u}\n"), head="eid,time,uuids\n")
put('depths.csv', row(lambda t, u: f"{t:.5f},{u},{R.uniform(0,3840):.2f},{R.uniform(1e-5,2e-4):.3e}\n"),
    head="times,clusters,depths,amps\n")

# ---- simulators
NET = [(s, i) for s in range(400) for i in random.Random(s).sample(range(3000), 5)]
NETS = len({i for s, i in NET})
put('step_id.tsv', [f"{s}\t{i}\n" for s, i in NET], NETS, len(NET), "column 1 never falls and is taken for the time")
put('id_step.csv', [f"{i},{s}\n" for s, i in NET], NETS, len(NET), "column 2 never falls and is taken for the time")
put('tenths_of_ms.txt', [f"{s/10:.1f} {i}\n" for s, i in NET], NETS, len(NET), "column 1 time, column 2 neuron")
put('ids_with_points.txt', [f"{s:.1f} {i:.1f}\n" for s, i in NET], NETS, len(NET), "column 1 time, column 2 neuron")
FAST = trains(6, 0.5, 40)
put('neuron.dat', row(lambda t, u: f"{t*1000:.3f}\t{u}\n", FAST), 6, len(FAST), "time in ms")
put('brian2.csv', row(lambda t, u: f"{u},{t*1000:.1f} ms\n"), head="i,t\n", says="(as its cells say)")
put('nest.gdf', row(lambda t, u: f"{u+1}\t{t*1000:.3f}\n"), says="time in ms")
put('nest2.dat', row(lambda t, u: f"{u+1} {t*1000:.3f}\n"), head="# NEST version: 2.20\nsender time_ms\n", says="nest")
put('nest_nan.dat', row(lambda t, u: f"{u}\t{t*1000:.3f}\n"), head="sender\ttime_ms\n", foot="nan\tnan\n", says="nest")
DENSE = [[(k*(j+3)+j) % (37+j*5) == 0 for j in range(3)] for k in range(1, 801)]
HITS = sum(map(sum, DENSE))
put('nengo.csv', [f"{(k+1)/1000:.3f},{','.join('1000.0' if h else '0.0' for h in r)}\n" for k, r in enumerate(DENSE)], 3, HITS,
    "dense", head="t,n0,n1,n2\n")
put('dense_words.csv', [f"{(k+1)/1000:.3f},{','.join('true' if h else 'false' for h in r)}\n" for k, r in enumerate(DENSE)], 3,
    HITS, "dense", head="t,A,B,C\n")
put('dense_voltage.csv', [f"{k};{k/1000:.3f};{1.5 if k > 300 else 0};{R.gauss(-60,5):.2f};{';'.join('01'[h] for h in r)}\n".replace(
    '.', ',') for k, r in enumerate(DENSE)], 3, HITS, "column 3 (I) and column 4 (V)", head="idx;time;I;V;n0;n1;n2\n")
put('dense_no_header.csv', [f"{k/1000:.3f},{R.gauss(-60,5):.2f},{','.join('01'[h] for h in r)}\n" for k, r in enumerate(DENSE)], 3,
    HITS, "dense")
put('field_and_spike.csv', [f"{k/1000:.3f},{R.gauss(0,40):.2f},{int(r[0])}\n" for k, r in enumerate(DENSE)], 1,
    sum(r[0] for r in DENSE), "stimulus=lfp shows it", head="time,lfp,spk\n")
refuse('dense_no_time.csv', [','.join('01'[h] for h in r + r)+"\n" for r in DENSE], "dt=1ms makes each row a sample")

# ---- event cameras
PIXELS = [(7000000 + 450*k + R.randint(0, 400), R.randint(0, 33), R.randint(0, 25), R.randint(0, 1)) for k in range(1500)]
PIXEL = len({(x, y) for t, x, y, p in PIXELS})
put('camera_txyp.txt', [f"{t/1e6:.6f} {x} {y} {p}\n" for t, x, y, p in PIXELS], PIXEL, 1500, "columns 2 and 3 neuron")
put('camera_ptxy.csv', [f"{p},{t},{x},{y}\n" for t, x, y, p in PIXELS], PIXEL, 1500, "columns 3 and 4 neuron")
put('camera_minus.csv', [f"{x},{y},{2*p-1},{t}\n" for t, x, y, p in PIXELS], PIXEL, 1500, "columns 1 and 2 neuron")
put('camera_names.csv', [f"{x},{y},{p},{t}\n" for t, x, y, p in PIXELS], PIXEL, 1500, "(x and y make the neuron)", head="x,y,pol,ts\n")

# ---- libraries and spreadsheets
put('pynapple.csv', row(lambda t, u: f"{t:.6f},{u}\n"), head="Time (s),0\n")
put('matlab_german.csv', row(lambda t, u: f"{t:.4f};{u}\r\n".replace('.', ',')), head="Zeit;Neuron\r\n")
put('matlab_exponents.txt', row(lambda t, u: f"   {t:.7e}   {float(u+1):.7e}\n"))
put('excel.csv', row(lambda t, u: f"{t*1000:.2f},{u+1},,,\r\n"), head="\ufeffTime (ms),Cell,,,\r\n", foot=",,,,\r\n,,,,\r\n")
put('r_table.txt', each(lambda i, t, u: f'"{i+1}" {t:.5f} "u{u}"\n'), head='"time" "unit"\n')
put('pandas.csv', each(lambda i, t, u: f"{i},{u},{t:.5f}\n"), head=",unit,time\n")
put('quoted.csv', row(lambda t, u: f'"{t:.4f}";"{u}"\n'), head='"time";"unit"\n')
put('mixed_separators.txt', each(lambda i, t, u: f"{t:.4f},{' ' if i%2 else chr(9)}{u}\n"), head="time, neuron\n")
put('comments.txt', each(lambda i, t, u: (f"# block {i//50}\n" if i % 50 == 0 else '')+f"{t:.4f} {u}\n"))
put('slashes.txt', row(lambda t, u: f"{t:.4f} {u}\n"), head="// time id\n")
put('footer.csv', row(lambda t, u: f"{t:.4f},{u}\n"), head="time_s,unit\n", foot=f"\nTotal spikes: {N}\nEnd of file\n",
    says="2 of ")
put('psql.txt', row(lambda t, u: f" {t:8.4f} | {u:4d}\n"), head="   time   | unit \n----------+------\n", foot=f"({N} rows)\n\n")
put('ruled.txt', row(lambda t, u: f"| {t:6.3f} | {u:4d} |\n"), head="+--------+------+\n| time   | unit |\n+--------+------+\n",
    foot="+--------+------+\n")
put('parameters_above.txt', row(lambda t, u: f"{t:.4f} {u}\n"), head=''.join(f"Parameter {k}: {k*3.5}\n" for k in range(30))+"time unit\n")
put('arff.txt', row(lambda t, u: f"{t:.4f},{u}\n"), head="@relation spikes\n@attribute time real\n@attribute unit integer\n@data\n")
put('tuples.txt', row(lambda t, u: f"({t:.4f}, {u})\n"), says="events, lists in brackets")
put('headers_again.csv', each(lambda i, t, u: ("time,unit\n" if i % 60 == 0 else '')+f"{t:.4f},{u}\n"), says="times more among the rows")
put('burst_flag.csv', each(lambda i, t, u: f"{u},{t:.4f},{i%3 > 0}\n"), head="cell_id,spike_time,is_burst\n")
put('event_types.csv', row(lambda t, u: f"unit{u},{t:.4f}\n"), head="Type,Time\n")
put('utf16be.csv', row(lambda t, u: f"{t:.4f}\t{u}\n"), head="Time (s)\tUnit\n", encoding='utf-16-be')
put('latin1.csv', row(lambda t, u: f"{int(t*1e6)};Zelle \u00e4{u}\n"), head="Zeit (\u00b5s);Zelle\n", encoding='latin-1', says="time in us")

# ---- times
put('iso.csv', row(lambda t, u: f"2023-05-01T10:00:{t:09.6f}Z,{u}\n"), head="datetime,unit\n", says="as times of day")
put('iso_zone.csv', row(lambda t, u: f"2023-05-01 10:00:{t:09.6f}+00:00,{u}\n"), head="timestamp,unit\n", says="as times of day")
put('am_pm.csv', row(lambda t, u: f"10:00:{t:07.4f} AM,{u}\n"), head="time,neuron\n", says="from 36000")
put('clock_colons.csv', row(lambda t, u: f"00:00:{int(t):02d}:{int(t%1*1000):03d};{u}\n"), head="time;neuron\n", says="as times of day")
put('two_clocks.csv', row(lambda t, u: f"10:00:{t:07.4f},{t*1000:.2f},{u}\n"), head="wall,time_ms,unit\n", says="time in ms (column time_ms)")
put('german_dates.csv', row(lambda t, u: f"01.05.2023 10:00:{t:07.4f};{u}\n"), head="Datum;Einheit\n", says="as times of day")
put('nanoseconds.csv', row(lambda t, u: f"{int(t*1e9)+1683000000*10**9},{u}\n"), head="timestamp,unit\n", says="time in ns")
put('unix.csv', row(lambda t, u: f"{t+1683000000:.4f},{u}\n"), head="time,unit\n", says="time in s")
put('unix_ms.csv', row(lambda t, u: f"{int((t+1683000000)*1000)},{u}\n"), head="time,unit\n", says="time in ms")
put('hours.csv', row(lambda t, u: f"{t/3600:.8f},{u}\n"), head="time_h,unit\n", says="time in h")
put('apostrophes.csv', row(lambda t, u: f"{int(t*1000):,}.{int(t*1e5)%100:02d};{u}\n".replace(',', "'")), head="Zeit (ms);Neuron\n")
put('grouped_integers.csv', row(lambda t, u: f'"{int(t*1e6):,}",{u}\n'), head="Time (us),Cell\n", says="time in us")

# ---- trains
put('trains_header.csv', [f"u{u},"+','.join(f"{t:.4f}" for t in c)+"\n" for u, c in enumerate(COLUMNS)], head="unit,spike_times\n",
    says="trains")
put('lists_pandas.csv', [f'{u},{u+100},"[{", ".join(f"{t:.4f}" for t in c)}]",good\n' for u, c in enumerate(COLUMNS)],
    head=",unit_id,spike_times,quality\n", says="column 4 (quality) is left out")
put('lists_numpy.csv', [f'{u},"[' + '\n '.join(' '.join(f"{t:.4f}" for t in c[k:k+8]) for k in range(0, len(c), 8)) + ']"\n'
                        for u, c in enumerate(COLUMNS)], head="unit,spikes\n", says="lists in brackets")
put('lists_parentheses.csv', [f'{u};({", ".join(f"{t:.4f}" for t in c)})\n' for u, c in enumerate(COLUMNS)], head="neuron;times\n")
refuse('lists_shortened.csv', [f'{u},[{c[0]:.4f} 1.5 1.75 ... 7.1 7.5]\n' for u, c in enumerate(COLUMNS)], "were shortened",
       head="unit,spikes\n")
refuse('lists_quoted.csv', [f'{u},"{", ".join(f"{t:.4f}" for t in c)}"\n' for u, c in enumerate(COLUMNS)], "several numbers",
       head="neuron,times\n")
refuse('dictionary.txt', ["{0: [0.1, 0.5, 0.9], 1: [0.2, 0.7], 2: [0.3, 1.1, 1.7]}\n"], "lists within one another")
put('zero_padded.txt', ['\t'.join(f"{c[i]:.4f}" if i < len(c) else '0' for c in COLUMNS)+"\n" for i in range(LONGEST)], says="columns")
put('zero_padded_rows.csv', [','.join([f"{t:.4f}" for t in c]+['0']*(LONGEST-len(c)))+"\n" for c in COLUMNS], says="trains")
put('titles.csv', [','.join(f"{c[i]:.4f}" if i < len(c) else '' for c in COLUMNS[:3])+"\n" for i in range(LONGEST)], 3,
    sum(map(len, COLUMNS[:3])), head="My experiment 2023\nUnit A,Unit B,Unit C\n", says="columns")
put('sweeps.csv', [f"{int(t)},{t%1*1000:.2f}\n" for t in ONE], 1, len(ONE), "makes each trial a row", head="sweep,t_ms\n")

# ---- no spikes
refuse('multimeter.csv', [f"{k%3+1},{k//3+1}.0,{R.uniform(-70,-55):.3f}\n" for k in range(600)], "a signal that was sampled",
       head="senders,times,V_m\n")
refuse('field.csv', [f"{k/1000:.3f},{R.gauss(0,50):.2f},{R.gauss(0,50):.2f}\n" for k in range(600)], "a signal that was sampled",
       head="time,LFP1,LFP2\n")
refuse('field_integers.csv', [f"{k},{R.randint(-900,900)},{R.randint(-900,900)}\n" for k in range(600)], "a signal that was sampled",
       head="time_ms,ch1,ch2\n")
refuse('tracking.csv', [f"{k/30:.4f},{100+50*math.sin(k/50):.2f},{100+50*math.cos(k/50):.2f}\n" for k in range(400)],
       "a signal that was sampled", head="time,x,y\n")
refuse('spectrum.csv', [f"{k/2:.1f},{R.random():.6f}\n" for k in range(300)], "frequency or power", head="frequency,power\n")
refuse('prices.csv', [f"2023-{1+k//28:02d}-{1+k%28:02d},{100+R.random():.2f},{105+R.random():.2f},{95+R.random():.2f}\n"
                      for k in range(200)], "prices", head="Date,Open,High,Low\n")
refuse('metrics.csv', [f"{k},{R.uniform(1,9):.3f},{R.random():.4f}\n" for k in range(80)], "list of clusters",
       head="unit_id,snr,presence_ratio\n")
refuse('depths_alone.csv', [f"{k},{R.randint(0,3800)}\n" for k in range(80)], "no column is called a time", head="unit,depth\n")
refuse('latencies.csv', [f"{k},{R.uniform(5,30):.2f}\n" for k in range(50)], "50 neurons in 50 rows", head="neuron,latency_ms\n")
refuse('intervals.csv', [f"{k%5},{R.expovariate(.01):.3f}\n" for k in range(300)], "no column is called a time", head="neuron,isi_ms\n")
refuse('weights.csv', [f"{R.randint(0,40)},{R.randint(0,40)},{R.gauss(0,1):.4f}\n" for k in range(300)], "no column is called a time",
       head="pre,post,weight\n")
refuse('confusion.csv', ["cat,50,3,1\n", "dog,2,47,0\n", "fish,4,0,39\n"], "", head=",cat,dog,fish\n")
refuse('counts_wide.csv', [f"{k},"+','.join(str(R.choice([0]*9+[1, 2])) for _ in range(20))+"\n" for k in range(200)], "counts of spikes",
       head="bin,"+','.join(f"n{j}" for j in range(20))+"\n")
refuse('counts_tab.tsv', [f"{k/10:.1f}\t{R.randint(0,6)}\n" for k in range(200)], "counts of spikes", head="t_bin\tspikes\n")
refuse('iris.csv', [f"{R.uniform(4,8):.1f},{R.uniform(2,4):.1f},{'abc'[k%3]}\n" for k in range(150)], "no column is called a time",
       head="sepal,petal,species\n")
refuse('log.txt', [f"[{k*0.37:.3f}] t={k*0.1:.1f} ms, {R.randint(0,9)} spikes\n" for k in range(60)], "")
refuse('service_log.txt', [f"2023-05-01 10:00:{k%60:02d} INFO worker {R.randint(1,9)}: done step {k}\n" for k in range(100)], "")
refuse('lines.json', row(lambda t, u: f'{{"t": {t:.4f}, "unit": {u}}}\n'), "JSON")
refuse('page.html', ["<html><body><table><tr><td>0.1</td></tr></table></body></html>\n"], "web page")
refuse('prose.md', ["# Title\n\nThis is some prose, with 3 numbers: 4, 5, 6.\n\n* one\n* two\n\nAnd more of it.\n"], "")
refuse('behaviour.csv', [f"{k},{R.randint(0,1)},{R.uniform(.2,1.4):.3f}\n" for k in range(200)], "no column is called a time",
       head="trial,choice,reaction_time\n")

with open('exports.txt', 'w') as file:
    for name, units, spikes, says in wanted:
        file.write(f"{name} {units} {spikes} {says}\n")
