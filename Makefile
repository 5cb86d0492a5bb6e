# The one door for people and CI; `make` alone prints the list.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
PORT   ?= 8080
JOBS   ?= 3

.DEFAULT_GOAL := help
.PHONY: help run test pythons check bench proofs mutants wheel messages dev

help:      ## this list
	@grep -hE '^[a-z]+: .*##|^[a-z]+:  *##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

$(BIN)/hub: setup.cfg pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "make: $(PYTHON) is missing: install Python 3.11 or newer"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "make: Python 3.11 or newer is needed, $(PYTHON) is older"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --editable .
	@touch $@

$(BIN)/pytest: $(BIN)/hub
	$(BIN)/pip install --quiet --editable '.[dev]'
	@touch $@

dev: $(BIN)/pytest ## everything for development into .venv

run: $(BIN)/hub ## start the hub on the embedded databases, play the demo story, keep serving (PORT=, HUB_HOME=)
	$(BIN)/hub demo --port $(PORT)

test: $(BIN)/pytest ## everything needed and the whole test suite (JOBS= at a time)
	$(BIN)/pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder

pythons:   ## the whole suite on every Python that is here, what CI does and what it leaves out
	.ci/run whole

check: $(BIN)/pytest ## ruff, mypy, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --config setup.cfg

messages: $(BIN)/pytest ## regenerate the typed messages from the XSDs
	$(BIN)/python -m gateway.contracts.generate

bench: $(BIN)/pytest ## measure us and the peers side by side (ARGS="--quick --only hub,jaxws")
	$(BIN)/python -m bench.run $(ARGS)

proofs: $(BIN)/pytest ## the long proofs: 100,000 lines, a menu of 50,000 rows, a bad night of 10,000 applications (an hour)
	HUB_PROOFS=1 HUB_PROOF_LINES=100000 $(BIN)/pytest tests/acceptance/test_big_registry.py --log-cli-level=WARNING
	HUB_PROOFS=1 $(BIN)/pytest tests/acceptance/test_big_attachment.py --log-cli-level=WARNING
	HUB_PROOFS=1 HUB_PROOF_ROWS=50000 $(BIN)/pytest tests/acceptance/test_big_menu.py --log-cli-level=WARNING
	HUB_PROOFS=1 $(BIN)/pytest tests/acceptance/test_debit_killed.py tests/acceptance/test_meals_story.py \
		tests/acceptance/test_trials.py tests/participants
	HUB_PROOFS=1 $(BIN)/pytest $$(grep -rlE '^(from|import) hypothesis' tests --include='test_*.py')
	HUB_PROOFS=1 $(BIN)/pytest tests/acceptance/test_bad_night.py --log-cli-level=WARNING

mutants: $(BIN)/pytest ## change the judge at random and see the tests notice (about 10 minutes)
	$(BIN)/mutmut run
	$(BIN)/mutmut results

wheel: $(BIN)/pytest ## build, install into a clean environment, find every contract
	$(BIN)/python -m build
	$(BIN)/pytest tests/architecture/test_wheel.py
