"""The publication step of Wagtail's own workflow, with four eyes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask


class PublicationTask(AbstractGroupApprovalTask):
    """A publisher releases the answer; never its writer, its approver or who prepared the public text."""

    class Meta:
        verbose_name = _("publication of an answer")
        verbose_name_plural = _("publications of answers")
