#!/bin/sh
# Builds into internal/site/assets what the pages load or draw beside their own
# files: the engine as WebAssembly, packed, the loader of the Go that compiled
# it, the outlines of countries, and the fonts of cards. GO names the Go to use.
set -eu
cd "$(dirname "$0")/.."
GO=${GO:-go}
out=internal/site/assets
GOOS=js GOARCH=wasm "$GO" build -trimpath -ldflags="-s -w" -o "$out/engine.wasm" ./cmd/mizan-wasm
# -n leaves name and time out, so that the same engine is the same bytes.
gzip -9nf "$out/engine.wasm"
cp "$("$GO" env GOROOT)/lib/wasm/wasm_exec.js" "$out/wasm_exec.js"
chmod u+w "$out/wasm_exec.js"
# The fonts that the cards of pages are written in (SIL Open Font License).
cards() {
	for f in latin:noto-sans/files/noto-sans-latin cyrillic:noto-sans/files/noto-sans-cyrillic latin-ext:noto-sans/files/noto-sans-latin-ext \
		arabic:ibm-plex-sans-arabic/files/ibm-plex-sans-arabic-arabic chinese:noto-sans-sc/files/noto-sans-sc-chinese-simplified; do
		cp "web/node_modules/@fontsource/${f#*:}-600-normal.woff" "$out/card-${f%%:*}.woff" || return 1
	done
}
if [ ! -f "$out/world.json" ] || [ ! -f "$out/card-chinese.woff" ] || [ web/world.mjs -nt "$out/world.json" ] || [ web/package-lock.json -nt "$out/world.json" ]; then
	(cd web && npm ci --no-audit --no-fund --ignore-scripts --loglevel=error && node world.mjs "../$out/world.json") ||
		echo "the outlines of countries could not be made; without them there are no maps, and the pages say so" >&2
	cards || echo "the fonts of cards could not be taken over; without them links to pages have no picture" >&2
fi
