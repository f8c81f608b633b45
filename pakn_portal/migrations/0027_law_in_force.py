import datetime

from django.db import migrations

SHIPPED_FROM = datetime.date(2019, 1, 1)
#: The rows as they shipped, each with its texts (Vietnamese, English), whether it called itself verified, the
#: text it has now, and the day from which a successor holds, with the successor's text.
ROWS = [
    {
        "about": {"step": "intake", "kind": "", "sender_kind": ""},
        "term": {"amount": 2, "unit": "wd"},
        "was_verified": False,
        "before": (
            "Vận dụng Thông tư 18/2018/TT-BCT (bộ phận tiếp nhận chuyển trong 2 ngày làm việc); cần Bộ quyết định",
            "Applies Circular 18/2018/TT-BCT by analogy (the reception desk forwards within 2 working days); for the ministry to decide",
        ),
        "now": ("", ""),
    },
    {
        "about": {"step": "refer", "kind": "", "sender_kind": ""},
        "term": {"amount": 5, "unit": "wd"},
        "was_verified": True,
        "before": (
            "Nghị định 20/2008/NĐ-CP, Điều 9: chuyển cơ quan có thẩm quyền trong 05 ngày làm việc; mục tiêu nội bộ 2 ngày làm việc",
            "Decree 20/2008/NĐ-CP, Article 9: forward to the competent body within 05 working days; internal target 2 working days",
        ),
        "now": (
            "Nghị định 20/2008/NĐ-CP, Điều 9: chuyển cơ quan có thẩm quyền trong 05 ngày làm việc",
            "Decree 20/2008/NĐ-CP, Article 9: forward to the competent body within 05 working days",
        ),
    },
    {
        "about": {"step": "reply", "kind": "", "sender_kind": ""},
        "term": {"amount": 20, "unit": "cd"},
        "was_verified": True,
        "before": (
            "Quyết định 574/QĐ-TTg ngày 25/4/2017: trả lời trong 20 ngày kể từ ngày nhận",
            "Decision 574/QĐ-TTg of 25/4/2017: answer within 20 days from receipt",
        ),
    },
    {
        "about": {"step": "reply", "kind": "question", "sender_kind": ""},
        "term": {"amount": 15, "unit": "wd"},
        "was_verified": False,
        "before": (
            "Mặc định của phần mềm cho hỏi đáp chính sách (ngoài phạm vi Quyết định 574/QĐ-TTg); cần Bộ quyết định",
            "Default of the software for questions about policy (outside Decision 574/QĐ-TTg); for the ministry to decide",
        ),
        "now": ("", ""),
    },
    {
        "about": {"step": "reply", "kind": "", "sender_kind": "voter"},
        "term": {"amount": 60, "unit": "cd"},
        "was_verified": True,
        "before": (
            "Nghị quyết liên tịch 525/2012/NQLT, Điều 36 khoản 1: trả lời kiến nghị cử tri trong 60 ngày",
            "Joint Resolution 525/2012/NQLT, Article 36(1): answer voters' petitions within 60 days",
        ),
        "next_from": datetime.date(2025, 2, 20),
        "next": (
            "Nghị quyết liên tịch 72/2025/NQLT (sửa đổi bởi 100/2025/NQLT), Điều 49 khoản 1: trả lời kiến nghị cử tri trong 60 ngày",
            "Joint Resolution 72/2025/NQLT (amended by 100/2025/NQLT), Article 49(1): answer voters' petitions within 60 days",
        ),
    },
    {
        "about": {"step": "reply", "kind": "", "sender_kind": "deputy"},
        "term": {"amount": 20, "unit": "cd"},
        "was_verified": False,
        "before": (
            "Luật Hoạt động giám sát 87/2015/QH13, Điều 50: trả lời bằng văn bản trong 20 ngày; đối chiếu Luật 121/2025/QH15",
            "Law on Supervisory Activities 87/2015/QH13, Article 50: answer in writing within 20 days; compare Law 121/2025/QH15",
        ),
        "now": (
            "Luật Hoạt động giám sát 87/2015/QH13, Điều 50: trả lời bằng văn bản trong 20 ngày",
            "Law on Supervisory Activities 87/2015/QH13, Article 50: answer in writing within 20 days",
        ),
        "next_from": datetime.date(2026, 3, 1),
        "next": (
            "Luật 121/2025/QH15 thay Luật Hoạt động giám sát 87/2015/QH13; thời hạn 20 ngày giữ theo luật cũ, cần đối chiếu",
            "Law 121/2025/QH15, which replaced the Law on Supervisory Activities 87/2015/QH13; the 20 days are those of the old law, to be checked",
        ),
    },
    {
        "about": {"step": "extension", "kind": "", "sender_kind": ""},
        "term": {"amount": 10, "unit": "wd"},
        "was_verified": False,
        "before": (
            "Mặc định của phần mềm: việc phức tạp được gia hạn một lần, báo lý do cho người gửi; cần Bộ quyết định",
            "Default of the software: a complex matter may be extended once, with the reason told to the sender; for the ministry to decide",
        ),
        "now": ("", ""),
    },
    {
        "about": {"step": "progress_notice", "kind": "", "sender_kind": ""},
        "term": {"amount": 7, "unit": "cd"},
        "was_verified": True,
        "before": (
            "Quyết định 574/QĐ-TTg ngày 25/4/2017: chưa xong thì cập nhật tình hình 7 ngày một lần",
            "Decision 574/QĐ-TTg of 25/4/2017: while it is not finished, tell how it stands every 7 days",
        ),
    },
    {
        "about": {"step": "supplement", "kind": "", "sender_kind": ""},
        "term": {"amount": 10, "unit": "wd"},
        "was_verified": False,
        "before": (
            "Mặc định của phần mềm: chờ người gửi bổ sung, quá hạn thì đóng hồ sơ; cần Bộ quyết định",
            "Default of the software: wait for the sender to add what is missing, close the case when that is overdue; for the ministry to decide",
        ),
        "now": ("", ""),
    },
    {
        "about": {"step": "publish", "kind": "", "sender_kind": ""},
        "term": {"amount": 5, "unit": "wd"},
        "was_verified": True,
        "before": (
            "Luật Tiếp cận thông tin 104/2016/QH13, Điều 18: công khai trong 05 ngày làm việc; mục tiêu nội bộ 2 ngày làm việc",
            "Law on Access to Information 104/2016/QH13, Article 18: make public within 05 working days; internal target 2 working days",
        ),
        "now": (
            "Luật Tiếp cận thông tin 104/2016/QH13, Điều 18: công khai trong 05 ngày làm việc",
            "Law on Access to Information 104/2016/QH13, Article 18: make public within 05 working days",
        ),
        "next_from": datetime.date(2026, 9, 1),
        "next": (
            "Luật Tiếp cận thông tin (sửa đổi) thay Luật 104/2016/QH13 từ 01/9/2026; thời hạn 05 ngày làm việc giữ theo luật cũ, cần đối chiếu",
            "Law on Access to Information (amended), which replaced Law 104/2016/QH13 on 1/9/2026; the 05 working days are those of the old law, to be checked",
        ),
    },
]
#: Whose term may be extended: for voters and deputies the law gives no extension.
EXTENDED_FOR = ("citizen", "business")


def mend(apps, schema_editor):
    """Starter rows nobody changed get their true basis; no row is called verified that nobody verified."""
    rules = apps.get_model("pakn_portal", "DeadlineRule").objects.all()
    for row in ROWS:
        for language in range(2):
            mend_row(rules, row, language)


def mend_row(rules, row, language):
    worded = rules.filter(**row["about"], sector=None, urgency="", legal_basis=row["before"][language])
    if row["was_verified"]:
        worded.update(is_verified=False)
    untouched = worded.filter(**row["term"], valid_from=SHIPPED_FROM, valid_until=None, is_verified=False)
    others = rules.filter(**row["about"], sector=None, urgency="")
    for rule in untouched:
        if "next" in row and not others.exclude(pk=rule.pk).exists():
            rule.valid_until = row["next_from"] - datetime.timedelta(days=1)
            add_like(rules, rule, valid_from=row["next_from"], legal_basis=row["next"][language])
        if "now" in row:
            rule.legal_basis = row["now"][language]
        if rule.step == "extension":
            narrow(rules, rule)
        rule.save()


def narrow(rules, rule):
    """The rule becomes one for each kind of sender that has none of its own yet."""
    taken = set(
        rules.filter(step=rule.step, kind="", sector=None, urgency="").values_list("sender_kind", flat=True)
    )
    free = [sender for sender in EXTENDED_FOR if sender not in taken]
    if free:
        rule.sender_kind = free[0]
        for sender in free[1:]:
            add_like(rules, rule, sender_kind=sender)


def add_like(rules, rule, **values):
    """Another row with the same criteria and term."""
    same = ("step", "kind", "sender_kind", "urgency", "amount", "unit", "valid_from", "legal_basis")
    rules.create(**{**{name: getattr(rule, name) for name in same}, **values})


class Migration(migrations.Migration):
    dependencies = [
        ("pakn_portal", "0026_suggested_sector"),
    ]

    operations = [
        migrations.RunPython(mend, migrations.RunPython.noop),
    ]
