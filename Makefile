# `make demo` runs Lemma on this machine, `make test` tests it. Both install what they need first.
#
#   make demo PORT=8080             another port
#   make demo PYTHON=python3.11     another Python (3.11 to 3.13)
#   make demo ENGINE=cpu            not the GPU, although there is one
#   make demo MODEL=smollm2-135m-instruct    a chat model, instead of Lemma's own small one

PYTHON ?= python3
PORT ?= 8000
ENGINE ?=
MODEL ?=
INSTALL = $(PYTHON) tutor/demo/install.py $(if $(ENGINE),--engine $(ENGINE))

.PHONY: demo test lint format lock clean

demo:
	@$(INSTALL)
	@.venv/bin/python -m tutor.demo.run --port $(PORT) $(if $(MODEL),--model $(MODEL))

test:
	@$(INSTALL) --for test
	@.venv/bin/python .ci/checks.py

# The quick part of `make test`.
lint:
	@$(INSTALL) --for test
	@.venv/bin/python .ci/checks.py --only lint

format:
	@$(INSTALL) --for test
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix .

# The packages of production, each with its hashes. What is locked already stays as it is; remove
# the two files first to take the newest of everything.
LOCK = .venv/bin/uv pip compile pyproject.toml --python-platform linux --python-version 3.12 \
	--generate-hashes --no-emit-index-url --no-annotate --no-header --quiet
lock:
	@$(INSTALL) --for test
	@.venv/bin/pip install --quiet uv
	@$(LOCK) --output-file deploy/requirements.txt
	@$(LOCK) --extra gpu --output-file deploy/requirements-gpu.txt

# What make made but the data of `make demo`: remove var/ too to begin with nothing.
clean:
	rm -rf .venv node_modules static/bundled *.egg-info artifacts
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find accounts tutor tests -name __pycache__ -type d -prune -exec rm -rf {} +
