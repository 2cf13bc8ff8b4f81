"""What `run.py test` leaves out on PostgreSQL, told by what each test asks for."""

from pathlib import Path

import pytest

from tests.conftest import differs_by_database


def test_without_a_database_once(request):
    assert not differs_by_database(request.node)


def test_with_rows_on_both(world, request):
    assert differs_by_database(request.node)


@pytest.mark.django_db
def test_marked_on_both(request):
    assert differs_by_database(request.node)


@pytest.mark.parametrize(("file", "both"), [("test_story_ledger.py", True), ("test_pages.py", False)])
def test_of_the_browser_only_stories(world, request, monkeypatch, file, both):
    node = request.node
    node.add_marker("browser")
    monkeypatch.setattr(node, "path", Path("tests/e2e") / file)
    assert differs_by_database(node) is both
