"""Finding words in a text that a person wrote, and telling 打卡 from 不要求打卡.

Chinese puts the denial before what it denies and lets it hold through an enumeration (不得要求打卡、接龙、
拍照) to the end of the clause. Two denials in a row affirm (不得不打卡, 不得拒绝拍照). What a person denies
is not found; what is written inside 《…》 is the name of a paper and is not found either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jianfu.kernel.policy import Mark


def _one_of(*words: str) -> str:
    """A group of words, given as lines parted by blanks; the longest are tried first."""
    single = sorted({word for line in words for word in line.split()}, key=len, reverse=True)
    return f"(?:{'|'.join(single)})"


# Denies everything to the end of its clause.
_VERBS = _one_of(
    "得 准 许 能 可 应 该 宜 要 再 搞 用 需 须 必 设 会 将 让 以 作 做 提 向 对 把",
    "在(?!校|家|岗|班) 布置 组织 安排 开展",
    "强制 强迫 强求 硬性 涉及 涉嫌 包含 包括 含 通过 采用 采取 使用 利用 借助 依赖 进行 另行",
    "额外 主张 鼓励 下达 下发",
    "统计 考核 通报 排名 评比 追求 看 比(?!如) 计(?!划)",
    "要求 需要 单独 统一 允许 支持 存在 参加 参与 收取 举办 带有 夹带 附加 接受 承担",
)
_BROAD = _one_of(
    f"不{_VERBS} 无需 无须 毋须 毋需 无任何 无强制 没有任何 没有强制 并非 绝非 决不 绝不 从不",
    "均不 都不 也不 一律不",
    "未要求 未设 未安排 未组织 未采用 未使用 (?<!不)禁止 严禁 谢绝 杜绝 避免 防止 防范 警惕",
    "冒充 识别 识破 揭露 取消 停止 叫停 废止 拒绝",
    "反对 抵制 克服 遏制 摒弃 破除 纠正 整治 告别 减少 免除 远离 免于",
)
# Denies only what stands right behind it.
_NARROW = (
    r"不(?!但|仅|光|只|论|管|同|断|少|定|低|超|限|错|妨|时|久|过|良|足|便|一)收?"
    r"|未(?!来|成年|经)|无(?!论|故|偿)|没有|没|勿|莫|免"
)
# Between two denials that belong together: 不得(无故)不…, 不能(随意)取消….
_ADVERBS = _one_of("无故 擅自 随意 随便 任意 轻易 因故 以任何理由 出现 有 要求 让") + "?"
# What only compares or hurries: 不得少于3次, 不得迟于周五. Not a denial of what follows.
_COMPARES = re.compile(
    _one_of("少于 低于 迟于 晚于 超过 早于 漏 缺 遗漏 耽误 拖延 忘记 敷衍 迟 缺席 放松 间断 遗忘")
)
# Ends the reach of a denial inside one clause.
_TURNS = _one_of(
    "但是 但 却 然而 而是 而应 而要 而须 而需 只需 仅需 只须 仅须 只要 改为 改用 改由 改成 换成",
    "代之以 并要求 并须 并需",
    "并要 并应 同时要求 同时须 还须 还需 还要 还应 另需 另须 方可 才能 才可 否则 前提下 情况下 基础上 的同时",
)
_TOKEN = re.compile(f"(?P<turn>{_TURNS})|(?P<broad>{_BROAD})|(?P<narrow>{_NARROW})")
_ENDS = re.compile(r"[。！？；;!?\n\r]")
_MEMORY = 160  # characters
_COMMA = re.compile(r"[，,]")
_JOINTS = re.compile(r"[，,、/和或及与]")
_LIST = re.compile(r"[、/和或及与跟]|以及|还是")
# What may stand in an enumeration of nothing but the words looked for.
_NOUNS = "等 各类 方式 形式 做法 要求 行为 活动 环节 任务 留痕 的"
_FILLING = re.compile(_one_of(_NOUNS, '任何 其他 一类 之类 类 [、/和或及与“”"（）()\u3000\x20]') + "*")
# Denied from behind: 拍照、打卡一律不作要求；打卡：否.
_AFTER = re.compile(
    _one_of(_NOUNS, '情况 现象 一律 均 都 全部 全 已经 已 应当 应予 应 坚决 予以 将 也 [、和或及与”"\x20]')
    + r"*(?:[:：（(] ?(?:否|无|不|没有)|"
    + _one_of(
        "不作(?!为) 不做 不再 不要求 不予 不搞 不需 不用 不强制 不存在 不设 不进行 不安排 不开展 不列入",
        "不得(?:出现|作为|要求|开展|使用|采用|进入|存在|搞) 取消 (?<!不)禁止 严禁 杜绝 停止 免除 叫停 废止",
    )
    + ")"
)
# 没有打卡的班级要说明, 不转发者扣分: what is denied of some is asked of all.
_YET_ASKED = re.compile(
    r"(?:活动|任务|要求)?(?:的(?!方式|形式|活动|前提|原则|情况下|做法|要求|，|。|、|$)|者|则|就|一律|将|不(?:行|可|算|得|予)"
    r"|的?[，,]?(?:扣|通报|取消评|追究|约谈|不予|视为|不算))"
)


@dataclass(frozen=True)
class Hit:
    """Words of a text: ``start`` and ``end`` are offsets into it."""

    start: int
    end: int
    words: str


def find(text: str, pattern: re.Pattern[str]) -> list[Hit]:
    """Every place of the pattern that the text asks for and does not deny."""
    titles = [match.span() for match in re.finditer(r"《[^》\n]*》", text)]
    return [
        Hit(match.start(), match.end(), match.group())
        for match in pattern.finditer(text)
        if not any(start <= match.start() < end for start, end in titles)
        and not denied(text, match.start(), match.end(), pattern)
    ]


def denied(text: str, start: int, end: int, pattern: re.Pattern[str]) -> bool:
    """Whether the words from ``start`` to ``end`` stand under a denial."""
    before, after = _clause(text, start), text[end : _end_of_clause(text, end)]
    reach = _reach(before, _COMMA.split(after)[0], pattern)
    if reach == "narrow" and _YET_ASKED.match(after):
        return False
    return bool(reach) or bool(_AFTER.match(_past_list(after, pattern)))


def _clause(text: str, start: int) -> str:
    """What stands before ``start`` in its sentence, as far back as a denial is still in the reader's mind."""
    return _ENDS.split(text[max(0, start - _MEMORY) : start])[-1]


def _end_of_clause(text: str, end: int) -> int:
    match = _ENDS.search(text, end)
    comma = _COMMA.search(text, end)
    stops = [m.start() for m in (match, comma) if m]
    # 不转发的，扣分: the comma belongs to it
    if comma and (not match or comma.start() < match.start()) and comma.start() - end <= 1:
        return match.start() if match else len(text)
    return min(stops, default=len(text))


def _reach(before: str, behind: str, pattern: re.Pattern[str]) -> str:
    """The kind of denial that still holds at the end of ``before``: broad, narrow or none."""
    state, last = "", 0
    for token in _TOKEN.finditer(before):
        between = before[last : token.start()]
        state = _next(state, token, between, pattern)
        last = token.end()
    if (
        state
        and _goes_on(state, before[last:], pattern)
        and _listed_on(state, before[last:], behind, pattern)
    ):
        return state
    return ""


def _next(state: str, token: re.Match[str], between: str, pattern: re.Pattern[str]) -> str:
    """The state behind one more token. A denial of a denial affirms."""
    if token.lastgroup == "turn" or _COMPARES.match(token.string, token.end()):
        return ""
    nested = state and re.fullmatch(_ADVERBS, between)
    return "" if nested else str(token.lastgroup)


def _goes_on(state: str, between: str, pattern: re.Pattern[str]) -> bool:
    """Whether a denial reaches over the words behind it: a narrow one only over an enumeration."""
    if state == "narrow":
        return _only_listed(between, pattern)
    return all(_only_listed(piece, pattern) for piece in _COMMA.split(between)[1:])


def _listed_on(state: str, between: str, behind: str, pattern: re.Pattern[str]) -> bool:
    """Reached through an enumeration, the words must themselves be no more than a part of it."""
    joints = _COMMA if state == "broad" else _JOINTS
    return not joints.search(between) or _only_listed(behind, pattern)


def _only_listed(piece: str, pattern: re.Pattern[str]) -> bool:
    """Nothing but the words looked for and what joins them."""
    return bool(_FILLING.fullmatch(pattern.sub("", piece)))


def _past_list(after: str, pattern: re.Pattern[str]) -> str:
    """``after`` behind the rest of the enumeration that the words stand in."""
    while True:
        joint = _LIST.match(after)
        following = pattern.match(after, joint.end()) if joint else None
        if following is None:
            return after
        after = after[following.end() :]


def marks(texts: Iterable[tuple[str, str]], pattern: re.Pattern[str]) -> Iterator[Mark]:
    """Where the pattern is asked for in the texts, given as (field, text)."""
    for field, text in texts:
        for hit in find(text, pattern):
            yield Mark(field, hit.start, hit.end, hit.words)


def spaced(*words: str) -> str:
    """A pattern for any of the words, also where somebody put blanks between the characters."""
    return "|".join(r"[ \u3000]?".join(re.escape(character) for character in word) for word in words)
