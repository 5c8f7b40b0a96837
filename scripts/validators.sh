#!/bin/sh
# Installs the validators of scripts/validators, unless they are there as the lock
# file has them.
set -eu
cd "$(dirname "$0")/validators"
cmp -s package-lock.json node_modules/.installed 2>/dev/null && exit 0
npm ci --no-audit --no-fund --ignore-scripts >/dev/null
cp package-lock.json node_modules/.installed
