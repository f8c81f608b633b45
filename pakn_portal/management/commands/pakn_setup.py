"""`pakn_setup`: creates the section in an existing site."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from django.core.management.base import CommandError, CommandParser
from django.urls import Resolver404
from wagtail.models import Page, Site

from pakn_portal.conf import ENGLISH, VIETNAMESE, base_language, content_language, section_language
from pakn_portal.languages import resolved
from pakn_portal.management.migrated import SectionCommand
from pakn_portal.management.setup.lists import load_lists
from pakn_portal.management.setup.pages import make_pages
from pakn_portal.management.setup.roles import make_roles
from pakn_portal.management.setup.tally import Tally
from pakn_portal.management.setup.workflow import make_workflow


class Command(SectionCommand):
    help = (
        "Make what the section needs in this site: a group for each role, the starter rows of the reference "
        "lists, the section's pages and the publication workflow. Safe to run again and again: it adds what "
        "is missing and never changes what stands. A deleted starter row comes back; switch it off instead."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--site", metavar="HOST", help="host name of the site (the default site)")
        parser.add_argument(
            "--under",
            metavar="PAGE",
            help="id or address (/dich-vu/) of the page beneath which the section goes",
        )
        parser.add_argument(
            "--language",
            choices=(VIETNAMESE, ENGLISH),
            help="language of what is made (that of the setting LANGUAGE); what stands is not translated",
        )

    def handle(
        self,
        *args: Any,
        site: str | None = None,
        under: str | None = None,
        language: str | None = None,
        **options: Any,
    ) -> None:
        self.is_quiet = options["verbosity"] == 0
        language = language or self._own_language()
        root = find_site(site).root_page
        parent = find_page(under, root) if under else None
        steps: dict[str, Callable[..., Tally]] = {
            "groups": make_roles,
            "reference rows": load_lists,
            "pages": partial(make_pages, root, under=parent),
            "workflow": partial(make_workflow, root),
        }
        total = Tally()
        for place, (name, step) in enumerate(steps.items(), start=1):
            self._say(f"Step {place} of {len(steps)}: {name}")
            try:
                tally = step(language=language, progress=partial(self._progress, name))
            except LookupError as error:
                raise CommandError(str(error)) from error
            for note in tally.notes:
                self.stderr.write(self.style.WARNING(note))
            total += tally
        self._say(f"{total.created} created, {total.kept} kept.")

    def _own_language(self) -> str:
        if base_language(wanted := section_language()) not in (VIETNAMESE, ENGLISH):
            self.stderr.write(
                self.style.WARNING(
                    f"There is no content in “{wanted}”, the language of the section, so it is English. "
                    "With --language vi it is Vietnamese."
                )
            )
        return content_language()

    def _progress(self, name: str, done: int, total: int) -> None:
        self._say(f"  {done} of {total} {name}")

    def _say(self, line: str) -> None:
        if not self.is_quiet:
            self.stdout.write(line)


def find_site(host: str | None) -> Site:
    """The site with this host name, or the default site. Raises CommandError."""
    sites = Site.objects.select_related("root_page")
    found = sites.filter(hostname=host).first() if host else sites.filter(is_default_site=True).first()
    if found is None:
        known = ", ".join(Site.objects.values_list("hostname", flat=True)) or "none"
        wanted = f"no site “{host}”" if host else "no default site"
        raise CommandError(
            f"There is {wanted} (known: {known}). Make it under Settings → Sites, or name one with --site."
        )
    return found


def find_page(wanted: str, root: Page) -> Page:
    """A page of the site by id, or by its path beneath the site's root. Raises CommandError."""
    pages = Page.objects.descendant_of(root, inclusive=True)
    if wanted.isdigit():
        page = pages.filter(pk=int(wanted)).first()
    else:
        paths = [f"{root.url_path}{path.strip('/')}/".replace("//", "/") for path in _paths(wanted)]
        page = next((page for path in paths if (page := pages.filter(url_path=path).first())), None)
    if page is None:
        raise CommandError(
            f"There is no page “{wanted}” in this site. Give its id, or its address as /dich-vu/."
        )
    return page


def _paths(wanted: str) -> Iterator[str]:
    """The path as typed, then the path that Wagtail sees: without prefixes of portal and language."""
    address = urlsplit(wanted).path
    yield address
    try:
        match = resolved(address)
    except Resolver404:
        return
    if match.url_name == "wagtail_serve":
        yield next(iter((*match.args, *match.kwargs.values())), "")
