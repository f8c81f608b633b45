"""The address of who asks, as far as it can be trusted."""

from __future__ import annotations

import ipaddress

from django.http import HttpRequest

from pakn_portal.conf import portal_settings

_IPV6_HOUSEHOLD = 64


def client_address(request: HttpRequest) -> str:
    """The address that TRUSTED_PROXY_COUNT proxies of ours vouch for; what a visitor writes himself counts
    nothing (H49).

    An IPv6 visitor is known by the first 64 bits, for they choose the rest as they like.
    """
    proxies = portal_settings.TRUSTED_PROXY_COUNT
    seen = request.META.get("REMOTE_ADDR", "")
    if proxies:
        forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
        seen = forwarded[-proxies] if len(forwarded) >= proxies else seen
    return _canonical(seen) or _canonical(request.META.get("REMOTE_ADDR", "")) or "unknown"


def _canonical(text: str) -> str:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, _IPV6_HOUSEHOLD), strict=False))
