"""The demo's own address, so that the links in its mails open."""

from __future__ import annotations

from urllib.parse import urlsplit

from wagtail.models import Site

LOCAL = ("localhost", "127.0.0.1")


def settle_at(address: str) -> None:
    """The default site lives at this address; one that was given a real name keeps it."""
    parts = urlsplit(address)
    site = Site.objects.filter(is_default_site=True, hostname__in=LOCAL).first()
    if site is not None and parts.hostname:
        site.hostname = parts.hostname
        site.port = parts.port or (443 if parts.scheme == "https" else 80)
        site.save()
