from datetime import date

import pytest

from jianfu.kernel.documents.official import Annex, Box, OfficialDocument, Paragraph, fact_lines
from jianfu.kernel.documents.official.content import marked
from jianfu.kernel.documents.official.geometry import signature_indents
from jianfu.kernel.documents.official.text import chinese_number, ems, line, lines, title_lines


def words_of(*levels: int) -> list[str]:
    return [block.text for block in marked([Paragraph("字", level) for level in levels])]


def test_headings_are_marked_by_counting_and_begin_again_under_the_next() -> None:
    assert words_of(1, 2, 2, 3, 4, 4, 0, 1, 2, 3) == [
        *("一、字", "（一）字", "（二）字", "1.字", "（1）字", "（2）字", "字", "二、字", "（一）字", "1.字")
    ]


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (99, "九十九"),
        (100, "100"),
        (0, "0"),
    ],
)
def test_counts_in_chinese(count: int, words: str) -> None:
    assert chinese_number(count) == words


def test_a_number_is_printed_in_the_official_form() -> None:
    assert OfficialDocument(title="", number="云教委复[2026]第03号").number_line == "云教委复〔2026〕3号"
    assert OfficialDocument(title="").number_line == ""


def test_a_red_head_without_a_number_leaves_its_place_open_in_the_year_of_the_document() -> None:
    document = OfficialDocument(title="", issuer="云岭区教育委员会文件", dated=date(2026, 7, 1))
    assert document.number_line.strip("\u3000") == "〔2026〕\u3000\u3000号"


def test_dates_have_no_leading_zeros_and_an_open_day_is_left_to_the_hand() -> None:
    assert OfficialDocument(title="", dated=date(2026, 7, 1)).day_line == "2026年7月1日"
    assert line(OfficialDocument(title="").day_line).replace("\u3000", "") == "年月日"
    assert Box(title="", day=date(2026, 7, 1)).signature.endswith("（盖章）\u3000\u30002026年7月1日")
    assert "盖章" not in Box(title="", sealed=False).signature


def test_the_recipient_has_one_colon() -> None:
    assert OfficialDocument(title="", recipient="各学校：").recipient_line == "各学校："
    assert OfficialDocument(title="", recipient=" ").recipient_line == ""


def test_a_single_annex_has_no_number() -> None:
    one = OfficialDocument(title="", annexes=(Annex("方案", (Paragraph("字"),)),))
    assert (one.annex_names, [mark for mark, _ in one.printed_annexes]) == (("方案",), ["附件"])
    two = OfficialDocument(title="", annexes=(Annex("甲"), Annex("乙", (Paragraph("字"),))))
    assert (two.annex_names, [mark for mark, _ in two.printed_annexes]) == (("1. 甲", "2. 乙"), ["附件2"])


def test_the_imprint_says_only_what_is_known() -> None:
    assert OfficialDocument(title="").imprint == ()
    assert OfficialDocument(title="", copies=("甲", "", "乙")).imprint == (("抄送：甲，乙。", ""),)
    printed = OfficialDocument(title="", printed_by="办公室", printed_on=date(2026, 7, 1))
    assert printed.imprint == (("办公室", "2026年7月1日印发"),)


def test_short_facts_share_a_line_and_long_ones_do_not() -> None:
    a, b, c = ("编号", "1"), ("单位", "区消防救援支队"), ("内容", "字" * 19)
    assert fact_lines([a, b]) == ((a, b),)
    assert fact_lines([a, c, b]) == ((a,), (c,), (b,))
    assert fact_lines([("内容", "字" * 18), b]) == ((("内容", "字" * 18), b),)
    assert fact_lines([a, ("说明", "一\n二")]) == ((a,), (("说明", "一\n二"),))


@pytest.mark.parametrize(
    ("title", "broken"),
    [
        ("专家论证意见表", ("专家论证意见表",)),
        (
            "云岭区教育委员会关于同意开展“消防安全应急疏散演练”进校园活动的批复",
            ("云岭区教育委员会关于同意", "开展“消防安全应急疏散演练”", "进校园活动的批复"),
        ),
        (
            "关于退回“禁毒知识宣讲”进校园活动申请并予以补正的通知",
            ("关于退回“禁毒知识宣讲”", "进校园活动申请并予以补正的通知"),
        ),
        (
            "中共云岭区委教育工作领导小组关于公布云岭区2026年社会事务进校园白名单的公告",
            ("中共云岭区委教育工作领导小组", "关于公布云岭区2026年", "社会事务进校园白名单的公告"),
        ),
    ],
)
def test_a_title_falls_into_even_lines_and_no_word_is_cut(title: str, broken: tuple[str, ...]) -> None:
    assert title_lines(title, 19) == broken


def test_no_line_of_a_title_begins_with_a_closing_mark_or_is_too_wide() -> None:
    title = "关于印发《云岭区中小学教师减负工作任务台账（2026年版）》、《社会事务进校园白名单》的通知"
    broken = title_lines(title, 19)
    assert "".join(broken) == title
    assert all(ems(part) <= 19 for part in broken)
    assert not any(part[0] in "》）、的" or part[-1] in "《（" for part in broken)


@pytest.mark.parametrize("title", ["字" * 500, "a" * 60, "）" * 45, "", "《" * 30])
def test_any_title_is_broken_somewhere(title: str) -> None:
    assert "".join(title_lines(title, 19)) == title


def test_the_unit_stands_centred_over_the_day_which_keeps_four_characters() -> None:
    units, day = signature_indents((8.0, 4.0), 6.0)
    assert day == 4.0
    assert units == (3.0, 5.0)
    assert signature_indents((20.0,), 6.0) == ((0.0,), 7.0)


def test_text_becomes_lines_without_what_cannot_be_printed() -> None:
    assert line(" 一\r\n\u200b二\t三 ") == "一 二 三"
    assert lines("一\n\n\x00\n 二 \r三") == ["一", "二", "三"]
