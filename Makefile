# make up     start Caretable (makes .venv first)          make test   set-up, lint and all tests
# make lint   ruff, types, layers                           make check  lint and the quick tests
# make bench  the figures beside their targets              make setup  only .venv
PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11 python,$(shell command -v $(name) 2>/dev/null)))

.PHONY: up test lint check bench setup setup-dev python

up: setup
	@exec env END_WITH_PARENT=1 .venv/bin/caretable up

test: setup-dev
	@scripts/lint
	@scripts/test

lint: setup-dev
	@scripts/lint

check: setup-dev
	@scripts/check

bench: setup-dev
	@scripts/bench

setup: python
	@$(PYTHON) scripts/setup.py

setup-dev: python
	@$(PYTHON) scripts/setup.py --dev

python:
	@test -n "$(PYTHON)" || { echo "Caretable needs Python 3.11 to 3.14; none was found. Caretable 需要 Python 3.11 至 3.14，未找到。" >&2; exit 1; }
