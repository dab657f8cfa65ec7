# `make` lists what can be done. Each target does its own set-up; a second run does only what changed.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
PORT ?= 8000
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
RUN := $(BIN)/python -m dsbuilder
TEST := $(BIN)/python -m pytest
READY := $(VENV)/.installed

.PHONY: help run demo migrate build test check soak mutants bench counts geography outline pictures wheel clean browser

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' Makefile | sed -E 's/^([a-z]+):.*## /\1\t/' | awk -F'\t' '{printf "  make %-9s %s\n", $$1, $$2}'

run: $(READY) ## set up all that is needed and start the demonstration on http://localhost:8000
	@$(RUN) serve --demo --port $(PORT)

test: $(READY) browser ## set up all that is needed and run every test (not the long ones)
	@echo "Building the pages, when they changed."
	@$(RUN) build
	@echo "Checking style and types."
	@$(BIN)/ruff check -q .
	@$(BIN)/mypy
	@echo "Running the tests (some minutes), those in the browser beside the others."
	@$(BIN)/python -m tests.in_two_halves $(ARGS)

check: $(READY) ## style, types, architecture and the fast tests
	@$(BIN)/ruff check -q .
	@$(BIN)/ruff format -q --check .
	@$(BIN)/mypy
	@$(TEST) --collect-only -q > /dev/null || { echo "A test file cannot be read: $(TEST) --collect-only"; exit 1; }
	@$(TEST) -m "not browser and not slow and not soak" $(ARGS)

soak: $(READY) browser ## the long tests
	@$(RUN) build
	@$(TEST) -m soak $(ARGS)
	@$(TEST) -m "not browser and not slow" --hypothesis-profile=soak --timeout 1800 tests/domain tests/actions/test_desk.py

mutants: $(READY) ## change conditions and validation in small ways, and list what no test notices
	@$(BIN)/mutmut run $(ARGS)
	@$(BIN)/mutmut results

bench: $(READY) browser ## measure: conditions, forms, answers per second, weight of the pages, memory
	@$(RUN) build
	@$(BIN)/python -m bench $(ARGS)

counts: $(READY) ## count what imports, and what goes the whole way to CSV, of the real procedures (DSBUILDER_REAL_PROCEDURES)
	@$(BIN)/python -m bench.real_procedures
	@$(BIN)/python -m bench.real_dossiers

geography: $(READY) ## make the file of the official geography again, from its sources (npm, Babel)
	@PATH="$(abspath $(BIN)):$$PATH" $(BIN)/python -m tools.make_geography

outline: $(READY) ## make the outline of France under maps again, from npm
	@$(BIN)/python tools/make_outline.py

pictures: $(READY) browser ## a picture of every page, 1280 and 390 wide, light and dark, into pictures/
	@$(RUN) build
	@$(BIN)/python -m tests.browser.pictures $(ARGS)

demo: $(READY) ## furnish the demonstration without serving it
	@$(RUN) demo

migrate: $(READY) ## bring the database to this version
	@$(RUN) migrate

build: $(READY) ## build the pages, when they are absent or changed
	@$(RUN) build

wheel: $(READY) ## make dist/*.whl, with the built pages inside
	@$(RUN) build
	@rm -rf dist
	@$(BIN)/python -m pip wheel -qq --disable-pip-version-check --no-deps --wheel-dir dist .
	@ls -l dist

browser: $(READY)
	@$(BIN)/python -m tests.browser.chromium

clean: ## remove what was built and installed (never .data)
	rm -rf $(VENV) .web .web.log .states .browser .build.lock dsbuilder/_web dsbuilder/_web.new build dist pictures
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "dsbuilder needs Python 3.11 or later. Name one: make PYTHON=python3.12"; exit 1; }
	@echo "Making the Python environment in $(VENV)."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
	  { rm -rf $(VENV); echo "python3 -m venv failed. On Debian: apt-get install python3-venv"; exit 1; }
	@echo "Installing the Python packages, Node.js among them (a minute or more the first time)."
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -e '.[dev]'
	@touch $@
