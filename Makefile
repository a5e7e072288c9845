# Two commands matter: `make run` starts the bot, `make test` checks everything that must hold.
# The first of either builds a private environment in .venv from hash-pinned lock files.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PEERS  := .venv-peers
MUTANT := .venv-mutants
QUIET  := 1>&2

.PHONY: run test format bench bench-peers crash mutants lock clean
.DEFAULT_GOAL := run

run: $(VENV)/.run
	@$(BIN)/connects run

test: $(VENV)/.dev
	@$(BIN)/python -m tests.check

format: $(VENV)/.dev
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

bench: $(VENV)/.dev
	@$(BIN)/python -m benchmarks

bench-peers: $(VENV)/.dev $(PEERS)/.done
	@$(BIN)/python -m benchmarks.peers

crash: $(VENV)/.dev
	@$(BIN)/python -m tests.crash

mutants: $(VENV)/.dev $(MUTANT)/.done
	@$(MUTANT)/bin/python -m tests.mutants --number $(or $(N),200) --seed $(or $(S),1)

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

# What cannot be installed is named and left out of the comparison. The lock leaves out drivers of databases that the
# comparison does not use and that would need a compiler, hence --no-deps.
$(PEERS)/.done: requirements-peers.lock $(VENV)/.uv
	@echo "Setting up the peers' environment in $(PEERS) (once, about half a minute) ..." $(QUIET)
	@$(BIN)/uv venv --quiet --clear --python $(BIN)/python $(PEERS) $(QUIET)
	@if $(BIN)/uv pip install --quiet --python $(PEERS)/bin/python --compile-bytecode --no-deps --require-hashes \
	    --build-constraints requirements-peers.lock -r requirements-peers.lock $(QUIET); \
	then touch $@; else echo "The peers could not be installed; the comparison goes on without them." $(QUIET); fi

$(MUTANT)/.done: requirements-mutants.lock $(VENV)/.uv
	@echo "Setting up an environment for mutants in $(MUTANT) (once, about half a minute) ..." $(QUIET)
	@$(BIN)/uv venv --quiet --clear --python $(BIN)/python $(MUTANT) $(QUIET)
	@$(BIN)/uv pip install --quiet --python $(MUTANT)/bin/python --require-hashes -r requirements-mutants.lock $(QUIET)
	@touch $@

# A lock names versions and hashes, never an address.
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
        --no-emit-index-url --no-emit-find-links
lock: $(VENV)/.uv
	@$(LOCK) --extra build -o requirements.lock pyproject.toml
	@$(LOCK) --all-extras -c requirements.lock -o requirements-dev.lock pyproject.toml
	@$(LOCK) --group peers --no-emit-package mysqlclient --no-emit-package psycopg2 -o requirements-peers.lock
	@$(LOCK) --group mutants -o requirements-mutants.lock

clean:
	@rm -rf $(VENV) $(PEERS) $(MUTANT) .mypy_cache .ruff_cache .pytest_cache
