#!/usr/bin/env bash
# What the whole test suite needs of the machine: installed when we are root on Debian or Ubuntu, else named.
set -euo pipefail

missing=()
have() { command -v "$1" >/dev/null 2>&1; }
have chromium-headless-shell || have chromium || have chromium-browser || missing+=(chromium)
compgen -G "/usr/lib/postgresql/*/bin/initdb" >/dev/null || have initdb || missing+=(postgresql)
have java || missing+=(default-jre-headless)
have mvn || missing+=(maven)
have msgfmt || missing+=(gettext)
[ -n "$(fc-list :lang=vi family 2>/dev/null)" ] || missing+=(fonts-noto-core fontconfig)
libraries=$(PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null || true)
[[ $libraries == *libpangoft2-1.0.so* && $libraries == *libharfbuzz-subset.so* ]] ||
    missing+=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0)
python3 -c 'import ensurepip' 2>/dev/null || missing+=(python3-venv)

# A Chromium without windows takes half of the processor time; a system that has no such package uses the other.
lighten() {
    [ "$(id -u)" = 0 ] && have apt-get && ! have chromium-headless-shell || return 0
    apt-cache show chromium-headless-shell || timeout 60 apt-get update
    DEBIAN_FRONTEND=noninteractive timeout 300 apt-get install -y --no-install-recommends chromium-headless-shell
}

if [ ${#missing[@]} -eq 0 ]; then
    lighten >/dev/null 2>&1 </dev/null || true
    exit 0
fi

if [ "$(id -u)" = 0 ] && have apt-get; then
    echo "Installing for the tests: ${missing[*]}"
    log=$(mktemp)
    export DEBIAN_FRONTEND=noninteractive
    if ! { apt-get update && apt-get install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1 </dev/null; then
        tail -30 "$log" >&2
        echo "!!! COULD NOT INSTALL: ${missing[*]} (above: why)" >&2
        [ "${CI:-}" = true ] && exit 1
    fi
    rm -f "$log"
    lighten >/dev/null 2>&1 </dev/null || true
else
    echo "!!! The whole suite needs packages that are not here. On Debian or Ubuntu:" >&2
    echo "!!!   sudo apt-get install ${missing[*]}" >&2
    [ "${CI:-}" = true ] && exit 1
fi
exit 0
