#!/bin/sh
# Makes sure that the named programs are there: go, chromium. Installs them
# with Debian's packages where it may, and says what to do where it may not.
set -eu

version_at_least() { # have want
	[ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]
}

install() { # package
	if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
		echo "installing $1" >&2
		apt-get install -y --no-install-recommends "$1" >/dev/null 2>&1 ||
			{ apt-get update >/dev/null && apt-get install -y --no-install-recommends "$1" >/dev/null; }
	else
		echo "$1 is missing; install it (Debian: apt-get install $1) and try again" >&2
		exit 1
	fi
}

for need in "$@"; do
	case $need in
	go)
		# Any Go from 1.21 on fetches the version that go.mod asks for.
		command -v go >/dev/null 2>&1 || install golang-go
		have=$(go env GOVERSION 2>/dev/null | sed 's/^go//')
		if ! version_at_least "${have:-0}" 1.21; then
			echo "Go ${have:-?} is too old; install Go 1.21 or later, it fetches the version that go.mod asks for" >&2
			exit 1
		fi
		;;
	chromium)
		command -v chromium >/dev/null 2>&1 || install chromium
		;;
	*)
		command -v "$need" >/dev/null 2>&1 || install "$need"
		;;
	esac
done
