# Mizan. `make run` shows the AI race, `make test` passes everything; both
# install what they need on Debian.

GO        ?= go
BIN       := bin/mizan
LINT      := github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
FUZZTIME  ?= 60s
ADDR      ?= 127.0.0.1:8080
# Fused multiply-add would change last bits between machines.
export GOAMD64 := v1
export CGO_ENABLED := 0

.PHONY: run build test check lint bench fuzz golden wasm clean tools

run: build ## build and serve the embedded AI race
	$(BIN) serve ai-race --addr $(ADDR)

build: $(BIN)

$(BIN): tools FORCE
	$(GO) build -trimpath -ldflags="-s -w" -o $@ ./cmd/mizan

FORCE:

tools: ## install Go if the machine has none
	@sh scripts/need.sh go

test: tools ## every test, the browser's too
	@sh scripts/need.sh go chromium
	CI=$${CI:-} $(GO) test ./...
	GOOS=js GOARCH=wasm $(GO) vet ./cmd/mizan-wasm

check: lint ## formatting, vet and lint
	$(GO) vet ./...

lint: tools
	$(GO) run $(LINT) run ./...

bench: tools ## the benchmarks that docs/benchmarks.md quotes
	@sh scripts/need.sh go
	$(GO) test -run '^$$' -bench . -benchmem ./stat ./spec ./dataset ./build ./engine ./internal/cli

fuzz: tools ## every fuzz target for FUZZTIME
	@sh scripts/fuzz.sh $(FUZZTIME)

golden: tools ## rewrite the golden files; read the difference before committing
	$(GO) test ./... -update

wasm: tools ## the engine for the page
	GOOS=js GOARCH=wasm $(GO) build -trimpath -ldflags="-s -w" -o bin/mizan.wasm ./cmd/mizan-wasm

clean:
	rm -rf bin out
