# What one can do in this checkout; `make help` lists it. Everything is set up on the way and may be run again.

SHELL := /bin/bash
PORT ?= 8000
CORPUS ?= ../shared/data/answers.jsonl
QUERIES ?= ../shared/data/queries-dev.jsonl
ENGINES ?=
# AGAINST=COMMIT measures that commit too, in turn, RUNS times each, and compares
AGAINST ?=
RUNS ?= 5
# entries of the larger archive that `make bench` makes up; with AGAINST= none, unless it is given
LARGE ?= $(if $(AGAINST),0,100000)
# cases on the desk of staff in `make bench`; with AGAINST= none, unless it is given
CASES ?= $(if $(AGAINST),0,200000)
COMPARED = $(if $(AGAINST),bench.against --runs $(RUNS) "$(AGAINST)")
# ONLY=browser runs the parts of the suite with this word in their title
ONLY ?=
PARTS = $(if $(ONLY),--only "$(ONLY)")

# the first Python that is new enough
PYTHON ?= $(shell for candidate in python3 python3.13 python3.12 python3.11; do \
	$$candidate -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$candidate; break; }; done)

DEMO := .venv-demo
DEV := .venv
LTS := .venv-lts
NEW := .venv-new

# for Django 6.1; empty where there is none
NEWEST_PYTHON ?= $(shell scripts/newest_python.sh)

# what it runs leaves nothing running, however it or this make is ended
GUARD := scripts/guard.py

.DEFAULT_GOAL := help
.PHONY: help venv demo test test-all test-fast test-lts screenshots bench bench-relevance lint format servers-up servers-down lock clean

help:  ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

# --- environments: one for each purpose, rebuilt when its lock file changes

%/.installed: | scripts/make_venv.sh
	@$(PYTHON) $(GUARD) scripts/make_venv.sh "$(if $(filter $(NEW),$(@D)),$(NEWEST_PYTHON),$(PYTHON))" $(@D) $<

$(DEMO)/.installed: requirements/lock-demo.txt
$(DEV)/.installed: requirements/lock-test.txt
$(LTS)/.installed: requirements/lock-lts.txt
$(NEW)/.installed: requirements/lock-new.txt

TEST_ENVIRONMENTS := $(DEV)/.installed $(LTS)/.installed $(if $(NEWEST_PYTHON),$(NEW)/.installed)

venv: $(DEV)/.installed  ## the environment for development and tests, .venv

# --- to look at

demo: $(DEMO)/.installed  ## the example portal with demo content on http://127.0.0.1:8000 (PORT= for another)
	@PORT=$(PORT) $(DEMO)/bin/python $(GUARD) scripts/demo.sh $(DEMO)/bin/python

# --- to test

test: everything-installed  ## lint and every test, with real PostgreSQL, Elasticsearch and Chromium; installs what is missing
	@$(DEV)/bin/python $(GUARD) $(DEV)/bin/python -m scripts.test_everything $(PARTS)

test-all: everything-installed var/wagtail-tests/.installed  ## all tests on each database, Wagtail, Python and Django; an hour and more
	@PAKN_PICTURES=1 PAKN_RACE_ROUNDS=$${PAKN_RACE_ROUNDS:-200} $(DEV)/bin/python $(GUARD) $(DEV)/bin/python -m scripts.test_everything --all $(PARTS)

# what Wagtail's own tests import beside Wagtail; kept apart from the environments, for nothing of ours needs it
var/wagtail-tests/.installed: requirements/wagtail-tests.txt | $(DEV)/.installed
	@$(DEV)/bin/python -m pip install --quiet --disable-pip-version-check --upgrade --require-hashes \
		--target $(@D) --requirement $<
	@touch $@

.PHONY: everything-installed
everything-installed:
	@$(PYTHON) $(GUARD) scripts/prepare_machine.sh
	@$(MAKE) --no-print-directory -j2 $(TEST_ENVIRONMENTS)

test-fast: $(DEV)/.installed  ## the tests that need no server and no browser, some minutes
	@$(DEV)/bin/pytest -n 2 -m "not browser and not postgresql and not elasticsearch and not slow and not exhaustive"

test-lts: $(LTS)/.installed  ## the fast tests on Wagtail 7.4 LTS
	@$(LTS)/bin/python -m pytest -n 2 -m "not browser and not postgresql and not elasticsearch and not slow"

servers-up: $(DEV)/.installed  ## PostgreSQL and Elasticsearch for a developer; then: . .servers/env
	@$(DEV)/bin/python -m tests.servers up

servers-down:  ## stop them again
	@$(DEV)/bin/python -m tests.servers down

screenshots: $(DEV)/.installed  ## pictures of a running `make demo` into var/screenshots (PORT= as for demo)
	@$(DEV)/bin/python -m scripts.screenshots --address http://127.0.0.1:$(PORT)

# --- to measure

MEASURE = $(DEV)/bin/python -m tests.servers run -- $(DEV)/bin/python -m

bench: $(DEV)/.installed  ## the benchmarks, with a table at the end (AGAINST=COMMIT compares)
	@$(MEASURE) $(COMPARED) bench CORPUS=$(abspath $(CORPUS)) QUERIES=$(abspath $(QUERIES)) LARGE=$(LARGE) CASES=$(CASES)

bench-relevance: $(DEV)/.installed  ## relevance over CORPUS= and QUERIES= (ENGINES= picks engines, AGAINST=COMMIT compares)
	@$(MEASURE) $(COMPARED) bench.relevance \
		--corpus "$(abspath $(CORPUS))" --queries "$(abspath $(QUERIES))" $(if $(ENGINES),--engines "$(ENGINES)")

# --- to keep tidy

lint: $(DEV)/.installed $(LTS)/.installed  ## ruff, mypy, template lint, missing migrations, missing translations
	@scripts/lint.sh $(DEV) $(LTS)

format: $(DEV)/.installed  ## let ruff put the code in shape
	@$(DEV)/bin/ruff check --fix-only --quiet . ; $(DEV)/bin/ruff format --quiet .

lock:  ## compute requirements/lock-*.txt anew from the ranges in setup.cfg
	@scripts/lock.sh "$(PYTHON)"

clean:  ## drop environments, servers and data of the demo
	@[ ! -d .servers ] || $(DEV)/bin/python -m tests.servers down
	rm -rf $(DEMO) $(DEV) $(LTS) $(NEW) .servers var test-results build *.egg-info
