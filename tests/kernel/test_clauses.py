import pytest

from jianfu.kernel.clauses import SHORT_NAMES, unnamed, worded
from jianfu.kernel.decisions import refuse


@pytest.mark.parametrize(
    ("brief", "words"),
    [
        ("004 四（三）", "合川区行动方案四（三）"),
        ("000 r13", "武隆区减负台账第13项"),
        ("001-7", "大武口区实施方案第7条"),
        ("000 r13，001-7", "武隆区减负台账第13项，大武口区实施方案第7条"),
        ("003 第9条、004 三（一）", "黑龙江减负工作清单第9条、合川区行动方案三（一）"),
        ("白名单（000 r8）", "白名单（武隆区减负台账第8项）"),
        (
            "004 四（三）；上限 教师厅〔2025〕2号，待核实",
            "合川区行动方案四（三）；上限 教师厅〔2025〕2号，待核实",
        ),
    ],
)
def test_a_clause_carries_the_name_of_its_document(brief, words):
    assert worded(brief) == words


@pytest.mark.parametrize("text", ["共 2000 项", "第1004 号", "000000", "JXY20260004 消防", ""])
def test_other_numbers_stay(text):
    assert worded(text) == text


def test_a_refusal_names_it():
    assert str(refuse("提前 13 天", "R-CAM-03", "004 四（三）").refusals[0]) == (
        "提前 13 天（R-CAM-03，合川区行动方案四（三））"
    )


def test_every_document_has_a_name():
    assert sorted(SHORT_NAMES) == ["000", "001", "002", "003", "004"]


def test_beside_the_document_only_the_place_is_said():
    assert unnamed("004 四（三）") == "四（三）"
    assert unnamed("000 r13，001-7") == "第13项，第7条"
    assert unnamed("第1项") == "第1项"
