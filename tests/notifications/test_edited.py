"""The ministry's own words of a mail: declared variables and conditions, and nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as outbox
from django.core.exceptions import ValidationError

from pakn_portal import clock
from pakn_portal.cases.enums import Status
from pakn_portal.cases.models import Case
from pakn_portal.notifications.edited.models import MailTemplate
from pakn_portal.notifications.edited.texts import product_words
from pakn_portal.notifications.encryption import encrypt
from pakn_portal.notifications.messages import sample_words, words_of
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.outbox.sending import send_due_mails
from pakn_portal.notifications.petition.links import case_link
from pakn_portal.notifications.petition.rules import (
    ANSWER_DOUBTED,
    DIGEST,
    HIDDEN,
    PROGRESS,
    RULES,
    To,
)
from pakn_portal.notifications.petition.sweeps import sweep_deadlines
from pakn_portal.notifications.petition.variables import VARIABLES
from pakn_portal.notifications.roles.mails import ROLE_CHANGED
from pakn_portal.notifications.rule_sets import editable_mails, goes_to_staff, is_of_one_case
from pakn_portal.people.names import person
from pakn_portal.snippets.models import Agency
from pakn_portal.text.variables import check_variables
from tests.factories import Ministry, make_case
from tests.fixtures.saved import saved

pytestmark = pytest.mark.django_db

OWN = """{% nếu có hạn trả lời %}
Bộ hẹn trả lời trước {{ hạn trả lời }}.
{% không thì %}
Bộ sẽ sớm trả lời.
{% hết %}"""


def own(mail: str = "received", **values: Any) -> MailTemplate:
    given = {"subject": "{{ mã hồ sơ }}: Bộ đã nhận", "body": OWN, **values}
    template = MailTemplate(mail=mail, **given)
    template.full_clean()
    template.save()
    template.save_revision()
    return template


def sent_to_sender() -> list[Any]:
    outbox.outbox.clear()
    send_due_mails()
    return [message for message in outbox.outbox if "@example.vn" in message.to[0]]


def test_every_mail_may_be_changed_but_the_warning_of_changed_roles() -> None:
    told = {rule.template for rule in RULES}
    assert set(editable_mails()) == told | {PROGRESS, ANSWER_DOUBTED, DIGEST, HIDDEN}
    assert ROLE_CHANGED not in editable_mails()
    to_senders = {rule.template for rule in RULES if rule.to in (To.SENDER, To.SENDERS_OF_DUPLICATES)}
    assert {mail for mail in editable_mails() if not goes_to_staff(mail)} == to_senders | {PROGRESS}


def test_a_colleague_reads_the_ministrys_own_words_in_the_frame_that_stays(who: Ministry) -> None:
    own("case_forwarded", subject="{{ mã hồ sơ }}: việc mới", body="Mời phân công. {{ ghi chú }}")
    case = make_case(Status.ROUTED, who)
    send_due_mails()
    (message,) = [mail for mail in outbox.outbox if mail.to == [who.focal.email]]
    assert message.subject == f"{case.number}: việc mới"
    assert "Mời phân công." in message.body
    for kept in (person(who.focal), case_link(case), "tự động"):
        assert kept in message.body


def test_a_list_of_cases_in_the_ministrys_own_words_has_what_its_reader_may_see(who: Ministry) -> None:
    own(DIGEST, subject="Việc đến hạn", body="Mời anh/chị xem:\n{{ danh sách hồ sơ }}")
    late, hidden = (make_case(Status.PROCESSING, who) for _number in range(2))
    with clock.acting_at(clock.now() + timedelta(days=60)):
        sweep_deadlines()
        Case.objects.filter(pk=hidden.pk).update(status=Status.COMPLAINT)
        send_due_mails()
    (message,) = [
        mail for mail in outbox.outbox if mail.subject == "Việc đến hạn" and mail.to == [who.officer.email]
    ]
    assert "Mời anh/chị xem:" in message.body
    assert f"- {late.number}: " in message.body
    assert hidden.number not in message.body
    assert "Mở danh sách việc" in message.body


def test_own_words_are_sent_in_the_frame_that_stays(who: Ministry) -> None:
    own()
    case = make_case(Status.RECEIVED, who)
    message = sent_to_sender()[-1]
    assert message.subject == f"{case.number}: Bộ đã nhận"
    assert "Bộ hẹn trả lời trước" in message.body
    assert "Bộ sẽ sớm trả lời." not in message.body
    for kept in ("Kính gửi ông/bà,", f"Mã hồ sơ: {case.number}", case.submission.title, "#lien-ket="):
        assert kept in message.body


@pytest.mark.parametrize("restored_by", ["deleted", "inactive"])
def test_the_products_words_can_be_had_again(who: Ministry, restored_by: str) -> None:
    template = own()
    if restored_by == "deleted":
        template.delete()
    else:
        MailTemplate.objects.update(is_active=False)
    case = make_case(Status.RECEIVED, who)
    assert sent_to_sender()[-1].subject == f"Hồ sơ {case.number}: đã tiếp nhận"


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"body": "Hạn là\n{{ hạn trả lờii }}."}, "body", "Dòng 2, ký tự thứ 1"),
        ({"body": "{{ hạn trả lờii }}"}, "body", "hạn trả lời"),
        ({"body": "{{ case.submission.sender.phone }}"}, "body", "không có biến"),
        ({"body": "{% load i18n %}"}, "body", "Dòng 1, ký tự thứ 1"),
        ({"body": "{% nếu có hạn trả lời %} chưa hết"}, "body", "{% hết %}"),
        ({"subject": "{{ họ tên }}"}, "subject", "không có biến"),
        ({"mail": "role_changed"}, "mail", "Không có thư này"),
        ({"mail": "guided", "body": "Mời ông/bà hỏi nơi khác."}, "body", "lời của Bộ"),
        (
            {"mail": "receipt", "subject": "{{ tiêu đề }}", "body": "{{ mã hồ sơ }} {{ mã tra cứu }}"},
            "subject",
            "tiêu đề",
        ),
    ],
)
def test_what_cannot_be_sent_is_refused_with_its_place(
    values: dict[str, Any], field: str, sentence: str
) -> None:
    with pytest.raises(ValidationError) as error:
        own(**values)
    assert list(error.value.message_dict) == [field]
    assert sentence in " ".join(error.value.message_dict[field])


def test_a_value_is_never_read_as_a_template(who: Ministry) -> None:
    own(body="{{ tiêu đề }}")
    make_case(Status.RECEIVED, who, title="{{ mã tra cứu }} {% nếu có hạn trả lời %} <b>x</b>")
    assert "{{ mã tra cứu }} {% nếu có hạn trả lời %} <b>x</b>" in sent_to_sender()[-1].body


def test_the_words_of_the_software_are_a_template_to_begin_with() -> None:
    """What the form offers can be saved as it is, and reads well with the values of a made-up case."""
    for mail, variables in editable_mails().items():
        subject, text = product_words(mail)
        assert check_variables(subject + text, [one.name for one in variables]) == [], mail
        template = MailTemplate(mail=mail, subject=subject, body=text)
        template.full_clean()
        words = sample_words(template)
        assert "{{" not in words.subject + words.body, mail
        assert not is_of_one_case(mail) or "PAKN-2026-000123" in words.subject, mail


@pytest.mark.parametrize(
    "body",
    [
        "{% nếu có hạn trả lời %}{{ lời của Bộ }}{% hết %}",
        "{% nếu không có lời của Bộ %}{{ lời của Bộ }}{% hết %}",
        "{% nếu có lời của Bộ %}Bộ có lời.{% hết %}",
        "{% nếu có lời của Bộ %}{% nếu có hạn trả lời %}{{ lời của Bộ }}{% hết %}{% hết %}",
    ],
)
def test_what_has_to_be_read_stands_in_no_condition_on_something_else(body: str) -> None:
    with pytest.raises(ValidationError) as error:
        own("reopened", body=body)
    assert "lời của Bộ" in " ".join(error.value.message_dict["body"])


@pytest.mark.parametrize(
    "body",
    [
        "{% nếu có lời của Bộ %}{{ lời của Bộ }}{% hết %}",
        "{% nếu có hạn trả lời %}{{ lời của Bộ }}{% không thì %}Bộ: {{ LOI CUA BO }}{% hết %}",
        "{% nếu có hạn trả lời %}{{ lời của Bộ }}{% hết %}"
        "{% nếu không có hạn trả lời %}{{ lời của Bộ }}{% hết %}",
    ],
)
def test_what_is_read_whatever_holds_may_stand_in_conditions(body: str) -> None:
    assert own("reopened", body=body).pk


@pytest.mark.parametrize("mail", VARIABLES)
def test_a_subject_names_what_is_short_and_nobodys_words(mail: str) -> None:
    subject, text = product_words(mail)
    named = {one.name: one.fits_subject for one in editable_mails()[mail]}
    for personal in ("tiêu đề", "lời của Bộ", "câu trả lời", "mã tra cứu", "lý do từ chối", "nơi liên hệ"):
        assert not named.get(personal)
    for name, fits in named.items():
        template = MailTemplate(mail=mail, subject=f"{subject} {{{{ {name} }}}}", body=text)
        if fits:
            template.full_clean()
        else:
            with pytest.raises(ValidationError) as error:
                template.full_clean()
            assert list(error.value.message_dict) == ["subject"]
            assert name in error.value.message_dict["subject"][0]


def of_case(case: Any) -> list[tuple[str, str, str]]:
    """Each of its mails, without the link, which is a new one each time; and the letter of it."""
    mails = OutgoingMail.objects.filter(case=case).order_by("pk")
    return [
        (mail.template, words_of(mail, link="#").subject, words_of(mail, link="#", **more).body)
        for mail in mails
        for more in ({}, {"is_letter": True})
    ]


ENDINGS = [
    *(Status.REJECTED, Status.FORWARDED, Status.NEED_INFO, Status.EXTENDED, Status.COMPLAINT),
    *(Status.OUT_OF_SCOPE, Status.NOTED, Status.PUBLISHED, Status.WITHDRAWN, Status.DUPLICATE),
    *(Status.DENUNCIATION, Status.REOPENED),
]


@pytest.mark.parametrize("status", ENDINGS)
@pytest.mark.parametrize("days", [0, 60])
def test_the_words_of_the_software_say_the_same_as_the_ministrys_own(
    who: Ministry, status: Status, days: int, settings: Any
) -> None:
    """Saved as the form offers them they leave out nothing and add nothing, before the due date and after."""
    settings.PAKN_PORTAL = {**settings.PAKN_PORTAL, "RECEIPT_MAIL_REPEATS": True}
    Agency.objects.update(note="138A Giảng Võ, Hà Nội")
    case = make_case(status, who)
    with clock.acting_at(clock.now() + timedelta(days=days)):
        if days:
            sweep_deadlines()
        OutgoingMail.objects.filter(template="receipt").update(sealed=encrypt("7K4FB6QE2MXA9TRD"))
        of_software = of_case(case)
        # without the code, which is wiped once the mail has left
        OutgoingMail.objects.update(sealed="")
        of_software += of_case(case)
        for mail in editable_mails():
            subject, text = product_words(mail)
            saved(MailTemplate, mail=mail, subject=subject, body=text)
        without_code = of_case(case)
        OutgoingMail.objects.filter(template="receipt").update(sealed=encrypt("7K4FB6QE2MXA9TRD"))
        assert of_case(case) + without_code == of_software
    assert [body for _mail, _subject, body in of_software if "7K4F" in body]
    assert not [body for _mail, _subject, body in of_software if "{" in body]


def test_each_change_is_a_version(who: Ministry) -> None:
    template = own()
    template.body = "Bộ đã nhận hồ sơ {{ mã hồ sơ }}."
    template.save()
    template.save_revision(user=who.administrator)
    assert [revision.object_str for revision in template.revisions.order_by("pk")] == [str(template)] * 2
    assert template.revisions.order_by("pk").first().content["body"] == OWN
