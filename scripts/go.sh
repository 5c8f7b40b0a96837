#!/bin/sh
# Prints the path of a Go that can build this project, fetching one where the
# machine has none: any Go from 1.21 on fetches the version that go.mod asks
# for by itself; an older one (Debian 12 has 1.19) can fetch it as a module.
set -eu

want=$(sed -n 's/^go //p' "$(dirname "$0")/../go.mod")

at_least() { # have want
	[ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]
}

usable() { # go command
	command -v "$1" >/dev/null 2>&1 && at_least "$("$1" env GOVERSION | sed 's/^go//')" 1.21
}

for go in "${GO:-go}" /usr/local/go/bin/go; do
	if usable "$go"; then
		command -v "$go"
		exit 0
	fi
done

command -v go >/dev/null 2>&1 || sh "$(dirname "$0")/need.sh" go >&2
case $(uname -m) in
x86_64) arch=amd64 ;;
aarch64) arch=arm64 ;;
*) echo "no ready Go for $(uname -m): install Go $want and try again" >&2; exit 1 ;;
esac
case $want in *.*.*) ;; *) want=$want.0 ;; esac
echo "fetching Go $want" >&2
# Away from our own go.mod, whose format an old Go cannot read.
dir=$(cd / && GOFLAGS=-mod=mod go mod download -json "golang.org/toolchain@v0.0.1-go$want.linux-$arch" |
	sed -n 's/^[[:space:]]*"Dir": "\(.*\)",*$/\1/p')
[ -n "$dir" ] || { echo "Go $want could not be fetched: install it and try again" >&2; exit 1; }
# Modules are unpacked without execute permission.
chmod -R u+w "$dir/bin" "$dir/pkg/tool" && chmod +x "$dir"/bin/* "$dir"/pkg/tool/*/* && chmod -R a-w "$dir/bin" "$dir/pkg/tool"
echo "$dir/bin/go"
