# The front door. Each recipe sets up what it needs, once; pip's settings come from the environment.
#
#   make PYTHON=python3.13 …   another interpreter (3.11 or newer) for .venv
#   make JOBS=4 …              tests at the same time
#   make fuzz MINUTES=2 …      shorter; TARGET="smtp wire" only these
#   make bench SCALE=0.1 …     captures of a tenth of the full size; PAGE= writes no page

.DEFAULT_GOAL := help
SHELL := /bin/bash

JOBS ?= 2
VENV := .venv
BIN := $(VENV)/bin
SCALE ?= 1
RUNS ?= 3
MINUTES ?= 20
TARGET ?=
PAGE ?= docs/reference/performance.md
SEED := pcaps/dnat-output-accepted/mta-eth0.pcap

# The three steps of set-up; each is done again only when what it stands on has changed.
MADE := $(VENV)/.made
INSTALLED := $(VENV)/.installed
DEVELOPED := $(VENV)/.developed
FUZZED := $(VENV)/.fuzzed
DOCUMENTED := $(VENV)/.documented

$(MADE): scripts/make-venv
	@scripts/make-venv $(VENV)
	@touch $@

$(INSTALLED): $(MADE) pyproject.toml
	@$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(DEVELOPED): $(INSTALLED)
	@$(BIN)/python -m pip install --quiet --group dev
	@touch $@

$(FUZZED): $(DEVELOPED)
	@$(BIN)/python -m pip install --quiet --group fuzz
	@touch $@

$(DOCUMENTED): $(DEVELOPED)
	@$(BIN)/python -m pip install --quiet --group docs
	@touch $@

.PHONY: help demo test check lint format types house deep fuzz lab lab-report pcaps docs site agreement bench wheel system clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(INSTALLED) ## read the seed capture: mail that was sent elsewhere
	$(BIN)/wiretruth read --fail-on never $(SEED)

test: $(DEVELOPED) system ## every test that this machine can run
	@$(BIN)/python -m pytest -n $(JOBS) --dist loadgroup

check: lint types test ## what must hold before a commit

lint: $(DEVELOPED) ## rules of style, and who may import whom
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/lint-imports --no-cache

format: $(DEVELOPED) ## lay the code out as make lint wants it
	@$(BIN)/ruff format

types: $(DEVELOPED) ## mypy, strict, on code and tests
	@$(BIN)/mypy

house: $(DEVELOPED) ## the rules of the house alone
	@$(BIN)/python -m pytest tests/test_house.py tests/test_docs.py

deep: $(DEVELOPED) ## properties with many more examples: slow
	@HYPOTHESIS_PROFILE=deep $(BIN)/python -m pytest -n $(JOBS) --dist loadgroup -m 'not lab' --timeout 3600

fuzz: $(FUZZED) ## inputs made for what they reach, MINUTES of each TARGET: hours for all
	@$(BIN)/python -m tests.fuzz --minutes $(MINUTES) $(TARGET)

lab: $(DEVELOPED) system ## every scenario of the lab made anew, in network namespaces (root)
	@WIRETRUTH_LAB_ALL=1 $(BIN)/python -m pytest -m lab

pcaps: $(DEVELOPED) system ## make the committed captures anew (root)
	@$(BIN)/python -m tests.lab all -o pcaps

lab-report: $(DEVELOPED) ## how true: precision and recall; writes docs/reference/accuracy.md
	@$(BIN)/python -m scripts.lab_report

docs: $(DEVELOPED) ## write the generated pages of docs/reference
	@$(BIN)/python -m scripts.generate_docs

site: $(DOCUMENTED) ## the documentation as a site, in site/; fails where a link leads nowhere
	@NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict

agreement: $(DEVELOPED) ## hold what is read against tshark and dnspython; writes docs/reference/agreement.md
	@$(BIN)/python -m scripts.agreement

bench: $(DEVELOPED) ## how fast, beside its peers; writes docs/reference/performance.md
	@$(BIN)/python -m bench --scale $(SCALE) --runs $(RUNS) $(if $(PAGE),--page $(PAGE))

wheel: $(DEVELOPED) ## build the wheel and try it without the development dependencies
	@scripts/try-wheel $(BIN)/python $(SEED)

system: $(MADE)
	@$(BIN)/python -m scripts.system_packages

clean: ## remove everything that make made
	rm -rf $(VENV) dist build site *.egg-info .fuzz .hypothesis .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	find wiretruth tests scripts bench -type d -name __pycache__ -prune -exec rm -rf {} +
