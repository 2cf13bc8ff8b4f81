"""Loading the official lists: word for word, once, and never over a template in use."""

import json
from pathlib import Path

import pytest
from django.conf import settings

from ledger.models import LedgerTemplate, TemplateRow
from ledger.services.templates import load_templates
from tests.factories import World
from tests.ledger.forms import opened

FIXTURES = settings.BASE_DIR / "fixtures" / "templates"
SIZES = {"wulong-000": 14, "dawukou-001": 10, "city-002": 16, "heilongjiang-003": 20, "hechuan-004": 9}


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """The first list with one word of its first task changed."""
    data = json.loads((FIXTURES / "wulong-000.json").read_text("utf-8"))
    data["groups"][0]["rows"][0]["task"] = "改过的任务"
    (tmp_path / "wulong-000.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    return tmp_path


def outcomes(loaded: list) -> set[str]:
    return {item.outcome for item in loaded}


@pytest.mark.django_db
def test_the_five_sources_are_loaded() -> None:
    assert outcomes(load_templates()) == {"已新增"}
    assert {t.code: t.rows.count() for t in LedgerTemplate.objects.all()} == SIZES


@pytest.mark.django_db
def test_words_are_those_of_the_fixture() -> None:
    load_templates()
    data = json.loads((FIXTURES / "wulong-000.json").read_text("utf-8"))
    rows = [(group["title"], row) for group in data["groups"] for row in group["rows"]]
    kept = TemplateRow.objects.filter(template__code="wulong-000").order_by("number")
    for (subject, source), row in zip(rows, kept, strict=True):
        assert (row.subject, row.task, row.requirement) == (subject, source["task"], source["requirement"])
        assert (row.figures, row.sections_text) == (source["figures"], source["sections_text"])
        assert [blank.code for blank in row.blanks.all()] == [blank["code"] for blank in source["blanks"]]


@pytest.mark.django_db
def test_loading_again_changes_nothing_and_keeps_an_editors_correction() -> None:
    load_templates()
    row = TemplateRow.objects.get(key="000-02")
    row.task = "清理精简现有督查检查评比考核事项"
    row.save()
    assert outcomes(load_templates()) == {"未变动"}
    row.refresh_from_db()
    assert row.task == "清理精简现有督查检查评比考核事项"
    assert LedgerTemplate.objects.count() == 5


@pytest.mark.django_db
def test_an_unused_template_is_rewritten(changed: Path) -> None:
    load_templates()
    assert outcomes(load_templates(directory=changed)) == {"已更新"}
    template = LedgerTemplate.objects.get(code="wulong-000")
    assert template.version == 1
    assert template.rows.get(number=1).task == "改过的任务"


def test_a_template_in_use_gets_a_next_version(world: World, changed: Path) -> None:
    ledger = opened(world)
    assert outcomes(load_templates(directory=changed)) == {"新增版次"}
    assert ledger.template.rows.get(number=1).task != "改过的任务"
    newest = LedgerTemplate.objects.newest().get(code="wulong-000")
    assert (newest.version, newest.rows.get(number=1).task) == (2, "改过的任务")
    # The older fixture is still known and adds no third version.
    assert outcomes(load_templates(pattern="wulong-000.json")) == {"未变动"}
