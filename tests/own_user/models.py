from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models


class MemberManager(BaseUserManager["Member"]):
    def create_user(self, badge: str, **values: Any) -> Member:
        member = self.model(badge=badge, **values)
        member.set_unusable_password()
        member.save()
        return member


class Member(AbstractBaseUser, PermissionsMixin):
    """No names, no `username`, no `email`, and no number for a key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    badge = models.CharField(max_length=20, unique=True)
    work_mail = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "badge"
    EMAIL_FIELD = "work_mail"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[MemberManager] = MemberManager()
