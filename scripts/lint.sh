#!/usr/bin/env bash
# lint.sh VENV LTS_VENV — every linter runs, then the exit code says whether one complained.
set -uo pipefail
cd "$(dirname "$0")/.."
bin=$1/bin lts=$2/bin failed=()

check() {
    local name=$1
    shift
    echo "--- $name"
    "$@" || failed+=("$name")
}
migrations() { PAKN_TEST_DB_NAME=:memory: DJANGO_SETTINGS_MODULE=tests.settings.sqlite "$1" -m django makemigrations --check --dry-run; }

# the longest beside all others
said=$(mktemp)
trap 'rm -f "$said"' EXIT
"$bin/mypy" >"$said" 2>&1 &
mypy=$!
types() { wait "$mypy"; local code=$?; cat "$said"; return "$code"; }

check "ruff" "$bin/ruff" check --quiet .
check "ruff format" "$bin/ruff" format --check --quiet .
check "templates" "$bin/djlint" --lint --quiet pakn_portal/templates example_site
check "migrations on Wagtail 8" migrations "$bin/python"
check "migrations on Wagtail 7.4" migrations "$lts/python"
check "translations" "$bin/python" -m scripts.missing_translations
check "mypy" types

if [ ${#failed[@]} -gt 0 ]; then
    echo "lint: $(IFS=,; echo "${failed[*]}") failed" >&2
    exit 1
fi
echo "lint: clean"
