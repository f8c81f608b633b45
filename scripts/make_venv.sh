#!/usr/bin/env bash
# make_venv.sh PYTHON FOLDER LOCKFILE — a virtual environment with exactly what the lock file names.
set -euo pipefail
python=$1 folder=$2 lock=$3

if [ -z "$python" ]; then
    echo "Python 3.11 or newer was not found. On Debian or Ubuntu: apt-get install python3 python3-venv" >&2
    exit 1
fi
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null
    else
        echo "Python's venv module is missing. On Debian or Ubuntu: sudo apt-get install python3-venv" >&2
        exit 1
    fi
fi

echo "Setting up $folder (once, a minute or two)…"
[ -x "$folder/bin/python" ] || "$python" -m venv "$folder"
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes --requirement "$lock"
touch "$folder/.installed"
