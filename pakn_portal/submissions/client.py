"""The network address of a visitor, as far as it can be trusted."""

from __future__ import annotations

import ipaddress
import logging
import re
from typing import Final

from django.http import HttpRequest

from pakn_portal.conf import portal_settings
from pakn_portal.submissions import limits

logger = logging.getLogger(__name__)

_IPV6_HOUSEHOLD: Final = 64
#: The prefix that a provider gives to one customer with several networks.
_IPV6_SITE: Final = 48
#: What proxies write around an address: brackets, a port after it, a zone (`%eth0`).
_BRACKETED: Final = re.compile(r"\[([^\]]+)\](?::\d{1,5})?")
_WITH_PORT: Final = re.compile(r"([\d.]+)(?::\d{1,5})?")


def client_address(request: HttpRequest) -> str:
    """The address for which TRUSTED_PROXY_COUNT proxies of ours vouch; what visitors write
    themselves does not count (H49).

    An IPv6 visitor is identified by the first 64 bits, because they choose the rest freely. If no address can
    be read, that of the connection is used, which many visitors may share: this is logged once an hour, and a
    system check reports it for a day.
    """
    proxies = portal_settings.TRUSTED_PROXY_COUNT
    connection = _canonical(request.META.get("REMOTE_ADDR", ""))
    if not proxies:
        return connection or _stand_in("unknown", "REMOTE_ADDR", request.META.get("REMOTE_ADDR", ""))
    header = request.META.get("HTTP_X_FORWARDED_FOR", "")
    forwarded = header.split(",")
    seen = _canonical(forwarded[-proxies]) if len(forwarded) >= proxies else ""
    return seen or _stand_in(connection or "unknown", "X-Forwarded-For", header)


def ipv6_site(address: str) -> str:
    """The first 48 bits of an IPv6 `client_address`; empty for IPv4 and for an unreadable one."""
    try:
        network = ipaddress.IPv6Network(address)
    except ValueError:
        return ""
    return str(network.supernet(new_prefix=_IPV6_SITE))


def _stand_in(address: str, name: str, value: str) -> str:
    if _is_news():
        logger.error(
            "No visitor's address can be read from %s, which looks like %r, so visitors share one limit: "
            "see TRUSTED_PROXY_COUNT",
            name,
            _shape(value),
        )
    return address


def _is_news() -> bool:
    """True once an hour. A visitor is not refused because this could not be stored."""
    try:
        if limits.UNREADABLE_TOLD.is_used_up("") or not limits.UNREADABLE_TOLD.take(""):
            return False
        limits.UNREADABLE_LATELY.take("")
    except Exception:
        logger.exception("It could not be noted that an address was not read")
    return True


def _shape(value: str) -> str:
    """The format of what the proxy writes, without the addresses."""
    return re.sub(r"\w", "x", value)[:80]


def _canonical(text: str) -> str:
    bare = text.strip().strip('"')
    if dressed := _BRACKETED.fullmatch(bare) or _WITH_PORT.fullmatch(bare):
        bare = dressed[1]
    try:
        address = ipaddress.ip_address(bare.partition("%")[0])
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, _IPV6_HOUSEHOLD), strict=False))
