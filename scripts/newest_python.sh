#!/usr/bin/env bash
# Print the newest Python from 3.12 on, of PATH or of pyenv; print nothing where there is none.
set -uo pipefail
pyenv=${PYENV_ROOT:-$HOME/.pyenv}
for version in 3.14 3.13 3.12; do
    # a command that pyenv lays on PATH fails when its version is not chosen; the folder of the version does not
    for candidate in "$(command -v "python$version")" "$pyenv/versions/$version".*/bin/python; do
        if [ -n "$candidate" ] && "$candidate" -c 'import ensurepip, venv, sqlite3' 2>/dev/null; then
            echo "$candidate"
            exit 0
        fi
    done
done
