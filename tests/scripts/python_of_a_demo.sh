#!/usr/bin/env bash
# In the place of Python for `make demo`: the guard is real, preparing is quick, server and worker wait.
case "$1 ${2:-}" in
    *guard.py*) exec "$REAL_PYTHON" "$@" ;;
    -c*) exit 1 ;; # nobody listens on the port
    *pakn_worker | *runserver) exec "$REAL_PYTHON" "$WAITS" "$2" ;;
esac
