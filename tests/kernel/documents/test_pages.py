"""How a form falls onto pages, without drawing any."""

from jianfu.kernel.documents.form import FormGroup, FormRow
from jianfu.kernel.documents.pages import MergedCell, cuts, lines_of, merged
from tests.kernel.documents.samples import DONE, form


def row(number: str, *paragraphs: str) -> FormRow:
    return FormRow(number=number, task="任务", implementation=paragraphs)


def test_a_merged_cell_spans_its_group() -> None:
    assert merged("aaabb", frozenset()) == [
        MergedCell(3, continued=False),
        None,
        None,
        MergedCell(2, continued=False),
        None,
    ]


def test_a_merged_cell_is_cut_where_a_page_begins_inside_it() -> None:
    assert merged("aaabb", frozenset({2, 3})) == [
        MergedCell(2, continued=False),
        None,
        MergedCell(1, continued=True),
        MergedCell(2, continued=False),
        None,
    ]


def test_only_a_page_beginning_inside_a_group_is_a_cut() -> None:
    lines = lines_of(form())
    assert cuts(lines, frozenset({0, 3, 9, 12})) == frozenset()
    assert cuts(lines, frozenset({3, 4, 13})) == {4, 13}


def test_an_ordinary_row_is_one_line_even_when_it_is_long() -> None:
    assert [line.row.number for line in lines_of(form(done=(DONE,) * 5))] == [str(n) for n in range(1, 15)]


def test_a_row_higher_than_a_page_is_divided_and_loses_nothing() -> None:
    words = tuple(f"{place}．{DONE}" for place in range(30))
    lines = lines_of(form(groups=(FormGroup("事项", (row("1", *words), row("2"))),)))
    assert len(lines) == 31
    assert [line.pieces for line in lines] == [*({"implementation": text} for text in words), {}]
    assert [(line.first, line.last) for line in (lines[0], lines[1], lines[29], lines[30])] == [
        (True, False),
        (False, False),
        (False, True),
        (True, True),
    ]
    assert {line.row_place for line in lines[:30]} == {0}


def test_a_paragraph_longer_than_a_page_is_cut_behind_sentences_or_anywhere() -> None:
    for text in ("减负。" * 2_000, "字" * 6_000):
        lines = lines_of(form(groups=(FormGroup("事项", (row("1", text),)),)))
        pieces = [line.pieces["implementation"] for line in lines]
        assert "".join(pieces) == text
        assert max(map(len, pieces)) < 300


def test_every_column_but_the_merged_subject_can_be_divided() -> None:
    long = "字" * 1_500
    both = FormRow(number="1", task=long, requirement=long[:1_000])
    lines = lines_of(form(groups=(FormGroup("事项", (both,)),)))
    assert "".join(line.pieces["task"] for line in lines) == both.task
    assert "".join(line.pieces["requirement"] for line in lines) == both.requirement
    assert all(set(line.pieces) == {"task", "requirement"} for line in lines)
