# Every way into the house. `make` alone lists what there is; each target brings what it needs.
SHELL       := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

VENV   := .venv
BIN    := $(VENV)/bin
CODE   := ingest extract publish review partone.py tests benchmarks
STAMP  := $(VENV)/.installed
LOCKER := build/locker

# What `partone demo` is given, for example DEMO_ARGS=--no-serve.
DEMO_ARGS  ?=
# What pytest is given, for example TEST_ARGS='-k house -x'; and how many files of tests run at once, in the order of
# tests/conftest.py: one more than there are cores, since tests of desks and browsers wait half of their time.
TEST_ARGS  ?=
AT_ONCE    ?= $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)

.PHONY: help install system demo test lint types bench lock clean

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

install: $(STAMP) ## put everything from PyPI into .venv, by hash

# The stamp remembers the lock and the project file it was made from; either one changed, and it is made again.
$(STAMP): requirements.lock pyproject.toml
	@python=$$(.ci/python); \
	if ! $(BIN)/python -m pip --version >/dev/null 2>&1; then echo "Making $(VENV) with $$python"; "$$python" -m venv $(VENV); fi
	@echo "Installing what requirements.lock names (a few minutes the first time)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

system: install ## install the system packages of the tests, where you may
	@$(BIN)/python -m tests.components

demo: install ## read, split, approve, publish, verify and serve the sample papers
	@$(BIN)/partone demo $(DEMO_ARGS)

test: install system ## run the tests
	@$(BIN)/python -m pytest --numprocesses $(AT_ONCE) --dist loadfile --no-loadscope-reorder $(TEST_ARGS)

lint: install types ## check style, formatting and types
	@$(BIN)/ruff check $(CODE)
	@$(BIN)/ruff format --check $(CODE)

types: install ## check types alone
	@$(BIN)/mypy $(CODE)

bench: install ## measure reading against its peers
	@$(BIN)/python -m benchmarks.read --json

# After a change of dependencies in pyproject.toml. Add LOCK_ARGS=--upgrade to take newer versions of everything.
LOCK_ARGS ?=
lock: ## write requirements.lock again from pyproject.toml
	@.ci/python >/dev/null && $$(.ci/python) -m venv --clear $(LOCKER)
	@$(LOCKER)/bin/python -m pip install --quiet --disable-pip-version-check uv
	@$(LOCKER)/bin/uv pip compile pyproject.toml --quiet --extra dev --universal --python-version 3.11 \
		--generate-hashes --no-header --no-emit-index-url --no-emit-find-links $(LOCK_ARGS) -o requirements.lock
	@rm -rf $(LOCKER)
	@echo "requirements.lock is written. 'make test', read the difference, then commit both files."

clean: ## remove everything that was made, .venv too; never var/, where your papers are
	@rm -rf $(VENV) build .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
