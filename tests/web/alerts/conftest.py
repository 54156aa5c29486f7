"""A reader with mail in French, and the moment from which what is stored now counts as settled."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from actionlines_web.accounts.models import User


@pytest.fixture
def reader(db: None) -> User:
    return User.objects.create_user("reader@example.org", language="fr")


@pytest.fixture
def tomorrow() -> datetime:
    return timezone.now() + timedelta(days=1)
