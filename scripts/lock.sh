#!/usr/bin/env bash
# lock.sh PYTHON — resolve the ranges of setup.cfg to exact versions, with the hashes of all their files so that a
# lock fits every platform. Nothing is installed but uv, into a folder that goes again.
set -euo pipefail
cd "$(dirname "$0")/.."
python=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$python" -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check uv

# resolve NAME PYTHON "EXTRA …" RANGE… — for the lowest Python that the environment is made with
resolve() {
    local name=$1 version=$2 lock=requirements/lock-$1.txt extras=()
    for extra in $3; do extras+=(--extra "$extra"); done
    shift 3
    printf '%s\n' "$@" >"$work/constraints"
    {
        echo "# Exact versions for \`make $name\`, computed by \`make lock\`; the ranges are in setup.cfg."
        "$work/venv/bin/uv" pip compile --quiet setup.cfg "${extras[@]}" --constraints "$work/constraints" \
            --python-version "$version" --generate-hashes --no-header --no-annotate
    } >"$work/lock"
    cp "$work/lock" "$lock"
    echo "$lock: $(grep -c '==' "$lock") packages"
}

# the client of version 8 talks to servers 8 and 9, that of version 9 only to 9
client="elasticsearch<9"
resolve demo 3.11 "elasticsearch letters postgres" "wagtail>=8" "$client"
resolve test 3.11 "test lint" "wagtail>=8" "$client"
resolve lts 3.11 "test" "wagtail<7.5" "$client"
resolve new 3.12 "test" "wagtail>=8" "Django>=6.1" "$client"
rm -rf build pakn_portal.egg-info
