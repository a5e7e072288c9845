# Two commands matter: `make run` starts the bot, `make test` checks everything that must hold.
# The first of either builds a private environment in .venv from hash-pinned lock files.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
QUIET  := 1>&2

.PHONY: run test lint format types bench lock clean
.DEFAULT_GOAL := run

run: $(VENV)/.run
	@$(BIN)/connects run

test: $(VENV)/.dev
	@$(BIN)/python -m tests.check

format: $(VENV)/.dev
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

bench: $(VENV)/.dev
	@$(BIN)/python -m benchmarks

# uv is fetched by pip under its hash, everything else by uv under the lock's.
$(VENV)/.uv: requirements-uv.lock
	@echo "Setting up a private environment in $(VENV) (once, about half a minute) ..." $(QUIET)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "connects-bot needs Python 3.11 or newer; try: make PYTHON=python3.12 run")'
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.lock $(QUIET)
	@touch $@

$(VENV)/.run: requirements.lock pyproject.toml $(VENV)/.uv
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --compile-bytecode --require-hashes -r requirements.lock $(QUIET)
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable . $(QUIET)
	@env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m compileall -q bot core storage $(QUIET)
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --compile-bytecode --require-hashes -r requirements-dev.lock $(QUIET)
	@touch $@

# A lock names versions and hashes, never an address.
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
        --no-emit-index-url --no-emit-find-links
lock: $(VENV)/.uv
	@$(LOCK) --extra build -o requirements.lock pyproject.toml
	@$(LOCK) --all-extras -c requirements.lock -o requirements-dev.lock pyproject.toml

clean:
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache
