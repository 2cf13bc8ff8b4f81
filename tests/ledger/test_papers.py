"""材料: the year as Word, the clean-up and the draft of the summary; numbers as the declarations say them."""

from __future__ import annotations

import io
import re
from datetime import date
from typing import Any
from urllib.parse import unquote

import pytest
from docx import Document
from docx.oxml.ns import qn

from jianfu.audit.models import Event
from jianfu.organisations.states import Role
from ledger.exports.clean_up import in_words
from ledger.selectors.clean_up import WAITING, cleaned_up
from tests.factories import World
from tests.ledger.forms import YEAR, clerk, filled, office, opened, row_of, signed_in, url
from tests.ledger.registers import dispose, enter
from tests.ledger.secondments import borrow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]


def docx_of(answer: Any) -> Any:
    assert answer.status_code == 200
    return Document(io.BytesIO(answer.content))


def words_of(docx: Any) -> str:
    cells = [cell.text for table in docx.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in docx.paragraphs), *cells])


def cleaned_register(world: World) -> None:
    """报表 of the year before: one kept with a word, one without, one merged, one cancelled; one new."""
    kept, _silent, merged, cancelled = (
        enter(world, "forms", name=name, begun_on=date(YEAR - 1, 3, 1)) for name in ("甲", "乙", "丙", "丁")
    )
    enter(world, "forms", name="戊", begun_on=date(YEAR, 3, 1))
    dispose(world, kept, "keep")
    dispose(world, merged, "merge", merged_into=kept)
    dispose(world, cancelled, "cancel", basis="会议纪要〔2026〕9号")


def test_the_form_as_word_merges_the_subjects_and_repeats_its_head(world: World) -> None:
    ledger = opened(world)
    filled(row_of(ledger, 8), clerk(world), 17)
    docx = docx_of(signed_in(clerk(world)).get(url("ledger_export", YEAR, "docx")))
    section = docx.sections[0]
    assert section.page_width > section.page_height
    [table] = docx.tables
    assert len(table.rows) == 15
    assert [cell.text for cell in table.rows[0].cells][:2] == ["序号", "事项"]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    # 14 rows, five 事项: what is not the first of its group continues the cell above.
    merges = [cell.get(qn("w:val")) for cell in table._tbl.iter(qn("w:vMerge"))]
    groups = [row.group for row in ledger.rows.order_by("number")]
    assert merges.count("continue") == len(groups) - len(set(groups))
    assert table.rows[1].cells[1]._tc is table.rows[2].cells[1]._tc
    assert " 17 " in table.rows[8].cells[5].text
    underlined = [run.text for p in table.rows[8].cells[5].paragraphs for run in p.runs if run.font.underline]
    assert " 17 " in underlined


def test_the_same_word_file_twice_is_the_same_bytes(world: World) -> None:
    opened(world)
    client = signed_in(clerk(world))
    first, second = (client.get(url("ledger_export", YEAR, "docx")).content for _turn in range(2))
    assert first == second


def test_what_a_clerk_types_cannot_break_the_file(world: World) -> None:
    enter(world, "forms", name="表<w:p>&\x07“甲”", issuer="a<b")
    docx = docx_of(signed_in(clerk(world)).get(url("item_export", "forms", "docx")))
    assert "表<w:p>&“甲”" in words_of(docx)


def test_a_register_too_long_for_word_says_so(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jianfu.kernel.documents.landscape.ROW_LIMIT", 1)
    enter(world, "forms", name="甲")
    assert signed_in(clerk(world)).get(url("item_export", "forms", "docx")).status_code == 200
    enter(world, "forms", name="乙")
    answer = signed_in(clerk(world)).get(url("item_export", "forms", "docx"))
    assert answer.status_code == 403
    assert "超过一份 Word 表格 1 行的上限" in answer.content.decode()


def test_the_numbers_of_the_clean_up_are_those_of_its_list(world: World) -> None:
    cleaned_register(world)
    found = {each.register.slug: each for each in cleaned_up(clerk(world), YEAR)}
    forms = found["forms"]
    assert [(each.name, each.verdict) for each in forms.outcomes] == [
        ("丁", "取消"),
        ("丙", "合并"),
        ("甲", "保留"),
        ("乙", WAITING),
        ("戊", "新增"),
    ]
    assert forms.outcomes[0].basis == "会议纪要〔2026〕9号"
    assert forms.outcomes[1].basis.startswith("并入“甲”")
    line = forms.line
    assert (line.before, line.kept, line.merged, line.cancelled, line.added, line.waiting) == (
        4,
        2,
        1,
        1,
        1,
        1,
    )
    assert line.before == line.kept + line.merged + line.cancelled
    assert set(found) == {"forms", "channels", "gatherings", "duties"}


def test_the_report_of_the_clean_up_lists_every_item_with_its_basis(world: World) -> None:
    opened(world)
    cleaned_register(world)
    answer = signed_in(clerk(world)).get(url("ledger_paper", YEAR, "clean-up", "docx"))
    docx, name = docx_of(answer), unquote(answer["Content-Disposition"])
    told = words_of(docx)
    assert f"{world.district.name}关于2026年中小学教师减负清理结果的报告2026" in name
    assert in_words(next(e for e in cleaned_up(clerk(world), YEAR) if e.register.slug == "forms")) in told
    assert [cell.text for cell in docx.tables[0].rows[1].cells] == [
        "报表清单（张）",
        "4",
        "2",
        "1",
        "1",
        "1",
        "3",
    ]
    assert "会议纪要〔2026〕9号" in told
    assert world.district.filing_body in told
    event = Event.objects.get(action="ledger.export")
    assert event.data["paper"] == "关于2026年中小学教师减负清理结果的报告"


def test_the_summary_is_a_draft_whose_figures_are_the_forms(world: World) -> None:
    ledger = opened(world)
    filled(row_of(ledger, 8), clerk(world), 17)
    cleaned_register(world)
    problem = enter(world, "problems")
    client = signed_in(office(world))
    docx = docx_of(client.get(url("ledger_paper", YEAR, "summary", "docx")))
    told = words_of(docx)
    headings = re.findall(r"^[一二三四]、(.+)$", told, re.MULTILINE)
    assert headings == ["主要做法", "存在的问题", "工作成效", "典型案例"]
    assert "草稿" in docx.paragraphs[0].text + docx.paragraphs[1].text
    table = {row.cells[1].text: row.cells[3].text for row in docx.tables[0].rows}
    printed = docx_of(client.get(url("ledger_export", YEAR, "docx"))).tables[0].rows
    assert table["本年度各类“进校园”活动数量（项）"] == "17"
    # The registers' own figure of row 10 is the same in the form and in the draft.
    assert table["取消整合的工作报表（张）"] == "2"
    assert " 2 " in printed[10].cells[5].text
    assert "本年发现问题 1 个" in told
    assert problem.get_kind_display() in told
    assert "统筹进校园活动，12 项，占 50%。减少一半。（台账第8项）" in told
    silent = "、".join(str(n) for n in range(1, 15) if n != 8)
    assert f"台账第 {silent} 项还没有填写落实情况" in told


@pytest.mark.parametrize("paper", ["clean-up", "summary"])
def test_an_empty_year_is_told_as_empty(world: World, paper: str) -> None:
    opened(world)
    answer = signed_in(clerk(world)).get(url("ledger_paper", YEAR, paper, "pdf"))
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF")
    docx = docx_of(signed_in(clerk(world)).get(url("ledger_paper", YEAR, paper, "docx")))
    assert "还没有登记事项" in words_of(docx)


def test_papers_are_for_the_staff_of_the_district(world: World) -> None:
    opened(world)
    for role in (Role.SCHOOL, Role.APPLICANT, Role.AUDITOR):
        client = signed_in(world.user(role))
        assert client.get(url("ledger_papers", YEAR)).status_code == 404
        assert client.get(url("ledger_paper", YEAR, "summary", "docx")).status_code == 404
    for unknown in (("summary", "xlsx"), ("x", "docx")):
        assert signed_in(clerk(world)).get(url("ledger_paper", YEAR, *unknown)).status_code == 404
    assert not Event.objects.filter(action="ledger.export").exists()


@pytest.mark.parametrize("extension", ["xlsx", "pdf", "docx"])
def test_every_link_of_the_page_gives_a_file(world: World, extension: str) -> None:
    opened(world)
    borrow(world)
    enter(world, "forms")
    client = signed_in(office(world))
    page = client.get(url("ledger_papers", YEAR)).content.decode()
    links = {link.replace("&amp;", "&") for link in re.findall(r'href="([^"]+)"', page)}
    mine = sorted(link for link in links if f".{extension}" in link)
    assert len(mine) == (12 if extension != "xlsx" else 10)
    before = Event.objects.count()
    for link in mine:
        answer = client.get(link)
        assert answer.status_code == 200, link
        assert f".{extension}" in answer["Content-Disposition"], link
    assert Event.objects.count() == before + len(mine)


def test_names_leave_only_with_who_may_read_them(world: World) -> None:
    opened(world)
    name = borrow(world).teacher.name
    masked = docx_of(signed_in(world.user(Role.LEADER)).get(url("secondment_paper", "docx")))
    assert name not in words_of(masked)
    assert "姓名已隐去" in words_of(masked)
    keeper = signed_in(office(world))
    assert name in words_of(docx_of(keeper.get(url("secondment_paper", "docx"))))
    asked = keeper.get(url("secondment_paper", "docx") + "?names=0")
    assert name not in words_of(docx_of(asked))
    assert "姓名已隐去" in unquote(asked["Content-Disposition"])
    events = Event.objects.filter(action="ledger.secondments_exported").order_by("pk")
    assert [event.data["named"] for event in events] == [False, True, False]
    assert (
        "含教师姓名"
        not in signed_in(world.user(Role.LEADER)).get(url("ledger_papers", YEAR)).content.decode()
    )
