# Two commands: `make demo` walks the whole path and serves it; `make test` proves it.
# Needs Python 3.11+, make and git; everything else is set up in .venv.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PORT ?= 8000

.PHONY: demo test soak check install dev lock assets clean

demo: $(VENV)/.installed ## set up, walk the demonstration, serve it
	$(BIN)/landrelease demo --dir demo --port $(PORT)

install: $(VENV)/.installed ## set up what users need

dev: $(VENV)/.developed ## set up what tests need

test: $(VENV)/.developed ## lint, types, room contracts, dependencies, tests
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/ruff format --check src tests benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry src
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "not slow"

soak: $(VENV)/.developed ## the long tests: kills in the middle of a write, a thousand documents
	$(BIN)/python -m pytest -m slow

check: test

lock: ## compile the lock files anew (needs uv); no addresses are written
	uv pip compile pyproject.toml --extra all --universal --python-version 3.11 \
	    --no-emit-index-url --no-annotate --no-header -q -o requirements.lock
	uv pip compile pyproject.toml --extra all --extra dev --universal --python-version 3.11 \
	    --no-emit-index-url --no-annotate --no-header -q -c requirements.lock -o requirements-dev.lock

assets: $(VENV)/.installed ## fetch the front-end libraries anew
	$(BIN)/python hatch_build.py

clean:
	rm -rf $(VENV) build dist demo .mypy_cache .ruff_cache .pytest_cache

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "landrelease needs Python 3.11 or newer; set PYTHON=")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml requirements.lock package-lock.json hatch_build.py
	$(BIN)/python -m pip install -q --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps -e .
	@touch $@

$(VENV)/.developed: $(VENV)/.installed requirements-dev.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check -r requirements-dev.lock
	@touch $@
