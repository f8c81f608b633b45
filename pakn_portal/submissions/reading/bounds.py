"""How much the reading of one file may use; beyond it the process ends and the file is refused."""

from __future__ import annotations

from typing import Final

try:
    import resource  # inside: optional library
except ImportError:  # Windows has none; there only the time is limited, from outside
    resource = None  # type: ignore[assignment]

#: Telephones round the size of their sensors and give a little more: 64 megapixels are 9248 × 6936.
MOST_PIXELS: Final = 65_000_000
#: Address space. A picture of this size that must be rotated needs it twice, four bytes for each pixel; a
#: progressive one needs six more bytes for each while it is read.
MOST_MEMORY: Final = 768 * 1024 * 1024
CPU_SECONDS: Final = 10
#: From the beginning of its turn, including waits for the processor; enforced by the process that asks.
WALL_SECONDS: Final = 20
#: For a turn. Both together stay below the thirty seconds after which web servers give up.
WAIT_SECONDS: Final = 8
#: The largest picture that may be drawn.
MOST_WRITTEN: Final = 256 * 1024 * 1024


def set_limits() -> None:
    """Limit this process, before it has read a byte."""
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
