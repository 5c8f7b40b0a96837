#!/bin/sh
# Makes sure that the named programs are there (go, chromium, git, …). Installs
# them as Debian packages where it may, and says what to do where it may not.
set -eu
export DEBIAN_FRONTEND=noninteractive

package() { # program
	case $1 in
	go) echo golang-go ;;
	node) echo nodejs ;;
	pdftotext) echo poppler-utils ;;
	sbatch | slurmctld | slurmd) echo slurm-wlm ;;
	*) echo "$1" ;;
	esac
}

for need in "$@"; do
	command -v "$need" >/dev/null 2>&1 && continue
	name=$(package "$need")
	if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
		echo "$need is missing; install it (Debian: apt-get install $name) and try again" >&2
		exit 1
	fi
	echo "installing $name" >&2
	apt-get install -y --no-install-recommends "$name" >/dev/null 2>&1 ||
		{ apt-get update >/dev/null && apt-get install -y --no-install-recommends "$name" >/dev/null; }
done
