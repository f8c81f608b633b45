from __future__ import annotations

from pakn_portal.notifications.petition.rules import DIGEST, PROGRESS, RULES
from pakn_portal.notifications.roles.mails import ROLE_CHANGED
from pakn_portal.notifications.rule_sets import editable_mails
from tests.docs.pages import DOCS, PACKAGE, code, names, tables

PAGE = DOCS / "reference" / "mails.md"


def test_every_rule_is_a_row() -> None:
    documented = [tuple(code(cell) for cell in row[:3]) for row in tables(PAGE, "After a verb")]
    assert sorted(documented) == sorted((str(rule.verb), rule.template, str(rule.to)) for rule in RULES)


def test_the_mails_of_the_sweep_are_told() -> None:
    assert sorted(names(PAGE, "From the deadline sweep")) == sorted([DIGEST, PROGRESS])


def test_the_mail_about_roles_is_told() -> None:
    assert names(PAGE, "From the people") == [ROLE_CHANGED]


def test_every_template_of_a_mail_is_told_and_nothing_else() -> None:
    folder = PACKAGE / "templates" / "pakn_portal" / "mail"
    mails = (path for path in folder.glob("*.txt") if path.read_text().startswith("{% extends"))
    written = {path.stem for path in mails} - {"to_sender", "to_staff", "edited"}
    told = {code(row[1]) for row in tables(PAGE, "After a verb")}
    for heading in ("From the deadline sweep", "From the pages", "From the people"):
        told |= set(names(PAGE, heading))
    assert told == written


def test_every_mail_has_its_template() -> None:
    folder = PACKAGE / "templates" / "pakn_portal" / "mail"
    wanted = {rule.template for rule in RULES} | {DIGEST, PROGRESS, ROLE_CHANGED}
    assert {name for name in wanted if not (folder / f"{name}.txt").exists()} == set()


def test_the_variables_of_every_mail_are_told() -> None:
    told = {
        code(mail): [name.strip().strip("*") for name in names_of.split(",")]
        for mail, names_of in tables(PAGE, "Words of your own")
    }
    assert told == {mail: [one.name for one in rows] for mail, rows in editable_mails().items()}
