"""Names of natural people for readers who have no need to know them."""

from __future__ import annotations

HIDDEN = "＊＊"

# 复姓 in use; a rarer one is shown by its first character, which tells less, not more.
_COMPOUND = (
    "欧阳、上官、皇甫、司马、司徒、司空、诸葛、端木、东方、慕容、令狐、独孤、尉迟、长孙、宇文、公孙、轩辕、申屠、澹台、公冶、"
    "钟离、闻人、东郭、南宫、西门、百里、呼延、夏侯、赫连、太史、淳于、濮阳、闾丘、第五、完颜、拓跋、耶律、纳兰、万俟、左丘、"
    "公羊、谷梁、乐正、仲孙、亓官、鲜于、巫马、南郭、梁丘、东野、哥舒、宗政、单于、公西、漆雕、壤驷、即墨、叶赫、爱新、那拉"
)
COMPOUND_SURNAMES = frozenset(_COMPOUND.split("、"))


def surname(name: str) -> str:
    """The surname, which is never the whole name: 欧阳娜 is 欧阳, 王伟 is 王, 马 has none to show.

    Names written with a dot (买买提·吐尔逊) or in other letters have no surname in this sense: their first
    character stands for it.
    """
    bare = "".join(name.split())
    if len(bare) < 2:
        return ""
    return bare[:2] if len(bare) > 2 and bare[:2] in COMPOUND_SURNAMES else bare[0]


def mask_name(name: str) -> str:
    """The surname and always two stars, so that not even the length of the name is told: 王＊＊.

    Masking a masked name changes nothing. An empty name stays empty.
    """
    bare = "".join(name.split())
    if not bare or bare.endswith(HIDDEN):
        return bare
    return f"{surname(bare)}{HIDDEN}"
