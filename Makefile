# Mizan. `make run` shows the AI race, `make test` passes everything; both
# install what they need on Debian.

# The path of a Go that can build this project, fetched if there is none.
GO        := $(shell sh scripts/go.sh)
LINT      := github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
FUZZTIME  ?= 60s
ADDR      ?= 127.0.0.1:8080
BENCH     ?= .

# Fused multiply-add would change last bits between machines.
export GOAMD64 := v1
export CGO_ENABLED := 0
# A toolchain that an older Go fetched has no Go of its own on the path.
export PATH := $(dir $(GO)):$(PATH)

.PHONY: run build assets test check lint bench fuzz golden pictures clean

run: build ## build and serve the embedded AI race
	bin/mizan serve ai-race --addr $(ADDR)

build: assets ## the one binary
	@test -n "$(GO)"
	$(GO) build -trimpath -ldflags="-s -w" -o bin/mizan ./cmd/mizan

test: assets ## every test, those in the browser too
	@test -n "$(GO)"
	@sh scripts/need.sh git chromium pdftotext node npm
	@sh scripts/validators.sh
	$(GO) test -timeout 19m ./...

check: ## vet and lint
	$(GO) vet ./...
	$(MAKE) lint

lint: ## golangci-lint, at a fixed version
	$(GO) run $(LINT) run ./...

bench: ## the benchmarks that docs/benchmarks.md quotes; BENCH=NAME for some
	$(GO) test -run '^$$' -bench '$(BENCH)' -benchmem ./...

fuzz: ## every fuzz target for FUZZTIME
	GO=$(GO) sh scripts/fuzz.sh $(FUZZTIME)

golden: ## rewrite the golden files; read the difference before committing
	UPDATE_GOLDEN=1 $(GO) test ./...

pictures: assets ## the pictures of docs/site.md
	@test -n "$(GO)"
	@sh scripts/need.sh chromium
	mkdir -p docs/pictures
	MIZAN_PICTURES=$(CURDIR)/docs/pictures $(GO) test -count=1 -run TestPictures ./internal/site

assets: ## what the pages load beside their own files: the engine as WebAssembly, the outlines of countries
	@test -n "$(GO)"
	@sh scripts/need.sh node npm
	GO=$(GO) sh scripts/assets.sh

clean:
	rm -rf bin out
	rm -f internal/site/assets/*.gz internal/site/assets/*.js internal/site/assets/*.json internal/site/assets/*.woff
