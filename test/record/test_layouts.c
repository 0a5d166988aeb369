/* The layouts that programs and rigs write, a small sample of each: what is made of it, plain and packed by gzip, at
 * every division into pieces. */
#include "harness.h"

#include <zlib.h>

#include "record/format.h"

#define T(text) text, sizeof(text) - 1
#define MOST 10

static const struct {
    const char *text;
    size_t length;
    struct load_options options;
    const char *says; /* all of it; NULL: not compared */
    size_t units, spikes;
    const char *label[MOST];
    double time[MOST];
    unsigned unit[MOST];
} good[] = {
    /* events by their names, in any order of columns */
    {T("amplitude,electrode,t (s)\n0.1,A2,0.5\n0.3,A10,0.7\n"), {0}, NULL, 2, 2, {"A2", "A10"}, {0.5, 0.7}, {0, 1}},
    {T("spike_times,spike_clusters\n30000,4\n45000,11\n"),
     {.unit = "samples@30000"},
     NULL,
     2,
     2,
     {"4", "11"},
     {1, 1.5},
     {0, 1}},
    {T("Channel,Unit,Timestamp_s\n1,1,0.5\n1,2,0.6\n2,1,0.7\n"),
     {0},
     NULL,
     3,
     3,
     {"1:1", "1:2", "2:1"},
     {0.5, 0.6, 0.7},
     {0, 1, 2}},
    {T("tempo;neur\xf4nio\n1,5;\xe1\n2,5;b\n"),
     {.unit = "ms"},
     NULL,
     2,
     2,
     {"b", "\xc3\xa1"},
     {0.0015, 0.0025},
     {1, 0}},
    {T("\"time\" \"neuron\"\n\"1\" 0.5 3\n\"2\" 0.75 4\n"), {.unit = "s"}, NULL, 2, 2, {"3", "4"}, {0.5, 0.75}, {0, 1}},
    {T("3 10\n8 12\n3 15\n12 19\n8 22\n"),
     {.unit = "ms"},
     "events, blanks, no header (column 2 time, column 1 neuron): time in ms (as told): 12 ms from 10 ms, 3 units, 5 "
     "spikes, 111 Hz mean; columns=time,neuron changes it\nall numbers are whole: column 2 never falls and is taken "
     "for "
     "the time, column 1 for the neuron; columns=time,neuron takes them the other way round",
     3,
     5,
     {"3", "8", "12"},
     {0.01, 0.012, 0.015, 0.019, 0.022},
     {0, 1, 0, 2, 1}},
    /* numbers of rows, of a data frame or without any name, are neither times nor neurons */
    {T(",0,1\n0,5000,7\n1,6000,9\n2,8000,7\n3,9000,9\n"),
     {.unit = "ms"},
     "events, comma, header (column 2 time, column 3 neuron): time in ms (as told): 4 s from 5 s, 2 units, 4 spikes, "
     "0.375 Hz "
     "mean; columns=-,neuron,time changes it",
     2,
     4,
     {"7", "9"},
     {5, 6, 8, 9},
     {0, 1, 0, 1}},
    {T("0 0.5 3\n1 0.75 3\n2 1 4\n3 1.5 3\n"),
     {.unit = "s"},
     NULL,
     2,
     4,
     {"3", "4"},
     {0.5, 0.75, 1, 1.5},
     {0, 0, 1, 0}},
    /* a name that is not known may have a unit, and the unit a row */
    {T("\xe6\x99\x82\xe9\x96\x93[ms],\xe7\xb4\xb0\xe8\x83\x9e\n1.5,4\n2.5,3\n3.5,4\n4.5,3\n"),
     {0},
     NULL,
     2,
     4,
     {"3", "4"},
     {0.0015, 0.0025, 0.0035, 0.0045},
     {1, 0, 1, 0}},
    {T("time,neuron\n(ms),\n0.5,3\n0.75,4\n"),
     {0},
     "events, comma, header: time in ms (column time (ms)): 250 us from 500 us, 2 units, 2 spikes, 2 kHz mean; unit=s "
     "changes "
     "it\na mean rate of 2 kHz a unit is odd for neurons: are the times really in ms?",
     2,
     2,
     {"3", "4"},
     {0.0005, 0.00075},
     {0, 1}},
    /* lines above the header */
    {T("Recording,rec 1\nSampling rate,30000\n\ntime_us,unit\n500,3\n1500,4\n"),
     {0},
     "events, comma, header in line 4: time in us (column time_us): 1 ms, 2 units, 2 spikes, 500 Hz mean; unit=ms "
     "changes it",
     2,
     2,
     {"3", "4"},
     {0.0005, 0.0015},
     {0, 1}},
    {T("trial,time,neuron\n1,0.5,3\n1,0.75,4\n2,0.25,3\n2,0.5,4\n"),
     {.unit = "s"},
     "events, comma, header: time in s (as told): 500 ms, 2 units, 4 spikes, 3 Hz mean\n"
     "1 of 4 rows are earlier than the row before them; sorted by time\n"
     "column 1 (trial) is left out: if times begin anew in each, these lie over one another here; "
     "columns=time,neuron,trial makes each trial a row of its "
     "neuron",
     2,
     4,
     {"3", "4"},
     {0.25, 0.5, 0.5, 0.75},
     {0, 0, 1, 1}},
    /* truth values */
    {T("time,a,b\n0.001,True,False\n0.002,False,False\n0.003,True,True\n"),
     {.unit = "s"},
     NULL,
     2,
     3,
     {"a", "b"},
     {0.001, 0.003, 0.003},
     {0, 0, 1}},
    /* NEST */
    {T("# NEST version: 3.3\n# RecordingBackendASCII version: "
       "2\nsender\ttime_step\ttime_offset\n7\t837\t0.020\n9\t840\t0\n"),
     {.dt = 0.0001},
     "nest, tab, header: time in steps@0.1ms (from dt): 320 us from 83.68 ms, 2 units, 2 spikes, 1.562 kHz mean\n"
     "a mean rate of 1.562 kHz a unit is odd for neurons: are the times really in steps@0.1ms?",
     2,
     2,
     {"7", "9"},
     {0.08368, 0.084},
     {0, 1}},
    {T("sender\ttime_step\ttime_offset\n7\t837\t0.000\n"), {.unit = "steps@0.1ms"}, NULL, 1, 1, {"7"}, {0.0837}, {0}},
    {T("12 83.7\n13 83.4\n"),
     {.format = "nest"},
     "nest, blanks, no header: time in ms (as NEST writes): 300 us from 83.4 ms, 2 units, 2 spikes, 1.667 kHz mean; "
     "unit=s "
     "changes it\n1 of 2 rows are earlier than the row before them; sorted by time\n"
     "a mean rate of 1.667 kHz a unit is odd for neurons: are the times really in ms?",
     2,
     2,
     {"12", "13"},
     {0.0834, 0.0837},
     {1, 0}},
    {T("sender\ttime_ms\tV_m\n7\t83.7\t-55\n"), {0}, NULL, 1, 1, {"7"}, {0.0837}, {0}},
    /* SONATA */
    {T("timestamps population node_ids\r\n250.5 exc 3\r\n100 inh 3\r\n400 exc 12\r\n"),
     {0},
     "sonata, blanks, header: time in ms (as SONATA defines): 300 ms, 3 units, 3 spikes, 2.22 Hz mean; unit=s changes "
     "it\n"
     "1 of 3 rows are earlier than the row before them; sorted by time",
     3,
     3,
     {"exc:3", "exc:12", "inh:3"},
     {0.1, 0.2505, 0.4},
     {2, 0, 1}},
    /* trains */
    {T("0.1, 0.5, 0.75, \n\n0.2, 0.3\n0.25\n"),
     {.unit = "s"},
     "trains, comma, no header: time in s (as told): 650 ms, 4 units, 6 spikes, 1.92 Hz mean\n1 of 4 units never "
     "spike\n"
     "1 empty line counts as a neuron that never spikes; empty=skip leaves it out",
     4,
     6,
     {"0", "1", "2", "3"},
     {0.1, 0.2, 0.25, 0.3, 0.5, 0.75},
     {0, 2, 3, 2, 0, 0}},
    {T("0.1\t0.5\t0.75\n\n0.2\t0.3\n"),
     {.unit = "s", .empty = "skip"},
     NULL,
     2,
     5,
     {"0", "1"},
     {0.1, 0.2, 0.3, 0.5, 0.75},
     {0, 1, 1, 0, 0}},
    {T("# two trains\r\n# ms\r\n\r\n64.886 305.81 696\r\n\r\n65.553 307.49\r\n"),
     {.unit = "ms"},
     "trains, blanks, no header: time in ms (as told): 631.1 ms, 2 units, 5 spikes, 3.17 Hz mean\n2 empty lines are no "
     "neurons; empty=silent makes each a neuron that never spikes",
     2,
     5,
     {"0", "1"},
     {0.064886, 0.065553, 0.30581, 0.30749, 0.696},
     {0, 1, 0, 1, 0}},
    {T("\n0.10 0.20 0.35\n\n\n0.05 0.40 0.6\n\n"),
     {.unit = "s", .format = "trains"},
     "trains, blanks, no header: time in s (as told): 550 ms, 6 units, 6 spikes, 1.52 Hz mean\n4 of 6 units never "
     "spike\n"
     "4 empty lines count as neurons that never spike; empty=skip leaves them out",
     6,
     6,
     {"0", "1", "2", "3", "4", "5"},
     {0.05, 0.1, 0.2, 0.35, 0.4, 0.6},
     {4, 1, 1, 1, 4, 4}},
    {T("\n\n0.10 0.20 0.35\n0.05 0.40 0.6\n"),
     {.unit = "s", .format = "trains"},
     NULL,
     4,
     6,
     {"0", "1", "2", "3"},
     {0.05, 0.1, 0.2, 0.35, 0.4, 0.6},
     {3, 2, 2, 2, 3, 3}},
    {T("0.10 0.20 0.35\r\n  \r\n\t\r\n0.05 0.40 0.6"),
     {.unit = "s", .format = "trains"},
     NULL,
     4,
     6,
     {"0", "1", "2", "3"},
     {0.05, 0.1, 0.2, 0.35, 0.4, 0.6},
     {3, 0, 0, 0, 3, 3}},
    {T("\n0.10 0.20 0.35\n0.05 0.40 0.6\n"),
     {.unit = "s", .format = "trains"},
     NULL,
     3,
     6,
     {"0", "1", "2"},
     {0.05, 0.1, 0.2, 0.35, 0.4, 0.6},
     {2, 1, 1, 1, 2, 2}},
    {T("\n0.10 0.20 0.35\n\n0.05 0.40 0.6\n\n"),
     {.unit = "s", .format = "trains"},
     NULL,
     2,
     6,
     {"0", "1"},
     {0.05, 0.1, 0.2, 0.35, 0.4, 0.6},
     {1, 0, 0, 0, 1, 1}},
    {T("# one\n\n1.5 2.5 3.5\n"),
     {.unit = "s", .empty = "silent", .format = "trains"},
     NULL,
     2,
     3,
     {"0", "1"},
     {1.5, 2.5, 3.5},
     {1, 1, 1}},
    {T("0.1 0.2 0.3\n\n0.4 0.5\n\n0.1 0.6 0.7\n"),
     {.unit = "s"},
     NULL,
     3,
     8,
     {"0", "1", "2"},
     {0.1, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7},
     {0, 2, 0, 0, 1, 1, 2, 2}},
    {T("a: 0.1 0.2 0.3\nb: 0.4 0.5\n"),
     {.unit = "s"},
     NULL,
     2,
     5,
     {"a", "b"},
     {0.1, 0.2, 0.3, 0.4, 0.5},
     {0, 0, 0, 1, 1}},
    {T("0,5; 1,25; 1,5\n0,75; 2,5\n"),
     {.unit = "s"},
     NULL,
     2,
     5,
     {"0", "1"},
     {0.5, 0.75, 1.25, 1.5, 2.5},
     {0, 1, 0, 0, 1}},
    /* lists in brackets are trains, whatever stands before and behind them, and over how many lines they go */
    {T("[0.5, 0.75, 1.5]\n[0.25]\n"),
     {.unit = "s"},
     "trains, lists in brackets, no header: time in s (as told): 1.25 s, 2 units, 4 spikes, 1.2 Hz mean",
     2,
     4,
     {"0", "1"},
     {0.25, 0.5, 0.75, 1.5},
     {1, 0, 0, 0}},
    {T("3: [0.5 0.75 1.5]\n7: [0.25 0.3]\n"),
     {.unit = "s"},
     NULL,
     2,
     5,
     {"3", "7"},
     {0.25, 0.3, 0.5, 0.75, 1.5},
     {1, 1, 0, 0, 0}},
    {T(",unit_id,spike_times_ms,quality\n0,12,\"[1.5, 2.5]\",good\n1,7,[],mua\n2,9,\"[0.5]\",good\n"),
     {0},
     "trains, lists in brackets, header: time in ms (column spike_times_ms): 2 ms, 3 units, 3 spikes, 333 Hz mean; "
     "unit=s changes it\n"
     "1 of 3 units never spike\ncolumn 4 (quality) is left out",
     3,
     3,
     {"12", "7", "9"},
     {0.0005, 0.0015, 0.0025},
     {2, 0, 0}},
    {T("cell;t\nc1;[0.5\n 0.75\n  1.5]\nc2;[0.25 ]\n"),
     {.unit = "s"},
     NULL,
     2,
     4,
     {"c1", "c2"},
     {0.25, 0.5, 0.75, 1.5},
     {1, 0, 0, 0}},
    {T("[\n0.5,\n0.75,\n1.5\n]\n"), {.unit = "s"}, NULL, 1, 3, {"0"}, {0.5, 0.75, 1.5}, {0, 0, 0}},
    {T("unit,spike_times\nu4,0.5,0.75,1.5\nu9,0.25\nu2,0.3,0.4\n"),
     {.unit = "s"},
     NULL,
     3,
     6,
     {"u4", "u9", "u2"},
     {0.25, 0.3, 0.4, 0.5, 0.75, 1.5},
     {1, 2, 2, 0, 0, 0}},
    /* columns */
    {T("nr_1a\tnr_2a\tSweep_Stop\n0.5\t0.25\t9\n0.75\t0.5\t \n1.5\t \t \n2\n"),
     {0},
     "columns, tab, header: time in s (largest 9): 8.75 s, 3 units, 7 spikes, 0.229 Hz mean; unit=ms changes it\n"
     "column 3 (Sweep_Stop) sounds like an event; it is read as a neuron like the others",
     3,
     7,
     {"nr_1a", "nr_2a", "Sweep_Stop"},
     {0.25, 0.5, 0.5, 0.75, 1.5, 2, 9},
     {1, 0, 1, 0, 0, 0, 2}},
    {T("u1,u2,u3\n,0.25,\n,0.5,\n"),
     {.unit = "s", .format = "columns"},
     NULL,
     3,
     2,
     {"u1", "u2", "u3"},
     {0.25, 0.5},
     {1, 1}},
    {T("unit_7\n0.5\n0.75\n"), {.unit = "s"}, NULL, 1, 2, {"unit_7"}, {0.5, 0.75}, {0, 0}},
    {T("u1,u2\n0.5,0.25\n0.75,0.5\n1.5,NaN\n2,NaN\n"),
     {.unit = "s"},
     "columns, comma, header: time in s (as told): 1.75 s, 2 units, 6 spikes, 1.43 Hz mean\n"
     "2 cells with nan or NA fill up the columns and are no spikes",
     2,
     6,
     {"u1", "u2"},
     {0.25, 0.5, 0.5, 0.75, 1.5, 2},
     {1, 0, 1, 0, 0, 0}},
    {T("0.5,0.75,1.5,2,2.5,3\n0.25,0.5,NaN,NaN,NaN,NaN\n"),
     {.unit = "s"},
     "trains, comma, no header: time in s (as told): 2.75 s, 2 units, 8 spikes, 1.27 Hz mean\n"
     "4 cells with nan or NA fill up the lines and are no spikes",
     2,
     8,
     {"0", "1"},
     {0.25, 0.5, 0.5, 0.75, 1.5, 2, 2.5, 3},
     {1, 0, 1, 0, 0, 0, 0, 0}},
    /* a number before a train */
    {T("100 0.5 0.75\n103 0.25\n101 0.125\n"),
     {.unit = "s", .format = "trains"},
     "trains, blanks, no header (each line begins with the number of its neuron): time in s (as told): 625 ms, 3 "
     "units, 4 "
     "spikes, 1.6 Hz mean; format=trains columns=time changes it",
     3,
     4,
     {"100", "103", "101"},
     {0.125, 0.25, 0.5, 0.75},
     {2, 1, 0, 0}},
    {T("1 0.5 0.75\n2 0.25\n3 0.125 7.5\n"),
     {.unit = "s", .format = "trains", .columns = "time"},
     NULL,
     3,
     8,
     {"0", "1", "2"},
     {0.125, 0.25, 0.5, 0.75, 1, 2, 3, 7.5},
     {2, 1, 0, 0, 0, 1, 2, 2}},
    /* Axion */
    {T("Investigator,,Time (s),Electrode,Amplitude(mV)\r\nRecording Name,\"a, b\",0.00216,D3_31,0.0159\r\n"
       "Sampling Frequency,12.5 kHz,0.00488,A1_12,0.0213\n,,0.0052,A1_2,0.0191\nDescription,\n,,,,\n\n"
       "Well Information\nWell,A1,A2,A3\nActive,True,True,False\n"),
     {0},
     "axion, comma, header: time in s (column Time (s)): 3.04 ms, 3 units, 3 spikes, 219 Hz mean; unit=ms changes it",
     3,
     3,
     {"A1_2", "A1_12", "D3_31"},
     {0.00216, 0.00488, 0.0052},
     {2, 1, 0}},
    /* Multi Channel Systems */
    {T("MC_DataTool ASCII conversion\r\n\r\nt           \tSpikes 2 21 \tUnit\r\n[ms]        \t[\xb5V]\r\n\r\n\r\n"
       "t           \tSpikes 2 31 \tUnit\r\n[ms]        \t[\xb5V]\r\n6610.000   \t-9.45       \t0\r\n\r\n"
       "5371.560  \t-9.45       \t1\r\n\r\n\r\nt           \tSpikes 2 12 \tUnit\r\n[ms]        \t[\xb5V]\r\n"
       "1028.480  \t-9.09       \t0\r\n"),
     {0},
     "mcs, tab, header: time in ms ([ms] in the file): 5.582 s, 4 units, 3 spikes, 0.0896 Hz mean; unit=s changes it\n"
     "1 of 3 rows are earlier than the row before them; sorted by time\n1 of 4 units never spike",
     4,
     3,
     {"12", "21", "31", "31:1"},
     {1.02848, 5.37156, 6.61},
     {0, 3, 2}},
    {T("MC_DataTool ASCII conversion\n\nt\tSpikes 1 21\tUnit\n[ms]\t[mV]\n10.00\t-1\t0\n10.04\t-3\t0\n10.08\t-9\t0\n"
       "10.12\t-2\t0\n10.16\t1\t0\n\n30.00\t1\t0\n30.04\t-2\t0\n30.08\t8\t0\n30.12\t-7\t0\n\nt\tSpikes 2 21\tUnit\n"
       "[ms]\t[mV]\n20.04\t-2\t0\n"),
     {0},
     NULL,
     2,
     3,
     {"21", "Spikes 2 21"},
     {0.01008, 0.02004, 0.03008},
     {0, 1, 0}},
    /* numbers in other forms: Fortran's exponent, thousands, times of day, units behind them */
    {T("  9  1.250000D-01\n  1  2.500000D-01\n  9  1.125000D+01\n"),
     {.unit = "s"},
     NULL,
     2,
     3,
     {"1", "9"},
     {0.125, 0.25, 11.25},
     {1, 0, 1}},
    {T("Zeit (ms);Zelle\r\n112,92;9\r\n1.009,98;1\r\n1.234.567,5;9\r\n2.000;1\r\n"),
     {0},
     NULL,
     2,
     4,
     {"1", "9"},
     {0.11292, 1.00998, 2, 1234.5675},
     {1, 0, 0, 1}},
    {T("\"Time (ms)\",\"Unit\"\n\"112.92\",\"9\"\n\"1,009.98\",\"1\"\n\"2,000\",\"9\"\n"),
     {0},
     NULL,
     2,
     3,
     {"1", "9"},
     {0.11292, 1.00998, 2},
     {1, 0, 1}},
    {T("time_ms;cell\n112.5;9\n1'009.5;1\n"), {0}, NULL, 2, 2, {"1", "9"}, {0.1125, 1.0095}, {1, 0}},
    {T("Time,Unit\n01:00:00.5,9\n01:00:01.25,1\n01:01:00,9\n"),
     {0},
     "events, comma, header: time in s (as times of day): 59.5 s from 3600 s, 2 units, 3 spikes, 0.0168 Hz mean",
     2,
     3,
     {"1", "9"},
     {3600.5, 3601.25, 3660},
     {1, 0, 1}},
    {T("t;u\n2024-01-31 23:59:59.5;9\n2024-02-01 00:00:01.25;1\n"),
     {0},
     NULL,
     2,
     2,
     {"1", "9"},
     {86399.5, 86401.25},
     {1, 0}},
    {T("t;u\n29.02.2024 23:59:59,5;9\n01.03.2024 00:00:01,25;1\n"),
     {0},
     NULL,
     2,
     2,
     {"1", "9"},
     {86399.5, 86401.25},
     {1, 0}},
    {T("time,cell\n112.5 ms,1:2\n250 ms,1:3\n1.5 s,1:2\n"),
     {0},
     "events, comma, header: time in ms (as its cells say): 1.387 s, 2 units, 3 spikes, 0.721 Hz mean",
     2,
     3,
     {"1:2", "1:3"},
     {0.1125, 0.25, 1.5},
     {0, 1, 0}},
    {T("time|unit\n0.5|3\n0.75|4\n"), {.unit = "s"}, NULL, 2, 2, {"3", "4"}, {0.5, 0.75}, {0, 1}},
    {T("3:0.5\n4:0.75\n3:1.5\n"), {.unit = "s"}, NULL, 2, 3, {"3", "4"}, {0.5, 0.75, 1.5}, {0, 1, 0}},
    /* UTF-16 with its mark and without */
    {T("\xff\xfet\0,\0\xb5\0\n\0"
       "5\0,\0\xe1\0\n\0"),
     {.unit = "ms", .columns = "time,neuron"},
     NULL,
     1,
     1,
     {"\xc3\xa1"},
     {0.005},
     {0}},
    {T("\0t\0\t\0u\0\r\0\n\0"
       "5\0\t\0"
       "7\0\r\0\n"),
     {.unit = "ms"},
     NULL,
     1,
     1,
     {"7"},
     {0.005},
     {0}},
    /* Spike2 */
    {T("\"INFORMATION\"\n\"a.smr\"\n\"\",\"\"\n\"SUMMARY\"\n\"1\"\t\"Evt+"
       "\"\t\"u\"\t\"Sec\"\n\n\"CHANNEL\"\t\"1\"\n\"Evt+\"\n"
       "\"No comment\"\n\"u\"\n\n\"START\"\t0.00000\n0.5\n0.75\n\n\"CHANNEL\"\t\"2\"\n\"Adc\"\n\"No "
       "comment\"\n\"V\"\n\"mV\"\n\n"
       "\"START\"\t0.0\t0.1\n0.9\n0.8\n\n\"CHANNEL\"\t\"3\"\n\"Evt-\"\n\"No "
       "comment\"\n\"u\"\n\n\"START\"\t0.0\n0.25\n\n"
       "\"CHANNEL\"\t\"4\"\n\"Evt-\"\n\"No comment\"\n\"silent\"\n"),
     {0},
     "spike2, tab, header: time in s (as Spike2 exports): 500 ms, 3 units, 3 spikes, 1.33 Hz mean; unit=ms changes it\n"
     "1 of 3 units never spike\n1 channel of waveforms is left out",
     3,
     3,
     {"u", "3:u", "silent"},
     {0.25, 0.5, 0.75},
     {1, 0, 0}},
    /* zeros fill up columns and lines; a title stands over the names */
    {T("Recording of Monday,,\nu0,u1,u2\n0.5,0.25,0.125\n0.75,0.5,0\n1.5,0,0\n2,0,0\n"),
     {.unit = "s"},
     "columns, comma, header in line 2: time in s (as told): 1.875 s, 3 units, 7 spikes, 1.07 Hz mean\n"
     "5 cells with 0 fill up the columns and are no spikes",
     3,
     7,
     {"u0", "u1", "u2"},
     {0.125, 0.25, 0.5, 0.5, 0.75, 1.5, 2},
     {2, 1, 0, 1, 0, 0, 0}},
    {T("0.5,0.75,1.5,2,2.5,3\n0.25,0.5,0,0,0,0\n"),
     {.unit = "s"},
     "trains, comma, no header: time in s (as told): 2.75 s, 2 units, 8 spikes, 1.27 Hz mean\n"
     "4 cells with 0 fill up the lines and are no spikes",
     2,
     8,
     {"0", "1"},
     {0.25, 0.5, 0.5, 0.75, 1.5, 2, 2.5, 3},
     {1, 0, 1, 0, 0, 0, 0, 0}},
    /* one cell */
    {T("10000.000000\r12000.000000\r15000.000000\r"),
     {.unit = "samples@20000"},
     "cell, no header: time in samples@20000 (as told): 250 ms from 500 ms, 1 unit, 3 spikes, 8 Hz mean",
     1,
     3,
     {"r"},
     {0.5, 0.6, 0.75},
     {0, 0, 0}},
    {T("spike times [ms]\n5\n7.5\n"), {0}, NULL, 1, 2, {"r"}, {0.005, 0.0075}, {0, 0}},
};

static void check(size_t i, const char *bytes, size_t length, size_t piece)
{
    struct error error = {""};
    struct text said = {0};
    struct recording *r = recording_parse("r.txt", bytes, length, piece, &good[i].options, &said, &error);
    ck_assert_msg(r != NULL, "'%s' in pieces of %zu: %s", good[i].text, piece, error.text);
    if (good[i].says)
        ck_assert_str_eq(text_string(&said), good[i].says);
    ck_assert_msg(r->units == good[i].units && r->spikes == good[i].spikes,
                  "'%s' in pieces of %zu: %zu units, %zu spikes; %s", good[i].text, piece, r->units, r->spikes,
                  text_string(&said));
    for (size_t u = 0; u < r->units; u++)
        ck_assert_str_eq(r->label[u], good[i].label[u]);
    for (size_t k = 0; k < r->spikes; k++)
        ck_assert_msg(near_relative(r->time[k], good[i].time[k], 3e-16) && recording_unit(r, k) == good[i].unit[k],
                      "'%s' in pieces of %zu: spike %zu is %.17g of %u (%s)", good[i].text, piece, k, r->time[k],
                      recording_unit(r, k), text_string(&said));
    recording_free(r);
    text_free(&said);
}

START_TEST(every_layout_is_read_in_every_piece_size)
{
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        for (size_t piece = 0; piece <= good[i].length; piece++)
            check(i, good[i].text, good[i].length, piece);
}
END_TEST

/* As gzip would write it. */
static size_t pack(const char *text, size_t length, char *out, size_t size)
{
    z_stream stream = {0};
    ck_assert_int_eq(deflateInit2(&stream, 9, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY), Z_OK);
    stream.next_in = (Bytef *)(size_t)text;
    stream.avail_in = (uInt)length;
    stream.next_out = (Bytef *)out;
    stream.avail_out = (uInt)size;
    ck_assert_int_eq(deflate(&stream, Z_FINISH), Z_STREAM_END);
    deflateEnd(&stream);
    return size - stream.avail_out;
}

START_TEST(every_layout_is_read_out_of_gzip)
{
    char packed[4096];
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        size_t length = pack(good[i].text, good[i].length, packed, sizeof packed);
        for (size_t piece = 0; piece <= length; piece++)
            check(i, packed, length, piece);
        /* in two members, and with padding behind */
        size_t half = good[i].length / 2, first = pack(good[i].text, half, packed, sizeof packed);
        length = first + pack(good[i].text + half, good[i].length - half, packed + first, sizeof packed - first);
        check(i, packed, length, 0);
        check(i, packed, length, 1);
        memset(packed + length, 0, 100);
        check(i, packed, length + 100, 0);
        check(i, packed, length + 100, 3);
    }
}
END_TEST

START_TEST(damaged_gzip_is_explained)
{
    char packed[8192], text[3000] = "";
    struct error error = {""};
    struct text said = {0};
    for (int i = 0; i < 200; i++)
        snprintf(text + strlen(text), 20, "%.4f %d\n", i / 1e3, 100 + i * i % 7);
    size_t length = pack(text, strlen(text), packed, sizeof packed);
    for (size_t cut = 2; cut < length; cut++) {
        ck_assert_msg(!recording_parse("r.gz", packed, cut, cut % 7, &(struct load_options){0}, &said, &error),
                      "read though %zu of %zu bytes are there", cut, length);
        ck_assert_str_eq(error.text, "r.gz: the compressed data end too early; the file is cut off");
    }
    packed[length / 2] ^= 0x55;
    ck_assert(!recording_parse("r.gz", packed, length, 0, &(struct load_options){0}, &said, &error));
    ck_assert_msg(strncmp(error.text, "r.gz: the compressed data are damaged after ", 44) == 0, "%s", error.text);
    packed[length / 2] ^= 0x55;
    packed[length - 6] ^= 0x01; /* the checksum */
    ck_assert(!recording_parse("r.gz", packed, length, 0, &(struct load_options){0}, &said, &error));
    ck_assert_msg(strncmp(error.text, "r.gz: the compressed data are damaged after ", 44) == 0, "%s", error.text);
}
END_TEST

int main(void)
{
    return HARNESS_RUN("record: layouts", every_layout_is_read_in_every_piece_size, every_layout_is_read_out_of_gzip,
                       damaged_gzip_is_explained);
}
