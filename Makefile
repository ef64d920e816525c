# Everything here sets up what it needs: a machine with Python 3.11+ (with pip and venv), make and git
# is enough. PYTHON=python3.12 chooses another interpreter.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv --quiet
# Dagster reads dagster.yaml from here and keeps its records in .dagster/.
export DAGSTER_HOME := $(CURDIR)
export DAGSTER_DISABLE_TELEMETRY := yes

.PHONY: release test dev bench format lock

release: $(VENV)/installed-run ## the whole pipeline on raw/, published to outputs/
	@env -u DAGSTER_HOME $(BIN)/gyokaku build

test: $(VENV)/installed-dev $(VENV)/installed-clients ## all tests, formatting and types included
	env -u DAGSTER_HOME $(BIN)/pytest -n auto --dist worksteal

dev: $(VENV)/installed-run ## the Dagster UI on http://127.0.0.1:3000
	@mkdir -p .dagster
	$(BIN)/dagster dev --host 127.0.0.1 --port 3000 --module-name pipelines.definitions

bench: $(VENV)/installed-run ## reading speed, and marts of 10 million rows, printed
	$(BIN)/python -m benchmarks

format: $(VENV)/installed-dev
	$(BIN)/ruff check --fix . && $(BIN)/ruff format .

$(VENV)/installed-uv: requirements/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11 ...")'
	@echo "Setting up $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

$(VENV)/installed-run: $(VENV)/installed-uv requirements/run.txt pyproject.toml
	@echo "Installing the packages of requirements/run.txt ..."
	@$(UV) pip install --python $(BIN)/python --require-hashes -r requirements/run.txt
	@$(UV) pip install --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed-run requirements/dev.txt
	@echo "Installing the packages of requirements/dev.txt ..."
	@$(UV) pip install --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@touch $@

$(VENV)/installed-clients: $(VENV)/installed-uv requirements/clients.txt
	@echo "Installing the packages of requirements/clients.txt ..."
	@$(UV) pip install --python $(BIN)/python --target $(VENV)/clients --require-hashes -r requirements/clients.txt
	@touch $@

# Pinned versions with hashes for every platform, without the address of any package registry.
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
lock: $(VENV)/installed-uv
	$(COMPILE) requirements/uv.in -o requirements/uv.txt
	$(COMPILE) requirements/clients.in -o requirements/clients.txt
	$(COMPILE) pyproject.toml --extra build --extra ui --extra dev -o requirements/dev.txt
	$(COMPILE) -c requirements/dev.txt pyproject.toml --extra build --extra ui -o requirements/run.txt
