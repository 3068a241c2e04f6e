# make serve: index seeds/ and serve the page and the API on http://127.0.0.1:8000
# make test:  lint, types and tests, which draw the same examples every time
# make test-random SEED=N: the tests that draw examples, with others; without SEED by a seed that is printed
# make quality EVAL=FOLDER: score the question sets in FOLDER, and write docs/quality.md anew
# All make .venv first. PIP_FLAGS is handed to pip, PYTHON is the interpreter .venv is made with.

PYTHON ?= python3
PIP_FLAGS ?=
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip install -q --disable-pip-version-check $(PIP_FLAGS)

# EVAL holds a folder for each of SETS, asked through all of it, and of PARAGRAPH_SETS, put to their own paragraph to
# measure the reader. At most SAMPLE and PARAGRAPH_SAMPLE questions of each are asked, by chance and always the same.
# BESIDE is a second reader to show beside the one that ships, empty for none. EVAL_FLAGS goes to every `footnote eval`.
SETS ?= seeds squad11-devhalf squad20-devhalf
PARAGRAPH_SETS ?= squad11-devhalf squad20-devhalf adversarialqa-devhalf
SAMPLE ?= 1500
PARAGRAPH_SAMPLE ?= 6000
BESIDE ?= features
EVAL_FLAGS ?=

.PHONY: serve test test-random quality lint types browser lock clean

serve: $(VENV)/.runtime
	$(BIN)/footnote serve --corpus seeds

# A worker a core, each with the tests of whole files and one thread of its own for the models.
WORKERS ?= 2

test: $(VENV)/.dev browser lint types
	OMP_NUM_THREADS=1 OMP_WAIT_POLICY=passive $(BIN)/pytest -n $(WORKERS) --dist loadfile

test-random: SEED := $(or $(SEED),$(strip $(shell od -An -N4 -tu4 /dev/urandom)))
test-random: $(VENV)/.dev
	@echo "The same examples again: make test-random SEED=$(SEED)"
	$(BIN)/pytest -m hypothesis --hypothesis-profile=random --hypothesis-seed=$(SEED)

# One page of all: docs/quality/about.md with the tables of targets and of published figures, then each set's page.
QUALITY_FLAGS = --corpus seeds $(BESIDE:%=--beside %) --out build/quality $(EVAL_FLAGS)

quality: $(VENV)/.eval
	@test -d "$(EVAL)" || { echo "make quality EVAL=FOLDER: name the folder of the question sets" >&2; exit 2; }
	for set in $(SETS); do \
		$(BIN)/footnote eval "$(EVAL)/$$set"/questions.jsonl* --most $(SAMPLE) $(QUALITY_FLAGS) || exit; \
	done
	for set in $(PARAGRAPH_SETS); do \
		$(BIN)/footnote eval "$(EVAL)/$$set"/questions.jsonl* --paragraph-given --most $(PARAGRAPH_SAMPLE) \
			$(QUALITY_FLAGS) || exit; \
	done
	cp $(SETS:%=build/quality/%.svg) $(PARAGRAPH_SETS:%=build/quality/%-paragraphs.svg) docs/quality/
	$(BIN)/python -m qa.evaluation.quality --about docs/quality/about.md --reports build/quality --out docs/quality.md \
		$(SETS) $(PARAGRAPH_SETS:%=%-paragraphs)

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

# The page tests need Chromium; where it cannot be had they are skipped and say why.
browser:
	@if command -v chromium >/dev/null 2>&1; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
		echo "Installing Debian's chromium for the page tests"; \
		(apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
			chromium fonts-dejavu-core >/dev/null) || echo "chromium could not be installed: the page tests will be skipped"; \
	else echo "chromium is not on this machine and cannot be installed without root: the page tests will be skipped"; fi

# The locks pin all there is. On Linux the public torch 2.13.0 brings CUDA libraries of its own; for the smaller CPU
# build: make serve PIP_FLAGS="--extra-index-url https://download.pytorch.org/whl/cpu"
$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Footnote needs Python 3.11 or newer: make PYTHON=...")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "Installing Footnote and what it needs into $(VENV) (a few minutes, once)"
	$(PIP) -r requirements.lock
	$(PIP) --no-deps -e .
	@touch $@

$(VENV)/.eval: requirements-eval.lock $(VENV)/.runtime
	$(PIP) -r requirements-eval.lock
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.eval
	$(PIP) -r requirements-dev.lock
	@touch $@

# What pip makes of pyproject.toml today, frozen.
FREEZE = build/lock/bin/pip freeze --exclude footnote | sed 's/+cpu$$//; /^nvidia-\|^cuda-\|^triton/d'

lock:
	rm -rf build/lock && mkdir -p build && $(PYTHON) -m venv build/lock
	build/lock/bin/pip install -q --disable-pip-version-check $(PIP_FLAGS) torch==2.13.0 .
	$(FREEZE) >requirements.lock
	build/lock/bin/pip install -q --disable-pip-version-check $(PIP_FLAGS) ".[eval]"
	$(FREEZE) | grep -vxFf requirements.lock >requirements-eval.lock
	build/lock/bin/pip install -q --disable-pip-version-check $(PIP_FLAGS) ".[eval,dev]"
	$(FREEZE) | grep -vxFf requirements.lock -f requirements-eval.lock >requirements-dev.lock

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
