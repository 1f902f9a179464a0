# Zila. `make` alone lists the targets; `make run` and `make test` need nothing but Python 3.11+.
# A distribution's own Python is built with more care than pyenv's: everything is a sixth faster.
ifndef PYTHON
PYTHON := $(or $(shell for each in /usr/bin/python3 python3; do \
  "$$each" -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$each"; break; }; \
  done),python3)
endif
PORT ?= 8000
STAGE ?= orders
SCENE ?=
PY := .venv/bin/python
TEMPLATES = $$(find storefront cms themes fixtures -name '*.html')

.PHONY: help setup run seed test test-browser check bench lighthouse chaos lock docs snapshot messages studio clean runtime

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s%s\n", $$1, $$2}' Makefile

runtime:
	@$(call install,requirements.txt)

setup: runtime ## make .venv and install what running, testing and checking need
	@$(call install,requirements-dev.txt)

run: runtime ## start the shop on PORT (8000): database, offline Stripe, worker, web server
	@exec $(PY) -m storefront.config.up $(PORT)

seed: runtime ## load the demo shop up to STAGE (empty, catalogue, orders, busy)
	@$(PY) manage.py seed_demo --stage $(STAGE)

test: setup ## run the whole suite, in parallel, without network and browser
	@$(PY) -m pytest -n auto --dist worksteal --durations=25 --durations-min=3 --ignore=tests/browser

test-browser: setup ## drive the shop in real Chromium
	@$(PY) -m pytest -n auto --dist loadfile tests/browser

check: setup ## lint, format, types, import contracts, templates, migrations, themes
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -c 'from importlinter.cli import lint_imports_command as lint; lint()'
	.venv/bin/djade --target-version 5.2 --check $(TEMPLATES)
	$(PY) -m djhtml --check $(TEMPLATES)
	$(PY) manage.py makemigrations --check --dry-run
	$(PY) manage.py schema_snapshot check
	$(PY) manage.py check_themes

bench: setup ## measure the shop beside stock Oscar
	@$(PY) -m benchmarks

lighthouse: setup ## what Google's Lighthouse says of a shop that runs on PORT (needs Node 18)
	@$(PY) -m benchmarks.lighthouse http://127.0.0.1:$(PORT)

chaos: setup ## kill the shop again and again while 500 people buy, and add everything up
	@$(PY) -m benchmarks.chaos

lock: setup ## write the hash-locked requirements anew
	$(PY) -m uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url -o requirements.txt requirements.in
	$(PY) -m uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url -o requirements-dev.txt requirements-dev.in
	$(PY) -m uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url -o requirements-studio.txt requirements-studio.in

docs: setup ## write docs/api.json, the API's description, and docs/pictures.md anew
	@$(PY) manage.py shell --no-imports -c 'from django.core.management import call_command as call; \
	from ninja.management.commands.export_openapi_schema import Command; \
	call(Command(), api="storefront.config.api.api", indent=1, output="docs/api.json")'
	@$(PY) manage.py contact_sheet

snapshot: setup ## make the schema snapshot anew, after a new migration
	@$(PY) manage.py schema_snapshot write

messages: setup ## collect the interface's words (needs Debian's gettext) and compile them
	@$(PY) manage.py messages

studio: ## draw the pictures that changed, or SCENE=moradabad_brass[:vase_marori], DRAFT=1 for a fast look
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11) and "The studio needs Python 3.11, for Blender 5.0. Try: make studio PYTHON=python3.11")'
	@$(call install,requirements-studio.txt,.venv-studio)
	@exec .venv-studio/bin/python -m fixtures.studio $(SCENE) $(if $(DRAFT),--draft)

clean: ## remove the demo shop's data (var/) and the tools' caches
	@if [ -x $(PY) ]; then $(PY) -m storefront.config.up.clean; elif [ -e var ]; then \
	echo "var/ stays: only .venv can end what may run in it. First: make setup"; fi
	@rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

# Installs a requirements file into .venv, or the environment named second,
# unless just this content was installed before.
define install
venv=$(or $(2),.venv); command -v "$(PYTHON)" >/dev/null || { \
  echo "There is no $(PYTHON). Zila needs Python 3.11 or newer, with venv."; exit 1; }; \
"$(PYTHON)" -c 'import sys; v = sys.version_info[:2]; sys.exit(v < (3, 11) and "Zila needs Python 3.11 or newer, and $(PYTHON) is %d.%d. Try: make run PYTHON=python3.12" % v)' && \
want=$$(cksum < $(1)) && if [ "$$want" != "$$(cat $$venv/$(1).installed 2>/dev/null)" ]; then \
  $$venv/bin/python -m pip --version >/dev/null 2>&1 || { \
    echo "Making $$venv"; rm -rf "$$venv"; "$(PYTHON)" -m venv "$$venv" || { \
      rm -rf "$$venv"; echo "Python's venv is missing. On Debian or Ubuntu: apt install python3-venv"; exit 1; }; }; \
  echo "Installing $(1) (a minute or two, the first time)"; \
  $$venv/bin/python -m pip install --disable-pip-version-check --require-hashes -r $(1) || { \
    echo "$(1) could not be installed: pip says why above. Then make it again."; exit 1; }; \
  echo "$$want" > $$venv/$(1).installed; fi
endef
