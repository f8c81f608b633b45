"""Rows for tests: people with roles, units, submissions, and cases brought to any status by the verbs."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

from django.conf import UserSettingsHolder, settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.utils.translation import get_language
from wagtail.signal_handlers import disable_reference_index_auto_update

from pakn_portal import clock, permissions
from pakn_portal.answers import actions as answering
from pakn_portal.cases import actions
from pakn_portal.cases.enums import Status
from pakn_portal.cases.models import Case
from pakn_portal.routing import actions as routing
from pakn_portal.snippets.enums import Kind, SenderKind
from pakn_portal.snippets.models import Agency, DeadlineRule, Holiday, RefusalReason, Sector, Unit
from pakn_portal.snippets.starter_rows import read
from pakn_portal.submissions.actions import NewSender, NewSubmission, create_submission
from pakn_portal.submissions.models import Sender, Submission
from pakn_portal.text import fold
from tests.fixtures.rows import Kept

PASSWORD = "mat-khau-de-thu"
_numbers = count(1)


def make_lists() -> None:
    """The starter rows a case needs: holidays, rules, refusal reasons, sectors, agencies. Repeatable."""
    for model in (Holiday, RefusalReason, Sector, Agency):
        if not model.objects.exists():
            model.objects.bulk_create(model(**row) for row in _starter(f"{_file_of(model)}.json"))
    if not DeadlineRule.objects.exists():
        sectors = dict(Sector.objects.values_list("code", "pk"))
        DeadlineRule.objects.bulk_create(
            DeadlineRule(**{**row, "sector": None}, sector_id=sectors.get(row["sector"]))
            for row in _starter("deadline_rules.json")
        )


def make_group(role: str) -> Group:
    """The group of a role of `permissions.ROLES`, with access to the admin."""
    name, rights = permissions.ROLES[role]
    group, is_new = Group.objects.get_or_create(name=name)
    if is_new:
        codenames = [right.split(".")[1] for right in rights]
        group.permissions.set(
            [
                *Permission.objects.filter(content_type__app_label="pakn_portal", codename__in=codenames),
                Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"),
            ]
        )
    return group


def make_user(username: str = "", *roles: str, full_name: str = "", unit: Unit | None = None) -> Any:
    """A user with these roles; with `unit`, one of its officers."""
    username = username or f"nguoi{next(_numbers)}"
    user = get_user_model().objects.create_user(
        username, f"{username}@bo.example", PASSWORD, first_name=full_name
    )
    groups = [make_group(role) for role in roles]
    if unit is not None:
        groups += [make_group("unit"), unit.staff_group]
    user.groups.add(*groups)
    return user


def make_unit(name: str = "", *, parent: Unit | None = None, **values: Any) -> Unit:
    """A unit with a staff group of its own and nobody in it."""
    number = next(_numbers)
    name = name or f"Đơn vị {number}"
    group = Group.objects.create(name=f"Cán bộ {name} {number}")
    return Unit.objects.create(code=f"don-vi-{number}", name=name, parent=parent, staff_group=group, **values)


@dataclass
class Ministry:
    """A small ministry: two units with people, and somebody in each role of the whole house."""

    unit: Unit
    other_unit: Unit
    intake: Any
    focal: Any
    officer: Any
    head: Any
    second_officer: Any
    #: Officer and head of the other unit: strangers to the cases of `unit`.
    other_officer: Any
    other_head: Any
    publisher: Any
    second_publisher: Any
    leader: Any
    inspector: Any
    auditor: Any
    administrator: Any
    nobody: Any = field(default=None)


def make_ministry() -> Ministry:
    """Lists, units and people; the accounts are those of the demo where it has them."""
    return _ministry()


def _lists_units_and_people() -> Ministry:
    with disable_reference_index_auto_update():
        make_lists()
        return _people_their_units()


_ministry = Kept(_lists_units_and_people)


def _people_their_units() -> Ministry:
    unit, other = make_unit("Cục Việc làm"), make_unit("Vụ Bảo hiểm xã hội")
    staff = {
        "focal": make_user("daumoi", full_name="Lương Quốc Thịnh", unit=unit),
        "officer": make_user("chuyenvien", full_name="Trịnh Thị Hải Yến", unit=unit),
        "head": make_user("lanhdaodonvi", full_name="Vũ Đình Khải", unit=unit),
        "second_officer": make_user("chuyenvien3", full_name="Bùi Gia Hân", unit=unit),
        "other_officer": make_user("chuyenvien2", full_name="Hà Thị Bích Thủy", unit=other),
        "other_head": make_user("lanhdao2", full_name="Phạm Văn Đức", unit=other),
    }
    unit.focal_person, unit.head, other.head = staff["focal"], staff["head"], staff["other_head"]
    unit.save()
    other.save()
    return Ministry(
        unit=unit,
        other_unit=other,
        **staff,
        intake=make_user("vanphong", "intake", full_name="Đoàn Thị Minh Nguyệt"),
        publisher=make_user("bientap", "publisher", full_name="Ngô Phương Chi"),
        second_publisher=make_user("bientap2", "publisher", full_name="Lý Thanh Tùng"),
        leader=make_user("lanhdaobo", "leader", full_name="Đặng Hữu Trường"),
        inspector=make_user("thanhtra", "inspector", full_name="Phan Trọng Nghĩa"),
        auditor=make_user("kiemsoat", "auditor", full_name="Tô Hoài Nam"),
        administrator=make_user("quantri", "administrator", full_name="Mai Xuân Lộc"),
        nobody=make_user("nguoingoai", full_name="Người Ngoài"),
    )


def make_submission(**values: Any) -> Submission:
    """Something a citizen sent through the form; `sender` takes the fields of NewSender."""
    sender = {
        "full_name": "Nguyễn Thị Thu Cúc",
        "address": "Số 18, tổ 4, phường Dĩ An",
        "phone": "0900000101",
        "email": "thucuc.nguyen@example.vn",
        **values.pop("sender", {}),
    }
    defaults = {
        "title": "Nghỉ việc 2 tháng có được nộp hồ sơ trợ cấp thất nghiệp không",
        "content": "Tôi nghỉ việc đã hai tháng. Tôi còn được nộp hồ sơ không?",
        "kind": Kind.QUESTION,
    }
    return create_submission(NewSubmission(sender=NewSender(**sender), **{**defaults, **values})).submission


def make_case(status: str = Status.SUBMITTED, ministry: Ministry | None = None, **values: Any) -> Case:
    """A case brought to `status` by the people of the ministry, verb by verb. `values`: of the submission.

    What another test began with in the same way some minutes ago is put back instead of walked again.
    """
    if (began := _begins_with(status, ministry, values)) is not None:
        return _walked(status, ministry, values, alike=began)
    return _walk(status, ministry, values)


def _walk(status: str, ministry: Ministry | None, values: dict[str, Any]) -> Case:
    case = actions.open_case(make_submission(**values))
    for step in _ROADS[Status(status)]:
        assert ministry is not None, "somebody must act"
        step(case, ministry)
    assert case.status == status
    return case


_walked = Kept(_walk, most=24, seconds=240)


def _begins_with(status: str, ministry: Ministry | None, values: dict[str, Any]) -> Hashable:
    """What beside the rows says how the walk goes; None where the test may have changed more than that.

    A walk whose rows stay when the test ends, or under other settings than those of the run, is never kept.
    """
    plain = all(isinstance(value, str | int | date | dict | None) for value in values.values())
    if not plain or not connection.in_atomic_block or isinstance(settings._wrapped, UserSettingsHolder):
        return None
    people = () if ministry is None else tuple(getattr(who, "pk", None) for who in vars(ministry).values())
    return (status, people, repr(values), clock._instant.get(), get_language())


def make_many_cases(
    number: int, *, unit: Unit | None = None, officer: Any = None, status: str = ""
) -> list[Case]:
    """Bare rows for counting queries, in bulk: no register, no verbs."""
    status = status or (Status.PROCESSING if unit else Status.SUBMITTED)
    sector, today = Sector.objects.first(), clock.today()
    first = next(_numbers)
    for _skipped in range(number):
        next(_numbers)
    senders = Sender.objects.bulk_create(
        Sender(kind=SenderKind.CITIZEN, full_name=f"Người Gửi {n}", address="Phường Dĩ An")
        for n in range(number)
    )
    titles = [f"Câu hỏi về chế độ số {first + n}" for n in range(number)]
    submissions = Submission.objects.bulk_create(
        Submission(
            sender=sender, kind=Kind.QUESTION, title=title, content=title, registered_on=today,
            secret_hash="-", folded=fold(title),
        )
        for sender, title in zip(senders, titles, strict=True)
    )  # fmt: skip
    return Case.objects.bulk_create(
        Case(
            number=f"PAKN-{today.year}-9{first + n:06d}", submission=submission, status=status,
            sector=sector, lead_unit=unit, officer=officer, registered_on=today, term_started_on=today,
            due_on=today,
            term_amount=10, term_unit="wd",
        )
        for n, submission in enumerate(submissions)
    )  # fmt: skip


Step = Callable[[Case, Ministry], Any]


_RECEIVE: Sequence[Step] = [lambda case, who: actions.receive_case(case, by=who.intake)]
_ROUTE: Sequence[Step] = [
    *_RECEIVE,
    lambda case, who: routing.forward_case(case, to_unit=who.unit, by=who.intake),
]
_ASSIGN: Sequence[Step] = [
    *_ROUTE,
    lambda case, who: routing.assign_case(case, officer=who.officer, by=who.focal),
]
_HOLD: Sequence[Step] = [*_ASSIGN, lambda case, who: actions.hold_case(case, by=who.officer)]
_SUBMIT: Sequence[Step] = [
    *_ASSIGN,
    lambda case, who: answering.draft_answer(
        case,
        body="Ông/bà nộp hồ sơ trong 3 tháng kể từ ngày nghỉ việc.",
        legal_bases="38/2013/QH13",
        by=who.officer,
    ),
    lambda case, who: answering.submit_answer(case, by=who.officer),
]
_ANSWER: Sequence[Step] = [*_SUBMIT, lambda case, who: answering.approve_answer(case, by=who.head)]


def _prepare(case: Case, who: Ministry) -> None:
    answering.prepare_public_text(
        case,
        title="Nghỉ việc hai tháng còn được nộp hồ sơ trợ cấp thất nghiệp không?",
        question="Nghỉ việc đã hai tháng thì còn được nộp hồ sơ không?",
        answer="Người lao động nộp hồ sơ trong 3 tháng kể từ ngày nghỉ việc.",
        by=who.officer,
    )


def _publish(case: Case, who: Ministry) -> None:
    from pakn_portal.pages.answers.actions import publish_answer, request_publication

    request_publication(case, by=who.officer)
    publish_answer(case, by=who.publisher)


_ROADS: dict[Status, Sequence[Step]] = {
    Status.SUBMITTED: [],
    Status.RECEIVED: _RECEIVE,
    Status.NEED_INFO: [
        *_RECEIVE,
        lambda case, who: actions.request_supplement(
            case, by=who.intake, note="Xin cho biết ngày nghỉ việc."
        ),
    ],
    Status.ROUTED: _ROUTE,
    Status.RETURNED: [
        *_ROUTE,
        lambda case, who: routing.send_back(case, by=who.focal, note="Thuộc Vụ Bảo hiểm xã hội."),
    ],
    Status.PROCESSING: _ASSIGN,
    Status.COORDINATING: [
        *_ASSIGN,
        lambda case, who: routing.request_opinion(
            case, unit=who.other_unit, by=who.officer, note="Xin ý kiến về mức đóng."
        ),
    ],
    Status.DRAFT_REVIEW: _SUBMIT,
    Status.EXTENDED: [
        *_ASSIGN,
        lambda case, who: routing.extend_deadline(case, by=who.head, note="Cần lấy thêm số liệu."),
    ],
    Status.ANSWERED: _ANSWER,
    Status.PUBLISHED: [*_ANSWER, _prepare, _publish],
    Status.REJECTED: [
        lambda case, who: actions.refuse_case(case, reason=RefusalReason.objects.all()[0], by=who.intake)
    ],
    Status.DUPLICATE: [
        lambda case, who: actions.mark_duplicate(case, master=make_case(Status.RECEIVED, who), by=who.intake)
    ],
    Status.OUT_OF_SCOPE: [
        lambda case, who: actions.guide_sender(case, by=who.intake, note="Xin gửi Sở Nội vụ.")
    ],
    Status.FORWARDED: [
        lambda case, who: actions.refer_case(case, agency=Agency.objects.all()[0], by=who.intake)
    ],
    Status.COMPLAINT: [lambda case, who: actions.move_to_complaint(case, by=who.intake)],
    Status.DENUNCIATION: [lambda case, who: actions.move_to_denunciation(case, by=who.intake)],
    Status.NOTED: [
        *_RECEIVE,
        lambda case, who: actions.keep_case(case, by=who.intake, note="Chưa đủ căn cứ."),
    ],
    Status.WITHDRAWN: [lambda case, who: actions.withdraw_case(case)],
    Status.REOPENED: [
        *_ANSWER,
        lambda case, who: actions.reopen_case(case, by=who.intake, note="Người gửi bổ sung tình tiết mới."),
    ],
    Status.SECRET_HOLD: _HOLD,
    Status.ON_PAPER: [
        *_HOLD,
        lambda case, who: actions.confirm_secret(
            case, by=who.inspector, paper_number="05/2026/BMNN", paper_dated_on=clock.today()
        ),
    ],
}


def _starter(name: str) -> Any:
    return read(name.removesuffix(".json"))


def _file_of(model: type) -> str:
    return {Holiday: "holidays", RefusalReason: "refusal_reasons", Sector: "sectors", Agency: "agencies"}[
        model
    ]
