# Needs Python 3.11, pip and make; everything else comes from the package registry into .venv.
# `make demo` shows what the program does, `make test` runs every check.
PYTHON ?= python3.11
VENV ?= .venv
DEMO ?= demo
BIN := $(VENV)/bin
# The tools of the tests; `make lock` pins them and all that they need.
TEST_TOOLS := adlfs apprise authlib axe-playwright-python dlt fastapi gcsfs httpx2 hypothesis import-linter joserfc keyring limits mypy playwright \
	psycopg[binary] py-ocsf-models pyarrow pymisp pypdf pyspark pytest python-multipart pytest-xdist reportlab ruff s3fs schemathesis stix2 types-PyYAML uvicorn
PIP := PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/pip install --quiet

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install demo test docs evaluation bench lock clean

help: ## Say what can be made.
	@sed -n 's/^\([a-z]*\):.*## /\1	/p' $(MAKEFILE_LIST)

# The package itself is installed without looking for anything: what it needs is pinned.
$(VENV)/installed: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) --requirement requirements.lock
	$(PIP) --no-deps --editable .
	touch $@

$(VENV)/installed-tests: $(VENV)/installed requirements-test.lock
	$(PIP) --requirement requirements.lock --requirement requirements-test.lock
	touch $@

install: $(VENV)/installed ## Install the program into .venv.

demo: $(VENV)/installed ## Simulate the reference world, investigate it, measure the outcome, say where the report lies.
	rm -rf $(DEMO)
	$(BIN)/bonafides simulate $(DEMO) --scenario reference
	$(BIN)/bonafides investigate $(DEMO)/exports --workspace $(DEMO)/workspace
	$(BIN)/bonafides evaluate $(DEMO)/workspace --truth $(DEMO)/truth.csv
	@test -f $(DEMO)/workspace/latest/report.html && echo "report: $(DEMO)/workspace/latest/report.html"

test: $(VENV)/installed-tests ## Run every check; pytest's closing line comes last.
	$(BIN)/ruff format --check src tests docs
	$(BIN)/ruff check src tests docs
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n 2

docs: $(VENV)/installed ## Write docs/reference from the units.
	$(BIN)/python docs/generate.py

evaluation: $(VENV)/installed ## Measure ten worlds of every scenario and write docs/evaluation.md; takes an hour or two.
	$(BIN)/python benchmarks/evaluation.py build/evaluation

bench: $(VENV)/installed ## Run every benchmark and write docs/performance.md; takes about an hour.
	$(BIN)/python benchmarks/bench.py build/bench $(if $(LINKING),--linking $(LINKING))

lock: ## Pin the newest allowed versions, from new virtual environments.
	rm -rf build/lock && mkdir -p build/lock
	$(PYTHON) -m venv build/lock/run
	$(PYTHON) -c 'import tomllib; print("\n".join(tomllib.load(open("pyproject.toml", "rb"))["project"]["dependencies"]))' > build/lock/wanted
	build/lock/run/bin/pip install --quiet --requirement build/lock/wanted
	build/lock/run/bin/pip freeze > requirements.lock
	build/lock/run/bin/pip install --quiet --constraint requirements.lock $(TEST_TOOLS)
	build/lock/run/bin/pip freeze | grep -v -x -F -f requirements.lock > requirements-test.lock
	rm -rf build/lock

clean: ## Remove what was made: the virtual environment, the demo, caches.
	rm -rf $(VENV) $(DEMO) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
