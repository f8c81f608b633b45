"""The portal's first pages, in place of Wagtail's welcome page."""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.utils import timezone

HOME = {
    "title": "Bộ Lao động và An sinh xã hội",
    "slug": "trang-chu",
    "intro": (
        "Nơi người dân và doanh nghiệp tìm hiểu chính sách việc làm, tiền lương, bảo hiểm xã hội, "
        "người có công và gửi phản ánh, kiến nghị tới Bộ."
    ),
}
PAGES = [
    {
        "title": "Giới thiệu",
        "slug": "gioi-thieu",
        "show_in_menus": True,
        "search_description": "Chức năng, cơ cấu tổ chức và lịch tiếp công dân của Bộ.",
        "summary": "Bộ quản lý nhà nước về việc làm, quan hệ lao động, bảo hiểm xã hội và người có công.",
        "body": (
            "<h2>Chức năng</h2><p>Bộ xây dựng chính sách, hướng dẫn thực hiện và thanh tra việc chấp hành pháp luật "
            "trong các lĩnh vực được giao, đồng thời trả lời phản ánh, kiến nghị của người dân và doanh nghiệp.</p>"
            "<h2>Tiếp công dân</h2><p>Bộ trưởng tiếp công dân vào thứ Năm tuần thứ ba hằng tháng. Các ngày làm việc "
            "khác, Văn phòng Bộ tiếp tại số 1 phố Mẫu, Hà Nội.</p>"
        ),
    },
    {
        "title": "Liên hệ",
        "slug": "lien-he",
        "show_in_menus": True,
        "search_description": "Điện thoại, thư điện tử, địa chỉ tiếp nhận hồ sơ giấy.",
        "summary": "Không tiện dùng biểu mẫu trên mạng? Bạn vẫn có thể gọi điện, gửi thư hoặc đến trực tiếp.",
        "body": (
            "<p>Đường dây nóng: 1900 0000, từ 8:00 đến 17:00 các ngày làm việc.</p>"
            "<p>Thư giấy: Văn phòng Bộ, số 1 phố Mẫu, phường Mẫu, Hà Nội.</p>"
            "<p>Thư điện tử: pakn@bo.example</p>"
        ),
    },
    {
        "title": "Từ tháng này, kết quả trả lời được công khai trong hai ngày làm việc",
        "slug": "cong-khai-ket-qua-tra-loi",
        "is_news": True,
        "summary": "Câu trả lời đã che thông tin cá nhân được đưa vào mục Hỏi đáp để mọi người cùng tra cứu.",
        "body": "<p>Bạn có thể tìm theo từ khóa, có dấu hoặc không dấu, hoặc theo lĩnh vực và năm trả lời.</p>",
    },
    {
        "title": "Bộ đối thoại với doanh nghiệp dệt may về giờ làm thêm",
        "slug": "doi-thoai-doanh-nghiep-det-may",
        "is_news": True,
        "summary": "Hơn 200 doanh nghiệp nêu vướng mắc về giờ làm thêm, tiền lương và an toàn lao động.",
        "body": "<p>Các câu hỏi tại hội nghị đã được chuyển đến đơn vị chủ trì và sẽ trả lời trên cổng này.</p>",
    },
]


def make_pages(apps: Any, schema_editor: Any) -> None:
    page_model = apps.get_model("wagtailcore", "Page")
    home_model = apps.get_model("portal", "HomePage")
    content_model = apps.get_model("portal", "ContentPage")
    type_model = apps.get_model("contenttypes", "ContentType")
    site_model = apps.get_model("wagtailcore", "Site")
    root = page_model.objects.get(depth=1)
    if root.numchild > 1 or page_model.objects.filter(depth__gt=2).exists():
        return  # a portal with pages of its own keeps them
    page_model.objects.filter(depth=2).delete()
    now = timezone.now()
    common = {"locale_id": root.locale_id, "live": True, "first_published_at": now, "last_published_at": now}
    home_type, _ = type_model.objects.get_or_create(app_label="portal", model="homepage")
    content_type, _ = type_model.objects.get_or_create(app_label="portal", model="contentpage")
    home = home_model.objects.create(
        **common,
        **HOME,
        draft_title=HOME["title"],
        content_type=home_type,
        path="00010001",
        depth=2,
        numchild=len(PAGES),
        url_path=f"/{HOME['slug']}/",
    )
    for number, fields in enumerate(PAGES, 1):
        content_model.objects.create(
            **common,
            **fields,
            draft_title=fields["title"],
            content_type=content_type,
            path=f"{home.path}{number:04d}",
            depth=3,
            url_path=f"{home.url_path}{fields['slug']}/",
        )
    page_model.objects.filter(pk=root.pk).update(numchild=1)
    site_model.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "port": 80, "root_page_id": home.pk, "site_name": HOME["title"]},
    )


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0001_pages"),
        ("wagtailcore", "0054_initial_locale"),
    ]

    operations = [migrations.RunPython(make_pages, migrations.RunPython.noop)]
