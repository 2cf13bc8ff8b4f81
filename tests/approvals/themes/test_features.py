"""Reading a title: the longest word, whole numbers, what stands in brackets, where the content decides."""

import json

import pytest

from approvals.themes import features, lexicon, likeness
from approvals.themes.features import Features
from approvals.themes.lexicon import PLACE, Lexicon, plain
from approvals.themes.likeness import reasons


def named(title, content=""):
    return set(features(title, content).named)


@pytest.mark.parametrize(
    ("title", "themes"),
    [
        ("消防安全应急疏散演练", {"fire"}),
        ("森林防火进校园", {"forest_fire"}),
        ("防范网络诈骗讲座", {"fraud"}),
        ("网络安全宣传周", {"netsafety"}),
        ("１１９消防宣传月", {"fire"}),
        ("12.4 宪法日", {"constitution"}),
        ("第2119号楼参观", set()),
        ("国庆阅兵观后感", {"patriotic", "defence"}),
        ("传统文化进校园（书法、戏曲）", {"heritage"}),
        ("开学第一课", set()),
    ],
)
def test_what_a_title_names(title, themes):
    assert named(title) == themes


def test_where_the_title_is_silent_the_content_speaks():
    assert named("开学第一课", "民警讲刷单和冒充客服的骗局。") == {"fraud"}
    assert named("消防安全宣讲", "民警讲刷单和冒充客服的骗局。") == {"fire"}


def test_several_of_a_group_are_the_group():
    assert "safety" not in features("交通、防溺水进校园").themes
    assert features("交通、防溺水、消防进校园").themes["safety"] > 0.5


def test_no_title_no_theme():
    assert features("", "").themes == {}
    assert likeness(features(""), features("")).score == 0


def test_as_data_and_back():
    found = features("云岭消防车体验（2026年3场）", "消防员到校讲解火灾逃生，指导一次疏散演练。")
    back = Features.from_json(json.dumps(found.as_data()))
    assert likeness(found, back).score == pytest.approx(1, abs=0.01)
    assert back.pairs == found.pairs
    assert "云岭" in found.pairs
    assert not any("2026" in pair for pair in found.pairs)


def test_the_same_text_under_other_titles():
    text = "由讲师到校用身边事例授课，学生分组完成任务，最后展示作品并各领一张提示单。"
    one, other = features("乡土风筝", text), features("古琴漫谈", text)
    found = likeness(one, other)
    assert found.near
    assert reasons(found, "乡土风筝", "古琴漫谈") == "活动内容大段相同"


def test_the_same_text_does_not_make_two_themes_one():
    text = "由讲师到校用身边事例授课，学生分组完成任务，最后展示作品并各领一张提示单。"
    assert not likeness(features("消防安全宣讲", text), features("税法宣讲", text)).near


def test_what_is_common_tells_little():
    one, other = features("白马风筝工坊"), features("白马古琴工坊")
    rare, common = {"白马": 0.1, "工坊": 0.1}, {}
    assert likeness(one, other, rare).score < likeness(one, other, common).score


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ("消防安全演练", "火场逃生体验", "主题相同：消防安全"),
        ("消防安全应急疏散演练", "119火灾逃生体验营", "主题相同：消防安全"),
        ("防震减灾课", "防灾减灾日活动", "主题相近：防震减灾、防灾减灾"),
        ("风筝工坊入门", "风筝工坊漫谈", "名称都有“风筝工坊”"),
    ],
)
def test_reasons(one, other, words):
    assert reasons(likeness(features(one), features(other)), one, other) == words


def test_the_lexicon_is_whole():
    words = lexicon()
    assert len(words.themes) >= 70
    for theme in words.themes.values():
        assert set(theme.near) <= set(words.themes), theme.key
        assert set(theme.taught) <= set(words.courses), theme.key
        assert not theme.group or words.themes[theme.group].broad, theme.key


def test_a_word_has_one_theme():
    data = json.loads(PLACE.read_text(encoding="utf-8"))
    seen = [plain(word) for row in data["themes"] for word in row["words"]]
    assert len(seen) == len(set(seen))
    assert not set(seen) & {plain(word) for word in data["fillers"]}


def test_a_theme_is_found_by_each_of_its_words():
    data = json.loads(PLACE.read_text(encoding="utf-8"))
    words = Lexicon(data)
    for row in data["themes"]:
        for word in row["words"]:
            assert [piece.theme for piece in words.pieces(plain(word))] == [row["key"]], word
