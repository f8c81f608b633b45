#!/usr/bin/env bash
# demo.sh PYTHON — prepare the example portal (again, if it is there) and serve it until Ctrl-C.
set -euo pipefail
cd "$(dirname "$0")/.."
python=$1
port=${PORT:-8000}
export PORTAL_ADDRESS="http://127.0.0.1:$port" PYTHONUNBUFFERED=1

if "$python" -c "import socket, sys; sys.exit(socket.socket().connect_ex(('127.0.0.1', $port)))" 2>/dev/null; then
    echo "Port $port is in use. Stop what runs there, or choose another: make demo PORT=8001" >&2
    exit 1
fi

manage=("$python" example_site/manage.py)
echo "Preparing the database…"
"${manage[@]}" migrate --noinput --verbosity 0
echo "Loading the demo content…"
"${manage[@]}" load_demo --first

# not through a function: $! would be a shell's, and what it started would stay
"${manage[@]}" pakn_worker &
worker=$!
"${manage[@]}" runserver --noreload "127.0.0.1:$port" &
server=$!
# what is long, while one looks around: two years of closed cases, older answers
nice -n 5 "${manage[@]}" load_demo --rest &
rest=$!
trap 'kill $server $worker $rest 2>/dev/null || true' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# what is told next must open when it is clicked
until "$python" -c "import socket, sys; sys.exit(socket.socket().connect_ex(('127.0.0.1', $port)))" 2>/dev/null; do
    kill -0 "$server" 2>/dev/null || { wait "$server"; exit; }
    sleep 0.5
done

cat <<TEXT

  The portal                 $PORTAL_ADDRESS/
  The section                $PORTAL_ADDRESS/pakn/
  Send a petition            $PORTAL_ADDRESS/pakn/gui/nguoi-dan/
  Follow a case              $PORTAL_ADDRESS/pakn/tra-cuu/
  Questions and answers      $PORTAL_ADDRESS/pakn/hoi-dap/
  Mail that was "sent"       $PORTAL_ADDRESS/hop-thu/
  Staff                      $PORTAL_ADDRESS/admin/

  Accounts (the password is the name)
    vanphong       Ministry Office: receives and forwards
    daumoi         focal person of a unit: assigns
    chuyenvien     officer of that unit: drafts the answer
    lanhdaodonvi   head of that unit: approves
    bientap        publisher
    bientap2       another publisher: nobody publishes what they prepared
    chuyenvien2    officer of another unit: sees none of that unit's cases
    lanhdaobo      leader of the ministry: figures of two years; approves where a head is missing
    phapche        Legal Department: opinions, deadline rules to confirm
    thanhtra       keeper of sealed cases (complaints, denunciations, locks)
    quantri        administrator: mails, worker, accounts

  Two years of closed cases and the older answers are still being loaded: progress below.

  Stop with Ctrl-C. The data stays in var/; delete that folder to begin anew.

TEXT
wait "$server"
