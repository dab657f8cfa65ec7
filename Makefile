# `make` lists what can be done. Each target does its own set-up; a second run does only what changed.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
PORT ?= 8000
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
RUN := $(BIN)/python -m dsbuilder

.PHONY: help run demo migrate build test check soak bench counts pictures wheel clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' Makefile | sed -E 's/^([a-z]+):.*## /\1\t/' | awk -F'\t' '{printf "  make %-10s %s\n", $$1, $$2}'

$(VENV)/.installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "dsbuilder needs Python 3.11 or later; this is $$($(PYTHON) --version). Give another: make PYTHON=python3.12"; exit 1; }
	@echo "Making the Python environment in $(VENV)."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "python3 -m venv failed: on Debian, install python3-venv."; exit 1; }
	@echo "Installing the Python packages and Node.js (a few minutes the first time)."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@

run: $(VENV)/.installed ## set up all that is needed and start the demonstration on http://localhost:8000
	@$(RUN) serve --demo --port $(PORT)

migrate: $(VENV)/.installed ## bring the database to what this version needs
	@$(RUN) migrate

build: $(VENV)/.installed ## build the pages, when they are absent or changed
	@$(RUN) build

counts: $(VENV)/.installed ## count what imports and publishes of the real procedures (DSBUILDER_REAL_PROCEDURES)
	@$(BIN)/python -m bench.real_procedures

clean: ## remove what was built and installed (never .data)
	rm -rf $(VENV) .web .web.log .states .browser dsbuilder/_web dsbuilder/_web.new build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis pictures
