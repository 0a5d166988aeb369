# lifscope - an oscilloscope for spiking neurons in a terminal
#
#   make deps       install what is missing (Debian packages)     make run        build and open the program
#   make test       every test, side by side                      make bench      speed, as ratios within one run
#   make install    PREFIX=/usr/local DESTDIR=                    make uninstall  the same backwards
#   make dist       a tarball of the last commit                  make deb        a Debian package of it
#   make fuzz       fuzz the parsers (clang)
#   make SAN=address,undefined test      make SAN=thread test     the same tests under sanitizers
#   make ROOMS="engine term" test        the tests of some rooms  make format     lays the code out (clang-format)
#   make deps-engines test-engines       what export writes, run by the engines it is for
#   make V=1        shows the commands                            make compile_commands.json   for editors

PREFIX   ?= /usr/local
DESTDIR  ?=
CC       ?= cc
CPPFLAGS ?=
CFLAGS   ?= -O2 -g
LDFLAGS  ?=
SAN      ?=
ROOMS    ?=
V        ?=

VERSION  := 0.2.0
comma    := ,
# Another compiler builds beside the usual one: build/clang-release.
OTHER    := $(addsuffix -,$(filter-out cc gcc,$(notdir $(lastword $(CC)))))
BUILD    := build/$(OTHER)$(if $(SAN),$(subst $(comma),-,$(SAN)),release)

PACKAGES := libncurses-dev libreadline-dev libcsv-dev libgsl-dev libopenblas-dev liblapacke-dev libmuparser-dev \
            zlib1g-dev libutf8proc-dev libcairo2-dev fonts-dejavu-core check libvterm-dev pkg-config

# -ffp-contract=off: a fused multiply-add would round differently on another machine.
# -fno-trapping-math, -fno-math-errno: allow vector code; neither changes a result.
# -fPIC: the tests share one library of these objects, so that a change is linked once and not once a test.
STANDARD := -std=c17 -D_XOPEN_SOURCE=700 -DLIFSCOPE_VERSION='"$(VERSION)"'
WARNINGS := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wvla -Wformat=2
NUMERICS := -ffp-contract=off -fno-trapping-math -fno-math-errno
SANFLAGS := $(if $(SAN),-fsanitize=$(SAN) -fno-omit-frame-pointer -fno-sanitize-recover=all)
COMPILE  := $(STANDARD) $(WARNINGS) $(NUMERICS) -fPIC -fno-semantic-interposition $(CPPFLAGS) $(CFLAGS) $(SANFLAGS) \
            -Iinclude -pthread
LINK     := $(CFLAGS) $(SANFLAGS) -pthread $(LDFLAGS)
TESTING  := -Itest -DTEST_DATA='"$(CURDIR)/test/data"'

SOURCES  := $(sort $(wildcard src/*.c src/*/*.c))
OBJECTS  := $(SOURCES:src/%.c=$(BUILD)/%.o)
LIBRARY  := $(filter-out $(BUILD)/main.o,$(OBJECTS))
TESTS    := $(sort $(if $(ROOMS),$(wildcard $(ROOMS:%=test/%/test_*.c)),$(wildcard test/*/test_*.c)))
PROGRAMS := $(TESTS:test/%.c=$(BUILD)/test/%)
# Those that need engines of others are for test-engines.
SCRIPTS  := $(if $(ROOMS),,$(sort $(filter-out test/engines.sh,$(wildcard test/*.sh))))
BENCHES  := $(sort $(wildcard test/bench/bench_*.c))
BENCH_PROGRAMS := $(BENCHES:test/%.c=$(BUILD)/test/%)

# All processors, unless somebody said how many.
ifeq (,$(filter -j% --jobserver%,$(MAKEFLAGS)))
MAKEFLAGS += -j$(shell nproc 2>/dev/null || echo 1)
endif

# A change of compiler or flags is a change of every object.
ifeq (,$(filter clean,$(MAKECMDGOALS)))
ifneq ($(file <$(BUILD)/flags),$(strip $(CC) $(COMPILE) $(LINK)))
$(shell mkdir -p $(BUILD))$(file >$(BUILD)/flags,$(strip $(CC) $(COMPILE) $(LINK)))
endif
endif

# One short line a file and how far it is; how many there will be is what make itself says it would do.
ifndef TOTAL
TOTAL := $(shell $(MAKE) -n TOTAL=0 V= $(MAKECMDGOALS) 2>/dev/null | grep -c "^printf '\[")
endif
say = $(if $(V),,@printf '[%s/$(TOTAL)] $(1) %s\n' $(eval DONE += x)$(words $(DONE)) $(if $(2),$(2),$@);)

# `make deps test` finds libraries that were not there when it began: nothing is compiled before deps is done.
BEFORE := $(filter deps,$(MAKECMDGOALS))

all: $(BUILD)/lifscope

run: all
	$(BUILD)/lifscope

deps:
	@sh .ci/deps $(PACKAGES)

# ---- compiling and linking ----

# Found when it is used: `make deps` may just have installed it.
$(BUILD)/print/%.o build/fuzz/print/%.o: CAIRO = $(shell pkg-config --cflags-only-I cairo)

$(BUILD)/%.o: src/%.c $(BUILD)/flags | $(BEFORE)
	$(call say,CC  ,$<)mkdir -p $(@D) && $(CC) $(COMPILE) $(CAIRO) -MMD -MP -c -o $@ $<

# The commit is said by --version; a new one compiles one file anew. A tree without git says what the archive was told.
COMMIT := $(shell git describe --always --dirty --abbrev=10 2>/dev/null)
ifeq (,$(filter clean,$(MAKECMDGOALS)))
ifneq ($(file <$(BUILD)/commit),$(COMMIT))
$(shell mkdir -p $(BUILD))$(file >$(BUILD)/commit,$(COMMIT))
endif
endif
$(BUILD)/about.o: COMPILE += -DLIFSCOPE_COMMIT='"$(COMMIT)"'
$(BUILD)/about.o: $(BUILD)/commit

$(BUILD)/test/%.o: test/%.c $(BUILD)/flags | $(BEFORE)
	$(call say,CC  ,$<)mkdir -p $(@D) && $(CC) $(COMPILE) $(TESTING) -Itest/bench -MMD -MP -c -o $@ $<

# The literal loops that kernels are measured against stay loops.
$(BUILD)/test/bench/literal.o: COMPILE += -fno-tree-vectorize

# What to link with, one word a line, as the compiler reads it after @. OpenBLAS and LAPACKE are opened when they are
# first needed: src/nef/linear_calls.c. libcsv has no .pc file.
$(BUILD)/libs: Makefile $(BUILD)/flags | $(BEFORE)
	@pkg-config --libs ncursesw readline gsl muparser zlib libutf8proc cairo >$@.new && echo -lcsv -lm >>$@.new && mv $@.new $@

$(BUILD)/testlibs: Makefile $(BUILD)/flags | $(BEFORE)
	@pkg-config --libs check vterm >$@.new && echo -lutil >>$@.new && mv $@.new $@

$(BUILD)/lifscope: $(OBJECTS) $(BUILD)/libs
	$(call say,LINK)$(CC) $(LINK) -o $@ $(OBJECTS) @$(BUILD)/libs

$(BUILD)/liblifscope.so: $(LIBRARY) $(BUILD)/libs
	$(call say,LINK)$(CC) $(LINK) -shared -o $@ $(LIBRARY) @$(BUILD)/libs

# Tests find the library beside them when they run; a change in it does not link them again.
$(PROGRAMS) $(BENCH_PROGRAMS): $(BUILD)/test/%: $(BUILD)/test/%.o $(BUILD)/libs $(BUILD)/testlibs | $(BUILD)/liblifscope.so
	$(call say,LINK)$(CC) $(LINK) -o $@ $(filter %.o,$^) -L$(BUILD) -Wl,-rpath,$(CURDIR)/$(BUILD) -llifscope \
	    @$(BUILD)/libs @$(BUILD)/testlibs

$(BENCH_PROGRAMS): $(BUILD)/test/bench/literal.o

# ---- tests: side by side, each prints Check's closing lines, one failing does not hide the others ----

RUNS := $(PROGRAMS:$(BUILD)/test/%=run/%) $(SCRIPTS:test/%=run/%)
RUN_WITH = LIFSCOPE=$(BUILD)/lifscope LC_ALL=C.UTF-8 CK_TIMEOUT_MULTIPLIER=$(if $(SAN),60,20)
run_one = log=$(BUILD)/test/$(@:run/%=%).log; mkdir -p $$(dirname $$log); \
    if $(RUN_WITH) $(1) >$$log 2>&1; then rm -f $$log.failed; else echo $@ >$$log.failed; fi; cat $$log

test: $(RUNS)
	@failed=$$(cat $(RUNS:run/%=$(BUILD)/test/%.log.failed) 2>/dev/null | tr '\n' ' '); \
	if [ -n "$$failed" ]; then echo "FAILED: $$failed"; exit 1; fi; echo "all tests passed"

$(SCRIPTS:test/%=run/%): run/%: test/% all
	@$(call run_one,sh $<)

$(PROGRAMS:$(BUILD)/test/%=run/%): run/%: $(BUILD)/test/% $(BUILD)/liblifscope.so all
	@$(call run_one,$<)

# What export writes, run by the engines it is for.
deps-engines:
	@sh .ci/deps python3-brian

test-engines: all
	@LIFSCOPE=$(abspath $(BUILD)/lifscope) LC_ALL=C.UTF-8 sh test/engines.sh

# Ratios within one run, one after another; nothing here fails because a machine is slow.
bench: all $(BENCH_PROGRAMS) $(BUILD)/liblifscope.so
	@for b in $(BENCH_PROGRAMS); do LIFSCOPE=$(BUILD)/lifscope LC_ALL=C.UTF-8 CK_FORK=no $$b; done

# libFuzzer: each test/fuzz/fuzz_x.c for FUZZ_SECONDS, from the seeds in test/fuzz/corpus/x. What it finds beyond them
# stays in build/fuzz/found/x, and what makes it stop is written to build/fuzz too.
FUZZ_SECONDS ?= 60
FUZZERS      := $(sort $(wildcard test/fuzz/fuzz_*.c))
FUZZ_NAMES   := $(FUZZERS:test/fuzz/fuzz_%.c=%)
FUZZ_OBJECTS := $(LIBRARY:$(BUILD)/%.o=build/fuzz/%.o)
FUZZ_CFLAGS  := $(STANDARD) $(NUMERICS) -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all \
                -fno-omit-frame-pointer -Iinclude -MMD -MP -pthread

build/fuzz/%.o: src/%.c | $(BEFORE)
	$(call say,CC  ,$<)mkdir -p $(@D) && clang $(FUZZ_CFLAGS) $(CAIRO) -c -o $@ $<

build/fuzz/fuzz_%: test/fuzz/fuzz_%.c $(FUZZ_OBJECTS) $(BUILD)/libs
	$(call say,LINK)clang $(FUZZ_CFLAGS) -fsanitize=fuzzer,address,undefined -o $@ $< $(FUZZ_OBJECTS) @$(BUILD)/libs

FUZZ_RUNS := $(FUZZ_NAMES:%=fuzz/%)

# As many at a time as make runs jobs; one that finds something does not stop the others.
fuzz: $(FUZZ_RUNS)
	@failed=$$(cat $(FUZZ_NAMES:%=build/fuzz/%.failed) 2>/dev/null | tr '\n' ' '); \
	if [ -n "$$failed" ]; then echo "FOUND SOMETHING: $$failed(build/fuzz/NAME.log)"; exit 1; fi; echo "nothing was found"

$(FUZZ_RUNS): fuzz/%: build/fuzz/fuzz_%
	@mkdir -p build/fuzz/found/$*; rm -f build/fuzz/$*.failed; \
	build/fuzz/fuzz_$* -max_total_time=$(FUZZ_SECONDS) -max_len=4096 -print_final_stats=1 \
	    -artifact_prefix=build/fuzz/$*- build/fuzz/found/$* test/fuzz/corpus/$* >build/fuzz/$*.log 2>&1 || \
	    { echo $* >build/fuzz/$*.failed; grep -m 3 -E 'ERROR|SUMMARY|runtime error' build/fuzz/$*.log; }; \
	echo "$@: $$(sed -n 's/^stat::number_of_executed_units: *//p' build/fuzz/$*.log) inputs"

# ---- how the code is laid out: .clang-format, as version 14 reads it ----

CODE := $(sort $(wildcard include/*.h include/*/*.h src/*.[ch] src/*/*.[ch] test/*.h test/*/*.[ch]))

format:
	@clang-format -i $(CODE)

check-format:
	@clang-format --dry-run -Werror $(CODE)

# ---- what others get ----

SHARED := $(DESTDIR)$(PREFIX)/share/lifscope

# Where shells look for what completes arguments: a file for each, written by the program from its own tables.
COMPLETIONS := bash:bash-completion/completions/lifscope zsh:zsh/vendor-completions/_lifscope \
               fish:fish/vendor_completions.d/lifscope.fish

install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/man/man1 $(DESTDIR)$(PREFIX)/share/man/man5 $(SHARED)
	@for c in $(COMPLETIONS); do to=$(DESTDIR)$(PREFIX)/share/$${c#*:}; install -d $$(dirname $$to) && \
	    $(BUILD)/lifscope --completion $${c%%:*} >$$to && chmod 644 $$to && echo $$to || exit 1; done
	install -m 755 $(BUILD)/lifscope $(DESTDIR)$(PREFIX)/bin/lifscope
	install -m 644 man/lifscope.1 $(DESTDIR)$(PREFIX)/share/man/man1/lifscope.1
	install -m 644 man/lifscope-lesson.5 $(DESTDIR)$(PREFIX)/share/man/man5/lifscope-lesson.5
	cp -r data/. $(SHARED) && chmod -R u=rwX,go=rX $(SHARED)

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/lifscope $(DESTDIR)$(PREFIX)/share/man/man1/lifscope.1 \
	    $(DESTDIR)$(PREFIX)/share/man/man5/lifscope-lesson.5
	rm -f $(foreach c,$(COMPLETIONS),$(DESTDIR)$(PREFIX)/share/$(lastword $(subst :, ,$c)))
	rm -rf $(SHARED)

dist:
	@mkdir -p build && git archive --prefix=lifscope-$(VERSION)/ HEAD | gzip -n >build/lifscope-$(VERSION).tar.gz && \
	    echo build/lifscope-$(VERSION).tar.gz

deb:
	@sh .packaging/deb $(VERSION) $(filter-out check libvterm-dev,$(PACKAGES))

compile_commands.json: Makefile
	@{ echo '['; separator=; for source in $(SOURCES) $(TESTS); do printf '%s{"directory":"%s","file":"%s","arguments":[' \
	    "$$separator" '$(CURDIR)' "$$source"; for word in $(CC) $(COMPILE) $(TESTING) -c; do \
	    printf '"%s",' "$$(printf %s "$$word" | sed 's/["\\]/\\&/g')"; done; printf '"%s"]}' "$$source"; separator=,; \
	    done; echo ']'; } >build/$@ && echo build/$@

clean:
	rm -rf build

-include $(OBJECTS:.o=.d) $(PROGRAMS:=.d) $(BENCH_PROGRAMS:=.d) $(FUZZ_OBJECTS:.o=.d)

.PHONY: all run deps test deps-engines test-engines bench fuzz $(FUZZ_RUNS) format check-format install uninstall dist deb compile_commands.json clean $(RUNS)
.SECONDARY:
.DELETE_ON_ERROR:
