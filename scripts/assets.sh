#!/bin/sh
# Builds into internal/site/assets what the pages load beside their own
# scripts: the engine as WebAssembly, packed, and the loader of the Go that
# compiled it. GO names the Go to use.
set -eu
cd "$(dirname "$0")/.."
GO=${GO:-go}
out=internal/site/assets
GOOS=js GOARCH=wasm "$GO" build -trimpath -ldflags="-s -w" -o "$out/engine.wasm" ./cmd/mizan-wasm
# -n leaves name and time out, so that the same engine is the same bytes.
gzip -9nf "$out/engine.wasm"
cp "$("$GO" env GOROOT)/lib/wasm/wasm_exec.js" "$out/wasm_exec.js"
chmod u+w "$out/wasm_exec.js"
