from typing import Any

import pytest

from tests.factories import World, build_world


@pytest.fixture
def world(db: Any) -> World:
    return build_world()


@pytest.fixture
def elsewhere(db: Any) -> World:
    """Another district."""
    return build_world("qingshan", "青山区")
