#!/usr/bin/env bash
# lock.sh PYTHON — resolve the ranges of setup.cfg to exact versions, without installing anything.
set -euo pipefail
cd "$(dirname "$0")/.."
python=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$python" -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check --upgrade pip

resolve() {
    local name=$1
    shift
    "$work/venv/bin/pip" install --quiet --disable-pip-version-check --dry-run --ignore-installed \
        --report "$work/$name.json" "$@"
    {
        echo "# Exact versions for \`make $name\`, computed by \`make lock\`; the ranges are in setup.cfg."
        "$python" - "$work/$name.json" <<'PY'
import json, sys
packages = (entry["metadata"] for entry in json.load(open(sys.argv[1]))["install"])
lines = {f"{package['name']}=={package['version']}" for package in packages if package["name"] != "pakn-portal"}
print("\n".join(sorted(lines, key=str.lower)))
PY
    } >"requirements/lock-$name.txt"
    echo "requirements/lock-$name.txt: $(grep -vc '^#' "requirements/lock-$name.txt") packages"
}

# the client of version 8 talks to servers 8 and 9, that of version 9 only to 9
client="elasticsearch<9"
resolve demo ".[demo,elasticsearch,postgres]" "wagtail>=8,<9" "$client"
resolve test ".[demo,test,lint]" "wagtail>=8,<9" "$client"
resolve lts ".[demo,test]" "wagtail>=7.4,<7.5" "$client"
rm -rf build pakn_portal.egg-info
