"""The process in which a sender's file is read: what it may take, what it knows, what is left of it."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from pakn_portal.submissions.enums import FileWarning
from pakn_portal.submissions.files import FileRefused, ReaderBusy, ReaderFailed, check_file, reader
from pakn_portal.submissions.files.turns import Turns
from pakn_portal.submissions.reading import answer, bounds
from pakn_portal.submissions.reading.verdict import Seen
from tests.fixtures.waiting import wait_for
from tests.submissions.corpus.pictures import png, png_of_49_megapixels, portrait
from tests.submissions.uploading import look, uploaded

LATER = "Lúc này chưa kiểm tra được tệp"
TOO_MUCH = "quá nhiều thời gian hoặc bộ nhớ"
#: The child's own first words, up to where it reads.
IMPORTS = "import sys; sys.path += sys.argv[1].split(sys.argv[2]); "

#: Runs as a server does, then says how much memory it had at its peak (kB), and whether it knows Pillow.
SERVER = """
import resource, sys
import django
from django.conf import settings
settings.configure(INSTALLED_APPS=[], PAKN_PORTAL={}, USE_I18N=False)
django.setup()
from io import BytesIO
from pathlib import Path
from pakn_portal.submissions.files import reader
content = Path(sys.argv[1]).read_bytes()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
reader.look(BytesIO(content), "png")
copy = reader.draw(BytesIO(content), "png")
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before, "PIL.Image" in sys.modules, copy.read(4))
"""


def child_ends_with(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    monkeypatch.setattr(reader, "_START", code)


def test_a_picture_of_49_megapixels_costs_the_web_process_nothing(tmp_path: Path) -> None:
    path = tmp_path / "big.png"
    path.write_bytes(png_of_49_megapixels())
    root = Path(__file__).resolve().parent.parent.parent
    run = subprocess.run(
        [sys.executable, "-c", SERVER, str(path)], capture_output=True, text=True, check=True, cwd=root
    )
    grown, knows_pillow, start = run.stdout.split(maxsplit=2)
    assert int(grown) < 20_000
    assert (knows_pillow, start.strip()) == ("False", "b'\\x89PNG'")


def test_no_process_is_left_of_those_that_read() -> None:
    reader.look(BytesIO(png()), "png")
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_who_takes_too_long_is_ended_and_nothing_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    child_ends_with(monkeypatch, "import time; time.sleep(60)")
    monkeypatch.setattr(bounds, "WALL_SECONDS", 0.5)
    with pytest.raises(ReaderFailed, match=TOO_MUCH):
        reader.look(BytesIO(png()), "png")
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


@pytest.mark.parametrize(
    ("greedy", "names"),
    [
        ("bytearray(bounds.MOST_MEMORY)", ("MOST_MEMORY",)),
        ("[None for number in iter(int, 1)]", ("CPU_SECONDS",)),
        ("open(sys.argv[5], 'wb').write(bytes(9000))", ("MOST_WRITTEN",)),
    ],
)
def test_the_limits_hold_in_the_process_itself(tmp_path: Path, greedy: str, names: tuple[str, ...]) -> None:
    """A bound is reached as the machine enforces it, whatever the parser does."""
    small = {"MOST_MEMORY": 128 * 1024 * 1024, "CPU_SECONDS": 1, "MOST_WRITTEN": 4096}
    lower = "; ".join(f"bounds.{name} = {small[name]}" for name in names)
    code = (
        f"{IMPORTS}from pakn_portal.submissions.reading import bounds; "
        f"{lower}; bounds.set_limits(); {greedy}; print('{{}}')"
    )
    run = subprocess.run(
        [
            sys.executable,
            "-I",
            "-S",
            "-c",
            code,
            reader._places(),
            os.pathsep,
            "png",
            "",
            str(tmp_path / "x"),
        ],
        capture_output=True,
        check=False,
    )
    assert (run.returncode != 0, run.stdout) == (True, b"")


def test_a_parser_without_memory_is_a_heavy_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def greedy(file: Any) -> set[str]:
        raise MemoryError

    monkeypatch.setattr("pakn_portal.submissions.reading.pictures.look_png", greedy)
    assert look("a.png", png()) == {"refused": "heavy"}


@pytest.mark.parametrize(
    "error", [ZeroDivisionError, AttributeError, KeyError, RecursionError, OSError, Exception]
)
def test_whatever_a_parser_raises_is_a_damaged_file(
    monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def stumble(file: Any) -> set[str]:
        raise error("Nguyễn Thị Canary, 0912 345 678")

    monkeypatch.setattr("pakn_portal.submissions.reading.pictures.look_png", stumble)
    said = look("a.png", png())
    assert said["refused"] == "damaged"
    assert said["trouble"].startswith(error.__name__)
    assert "Canary" not in str(said)


def test_the_log_names_the_stumble_and_nothing_of_the_file(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING), pytest.raises(FileRefused):
        check_file(*uploaded("Nguyễn Thị Canary.png", png()[:-30]))
    assert "png could not be read" in caplog.text
    assert "Canary" not in caplog.text


@pytest.mark.parametrize(
    ("child", "sentence"),
    [
        ("raise SystemExit(1)", LATER),
        ("import module_there_is_none_of", LATER),
        ("import os; os.kill(os.getpid(), 9)", TOO_MUCH),
        ("import os; os.abort()", TOO_MUCH),
        ("print('{')", LATER),
    ],
)
def test_a_process_without_an_answer_is_told_and_the_file_not_called_damaged(
    monkeypatch: pytest.MonkeyPatch, child: str, sentence: str
) -> None:
    child_ends_with(monkeypatch, child)
    with pytest.raises(ReaderFailed, match=sentence):
        check_file(*uploaded("a.png", png()))


def test_an_interpreter_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_python", lambda: "/there/is/none")
    with pytest.raises(ReaderFailed, match=LATER):
        check_file(*uploaded("a.png", png()))


def test_a_server_with_python_inside_finds_the_interpreter(monkeypatch: pytest.MonkeyPatch) -> None:
    reader._python.cache_clear()
    monkeypatch.setattr(sys, "executable", "/usr/sbin/uwsgi")
    try:
        assert reader.look(BytesIO(png()), "png") == set()
    finally:
        reader._python.cache_clear()


def test_the_process_gets_no_secret_of_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_PASSWORD", "canary")
    child_ends_with(monkeypatch, "import os, json; print(json.dumps({'seen': sorted(os.environ)}))")
    assert reader.look(BytesIO(png()), "png") <= {"LC_CTYPE", "LD_LIBRARY_PATH"}


def test_the_process_knows_neither_django_nor_the_site(monkeypatch: pytest.MonkeyPatch) -> None:
    tail = "; import sys, json; print(json.dumps({'seen': sorted(sys.modules)}))"
    child_ends_with(
        monkeypatch,
        reader._START.replace("main(*sys.argv[3:])", "import pakn_portal.submissions.reading.answer") + tail,
    )
    known = reader.look(BytesIO(png()), "png")
    assert {name for name in known if name.split(".")[0] in {"django", "wagtail"}} == set()
    assert "pakn_portal.submissions.reading.answer" in known


def test_threads_are_served_in_turn() -> None:
    taken: list[object] = []
    threads = [
        threading.Thread(target=lambda: taken.append(reader.look(BytesIO(portrait()), "jpg")))
        for _ in range(5)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert taken == [set()] * 5


def test_who_waits_too_long_for_a_turn_is_asked_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_TURNS", Turns(1))
    monkeypatch.setattr(bounds, "WAIT_SECONDS", 0)
    with reader._TURNS.turn("", wait=0), pytest.raises(ReaderBusy, match="sau một phút"):
        reader.look(BytesIO(png()), "png")
    assert reader.look(BytesIO(png()), "png") == set()


def test_a_dozen_files_of_one_sender_leave_a_turn_to_others(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What is read here tells for which file to wait, and so how long the reading takes."""
    monkeypatch.setattr(bounds, "WAIT_SECONDS", 60)
    child_ends_with(
        monkeypatch,
        "import os, sys, time\ngate = sys.stdin.read()\n"
        "while gate and not os.path.exists(gate): time.sleep(0.02)\nprint('{\"seen\": []}')",
    )
    gate, ended = tmp_path / "gate", []

    def send() -> None:
        ended.append(reader.look(BytesIO(str(gate).encode()), "docx", who="203.0.113.1"))

    threads = [threading.Thread(target=send) for _number in range(12)]
    for thread in threads:
        thread.start()
    try:
        for last in range(2, 5):
            assert reader.look(BytesIO(), "pdf", who=f"203.0.113.{last}") == set()
        assert ended == []
    finally:
        gate.touch()
        for thread in threads:
            thread.join()
    assert ended == [set()] * 12


def test_the_time_for_a_file_begins_with_its_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[float] = []
    run = subprocess.run

    def noted(*what: Any, **how: Any) -> Any:
        given.append(how["timeout"])
        return run(*what, **how)

    turns = Turns(1)
    monkeypatch.setattr(reader, "_TURNS", turns)
    monkeypatch.setattr(subprocess, "run", noted)
    waiting = threading.Thread(target=lambda: reader.look(BytesIO(png()), "png", who="203.0.113.2"))
    with turns.turn("203.0.113.1", wait=0):
        waiting.start()
        while not turns._line:
            pass
    waiting.join()
    assert given == [bounds.WALL_SECONDS]


def test_waiting_and_reading_end_before_the_web_server_gives_up() -> None:
    assert bounds.WAIT_SECONDS + bounds.WALL_SECONDS < 30


def served_of(turns: Turns, line: str) -> str:
    """In which order they have their turns who came in the order of `line` while one was reading."""
    served: list[str] = []

    def take(who: str) -> None:
        with turns.turn(who, wait=60):
            served.append(who)

    threads = [threading.Thread(target=take, args=[who]) for who in line]
    with turns.turn("", wait=0):
        for number, thread in enumerate(threads, 1):
            thread.start()
            assert wait_for(lambda number=number: len(turns._line) == number)  # type: ignore[misc]
    for thread in threads:
        thread.join()
    return "".join(served)


def test_newcomers_have_their_turns_in_the_order_they_came() -> None:
    assert served_of(Turns(1), "cab") == "cab"


def test_a_second_file_waits_for_those_who_had_no_turn() -> None:
    assert served_of(Turns(1), "aaabbbch") == "abchabab"


def test_the_next_turn_goes_to_whose_last_one_is_longest_ago() -> None:
    turns = Turns(1)
    assert served_of(turns, "abc") == "abc"
    with turns.turn("a", wait=0):
        pass
    assert served_of(turns, "aacbd") == "dbcaa"


def test_who_waited_in_vain_had_no_turn() -> None:
    turns = Turns(1)
    with turns.turn("a", wait=0), pytest.raises(ReaderBusy), turns.turn("b", wait=0):
        pass
    assert served_of(turns, "ab") == "ba"


def test_addresses_are_not_remembered_without_end() -> None:
    turns = Turns(1)
    for number in range(3000):
        with turns.turn(str(number), wait=0):
            pass
    assert len(turns._last) == 1000
    assert served_of(turns, "ab") == "ab"


def test_staff_see_pictures_while_senders_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "WAIT_SECONDS", 0)
    with reader._TURNS.turn("a", wait=0), reader._TURNS.turn("b", wait=0):
        with pytest.raises(ReaderBusy):
            reader.look(BytesIO(png()), "png", who="c")
        reader.draw(BytesIO(png()), "png").close()
        assert reader.problem() == ""


def test_each_type_has_its_reader_and_each_warning_its_words() -> None:
    from pakn_portal.submissions.files.types import TYPES

    assert set(answer.READERS) == set(TYPES)
    assert {str(code) for code in Seen} == set(FileWarning.values)
