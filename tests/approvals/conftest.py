"""Days that do not move: what is judged by the time of the year is tested in March."""

from datetime import date

import pytest


@pytest.fixture
def in_march(settings):
    settings.JIANFU_TODAY = date(2026, 3, 2)
