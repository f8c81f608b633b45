"""How much a look into one file may take; beyond it the process ends and the file is refused."""

from __future__ import annotations

from typing import Final

try:
    import resource  # inside: optional library
except ImportError:  # Windows has none; there the time alone is limited, from outside
    resource = None  # type: ignore[assignment]

#: Telephones call their sensors by round numbers and give a little more: 64 megapixels are 9248 × 6936.
MOST_PIXELS: Final = 65_000_000
#: Address space. A picture of that many dots that lies on its side needs it twice, four bytes for each dot;
#: a progressive one six bytes more for each while it is read.
MOST_MEMORY: Final = 768 * 1024 * 1024
CPU_SECONDS: Final = 10
#: From the beginning of its turn, with the wait for a busy processor; held by the process that asks.
WALL_SECONDS: Final = 20
#: For a turn. Both together stay below the thirty after which web servers give up.
WAIT_SECONDS: Final = 8
#: The largest picture drawn anew.
MOST_WRITTEN: Final = 256 * 1024 * 1024


def hold() -> None:
    """Bind this process to the limits, before it has read a byte."""
    if resource is None:
        return
    for what, most in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, MOST_WRITTEN),
        (resource.RLIMIT_CORE, 0),
    ):
        _own, ceiling = resource.getrlimit(what)
        least = most if ceiling == resource.RLIM_INFINITY else min(most, ceiling)
        resource.setrlimit(what, (least, least))
