"""The ends of all chains, written down once a day where whoever owns the database cannot reach them.

A key keeps lines from being rewritten; only this keeps the last lines of a chain, or a whole subject, from
being cut off. A list has one line for each chain that grew since the list before (an hour overlaps, for what
was being written then), and names the digest of that list.

Which list left last is told by a row that the site's key seals: whoever owns the database can neither move
its day, so that the next list leaves out what grew, nor add a row of today, so that no list leaves.

List and row name the newest check of the registers too (`checks.py`): the last of those could be cut off as
the last lines could. Lists of before there were numbers name none.
"""

from __future__ import annotations

import gzip
import hashlib
import hmac
import json
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby, islice
from pathlib import Path
from typing import Any, Final

from django.apps import apps
from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F, OuterRef, Subquery

from pakn_portal import clock
from pakn_portal.conf import portal_settings
from pakn_portal.register.keys import find_key, is_same_digest, key_id, register_key
from pakn_portal.register.models import AbstractEvent, RegisterCheck, RegisterHead

logger = logging.getLogger(__name__)

#: No transaction lasts longer, so what it wrote is in this list or in the next.
OVERLAP: Final = timedelta(hours=1)
#: A list leaves each day; when none left for longer while lines were added, something keeps it from leaving.
PATIENCE: Final = timedelta(days=2)
_CHUNK: Final = 500
_PATTERN: Final = "pakn-register-*.jsonl.gz"


@dataclass(frozen=True, slots=True)
class End:
    """The last line of one chain, as a list has it."""

    register: str
    number: str
    sequence: int
    hash: str


def is_wanted() -> bool:
    """Whether the site has named a place outside."""
    return bool(portal_settings.REGISTER_HEADS["folder"] or addresses())


def addresses() -> list[str]:
    """Who gets the list by mail; blanks of an empty environment variable are nobody."""
    written = (address.strip() for address in portal_settings.REGISTER_HEADS["mail_to"])
    return [address for address in written if address]


def take_head_of_the_day() -> bool:
    """Write the list of today unless that was done. Raises OSError or SMTPException when a place outside
    cannot be reached: nothing counts as written then, and the next run tries again.
    """
    last = last_head()
    if not is_wanted() or (last is not None and clock.local_date(last.taken_at) == clock.today()):
        return False
    take_head(after=last)
    return True


def take_head(*, after: RegisterHead | None) -> RegisterHead:
    """Write down the chains that grew since `after`, all of them without one."""
    now = clock.now()
    ends = list(_ends(after.taken_at - OVERLAP if after else None))
    lines = sum(model._default_manager.count() for model in event_models())
    # also one that does not count: its list may lie outside, and the lists are to stay one chain
    previous = RegisterHead.objects.order_by("pk").values_list("digest", flat=True).last()
    check = RegisterCheck.objects.filter(number__isnull=False).order_by("number").last()
    head: dict[str, Any] = {"taken_at": now.isoformat(), "lines": lines, "previous": previous or ""}
    if check is not None:
        head["check"] = [check.number, check.seal]
    rows = [json.dumps(head), *(json.dumps([e.register, e.number, e.sequence, e.hash]) for e in ends)]
    content = ("\n".join(rows) + "\n").encode()
    digest = hashlib.sha256(content).hexdigest()
    name = f"pakn-register-{clock.local_date(now):%Y-%m-%d}-{digest[:8]}.jsonl.gz"
    _deliver(name, gzip.compress(content, mtime=0), digest, now, lines)
    left = RegisterHead(
        taken_at=now,
        lines=lines,
        chains=len(ends),
        digest=digest,
        is_in_folder=bool(portal_settings.REGISTER_HEADS["folder"]),
        check_seal=check.seal if check is not None else "",
        key_id=key_id(register_key()),
    )
    left.seal = _seal(left, register_key())
    left.save()
    return left


def last_head() -> RegisterHead | None:
    """The newest row that the site itself wrote; None when all of them are forged or have no seal yet."""
    rows = RegisterHead.objects.filter(taken_at__lte=clock.now()).order_by("-taken_at", "-pk")
    return next((row for row in rows.iterator() if _has_valid_seal(row)), None)


def heads_with_checks() -> list[RegisterHead]:
    """Those that name a check, and that the site wrote. The newest last, one query."""
    rows = RegisterHead.objects.exclude(check_seal="").order_by("pk")
    return [row for row in rows if _has_valid_seal(row)]


def _has_valid_seal(row: RegisterHead) -> bool:
    key = find_key(row.key_id)
    return key is not None and is_same_digest(row.seal, _seal(row, key))


def _seal(row: RegisterHead, key: bytes) -> str:
    # to the millisecond, which every way out of the database and back keeps
    second, millisecond = row.taken_at.replace(microsecond=0), row.taken_at.microsecond // 1000
    words = {
        "key": row.key_id,
        "taken_at": round(second.timestamp()) * 1000 + millisecond,
        "lines": row.lines,
        "chains": row.chains,
        "digest": row.digest,
        "is_in_folder": row.is_in_folder,
    }
    if row.check_seal:  # rows of before are sealed without it
        words["check"] = row.check_seal
    return hmac.new(key, f"head {json.dumps(words, sort_keys=True)}".encode(), hashlib.sha256).hexdigest()


def forged_heads() -> Iterator[str]:
    """A sentence for each row that the site did not write as it is, and one when no list leaves any more."""
    yield from forged_rows()
    if is_wanted():
        yield from _overdue_list()


def forged_rows() -> Iterator[str]:
    """Rows from before there were seals may stand, but only before the first that has one. One query."""
    had_seal = False
    for row in RegisterHead.objects.order_by("pk").iterator():
        name = f"the row of the list {row.digest[:8]}…"
        if (row.seal or had_seal) and not _has_valid_seal(row):
            yield f"{name} is not as this site wrote it"
        if row.taken_at > clock.now():
            yield f"{name} lies in the future: {clock.local_date(row.taken_at):%d/%m/%Y}"
        had_seal = had_seal or bool(row.seal)


def _overdue_list() -> Iterator[str]:
    rows = RegisterHead.objects.filter(taken_at__lte=clock.now()).order_by("-taken_at", "-pk")
    last = last_head() or rows.filter(seal="").first()
    since = last.taken_at if last else None
    if since is not None and since >= clock.now() - PATIENCE:
        return
    # without any list, lines may wait as long as they may wait for the next
    bounds = {"at__gt": since} if since else {"at__lt": clock.now() - PATIENCE}
    if any(model._default_manager.filter(**bounds).exists() for model in event_models()):
        newest = f"{clock.local_date(since):%d/%m/%Y}" if since else "never"
        yield f"no list of the register's ends left for two days, though lines were added (last: {newest})"


def _ends(since: datetime | None) -> Iterator[End]:
    for model in event_models():
        number = f"{model.subject_field}__number"
        lines = model._default_manager.all()
        if since is not None:
            grown = lines.filter(at__gte=since).values(model.subject_field)
            lines = lines.filter(**{f"{model.subject_field}__in": grown})
        last = (
            model._default_manager.filter(**{model.subject_field: OuterRef(model.subject_field)})
            .order_by("-sequence")
            .values("sequence")[:1]
        )
        ends = lines.filter(sequence=Subquery(last)).order_by("pk")
        for values in ends.values_list(number, "sequence", "hash").iterator(chunk_size=2000):
            yield End(model._meta.label_lower, *values)


def event_models() -> list[Any]:
    """Every register of the site."""
    return [model for model in apps.get_models() if issubclass(model, AbstractEvent)]


def _deliver(name: str, content: bytes, digest: str, now: datetime, lines: int) -> None:
    if folder := portal_settings.REGISTER_HEADS["folder"]:
        path = Path(folder) / name
        if not path.exists():  # two workers at once write the same
            path.write_bytes(content)
    if addresses():
        left = EmailMessage(
            f"PAKN register {clock.local_date(now):%d/%m/%Y}: {lines} lines, {digest[:16]}",
            f"SHA-256 {digest}\nKeep this mail and its attachment; “pakn_verify --heads FOLDER” reads it.\n",
            portal_settings.MAIL_FROM or settings.DEFAULT_FROM_EMAIL,
            addresses(),
            attachments=[(name, content, "application/gzip")],
        ).send()
        if not left:
            raise OSError("the mail with the ends of the register did not leave")


def missing_lines(folder: Path) -> Iterator[str]:
    """A sentence for each line that a list in the folder has and the database has no more, or otherwise."""
    known = {row.digest: row for row in RegisterHead.objects.all()}
    checks = dict(RegisterCheck.objects.values_list("number", "seal"))
    yield from _lost_lists(folder)
    previous = None
    for path in sorted(folder.glob(_PATTERN), key=_place):
        try:
            content = gzip.decompress(path.read_bytes())
            first, *rows = content.decode().splitlines()
            head = json.loads(first)
            ends = [End(*json.loads(row)) for row in rows]
        except (OSError, EOFError, ValueError, TypeError) as error:
            yield f"{path.name} cannot be read: {error}"
            continue
        digest = hashlib.sha256(content).hexdigest()
        if digest not in known:
            yield f"{path.name} is not known to this database: it is older, or its heads were changed"
        elif (known[digest].taken_at, known[digest].lines) != (_instant(head), head["lines"]):
            yield f"{path.name} has another day or number of lines than its row in this database"
        if previous is not None and head["previous"] != previous:
            yield f"before {path.name} a list is missing"
        previous = digest
        number, seal = head.get("check") or (None, "")
        if number is not None and checks.get(number) != seal:
            yield f"{path.name} names check {number} of the register, which is not there as it was"
        yield from _unlike(ends, path.name)


def _place(path: Path) -> tuple[str, str]:
    """Its place among the lists: by the day in its name, then by its instant, for a day may have two."""
    day = path.name.removeprefix("pakn-register-")[:10]
    try:
        with gzip.open(path, "rt", encoding="utf-8") as rows:
            return day, str(json.loads(rows.readline())["taken_at"])
    except (OSError, EOFError, ValueError, TypeError, KeyError):
        return day, ""  # told when it is read


def _instant(head: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(head["taken_at"])


def _lost_lists(folder: Path) -> Iterator[str]:
    """Lists that were written into a folder and are not there; told by the digest in their names."""
    names = " ".join(path.name for path in folder.glob(_PATTERN))
    written = RegisterHead.objects.filter(is_in_folder=True)
    for digest, taken_at in written.values_list("digest", "taken_at"):
        if digest[:8] not in names:
            yield f"the list of {clock.local_date(taken_at):%d/%m/%Y} ({digest[:8]}…) is not in the folder"


def _unlike(ends: Iterable[End], source: str) -> Iterator[str]:
    models = {model._meta.label_lower: model for model in event_models()}
    for register, group in groupby(ends, key=lambda end: end.register):
        if register not in models:
            yield f"{source} has lines of {register}, which this site does not have"
            continue
        while chunk := list(islice(group, _CHUNK)):
            found = _hashes(models[register], chunk)
            for end in chunk:
                if found.get((end.number, end.sequence)) != end.hash:
                    yield f"{end.number}: line {end.sequence} of {source} is not in the register as it was"


def _hashes(model: Any, ends: list[End]) -> dict[tuple[str, int], str]:
    lines = model._default_manager.annotate(number=F(f"{model.subject_field}__number"))
    wanted = lines.filter(number__in=[end.number for end in ends])
    rows = wanted.values_list("number", "sequence", "hash")
    return {(number, sequence): line_hash for number, sequence, line_hash in rows}
