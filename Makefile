# `make run` and `make test` work on a fresh Debian 12 with a Rust toolchain; everything else is a part of them.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

TRUNK_VERSION := 0.21.14
BINDGEN_VERSION := 0.2.130
PACKAGES := brotli chromium chromium-driver fonts-noto-cjk libreoffice-calc nodejs npm poppler-utils postgresql
BUNDLE_SOURCES := $(shell find app questionnaires/src server/api/src -type f -not -path '*/locales/*' 2>/dev/null) Cargo.toml Cargo.lock Trunk.toml

.PHONY: help setup setup-build bundle build run dev test test-long check fuzz bench clean

help: ## what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup-build: ## what building needs: wasm target, trunk, wasm-bindgen
	@rustup target list --installed | grep -q wasm32-unknown-unknown || rustup target add wasm32-unknown-unknown
	@trunk --version 2>/dev/null | grep -q "$(TRUNK_VERSION)" || cargo install trunk@$(TRUNK_VERSION) --locked
	@wasm-bindgen --version 2>/dev/null | grep -q "$(BINDGEN_VERSION)" || cargo install wasm-bindgen-cli@$(BINDGEN_VERSION)

setup: setup-build ## what tests need beside: Chromium, LibreOffice, cargo-nextest, axe, mail and sign-in peers
	@missing=$$(for p in $(PACKAGES); do case $$p in nodejs|npm) command -v $${p/nodejs/node} >/dev/null || echo $$p;; \
		*) dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || echo $$p;; esac; done | xargs); \
	if [ -n "$$missing" ]; then \
		if [ "$$(id -u)" = 0 ]; then apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing; \
		else echo "please install: sudo apt-get install $$missing"; exit 1; fi; fi
	@cargo nextest --version >/dev/null 2>&1 || cargo install cargo-nextest --locked
	@[ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --no-audit --no-fund

dist/kakunin-app_bg.wasm: $(BUNDLE_SOURCES)
	@NO_COLOR=true trunk build
	@# A current wasm-opt makes the bundle smaller; without it the bundle works and is bigger.
	@if [ -x node_modules/.bin/wasm-opt ]; then node_modules/.bin/wasm-opt -Oz --enable-bulk-memory --enable-mutable-globals --enable-multivalue --enable-nontrapping-float-to-int --enable-reference-types --enable-sign-ext dist/kakunin-app_bg.wasm -o dist/opt.wasm && mv dist/opt.wasm dist/kakunin-app_bg.wasm; \
	else echo "bundle: wasm-opt is not there, so the bundle is not optimised (npm ci installs it)"; fi
	@for f in dist/*.js dist/*.wasm dist/*.css; do gzip -9kf $$f; ! command -v brotli >/dev/null || brotli -q 11 -kf $$f; done
	@touch $@

bundle: setup-build dist/kakunin-app_bg.wasm ## the browser's half, into dist/

build: bundle ## bundle and server, for development
	@cargo build -p kakunin-app

run: bundle ## set everything up and serve the demo town on SQLite at http://localhost:3000
	@cargo build --release -p kakunin-app
	@exec target/release/kakunin demo

dev: build ## the fast loop: debug build, demo town in data/dev
	@exec target/debug/kakunin demo --data data/dev

check: ## format and lints
	@cargo fmt --all --check
	@cargo clippy --workspace --all-targets -- -D warnings

test: setup build check ## everything: format, lints, unit, property and black-box tests, browser
	@cargo nextest run --workspace --features kakunin-questionnaires/catalog
	@CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner cargo test -p kakunin-questionnaires --target wasm32-unknown-unknown --test wasm
	@tests/postgres/with.sh cargo nextest run --workspace --features kakunin-questionnaires/catalog -E 'binary(http) | binary(permissions) | package(kakunin-migrations)'
	@target/debug/kakunin check questionnaires/catalog/*/*.yaml

test-long: ## the evaluator on a million generated cases
	@EVALUATOR_CASES=1000000 cargo nextest run -p kakunin-questionnaires the_compiled_evaluator

fuzz: ## an hour of made-up files for the reader, and one of made-up conditions; needs a nightly toolchain
	@cargo fuzz --version >/dev/null 2>&1 || cargo install cargo-fuzz --locked
	@cd questionnaires/fuzz && for target in reader conditions; do mkdir -p corpus/$$target && cp -n ../catalog/*/*.yaml corpus/$$target/ && \
		cargo +nightly fuzz run --fuzz-dir . -s none $$target -- -max_total_time=3600 -max_len=30000; done

bench: setup ## page latencies, bundle size, memory
	@tests/load/run.sh

clean: ## forget what was built
	@cargo clean
	@rm -rf dist node_modules screenshots data
