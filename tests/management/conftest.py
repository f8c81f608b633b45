from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.conf import settings


@pytest.fixture(autouse=True)
def no_files_of_others() -> None:
    """What tests of other folders uploaded has no row here, so worker and checks would count it."""
    shutil.rmtree(Path(settings.PRIVATE_ROOT), ignore_errors=True)
