# make run    sets everything up and opens Ownway          (make run ARGS="--port 8123")
# make test   sets up what the tests need and runs them all (make test PYTEST_ARGS="tests/media -x")
# make lint   only the checks that read the code           make format  lays the code out
# make video  adds what reading films needs, for `ownway record` and `ownway assess`
# make actor  makes the rendered people of tests/people again (an hour; make actor ARGS=B01 makes those whose names begin so)
# make figures makes the figures that the pages show again, and their still pictures (make figures ARGS="trunk_rotation --body m")
# make simulate prints what the plan does in 12 weeks with a dozen kinds of people (make simulate ARGS=runner)
# make bench  prints how quick and how heavy Ownway is     make clean   removes what was built here
#
# Tests that watch the clock run alone; all others two at a time, with the checks that read the code beside them.
# What is done is remembered in stamp files, so a second run starts at once and needs no network. Nothing needs root, but for
# `make test` when the system's packages are missing.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.NOTPARALLEL:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := run

VENV := .venv
BIN := $(VENV)/bin
ASSETS := build/assets
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
NPM_CI := npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
ARGS ?=
PYTEST_ARGS ?=

export OWNWAY_ASSETS := $(CURDIR)/$(ASSETS)
export PYTHONPATH :=

.PHONY: run video test lint format assets messages bench simulate actor figures constraints clean system-packages

run: $(VENV)/.run $(ASSETS)/manifest.json
	@exec $(BIN)/ownway $(ARGS)

video: $(VENV)/.video $(ASSETS)/manifest.json

test: system-packages node_modules/.dev $(VENV)/.dev $(ASSETS)/manifest.json
	@if [ -n "$(PYTEST_ARGS)" ]; then $(MAKE) --no-print-directory lint && $(BIN)/python -m pytest $(PYTEST_ARGS); else tools/all_tests.sh; fi

lint: node_modules/.dev $(VENV)/.dev
	@echo "==> Lint: ruff"
	@$(BIN)/ruff check --quiet . && $(BIN)/ruff format --check --quiet . || { echo "    (make format lays the code out)"; exit 1; }
	@echo "==> Types: mypy"
	@$(BIN)/mypy
	@echo "==> Imports: import-linter"
	@$(BIN)/lint-imports
	@echo "==> JavaScript: tsc"
	@node_modules/.bin/tsc --noEmit

format: $(VENV)/.dev
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

bench: node_modules/.dev $(VENV)/.dev $(ASSETS)/manifest.json
	@$(BIN)/python -m tools.bench $(ARGS)

simulate: $(VENV)/.dev
	@$(BIN)/python -m tools.simulate $(ARGS)

actor: $(VENV)/.dev $(ASSETS)/manifest.json
	@$(BIN)/python -m tools.actor people $(ARGS)

figures: $(VENV)/.dev $(ASSETS)/manifest.json
	@$(BIN)/python -m tools.actor glb $(ARGS)

assets: $(ASSETS)/manifest.json

# Collects the texts for translators; a test says when it is due.
messages: $(VENV)/.dev
	@$(BIN)/python -m tools.messages

system-packages:
	@echo "==> System packages for the tests"
	@tools/system_packages.sh

$(VENV)/.venv:
	@python=$$(tools/python.sh) && \
	echo "==> Python environment in $(VENV) ($$("$$python" --version))" && \
	{ "$$python" -m venv --clear $(VENV) || { rm -rf $(VENV); echo "No venv could be made. On Debian: sudo apt-get install python3-venv" >&2; exit 1; }; }
	@touch $@

$(VENV)/.run: $(VENV)/.venv pyproject.toml constraints.txt
	@echo "==> Python packages (about half a minute, once)"
	@$(PIP) install -c constraints.txt setuptools && $(PIP) install -c constraints.txt --no-build-isolation -e '.[setup]' || \
	{ echo "The packages could not be installed. Is this computer online? Run make again." >&2; exit 1; }
	@touch $@

$(VENV)/.dev: $(VENV)/.venv pyproject.toml constraints.txt
	@echo "==> Python packages with those for the tests (about a minute, once)"
	@$(PIP) install -c constraints.txt setuptools && $(PIP) install -c constraints.txt --no-build-isolation -e '.[dev]' || \
	{ echo "The packages could not be installed. Is this computer online? Run make again." >&2; exit 1; }
	@touch $@ $(VENV)/.run

$(VENV)/.video: $(VENV)/.run
	@echo "==> Python packages for films (about half a minute, once)"
	@$(PIP) install -c constraints.txt --no-build-isolation -e '.[video]' || \
	{ echo "The packages could not be installed. Is this computer online? Run make again." >&2; exit 1; }
	@touch $@

# Both lay out the whole folder anew, so the bigger one stands for the smaller.
node_modules/.run: package.json package-lock.json .npmrc
	@tools/node.sh
	@echo "==> Front-end packages"
	@$(NPM_CI) --omit=dev >/dev/null
	@touch $@

node_modules/.dev: package.json package-lock.json .npmrc
	@tools/node.sh
	@echo "==> Front-end packages with those for the tests"
	@$(NPM_CI) >/dev/null
	@touch node_modules/.run $@

$(ASSETS)/manifest.json: $(VENV)/.run node_modules/.run tools/models.py tools/tflite_metadata.py
	@echo "==> Pose model bundles"
	@$(BIN)/python -m tools.models --packages node_modules --out $(ASSETS)

# Pins what a fresh environment gets today.
constraints:
	@rm -rf build/constraints && "$$(tools/python.sh)" -m venv build/constraints
	@build/constraints/bin/python -m pip --disable-pip-version-check --quiet install -U setuptools
	@build/constraints/bin/python -m pip --disable-pip-version-check --quiet install --no-build-isolation -e '.[dev]'
	@{ echo "# Every package, direct or not, that Ownway is run and tested with. Made by: make constraints"; \
	build/constraints/bin/python -m pip --disable-pip-version-check freeze --all --exclude-editable | grep -v -E '^(pip|wheel)=='; } > constraints.txt
	@rm -rf build/constraints

clean:
	@rm -rf $(VENV) node_modules build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache src/*.egg-info
