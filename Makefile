# `make serve` opens the program; `make test` runs every check. Each sets up all that it needs.
VENV ?= .venv
BIN := $(VENV)/bin
APT := $(if $(filter 0,$(shell id -u)),,sudo )apt-get
STATIC := src/lasegue/web/static/index.html
READY := src/lasegue/knowledge/ready/model.pickle
SOURCES := pyproject.toml constraints.txt hatch_build.py $(shell find src/lasegue/knowledge -name '*.yaml')

.PHONY: serve localize test test-spark java browser docs figures bench lock clean

CASE ?= examples/foot-drop.yaml

serve: $(VENV)/.run $(READY) $(STATIC)
	@$(BIN)/lasegue serve

localize: $(VENV)/.run $(READY)
	@$(BIN)/lasegue localize $(CASE)

test: $(VENV)/.dev $(READY) $(STATIC) browser
	$(BIN)/ruff check .
	$(BIN)/mypy
	cd frontend && npm run --silent check && npm run --silent test
	$(BIN)/python -m pytest

# The example for a cluster, on two local workers; needs Java and PySpark, 600 MB that `make test` does without. PySpark comes as source
# that builds with tools of its own, so it is installed before the rest.
test-spark: $(VENV)/.dev $(READY) java
	$(BIN)/pip install -q -c constraints.txt pyspark
	$(BIN)/pip install -q -c constraints.txt --no-build-isolation -e '.[dev,spark]'
	$(BIN)/python -m pytest -n 0 -W default tests/spark_local.py

java:
	@command -v java >/dev/null || { $(APT) update -qq && DEBIAN_FRONTEND=noninteractive $(APT) install -y -qq --no-install-recommends default-jre-headless; }

# The pages are built into the package once; an installed wheel carries them and needs no Node.
frontend/node_modules/.ready: frontend/package.json frontend/package-lock.json
	cd frontend && npm ci --loglevel=error && touch node_modules/.ready

$(STATIC): frontend/node_modules/.ready $(shell find frontend/src frontend/public frontend/*.ts frontend/index.html -type f)
	cd frontend && npm run --silent build && touch ../$@

browser:
	@command -v chromium >/dev/null || { $(APT) update -qq && DEBIAN_FRONTEND=noninteractive $(APT) install -y -qq --no-install-recommends chromium; }

# What follows from the program: reference pages and shown output. `figures` measures again, which takes minutes.
docs: $(VENV)/.dev
	PYTHONPATH=tools $(BIN)/python -m handbook

figures: $(VENV)/.dev
	PYTHONPATH=tools $(BIN)/python -m handbook figures

# Figures of this machine, written into docs/benchmarks.md.
bench: $(VENV)/.dev $(READY)
	$(BIN)/pip install -q -c constraints.txt --no-build-isolation -e '.[dev,speed,bench]'
	$(BIN)/python benchmarks/run.py
	$(BIN)/python benchmarks/page.py

# Debian's own python3 comes without venv, so the first failure installs it.
$(VENV)/bin/python:
	@python3 -m venv $(VENV) 2>/dev/null || { $(APT) update -qq && $(APT) install -y -qq python3-venv && python3 -m venv --clear $(VENV); }

$(VENV)/.run: EXTRAS := [web,speed]
$(VENV)/.dev: EXTRAS := [dev,plates,speed]
$(VENV)/.run $(VENV)/.dev: $(SOURCES) | $(VENV)/bin/python
	$(BIN)/pip install -q -c constraints.txt hatchling editables msgspec numpy pyyaml rapidfuzz
	$(BIN)/pip install -q -c constraints.txt --no-build-isolation -e '.$(EXTRAS)'
	$(BIN)/python -m compileall -q src && touch $@

# The build makes what a start reads; here it is made anew when the code that makes it has changed since.
$(READY): $(shell find $(addprefix src/lasegue/,knowledge names wiring model case inference suggest redflags ledger) -name '*.py')
	$(BIN)/python hatch_build.py

# New versions of everything: names and versions only.
lock:
	python3 -m venv --clear .lock
	.lock/bin/pip install -q hatchling editables '.[dev,plates,speed,spark,bench]'
	.lock/bin/pip freeze --exclude lasegue > constraints.txt
	rm -rf .lock

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis src/lasegue/knowledge/compiled.* src/lasegue/knowledge/ready frontend/node_modules src/lasegue/web/static
