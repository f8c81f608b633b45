"""What is wrong with a text with variables, said to whoever writes it; `text/variables.py` reads it."""

from __future__ import annotations

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from pakn_portal.text.variables import FaultKind, TagFault, check_variables, place_of


def check_template(text: str, known: Collection[str], *, field: str) -> None:
    """Raises ValidationError on `field`, a sentence for each fault with its place."""
    faults = check_variables(text, known)
    if faults:
        raise ValidationError({field: [sentence_of(text, fault) for fault in faults]})


def sentence_of(text: str, fault: TagFault) -> str:
    """Where it is, what it is, and what was perhaps meant."""
    place = place_of(text, fault.start)
    where = _("Line %(line)s, character %(column)s:") % {"line": place.line, "column": place.column}
    return f"{where} {_what(fault)}"


def _what(fault: TagFault) -> str:
    values = {"name": fault.name, "nearest": fault.nearest, "end": "{% hết %}"}
    if fault.kind == FaultKind.UNKNOWN and fault.nearest:
        return _("there is no variable “%(name)s”. Perhaps you mean “%(nearest)s”.") % values
    if fault.kind == FaultKind.UNKNOWN:
        return _("there is no variable “%(name)s”. Choose one from the list.") % values
    if fault.kind == FaultKind.UNCLOSED:
        return _("the condition “%(name)s” has no end. Write %(end)s behind it.") % values
    if fault.kind == FaultKind.NOT_OPENED:
        return _("“%(name)s” has no condition before it.") % values
    return _("“%(name)s” is neither a variable nor a condition.") % values
