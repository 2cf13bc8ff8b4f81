"""清理结果 as an official document: the numbers in its text, every item with its basis in an annex (R117)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from jianfu.kernel.dates import chinese_date
from jianfu.kernel.documents.official import Annex, OfficialDocument, Paragraph, Table
from ledger.selectors.clean_up import CleanedUp

_HEADS = ("清单", "年初", "保留", "合并", "取消", "新增", "现有")
_SHARES = (3.2, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0)
_LISTED = ("序号", "名称", "单位", "处置", "处置日期", "依据")
_LISTED_SHARES = (1.0, 3.1, 2.2, 1.3, 2.3, 3.6)


def title_of(year: int) -> str:
    return f"关于{year}年中小学教师减负清理结果的报告"


def clean_up_report(
    cleaned: Sequence[CleanedUp], *, year: int, district: str, bureau: str, recipient: str, on: date
) -> OfficialDocument:
    """To be approved by 同级党委 and filed (002 四(二)); the day stays open until it is signed."""
    known = [each for each in cleaned if each.line.held]
    return OfficialDocument(
        title=title_of(year),
        recipient=recipient,
        year=year,
        body=tuple(_body(known, year, district, on)),
        annexes=tuple(_annex(each) for each in known),
        units=(bureau,),
        notes=(f"数字由减负清单得出，截至{chinese_date(on)}；“年初”等于保留、合并、取消三项之和。",),
    )


def _body(known: Sequence[CleanedUp], year: int, district: str, on: date) -> Iterator[Paragraph | Table]:
    if not known:
        yield Paragraph(f"{district}{year}年的减负清单里还没有登记事项。")
        return
    labels = "、".join(each.register.label.removesuffix("清单") for each in known)
    yield Paragraph(
        f"按照减轻中小学教师负担工作要求，{district}对{labels}逐项清理，提出保留、合并、取消的意见。"
        f"现将截至{chinese_date(on)}的清理结果报告如下。"
    )
    yield Paragraph("清理情况", 1)
    yield Table(_HEADS, tuple(_numbers(each) for each in known), _SHARES)
    for each in known:
        yield Paragraph(each.register.label, 2)
        yield Paragraph(_told(each))
    yield Paragraph("后续工作", 1)
    yield Paragraph(_next(known))
    yield Paragraph("清理的每一项及其依据见附件。以上报告，请审批。")


def _numbers(each: CleanedUp) -> tuple[str, ...]:
    line = each.line
    numbers = (line.before, line.kept, line.merged, line.cancelled, line.added, line.after)
    return (f"{each.register.label}（{each.register.measure}）", *map(str, numbers))


def in_words(each: CleanedUp) -> str:
    """年初 19 张，保留 14 张（其中 1 张待提出意见），合并 1 张，现有 14 张; nothing that is 0."""
    line, measure = each.line, each.register.measure
    kept = f"保留 {line.kept} {measure}"
    kept += f"（其中 {line.waiting} {measure}待提出意见）" if line.waiting else ""
    parts = (
        (line.before, f"年初 {line.before} {measure}"),
        (line.kept, kept),
        (line.merged, f"合并 {line.merged} {measure}"),
        (line.cancelled, f"取消 {line.cancelled} {measure}"),
        (line.added, f"新增 {line.added} {measure}"),
        (line.passing, f"年内新增并停止 {line.passing} {measure}"),
    )
    return "，".join([*(words for number, words in parts if number), f"现有 {line.after} {measure}"])


def _told(each: CleanedUp) -> str:
    line, measure = each.line, each.register.measure
    if not line.before:
        return f"{in_words(each)}。"
    less = line.before - line.after
    change = f"减少 {less} {measure}" if less > 0 else f"增加 {-less} {measure}" if less else "持平"
    return f"{in_words(each)}，比年初{change}。"


def _next(known: Sequence[CleanedUp]) -> str:
    waiting = [
        f"{each.register.label} {each.line.waiting} {each.register.measure}"
        for each in known
        if each.line.waiting
    ]
    if waiting:
        return f"还有{'、'.join(waiting)}没有提出处置意见，提出后补报。"
    return "年初在册的事项都已提出处置意见。新增事项须经审批并登入清单，未登入清单的学校有权拒绝。"


def _annex(each: CleanedUp) -> Annex:
    rows = tuple(
        (
            str(number),
            item.name,
            item.unit,
            item.verdict,
            chinese_date(item.decided_on) if item.decided_on else "",
            item.basis,
        )
        for number, item in enumerate(each.outcomes, start=1)
    )
    title = f"{each.register.label}清理结果（{len(rows)} {each.register.measure}）"
    return Annex(title, (Table(_LISTED, rows, _LISTED_SHARES),))
