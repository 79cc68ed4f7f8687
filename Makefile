# make run      installs what is missing, builds, archives the sample batch, shows what it did
# make test     installs what is missing, checks format, imports, layering and docs, runs every test
# make install  puts the program, manual pages, completions and a nightly unit under PREFIX (default /usr/local)
# make bench    measures speed against its limits, in one run
# make fuzz     feeds every reader with broken input, FUZZ_SECONDS for each (default 600)
# make clean    removes what a run made

PREFIX ?= /usr/local
DESTDIR ?=
SWIFT ?= swift
FUZZ_SECONDS ?= 600
# Tests are optimised too: it takes two minutes more to build and a third of the time to run.
TEST_FLAGS = -Xswiftc -O
BINARY = .build/release/berkas

# What the build needs.
BUILD_PACKAGES = libarchive-dev libb2-dev libexpat1-dev libleptonica-dev libmagic-dev libqpdf-dev libsqlite3-dev libssl-dev \
  libstemmer-dev libxlsxwriter-dev pkg-config zlib1g-dev
# What reading and printing need when they run: without one of these, files of its kind are kept and not read.
RUN_PACKAGES = bubblewrap catdoc poppler-utils tesseract-ocr tesseract-ocr-ind weasyprint
# What the tests compare with.
TEST_PACKAGES = file libarchive-tools p7zip-full procps python3-venv rsync sqlite3 systemd unzip util-linux zip zstd
SUDO = $(if $(filter 0,$(shell id -u)),,sudo)

.PHONY: run test install install-units bench fuzz clean build lint deps test-deps

run: build
	@$(BINARY) --home Archive ingest Archive/intake
	@echo
	@echo "Three commands to try next:"
	@echo "  $(BINARY) list --year 2024"
	@echo "  $(BINARY) search 'rencana kinerja tahunan'"
	@echo "  $(BINARY) verify"

build: deps
	@$(SWIFT) build -c release --static-swift-stdlib --product berkas

test: test-deps lint
	@$(SWIFT) build --build-tests --explicit-target-dependency-import-check error $(TEST_FLAGS)
	@$(SWIFT) test --skip-build $(TEST_FLAGS)

lint:
	@$(SWIFT) format lint --strict --parallel --recursive Sources Tests Package.swift

bench: test-deps build
	@python3 Tests/Benchmarks/bench.py $(BENCH)

# A build of its own: every branch of the program is counted in it.
fuzz: test-deps
	@BERKAS_FUZZ=1 $(SWIFT) build --scratch-path .build-fuzz --product fuzz -Xswiftc -sanitize=fuzzer -Xswiftc -O
	@Tests/Fuzzing/run .build-fuzz/debug/fuzz $(FUZZ_SECONDS) .build-fuzz

install: build install-units
	@$(SWIFT) build -c release --static-swift-stdlib --product generate-manual
	@rm -rf .build/man && mkdir -p .build/man
	@.build/release/generate-manual $(BINARY) --multi-page --output-directory .build/man
	install -D -m 755 $(BINARY) "$(DESTDIR)$(PREFIX)/bin/berkas"
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

clean:
	rm -rf .build .build-fuzz coba Archive/store Archive/ledger Archive/packages Archive/staging Archive/derived Archive/reports
	rm -f Archive/catalogue.sqlite Archive/catalogue.sqlite-wal Archive/catalogue.sqlite-shm Archive/.lock

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
