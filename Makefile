# lifscope - an oscilloscope for spiking neurons in a terminal
#
#   make deps       install what is missing (Debian packages)     make run        build and open the program
#   make test       every test                                    make bench      speed, as ratios within one run
#   make install    PREFIX=/usr/local DESTDIR=                    make fuzz       fuzz the parsers (clang)
#   make SAN=address,undefined test      make SAN=thread test     the same tests under sanitizers

PREFIX  ?= /usr/local
DESTDIR ?=
CC      ?= cc
CFLAGS  ?= -O2 -g
SAN     ?=

VERSION  := 0.1.0
comma    := ,
BUILD    := build/$(if $(SAN),$(subst $(comma),-,$(SAN)),release)

PACKAGES := libncurses-dev libreadline-dev libcsv-dev libgsl-dev libopenblas-dev liblapacke-dev libmuparser-dev \
            zlib1g-dev check libvterm-dev pkg-config

# -ffp-contract=off: a fused multiply-add would round differently on another machine.
# -fno-trapping-math, -fno-math-errno: allow vector code; neither changes a result.
STANDARD := -std=c17 -D_XOPEN_SOURCE=700 -DLIFSCOPE_VERSION='"$(VERSION)"'
WARNINGS := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wvla -Wformat=2
NUMERICS := -ffp-contract=off -fno-trapping-math -fno-math-errno
SANFLAGS := $(if $(SAN),-fsanitize=$(SAN) -fno-omit-frame-pointer -fno-sanitize-recover=all)
ALL_CFLAGS = $(STANDARD) $(WARNINGS) $(NUMERICS) $(CFLAGS) $(SANFLAGS) -Iinclude -MMD -MP -pthread
# OpenBLAS and LAPACKE are opened when they are first needed: src/nef/linear_calls.c.
LIBS     := -lreadline -lncursesw -lcsv -lgsl -lgslcblas -lmuparser -lz -lm
# Asked when a test is linked and not before: `make deps test` may only just have installed pkg-config.
TESTLIBS  = $(shell pkg-config --libs check) -lvterm -lutil

SOURCES  := $(sort $(wildcard src/*.c src/*/*.c))
OBJECTS  := $(SOURCES:src/%.c=$(BUILD)/%.o)
LIBRARY  := $(filter-out $(BUILD)/main.o,$(OBJECTS))
TESTS    := $(sort $(wildcard test/*/test_*.c))
PROGRAMS := $(TESTS:test/%.c=$(BUILD)/test/%)
SCRIPTS  := $(sort $(wildcard test/*.sh))

all: $(BUILD)/lifscope

run: all
	$(BUILD)/lifscope

deps:
	@sh .ci/deps $(PACKAGES)

$(BUILD)/lifscope: $(OBJECTS)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/%.o: src/%.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -c -o $@ $<

$(BUILD)/liblifscope.a: $(LIBRARY)
	@rm -f $@
	$(AR) rcs $@ $^

$(BUILD)/test/%: test/%.c $(BUILD)/liblifscope.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -Itest -DTEST_DATA='"$(CURDIR)/test/data"' $(LDFLAGS) -o $@ $< $(BUILD)/liblifscope.a $(LIBS) $(TESTLIBS)

# Each test program prints Check's closing lines; one failing does not hide the others.
test: all $(PROGRAMS)
	@failed=; for t in $(PROGRAMS); do \
	    LIFSCOPE=$(BUILD)/lifscope LC_ALL=C.UTF-8 CK_TIMEOUT_MULTIPLIER=$(if $(SAN),30,10) $$t || failed="$$failed $$t"; done; \
	for t in $(SCRIPTS); do LIFSCOPE=$(BUILD)/lifscope sh $$t || failed="$$failed $$t"; done; \
	if [ -n "$$failed" ]; then echo "FAILED:$$failed"; exit 1; fi; echo "all tests passed"

BENCHES := $(sort $(wildcard test/bench/bench_*.c))
BENCH_PROGRAMS := $(BENCHES:test/%.c=$(BUILD)/test/%)

$(BUILD)/test/bench/literal.o: test/bench/literal.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -fno-tree-vectorize -c -o $@ $<

$(BENCH_PROGRAMS): $(BUILD)/test/bench/%: test/bench/%.c $(BUILD)/test/bench/literal.o $(BUILD)/liblifscope.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -Itest -Itest/bench -DTEST_DATA='"$(CURDIR)/test/data"' $(LDFLAGS) -o $@ $< \
	    $(BUILD)/test/bench/literal.o $(BUILD)/liblifscope.a $(LIBS) $(TESTLIBS)

# Ratios within one run; nothing here fails because a machine is slow.
bench: all $(BENCH_PROGRAMS)
	@for b in $(BENCH_PROGRAMS); do LIFSCOPE=$(BUILD)/lifscope LC_ALL=C.UTF-8 CK_FORK=no $$b; done

# libFuzzer: each test/fuzz/fuzz_x.c for FUZZ_SECONDS, from the seeds in test/fuzz/corpus/x. What it finds beyond them
# stays in build/fuzz/found/x, and what makes it stop is written to build/fuzz too.
FUZZ_SECONDS ?= 60
FUZZERS      := $(sort $(wildcard test/fuzz/fuzz_*.c))
FUZZ_NAMES   := $(FUZZERS:test/fuzz/fuzz_%.c=%)
FUZZ_OBJECTS := $(LIBRARY:$(BUILD)/%.o=build/fuzz/%.o)
FUZZ_CFLAGS  := $(STANDARD) $(NUMERICS) -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all \
                -fno-omit-frame-pointer -Iinclude -MMD -MP -pthread

build/fuzz/%.o: src/%.c
	@mkdir -p $(@D)
	clang $(FUZZ_CFLAGS) -c -o $@ $<

build/fuzz/fuzz_%: test/fuzz/fuzz_%.c $(FUZZ_OBJECTS)
	clang $(FUZZ_CFLAGS) -fsanitize=fuzzer,address,undefined -o $@ $^ $(LIBS)

fuzz: $(FUZZ_NAMES:%=build/fuzz/fuzz_%)
	@for name in $(FUZZ_NAMES); do mkdir -p build/fuzz/found/$$name && \
	    build/fuzz/fuzz_$$name -max_total_time=$(FUZZ_SECONDS) -max_len=4096 -print_final_stats=1 \
	    -artifact_prefix=build/fuzz/$$name- build/fuzz/found/$$name test/fuzz/corpus/$$name || exit 1; done

install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/man/man1 $(DESTDIR)$(PREFIX)/share/lifscope
	install -m 755 $(BUILD)/lifscope $(DESTDIR)$(PREFIX)/bin/lifscope
	install -m 644 man/lifscope.1 $(DESTDIR)$(PREFIX)/share/man/man1/lifscope.1
	install -m 644 $(wildcard data/*) $(DESTDIR)$(PREFIX)/share/lifscope

clean:
	rm -rf build

-include $(OBJECTS:.o=.d) $(PROGRAMS:=.d) $(FUZZ_OBJECTS:.o=.d)

.PHONY: all run deps test bench fuzz install clean
.SECONDARY:
