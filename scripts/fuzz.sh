#!/bin/sh
# Runs every fuzz target of the tree for the given time, one after another.
# Making an input smaller may not eat the time that is meant for finding one.
set -eu
GO=${GO:-go}
time=${1:-60s}
for package in $("$GO" list ./...); do
	for target in $("$GO" test -list '^Fuzz' "$package" | grep '^Fuzz' || true); do
		echo "== $package $target for $time"
		"$GO" test -run '^$' -fuzz "^$target\$" -fuzztime "$time" -fuzzminimizetime 20x "$package"
	done
done
