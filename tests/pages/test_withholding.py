from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail import VERSION as WAGTAIL_VERSION
from wagtail.models import ModelLogEntry, PageLogEntry

from pakn_portal import clock
from pakn_portal.answers import actions as answers
from pakn_portal.answers.models import PublicText
from pakn_portal.cases import actions
from pakn_portal.cases.enums import Verb
from pakn_portal.cases.models import Case
from pakn_portal.pages.answers.actions import correct_answer
from pakn_portal.pages.answers.page import Correction
from pakn_portal.pages.models import AnswerPage
from pakn_portal.people.scope import scope_of
from pakn_portal.publication.gate import GateShut
from pakn_portal.register.models import TextSalts
from pakn_portal.register.texts import WORDING, digest, text_hash
from pakn_portal.staff import addresses
from pakn_portal.staff.cases.moves.public_forms import CorrectForm
from tests.factories import Ministry, make_ministry
from tests.pages.answers import publish
from tests.pages.test_cms_doors import form_of

pytestmark = [pytest.mark.django_db, pytest.mark.exhaustive]

LEAK = "chị hàng xóm bán bánh mì ở đầu hẻm"


@pytest.fixture
def who(section: Any) -> Ministry:
    return make_ministry()


@pytest.fixture
def page(who: Ministry) -> AnswerPage:
    """On the site with words that no finder finds, twice: as its text, and in an earlier correction."""
    page = publish(who)
    change(page, who, title=f"Hỏi về {LEAK}", question=f"Hỏi về {LEAK}", answer=f"Về {LEAK}: có.")
    correct_answer(page.public_text.case, by=who.publisher, note="Viết rõ hơn.")
    change(page, who, title=f"Hỏi về {LEAK}", question=f"Hỏi về {LEAK}", answer=f"Về {LEAK}: không.")
    correct_answer(page.public_text.case, by=who.publisher, note="Viết rõ hơn nữa.")
    change(page, who, title="Hỏi về trợ cấp", question="Hỏi?", answer="Đáp.")
    page.refresh_from_db()
    return page


def change(page: AnswerPage, who: Ministry, **words: str) -> None:
    case = page.public_text.case
    case.refresh_from_db()
    answers.prepare_public_text(case, **words, by=who.officer)


def test_by_default_the_earlier_text_stays(page: AnswerPage, who: Ministry, client: Client) -> None:
    correct_answer(page.public_text.case, by=who.publisher, note="Bớt chi tiết.")
    assert LEAK in client.get(page.url).content.decode()
    assert not Correction.objects.filter(is_withheld=True).exists()


def test_withheld_it_is_shown_and_kept_nowhere(page: AnswerPage, who: Ministry, client: Client) -> None:
    correct_answer(page.public_text.case, by=who.publisher, note="Bớt chi tiết.", withhold=True)
    page = AnswerPage.objects.get(pk=page.pk)
    with translation.override("en"):
        html = client.get(page.url).content.decode()
    assert LEAK not in html
    assert html.count("The text before it is withheld") == 3
    assert "Bớt chi tiết." in html
    kept = [str(revision.content) + revision.object_str for revision in page.revisions.all()]
    kept += [f"{entry.label} {entry.data}" for entry in PageLogEntry.objects.filter(page=page.pk)]
    kept += [str(list(model.objects.values())) for model in (AnswerPage, Correction, PublicText)]
    assert [text for text in kept if LEAK in text] == []
    assert "hang-xom" not in page.slug


def test_the_history_of_the_cms_still_opens(page: AnswerPage, who: Ministry) -> None:
    old = page.revisions.order_by("pk").first()
    latest_before = page.revisions.count()
    correct_answer(page.public_text.case, by=who.publisher, note="Bớt chi tiết.", withhold=True)
    page = AnswerPage.objects.get(pk=page.pk)
    assert (page.revisions.count(), page.latest_revision_id) == (
        latest_before + 1,
        page.revisions.order_by("-pk").values_list("pk", flat=True)[0],
    )
    assert old is not None
    staff = Client()
    staff.force_login(who.publisher)
    for name, args in {
        "history": [page.pk],
        "revisions_compare": [page.pk, old.pk, page.latest_revision_id],
        "revisions_view": [page.pk, old.pk],
    }.items():
        seen = staff.get(reverse(f"wagtailadmin_pages:{name}", args=args))
        assert seen.status_code == 200
        assert LEAK not in seen.content.decode()
    old.refresh_from_db()
    with pytest.raises(GateShut):
        old.publish(user=who.publisher)


def test_the_register_tells_that_and_proves_each_whole_wording(page: AnswerPage, who: Ministry) -> None:
    """Of single words it proves none any more: see below."""
    case = page.public_text.case
    correct_answer(case, by=who.publisher, note="Bớt chi tiết.", withhold=True)
    corrections = case.events.filter(verb="correct").order_by("sequence")
    assert [event.data.get("withheld", False) for event in corrections] == [False, False, True]
    title = f"Hỏi về {LEAK}"
    copies = [(title, title, f"Về {LEAK}: {end}.") for end in ("có", "không")]
    copies.append(("Hỏi về trợ cấp", "Hỏi?", "Đáp."))
    for event, copy in zip(corrections.with_salts(), copies, strict=True):
        assert digest(text_hash(*copy), event.salts[WORDING]) == event.texts[WORDING]
        assert "hash" not in event.data


def test_a_later_correction_is_open_again(page: AnswerPage, who: Ministry, client: Client) -> None:
    correct_answer(page.public_text.case, by=who.publisher, note="Bớt chi tiết.", withhold=True)
    change(page, who, title="Hỏi về trợ cấp", question="Hỏi?", answer="Đáp lại.")
    correct_answer(page.public_text.case, by=who.publisher, note="Sửa.")
    assert Correction.objects.order_by("pk").values_list("is_withheld", flat=True).last() is False
    assert "Đáp." in client.get(AnswerPage.objects.get(pk=page.pk).url).content.decode()


@pytest.mark.parametrize(
    ("answer", "is_ticked"), [("Trong 3 tháng.", False), ("Gọi bà Nguyễn Thị Thu Cúc.", True)]
)
def test_the_box_is_ticked_when_the_earlier_text_has_a_find(
    who: Ministry, answer: str, is_ticked: bool
) -> None:
    page = publish(who)
    # as if an older finder had let it pass
    AnswerPage.objects.filter(pk=page.pk).update(answer=answer)
    case = Case.objects.get(pk=page.public_text.case.pk)
    form = CorrectForm(case=case, scope=scope_of(who.publisher))
    assert form["withhold"].value() is is_ticked


def test_the_button_withholds(page: AnswerPage, who: Ministry) -> None:
    case = Case.objects.get(pk=page.public_text.case.pk)
    staff = Client()
    staff.force_login(who.publisher)
    address = addresses.move_url(case.pk, Verb.CORRECT)
    seen = staff.get(address)
    assert 'name="withhold"' in seen.content.decode()
    staff.post(address, {"version": case.version, "note": "Bớt chi tiết.", "withhold": "on"})
    assert Correction.objects.filter(is_withheld=True).count() == 3


@pytest.mark.parametrize("is_locked", [True, False])
def test_nor_is_it_kept_beside_the_page(page: AnswerPage, who: Ministry, is_locked: bool) -> None:
    """In the form of somebody's preview, and in the log of a pick for the search, which outlives the pick."""
    case = Case.objects.get(pk=page.public_text.case.pk)
    staff = Client()
    staff.force_login(who.publisher)
    staff.post(reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk]), form_of(page))
    picks, _is_new = ContentType.objects.get_or_create(
        app_label="wagtailsearchpromotions", model="searchpromotion"
    )
    pick = ModelLogEntry.objects.create(
        content_type=picks,
        object_id="1",
        label=f"thai sản - {page.title}",
        action="wagtail.create",
        timestamp=clock.now(),
    )
    if is_locked:
        actions.hold_case(case, by=who.intake)
    else:
        correct_answer(case, by=who.publisher, note="Bớt chi tiết.", withhold=True)
    page.refresh_from_db()
    pick.refresh_from_db()
    assert pick.label == f"thai sản - {page.title}"
    assert LEAK not in page.title
    if WAGTAIL_VERSION >= (8, 0):
        form_states = apps.get_model("wagtailadmin", "FormState")
        assert not form_states.objects.filter(object_id=str(page.pk)).exists()


def test_withheld_the_register_cannot_be_asked_what_it_said(page: AnswerPage, who: Ministry) -> None:
    """The digests stay under the seals; without their salts nobody can try words against them."""
    case = page.public_text.case
    before = {line.hash: line.texts for line in case.events.exclude(texts={})}
    assert any(name.startswith("page.") for line in before for name in salts_of(line))
    correct_answer(case, by=who.publisher, note="Bớt chi tiết.", withhold=True)
    *earlier, last = case.events.exclude(texts={}).order_by("sequence")
    prepared = [line for line in earlier if "public_text.title" in line.texts]
    left = {name for line in earlier for name in salts_of(line.hash) if name.startswith("page.")}
    assert left == {WORDING}, "by which a copy of the whole can be judged, and no single word"
    assert not any(name.startswith("public_text.") for line in prepared[:-1] for name in salts_of(line.hash))
    assert salts_of(last.hash) == {*last.texts}
    assert {line.hash: line.texts for line in earlier} == before
    out = StringIO()
    call_command("pakn_verify", only=["I5", "I15"], stdout=out)
    assert out.getvalue().splitlines()[-1] == "2 invariants checked, 0 offences."


def salts_of(line_hash: str) -> set[str]:
    return set(TextSalts.objects.get(pk=line_hash).salts)
