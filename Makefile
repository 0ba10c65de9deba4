# `make edition` writes the sample edition, `make test` checks the toolkit; both set up what they need in .venv.
BIN := .venv/bin
TEI := $(BIN)/tei-edition

.PHONY: help schema edition test lint types bench clean
.DELETE_ON_ERROR:

help:
	@echo "make edition   encode, validate and publish the sample edition; the site is then in site/"
	@echo "make test      run all tests (what CI runs)"
	@echo "make lint      ruff: style and imports"
	@echo "make types     mypy --strict"
	@echo "make schema    compile schema/*.odd with the release of the TEI that was fetched"
	@echo "make bench     measure the stages against a naive conversion"
	@echo "make clean     remove what was built, but for .venv"

# Findings go to a file, so that the summaries can be read; errors are shown and stop the run.
define run
	@$(TEI) $(1) > build/findings-$(firstword $(1)).txt || \
	  { grep -A 2 ': error: ' build/findings-$(firstword $(1)).txt >&2; exit 1; }
endef

edition:
	@sh tools/setup.sh pdf
	@mkdir -p build
	$(call run,encode)
	$(call run,validate)
	$(call run,publish)
	@echo "Open site/index.html. What the editor is to look at: build/findings-*.txt"

# With Chromium the pages are tried in it as well.
test:
	@sh tools/setup.sh pdf,dev$$(command -v chromium >/dev/null 2>&1 && echo ,browser)
	@$(BIN)/python -m pytest -n 2

lint:
	@sh tools/setup.sh pdf,dev
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types:
	@sh tools/setup.sh pdf,dev
	@$(BIN)/mypy

schema:
	@sh tools/setup.sh pdf,dev
	@$(TEI) schema compile schema/tei_edition.odd --rules own
	@$(TEI) schema compile schema/tei_all.odd --grammar

bench:
	@sh tools/setup.sh pdf
	@$(BIN)/python bench/encode.py

clean:
	@rm -rf build site dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find tei_edition tests bench -name __pycache__ -type d -prune -exec rm -rf {} +
