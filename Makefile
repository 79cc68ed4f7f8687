# make run      installs what is missing, builds, archives the sample batch, shows what it did
# make test     installs what is missing, checks format, imports, layering and docs, runs every test
# make install  puts the program, manual pages, completions and a nightly unit under PREFIX (default /usr/local)
# make bench    measures speed against its limits, in one run
# make fuzz     feeds every reader with broken input, FUZZ_SECONDS for each (default 600)
# make check-release   builds the program as it is installed, and looks at how it was linked
# make clean    removes what 'make run' and the tour made; an archive with anything else in it is left alone

PREFIX ?= /usr/local
DESTDIR ?=
SWIFT ?= swift
FUZZ_SECONDS ?= 600
# Tests are optimised too: it takes two minutes more to build and a third of the time to run.
TEST_FLAGS = -Xswiftc -O
# As it is installed: nothing to look up where it lies (RUNPATH), no symbols, and calls of C that check their lengths.
# Package.swift has what holds for every build: full RELRO, and all symbols bound at the start.
RELEASE_FLAGS = -c release --static-swift-stdlib --disable-local-rpath -Xlinker -s -Xcc -U_FORTIFY_SOURCE -Xcc -D_FORTIFY_SOURCE=2
BINARY = .build/release/berkas
TIMED = @Tests/timed

# What the build needs.
BUILD_PACKAGES = binutils libarchive-dev libb2-dev libexpat1-dev libheif-dev libleptonica-dev libmagic-dev libqpdf-dev \
  libseccomp-dev libsqlite3-dev libssl-dev libstemmer-dev libtiff-dev libwebp-dev libxlsxwriter-dev pkg-config zlib1g-dev
# What reading and printing need when they run: without one of these, files of its kind are kept and not read.
RUN_PACKAGES = bubblewrap openssh-client openssl poppler-data poppler-utils tesseract-ocr tesseract-ocr-ind weasyprint
# What the tests compare with.
TEST_PACKAGES = file libarchive-tools p7zip-full procps python3-venv rsync sqlite3 strace systemd unzip util-linux zip zstd
SUDO = $(if $(filter 0,$(shell id -u)),,sudo)

.PHONY: run test install install-units bench fuzz clean build check-release lint deps test-deps

run: build
	@$(BINARY) --home Archive ingest Archive/intake
	@echo
	@echo "Three commands to try next:"
	@echo "  $(BINARY) list --year 2024"
	@echo "  $(BINARY) search 'rencana kinerja tahunan'"
	@echo "  $(BINARY) verify"

build: deps
	@$(SWIFT) build $(RELEASE_FLAGS) --product berkas

# Says how long each part took. What the tests say goes to .build/test.log, their failures also here. The command line is
# tried with the program as it is installed, which also starts in a fifth of the time.
test:
	$(TIMED) install $(MAKE) --no-print-directory test-deps
	$(TIMED) lint $(MAKE) --no-print-directory lint
	$(TIMED) program $(MAKE) --no-print-directory build
	$(TIMED) build $(SWIFT) build --build-tests --explicit-target-dependency-import-check error $(TEST_FLAGS)
	$(TIMED) tests env BERKAS_UNDER_TEST="$(CURDIR)/$(BINARY)" Tests/run .build/test.log $(SWIFT) test --skip-build $(TEST_FLAGS)

lint:
	@$(SWIFT) format lint --strict --parallel --recursive Sources Tests Package.swift

bench: test-deps build
	@python3 Tests/Benchmarks/bench.py $(BENCH)

check-release: build
	@Tests/check-release $(BINARY)

# A build of its own: every branch of the program is counted in it.
fuzz: test-deps
	@BERKAS_FUZZ=1 $(SWIFT) build --scratch-path .build-fuzz --product fuzz -Xswiftc -sanitize=fuzzer -Xswiftc -O
	@Tests/Fuzzing/run .build-fuzz/debug/fuzz $(FUZZ_SECONDS) .build-fuzz

install: build install-units
	@Tests/check-release $(BINARY)
	@$(SWIFT) build $(RELEASE_FLAGS) --product generate-manual
	@rm -rf .build/man && mkdir -p .build/man
	@.build/release/generate-manual $(BINARY) --multi-page --output-directory .build/man
	install -D -m 755 $(BINARY) "$(DESTDIR)$(PREFIX)/bin/berkas"
	install -d "$(DESTDIR)$(PREFIX)/share/doc/berkas"
	install -m 644 LICENSE NOTICE CHANGELOG.md "$(DESTDIR)$(PREFIX)/share/doc/berkas/"
	install -d "$(DESTDIR)$(PREFIX)/share/man/man1"
	install -m 644 .build/man/*.1 "$(DESTDIR)$(PREFIX)/share/man/man1/"
	install -d "$(DESTDIR)$(PREFIX)/share/bash-completion/completions"
	$(BINARY) --generate-completion-script bash > "$(DESTDIR)$(PREFIX)/share/bash-completion/completions/berkas"
	install -d "$(DESTDIR)$(PREFIX)/share/zsh/site-functions"
	$(BINARY) --generate-completion-script zsh > "$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_berkas"
	install -d "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d"
	$(BINARY) --generate-completion-script fish > "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/berkas.fish"

# Nothing is enabled: whose archive is checked at night is for the office to say.
install-units:
	install -d "$(DESTDIR)$(PREFIX)/lib/systemd/user"
	for unit in service timer; do \
	  sed 's|@PREFIX@|$(PREFIX)|' "Installation/berkas-nightly@.$$unit" \
	    > "$(DESTDIR)$(PREFIX)/lib/systemd/user/berkas-nightly@.$$unit"; \
	done

# An archive that holds more than the sample is left alone, and then so is all the rest.
clean:
	@Installation/clean-sample
	@rm -rf .build .build-fuzz

deps:
	@$(call install_missing,$(BUILD_PACKAGES) $(RUN_PACKAGES))

test-deps:
	@$(call install_missing,$(BUILD_PACKAGES) $(RUN_PACKAGES) $(TEST_PACKAGES))

# Asks dpkg first, so that nothing is fetched where nothing is missing.
define install_missing
missing=""; for package in $(1); do \
  dpkg-query -W -f='$${Status}' "$$package" 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; \
done; \
if [ -n "$$missing" ]; then \
  echo "installing:$$missing"; \
  $(SUDO) apt-get update -qq && $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing; \
fi
endef
