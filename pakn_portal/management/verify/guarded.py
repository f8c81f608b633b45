"""Keeps one row that cannot be read from ending the check of all others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import ParamSpec

Given = ParamSpec("Given")


def guarded(
    name: object, find: Callable[Given, Iterable[str]], *args: Given.args, **kwargs: Given.kwargs
) -> Iterator[str]:
    """What `find` yields; where it fails, one line more that says so. `name`: what is checked, a number or a
    key. Of the error its kind alone, for its words may name a person.
    """
    try:
        yield from find(*args, **kwargs)
    except Exception as error:  # whatever a changed row brings up must not hide what others have
        yield f"{name} cannot be checked: {type(error).__name__}"
