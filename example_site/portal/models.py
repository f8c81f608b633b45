"""The pages a portal has before the section comes: a home page and plain content."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page


class HomePage(Page):
    template = "portal/home_page.html"
    intro = models.TextField("lời giới thiệu", blank=True)
    content_panels = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = "trang chủ"
        verbose_name_plural = "trang chủ"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        news = ContentPage.objects.child_of(self).live().filter(is_news=True).order_by("-first_published_at")
        return {**super().get_context(request, *args, **kwargs), "news": news[:4]}


class ContentPage(Page):
    template = "portal/content_page.html"
    summary = models.TextField("tóm tắt", blank=True)
    body = RichTextField("nội dung", blank=True)
    is_news = models.BooleanField("là tin", default=False, help_text="Hiện trong khối tin mới ở trang chủ.")
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
        FieldPanel("is_news"),
    ]

    class Meta:
        verbose_name = "trang nội dung"
        verbose_name_plural = "trang nội dung"
