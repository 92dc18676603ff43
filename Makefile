# Every target does its own set-up; nothing is installed that is there already.

SHELL := /bin/bash
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
# The targets are steps of one machine, not a graph: `make -j` gains nothing and would mix their output.
.NOTPARALLEL:
.PHONY: help run test bench assets build fmt lint unit browser fuzz docs-pictures clean

FUZZ_SECONDS ?= 30

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-14s %s\n", $$1, $$2 }'

run: export LANTOA_DATA ?= ./data
run: export LANTOA_LISTEN ?= 127.0.0.1:8080
run: assets ## serve the demo province at http://localhost:8080, data in ./data
	@cargo build --workspace --locked --bin lantoa
	@exec $${CARGO_TARGET_DIR:-target}/debug/lantoa serve --demo

test: ## everything: lints, unit tests, browser tests on SQLite and PostgreSQL
	@scripts/setup test
	@scripts/test

bench: assets ## the figures, on both databases, against their targets
	@scripts/setup bench
	@scripts/bench

assets: ## build what the binary embeds; plain cargo build works afterwards
	@scripts/setup run
	@scripts/assets

build: assets ## the binary of the dev profile
	@cargo build --workspace --locked --bins

fmt: ## format the Rust code
	@cargo fmt --all

lint: assets ## formatting, clippy without warnings, shell scripts
	@scripts/test lint

unit: assets ## unit and story tests, on SQLite and PostgreSQL
	@scripts/setup test
	@scripts/test unit doc

browser: assets ## all browser tests, on SQLite and PostgreSQL (make test plays some of them on SQLite alone)
	@scripts/setup test
	@LANTOA_WHOLE=1 scripts/test node build browser

fuzz: ## each fuzz target for FUZZ_SECONDS (30)
	@scripts/fuzz $(FUZZ_SECONDS)

docs-pictures: assets ## take the screenshots of the README again
	@scripts/setup test
	@LANTOA_PICTURES=1 scripts/test build browser

clean: ## remove what was built; ./data stays
	@cargo clean
	@rm -rf layers/base/assets/dist web/node_modules tests/browser/node_modules
