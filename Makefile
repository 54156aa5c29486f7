# Two commands do everything: `make run` and `make test`.
VENV ?= .venv

.PHONY: run test bench bench-scale docs lock format clean

run:  ## make the environment and the demonstration site, serve it on 127.0.0.1:8000
	@scripts/environment.sh $(VENV) run
	@ACTIONLINES_DEMONSTRATION=1 exec $(VENV)/bin/actionlines-web serve $(SERVE)

test:  ## every check and test, on SQLite and PostgreSQL, in a real browser
	@scripts/test.sh $(VENV)

bench:  ## the figures of docs/benchmarks.md
	@scripts/environment.sh $(VENV) dev
	@$(VENV)/bin/python benchmarks/run.py

bench-scale:  ## the slow ones
	@scripts/environment.sh $(VENV) dev
	@$(VENV)/bin/python benchmarks/run.py --scale

docs:  ## the documentation, in docs/_build/html
	@scripts/environment.sh $(VENV) dev
	@$(VENV)/bin/sphinx-build -W -q docs docs/_build/html

lock:  ## write requirements/*.txt anew from pyproject.toml, without registry addresses
	@scripts/environment.sh $(VENV) dev
	@scripts/lock.sh $(VENV)

format:  ## format the code
	@$(VENV)/bin/ruff format src tests benchmarks scripts
	@$(VENV)/bin/ruff check --fix src tests benchmarks scripts

clean:  ## remove what can be made again (not the data in var/)
	rm -rf $(VENV) dist docs/_build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
