"""`python -m tests.servers run|up|down` — see the package's docstring."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from tests.servers.elasticsearch import Elasticsearch
from tests.servers.postgresql import PostgreSQL
from tests.servers.process import ServerUnavailable, stop_group

Server = PostgreSQL | Elasticsearch
STATE, ENVIRONMENT = "state.json", "env"


def main() -> int:
    options = parse()
    if options.command == "down":
        return down(options.dir)
    majors = [int(os.environ.get("PAKN_ES_MAJOR", "8"))] if "elasticsearch" in options.only else []
    if options.command == "up":
        return up(options.dir, options.only, majors)
    return run(options.cmd, options.only, majors, options.migrate)


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.servers", description=__doc__)
    parser.add_argument("--only", type=lambda text: text.split(","), default=["postgresql", "elasticsearch"],
                        help="comma-separated: postgresql, elasticsearch (default: both)")  # fmt: skip
    parser.add_argument("--migrate", metavar="SETTINGS", default="",
                        help="run: migrate the database meanwhile")  # fmt: skip
    commands = parser.add_subparsers(dest="command", required=True)
    run_parser = commands.add_parser("run", help="start, run a command, stop")
    run_parser.add_argument("cmd", nargs=argparse.REMAINDER)
    for name, text in (("up", "start and keep running"), ("down", "stop what `up` started")):
        commands.add_parser(name, help=text).add_argument("--dir", type=Path, default=Path(".servers"))
    return parser.parse_args()


def servers(folder: Path, only: list[str], majors: list[int]) -> list[Server]:
    database: list[Server] = [PostgreSQL(folder)] if "postgresql" in only else []
    return [*database, *(Elasticsearch(folder, major) for major in majors)]


def start_all(wanted: list[Server]) -> tuple[list[Server], list[str]]:
    """Start each; what cannot be had is said loudly and named in the second list."""
    started, missing = [], []
    for server in wanted:
        try:
            server.start()
        except ServerUnavailable as reason:
            server.stop()
            missing.append(server.name)
            print(f"\n!!! {server.name} CANNOT BE HAD HERE\n{reason}\n", file=sys.stderr, flush=True)
        else:
            started.append(server)
            print(f"{server.name} is up on port {server.port}", flush=True)
    return started, missing


def environment(started: list[Server], missing: list[str]) -> dict[str, str]:
    values = {key: value for server in started for key, value in server.environment().items()}
    return {**values, "PAKN_MISSING_SERVERS": ", ".join(missing)}


def run(command: list[str], only: list[str], majors: list[int], migrate: str = "") -> int:
    """The command's exit code; 1 when a server is missing and CI=true."""
    command = command[1:] if command[:1] == ["--"] else command
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)
    folder = Path(tempfile.mkdtemp(prefix="pakn-servers-"))
    folder.chmod(0o755)
    started: list[Server] = []
    wanted = servers(folder, only, majors)
    try:
        started, missing = start_all([server for server in wanted if isinstance(server, PostgreSQL)])
        with migrating(command[0], migrate, started):
            more = start_all([server for server in wanted if not isinstance(server, PostgreSQL)])
        started, missing = started + more[0], missing + more[1]
        if missing and os.environ.get("CI") == "true":
            print("CI=true: a missing server is a failure.", file=sys.stderr)
            return 1
        return subprocess.run(command, env={**os.environ, **environment(started, missing)}).returncode
    finally:
        for server in wanted:
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def migrating(python: str, settings: str, started: list[Server]) -> Iterator[None]:
    """Beside what is done within, where a database is up; whoever asks for it later finds it there."""
    if not (settings and started):
        yield
        return
    command = [python, "-m", "tests.fixtures.template", settings]
    process = subprocess.Popen(command, env={**os.environ, **environment(started, [])})
    try:
        yield
        process.wait()
    finally:
        process.kill()
        process.wait()


def interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def up(folder: Path, only: list[str], majors: list[int]) -> int:
    folder = folder.resolve()
    down(folder)
    folder.mkdir(parents=True, exist_ok=True)
    started, missing = start_all(servers(folder, only, majors))
    (folder / STATE).write_text(json.dumps([server.pid for server in started]))
    lines = [f"export {key}={value}" for key, value in environment(started, missing).items() if value]
    (folder / ENVIRONMENT).write_text("\n".join(lines) + "\n")
    print(f"Addresses: . {folder / ENVIRONMENT}    Stop: python -m tests.servers down --dir {folder}")
    return 1 if missing else 0


def down(folder: Path) -> int:
    state = folder / STATE
    if state.exists():
        for pid in json.loads(state.read_text()):
            stop_group(pid)
    shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
