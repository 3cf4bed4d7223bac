# The tasks of this project; `make help` lists them. PORT, HOST, SANDBOX_PORT and CONSOLE_DATA_DIR may be set
# in the environment or behind the target: `make run PORT=9000`.

.DEFAULT_GOAL := help
.PHONY: help setup run screenshots test test-sqlite test-postgres lint bench docs format lock runtime develop

# Every process would compile the whole console anew, and every test run the tests.
unexport PYTHONDONTWRITEBYTECODE

PYTHONS := python3.13 python3.12 python3.11 python3 python
VENV := .venv
PY := $(VENV)/bin/python
COMPILE := $(PY) -m piptools compile --quiet --strip-extras --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header

help: ## List the tasks
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

setup: runtime ## Install what the console needs, make secrets and database, seed them on the first run
	@$(PY) manage.py prepare

run: setup ## Start the console and its sandbox; Ctrl-C stops both
	@exec $(PY) manage.py start

test: develop lint test-sqlite test-postgres ## Check everything: linters, every test on SQLite, and every test on PostgreSQL

test-sqlite: develop
	@echo "Tests on SQLite"
	@$(PY) -m pytest -q -n auto

test-postgres: develop
	@echo "Tests on PostgreSQL"
	@$(PY) -m tests.postgres $(PY) -m pytest -q -n auto

lint: develop ## Check style, types, the import law, templates, migrations and known dangers
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check --quiet .
	@$(VENV)/bin/lint-imports --no-cache >.venv/import-law.txt || { cat .venv/import-law.txt; exit 1; }
	@$(PY) -m djlint templates --quiet --lint
	@$(PY) -m bandit --quiet --recursive --configfile pyproject.toml events scalev_console manage.py
	@$(PY) -W error manage.py makemigrations --check --dry-run --settings tests.settings --verbosity 0
	@$(PY) -m mypy

bench: develop ## Measure everything that has a goal, beside peers; ROUNDS=5 ROWS=10000 is quick, ROWS=1000000 the whole
	@$(PY) -m tests.bench $(or $(ROUNDS),20)
	@$(PY) -m tests.bench.searching $(or $(ROWS),100000)

screenshots: develop ## Take the README's pictures anew, of real pages with believable data; needs Chromium
	@$(PY) -m tests.journeys.screenshots

docs: runtime ## Write docs/findings.md anew from the rules; a test fails when it is stale
	@$(PY) -m events.domain.reference >docs/findings.md

format: develop ## Put code and imports into the one style
	@$(PY) -m ruff check --fix --quiet . && $(PY) -m ruff format --quiet .

lock: develop ## Renew both lock files from pyproject.toml
	@$(COMPILE) --output-file requirements.lock pyproject.toml
	@$(COMPILE) --allow-unsafe --extra dev --constraint requirements.lock \
		--output-file requirements-dev.lock pyproject.toml
	@$(COMPILE) --allow-unsafe --output-file tests/bench/peers.lock tests/bench/peers.in

# Installs a lock file unless the environment holds exactly that one; the copy inside says which it holds.
define install
@set -e; \
if ! [ -w . ]; then echo "This folder is somebody else's: $(VENV) cannot be made in it." >&2; exit 1; fi; \
if ! [ -x $(VENV)/bin/pip ]; then \
	found=; \
	for python in $(PYTHONS); do \
		if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then found="$$python"; break; fi; \
	done; \
	if [ -z "$$found" ]; then echo "Python 3.11 or newer is needed, and none was found: install it, then run make again." >&2; exit 1; fi; \
	echo "Creating $(VENV) with $$found"; \
	"$$found" -m venv --clear $(VENV) || { \
		echo "$$found cannot create virtual environments: install its venv module (python3-venv on Debian)." >&2; exit 1; }; \
fi; \
if ! cmp -s $(1) $(VENV)/$(1); then \
	echo "Installing $$(grep -c == $(1)) packages of $(1)"; \
	$(PY) -m pip install -qq --disable-pip-version-check --no-input --require-hashes --no-deps -r $(1); \
	cp $(1) $(VENV)/$(1); \
fi
endef

runtime:
	$(call install,requirements.lock)

develop: runtime
	$(call install,requirements-dev.lock)
