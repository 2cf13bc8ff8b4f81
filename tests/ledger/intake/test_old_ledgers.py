"""A ledger as it was really filled in, read into the typed rows of a year: understood, or named."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.comments import Comment

from jianfu.kernel import dates
from jianfu.kernel.intake import Plan
from jianfu.organisations.states import Role
from ledger.exports import form as official_export
from ledger.intake import lines, sentences
from ledger.models import BlankValue, Ledger
from ledger.services import intake as services
from ledger.services.filling import BlankInput, EntryInput, as_input, save_row
from ledger.states import BlankKind
from ledger.wording import entry_words
from tests.factories import World
from tests.ledger.forms import clerk, filled, opened, row_of

from .old_ledgers import as_csv, as_docx, as_xlsx, saved
from .workbooks import uploaded

pytestmark = pytest.mark.usefixtures("read_here")

DONE = "已组织开展：\n1.统筹“小手拉大手”等 12 项活动\n（2）合并消防、禁毒宣讲。\n"
DONE += "不符合要求而未开展：推销讲座 3 场"
SENTENCE = '本年度各类"进校园"活动数量 １８ 项,较上年度减少  3  项。'


@pytest.fixture
def ledger(world: World) -> Ledger:
    return opened(world)


def plan_of(world: World, content: bytes, name: str = "台账.xlsx") -> Plan:
    intake = uploaded(clerk(world), content, name=name)
    assert intake.state == "read", intake.error
    return intake.read_plan()


def changes(plan: Plan) -> list[tuple[str, str, str]]:
    return [(change.row, change.column, change.after) for change in plan.changes]


def remarks(plan: Plan) -> list[str]:
    return [problem.words for problem in plan.problems if problem.is_remark]


def troubles(plan: Plan) -> list[str]:
    return [problem.words for problem in plan.problems if not problem.is_remark]


UNDERSTOOD = [
    ("第 8 项", "落实情况（新增已组织开展）", "统筹“小手拉大手”等 12 项活动。"),
    ("第 8 项", "落实情况（新增已组织开展）", "合并消防、禁毒宣讲。"),
    ("第 8 项", "落实情况（新增不符合要求而未开展）", "推销讲座 3 场。"),
    ("第 8 项", "本年度各类“进校园”活动数量", "18"),
    ("第 8 项", "较上年度减少的“进校园”活动数量", "3"),
]


@pytest.mark.parametrize("kind", ["xlsx", "docx", "csv utf-8-sig", "csv gb18030"])
def test_the_same_form_in_every_kind_of_file(world: World, ledger: Ledger, kind: str) -> None:
    content = {8: (DONE, SENTENCE)}
    name, _, encoding = kind.partition(" ")
    if name == "csv":
        file = as_csv(ledger, content, encoding)
    else:
        file = saved(as_xlsx(ledger, content)) if name == "xlsx" else as_docx(ledger, content)
    plan = plan_of(world, file, f"台账.{name}")
    assert [(row, after) for row, _column, after in changes(plan)] == [(r, a) for r, _c, a in UNDERSTOOD]
    assert troubles(plan) == []
    assert "认出 14 项任务" in plan.summary


def test_it_is_written_as_typed_values(world: World, ledger: Ledger) -> None:
    intake = uploaded(clerk(world), saved(as_xlsx(ledger, {8: (DONE, SENTENCE)})))
    services.confirm(intake=intake, by=clerk(world))
    row = row_of(ledger, 8)
    assert {b.code: b.number for b in row.blanks.all()} == {"I8a": 18, "I8b": 3}
    assert [entry.kind for entry in row.entries.all()] == ["held", "held", "declined"]
    again = uploaded(clerk(world), saved(as_xlsx(ledger, {8: (DONE, SENTENCE)}))).read_plan()
    assert changes(again) == []


@pytest.mark.parametrize("word", ["无", "/", "／", "—", "暂无"])
def test_nothing_is_not_zero(world: World, ledger: Ledger, word: str) -> None:
    plan = plan_of(world, saved(as_xlsx(ledger, {8: (word, word)})))
    assert changes(plan) == []
    assert len(remarks(plan)) == 3
    assert all(f"“{word}”，当作没有填" in words for words in remarks(plan))


def test_what_is_not_understood_is_named(world: World, ledger: Ledger) -> None:
    plan = plan_of(
        world, saved(as_xlsx(ledger, {8: ("", "进校园十八项，比上年少了一些"), 14: ("", "约20人")}))
    )
    assert changes(plan) == []
    assert sum("分不清是哪个数" in words for words in troubles(plan)) == 3
    assert "原文“进校园十八项，比上年少了一些”" in troubles(plan)[0]


def test_a_number_that_stands_alone(world: World, ledger: Ledger) -> None:
    """「共 23 项」, and 23 as a number; said, because only its unit points to it."""
    plan = plan_of(world, saved(as_xlsx(ledger, {14: ("", "共 23 人")})))
    assert [after for _row, _column, after in changes(plan)] == ["23"]
    assert "按格里唯一的数 23 读的" in remarks(plan)[0]
    plan = plan_of(world, saved(as_xlsx(ledger, {14: ("", 23)})))
    assert [after for _row, _column, after in changes(plan)] == ["23"]


def test_notes_are_named(world: World, ledger: Ledger) -> None:
    book = as_xlsx(ledger, {8: (DONE, SENTENCE)})
    book.active["F11"].comment = Comment("问过办公室", "李敏")
    assert any("批注“问过办公室”没有读入" in words for words in remarks(plan_of(world, saved(book))))


def test_a_formula_is_not_read(world: World, ledger: Ledger) -> None:
    plan = plan_of(world, saved(as_xlsx(ledger, {14: ("", "=10+13")})))
    assert changes(plan) == []
    assert "是公式" in troubles(plan)[0]


def test_rows_in_another_order_and_without_numbers(world: World, ledger: Ledger) -> None:
    book = as_xlsx(ledger, {8: (DONE, ""), 6: ("创建文明城区", "")})
    page = book.active
    numbers = {page.cell(r, 1).value: r for r in range(4, 18)}
    page.cell(numbers[8], 1).value, page.cell(numbers[6], 1).value = 6, None
    plan = plan_of(world, saved(book))
    assert {row for row, _column, _after in changes(plan)} == {"第 6 项", "第 8 项"}
    said = " ".join(remarks(plan))
    assert "表里的序号是“6”，按重点任务的文字认作第 8 项" in said
    assert "表里的序号是“空”，按重点任务的文字认作第 6 项" in said


def test_a_row_of_another_form_is_not_taken_for_ours(world: World, ledger: Ledger) -> None:
    book = as_xlsx(ledger, {8: (DONE, SENTENCE)})
    line = next(r for r in range(4, 18) if book.active.cell(r, 1).value == 8)
    book.active.cell(line, 3).value = "加强校园食品安全管理，落实陪餐制度"
    plan = plan_of(world, saved(book))
    assert changes(plan) == []
    assert "重点任务和第 8 项的不同，这一行没有读入" in troubles(plan)[0]


def test_two_rows_for_one(world: World, ledger: Ledger) -> None:
    book = as_xlsx(ledger, {8: (DONE, SENTENCE)})
    page = book.active
    line = next(r for r in range(4, 18) if page.cell(r, 1).value == 8)
    page.append([page.cell(line, column).value for column in range(1, 8)])
    plan = plan_of(world, saved(book))
    assert changes(plan) == []
    assert [words for words in troubles(plan) if "有 2 行都像第 8 项" in words]


def test_a_row_over_several_lines(world: World, ledger: Ledger) -> None:
    """Merged numbers hold their lines together; lines without a number below are told of."""
    book = as_xlsx(ledger, {})
    page = book.active
    line = next(r for r in range(4, 18) if page.cell(r, 1).value == 14)
    page.cell(line, 5).value = "第一件事"
    for below, words in ((line + 1, "第二件事"), (line + 2, "第三件事")):
        for column in range(1, 8):
            page.cell(below, column).value = None
        page.cell(below, 5).value = words
    page.merge_cells(start_row=line, end_row=line + 1, start_column=1, end_column=1)
    plan = plan_of(world, saved(book))
    assert [after for _row, _column, after in changes(plan)] == ["第一件事。", "第二件事。", "第三件事。"]
    assert [words for words in remarks(plan) if "没有序号，算作上一项" in words] == [
        "第 14 项：这一行没有序号，算作上一项的"
    ]


def test_what_stands_there_already(world: World, ledger: Ledger) -> None:
    """Entries are added to those that stand there; a filled number is only overwritten where it is chosen."""
    by = clerk(world)
    row = row_of(ledger, 8)
    save_row(
        row=row,
        by=by,
        entries=[EntryInput(kind="held", name="合并消防、禁毒宣讲。")],
        blanks={"I8a": BlankInput(7, "x")},
    )
    intake = uploaded(by, saved(as_xlsx(ledger, {8: (DONE, SENTENCE)})))
    (conflict,) = [change for change in intake.read_plan().changes if change.conflict]
    assert (conflict.before, conflict.after) == ("7", "18")
    assert by.person.name in conflict.changed_by
    services.confirm(intake=intake, by=by)
    row = row_of(ledger, 8)
    assert row.entries.count() == 3
    assert row.blanks.get(code="I8a").number == 7


def test_a_file_that_is_no_ledger(world: World, ledger: Ledger) -> None:
    plan = plan_of(world, "姓名,电话\n张三,1\n".encode(), "名单.csv")
    assert "没有找到台账的表头" in plan.stopping[0].words
    assert not plan.may_confirm


def test_rows_of_others_are_refused_in_words(world: World, ledger: Ledger) -> None:
    plan = plan_of(world, saved(as_xlsx(ledger, {1: ("", "本年度公布的督查检查评比考核事项共4项。")})))
    assert changes(plan) == []
    assert "第 1 项：1 处没有读入" in troubles(plan)[0]


def test_our_own_official_export_comes_back_as_it_is(world: World, ledger: Ledger) -> None:
    """The printed sentence of every entry and every number is understood exactly."""
    everybody = [world.user(Role.SECTION_CLERK, place=place, key=place) for place in ("section",)]
    filled(row_of(ledger, 8), clerk(world))
    filled(row_of(ledger, 10), clerk(world), value=0)
    save_row(row=row_of(ledger, 8), by=everybody[0], blanks={"I8b": BlankInput(-4, "多了")})
    content = official_export.render(Ledger.objects.get(pk=ledger.pk), "xlsx", dates.today())
    plan = plan_of(world, content)
    assert (changes(plan), troubles(plan)) == ([], [])
    entries = list(row_of(ledger, 8).entries.all())
    for entry in entries:
        entry.delete()
    plan = plan_of(world, content)
    assert [after for _row, _column, after in changes(plan)] == [entry_words(entry) for entry in entries]
    services.confirm(intake=uploaded(clerk(world), content), by=clerk(world))
    back = [as_input(entry, new=True) for entry in row_of(ledger, 8).entries.all()]
    assert back == [as_input(entry, new=True) for entry in entries]


def blank(code: str, unit: str = "项", *, kind: str = BlankKind.INTEGER, compares: str = "") -> BlankValue:
    return BlankValue(code=code, name=code, unit=unit, kind=kind, compares=compares)


TWO = "本年度各类“进校园”活动数量{I8a}项，较上年度减少{I8b}项。"


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("本年度各类“进校园”活动数量18项，较上年度减少3项。", (18, 3)),
        ("本年度各类“进校园”活动数量 __18__ 项，较上年度减少 ＿＿３＿＿ 项", (18, 3)),
        ("本年度各类进校园活动数量1,200项，较上年度减少 / 项", (1200, None)),
        ("本年度各类“进校园”活动数量____项，较上年度减少____项。", (None, None)),
        ("本年度各类“进校园”活动数量0项，较上年度减少无项。", (0, None)),
        ("本年度各类“进校园”活动数量18项，较上年度增加 4 项。", (18, -4)),
    ],
)
def test_sentences(written: str, found: tuple[int | None, int | None]) -> None:
    blanks = [blank("I8a"), blank("I8b", compares="I8a")]
    got = sentences.find(TWO, blanks, written)
    assert (got["I8a"].value, got["I8b"].value) == found
    assert not any(each.trouble for each in got.values())


@pytest.mark.parametrize(
    "written",
    [
        "本年度各类“进校园”活动数量十八项，较上年度减少3项。",
        "本年度各类“进校园”活动数量约18项，较上年度减少3项。",
        "本年度各类“进校园”活动数量18.5项，较上年度减少3项。",
        "活动18项，减少3项",
        "18、3",
    ],
)
def test_sentences_that_are_not_understood(written: str) -> None:
    got = sentences.find(TWO, [blank("I8a"), blank("I8b", compares="I8a")], written)
    assert got["I8a"].trouble
    assert got["I8a"].value is None


def test_a_text_blank() -> None:
    one = [blank("I6", "", kind=BlankKind.TEXT)]
    sentence = "本年主要承担的城市创优评先任务名称{I6}。"
    assert sentences.find(sentence, one, "本年主要承担的城市创优评先任务名称 无 。")["I6"].value == "无"
    assert (
        sentences.find(sentence, one, "本年主要承担的城市创优评先任务名称：文明城区")["I6"].value
        == "文明城区"
    )
    assert sentences.find(sentence, one, "本年主要承担的城市创优评先任务名称/")["I6"].value is None


@given(st.integers(0, 9_999_999), st.integers(0, 9_999_999), st.sampled_from(["", " ", "　", "__"]))
def test_any_two_numbers_in_their_sentence(first: int, second: int, space: str) -> None:
    written = TWO.replace("{I8a}", f"{space}{first}{space}").replace("{I8b}", f"{space}{second}{space}")
    got = sentences.find(TWO, [blank("I8a"), blank("I8b", compares="I8a")], written)
    assert (got["I8a"].value, got["I8b"].value) == (first, second)


words = st.text(st.sampled_from("减负消防宣讲，统筹。项12 人占%、"), max_size=20).map(str.strip)


@given(
    st.text(st.sampled_from("减负消防宣讲统筹项人"), min_size=1, max_size=12),
    st.none() | st.decimals(0, 9999, places=1),
    st.sampled_from(["", "项", "人次"]),
    st.none() | st.integers(0, 100).map(Decimal),
    words,
)
def test_a_printed_entry_prints_the_same_again(
    name: str, quantity: Decimal | None, unit: str, ratio: Decimal | None, outcome: str
) -> None:
    """However it is cut into parts, not a word is lost or added."""
    printed = entry_words(
        EntryInput("held", name, quantity, unit if quantity is not None else "", ratio, outcome)
    )
    (found,) = lines.entries(printed.replace("\n", " "))
    assert (
        entry_words(found).rstrip("。") == printed.rstrip("。") or f"{found.name}{found.outcome}" == printed
    )


def test_a_long_line_loses_nothing() -> None:
    line = "统筹社会事务进校园，" * 40 + "完"
    (found,) = lines.entries(line)
    assert found.name + found.outcome == line
    assert len(found.name) <= 200
    assert found.name.endswith("，")
