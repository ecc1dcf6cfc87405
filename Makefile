# `make demo` and `make test` are all a newcomer needs; both set up what they need first.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check
DEMO   := .demo/library
KILLS  ?= 100
FLIPS  ?= 200

.PHONY: demo ask ingest setup setup-dev test check faults bench constraints clean

demo: ask                ## index the sample corpus, ask one question, then serve the chat page
	$(BIN)/footnoted ui --library $(DEMO) --example "What did Halvern do in return?" \
	  --example "How many barges a day may pass under the Sellisburg accord?" --example "Who is Petra Lindow?" \
	  --example "What deposit does Imre Valcott's tenancy agreement ask for?"

ask: ingest              ## index the sample corpus and ask one question in the terminal
	$(BIN)/footnoted ask --library $(DEMO) "Why did Corravia close the Ketteral Canal to Halvernian barges?"

ingest: setup
	$(BIN)/footnoted ingest --library $(DEMO) examples

setup: $(VENV)/.product  ## what the product needs
setup-dev: $(VENV)/.dev  ## and what its tests need

$(VENV)/.product: constraints.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "footnoted needs Python 3.11 or newer: make PYTHON=python3.11")'
	@echo "Setting up $(VENV): about 1 GB, once."
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) --require-hashes -r constraints.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.product constraints-dev.txt
	@$(PIP) --no-compile --require-hashes -r constraints-dev.txt
	@touch $@

test: setup-dev check    ## lint, types, import contracts, all tests
	$(BIN)/python -m pytest

check: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

faults: setup-dev        ## what is left of a library after accidents at every write: KILLS processes killed, FLIPS bits flipped
	$(BIN)/python -m tests.fault.faults kills --count $(KILLS)
	$(BIN)/python -m tests.fault.faults damage --count $(FLIPS)
	$(BIN)/python -m tests.fault.faults errors

bench: setup             ## figures of docs/benchmarks.md: speed, the gate of the evals; PEER: training/requirements-peer.txt, DATA: a corpus
	$(BIN)/python -m eval.benchmarks.speed
	$(BIN)/python -m eval.benchmarks.power
	$(BIN)/python -m eval.benchmarks.ingest again
	$(BIN)/python -m eval.benchmarks.ingest memory
	$(BIN)/python -m eval.benchmarks.ingest changes
	$(BIN)/python -m eval.benchmarks.ingest rebuild
	$(if $(DATA),$(BIN)/python -m eval.benchmarks.ingest speed --data "$(DATA)" $(if $(PEER),--peer "$(PEER)" -m training.llama_index_peer))
	$(BIN)/python -m eval.benchmarks.embedding speed $(if $(DATA),--data "$(DATA)") \
	  $(if $(PEER),--peer "$(PEER)" -m training.huggingface_peer)

PIN := $(PYTHON) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
       --no-emit-find-links --no-annotate --no-header pyproject.toml

constraints:             ## pins every dependency anew, with hashes
	$(PIN) --upgrade --extra build -o constraints.txt
	$(PIN) --constraint constraints.txt --extra build --extra dev -o constraints-dev.txt

clean:
	rm -rf $(VENV) .demo
