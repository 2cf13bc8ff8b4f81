"""What an official document says, as plain values, before a file format is chosen.

Both writers print from here, so PDF and Word differ in nothing but their paper. Marks of headings (一、（一）
1.（1）), numbers of annexes, the form of 文号 and dates are made here, once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from jianfu.kernel.dates import chinese_date
from jianfu.kernel.document_numbers import read_document_number

from .text import chinese_number, line

# A day that the hand which signs writes.
OPEN_DAY = "\u3000\u3000\u3000年\u3000\u3000月\u3000\u3000日"
SHORT_FACT, SHORT_LABEL = 18, 7


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body; `level` 1 to 4 makes it a heading, which gets its mark by counting."""

    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A plain table whose head is repeated on every page. `shares` are relative widths of the columns."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[float, ...] = ()
    caption: str = ""

    @property
    def widths(self) -> tuple[float, ...]:
        """Parts of one for each column."""
        shares = self.shares or (1.0,) * len(self.heads)
        return tuple(share / sum(shares) for share in shares)


FactLine = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A box of a form for an opinion: what was said, and room to sign, to seal and to date."""

    title: str
    words: str = ""
    signer: str = "负责人签字"
    sealed: bool = True
    day: date | None = None

    @property
    def signature(self) -> str:
        """The line that is signed: 负责人签字：　　　（盖章）　　2026年7月1日."""
        seal = "（盖章）" if self.sealed else ""
        room = "\u3000" * 6
        day = chinese_date(self.day) if self.day else OPEN_DAY
        return f"{line(self.signer)}：{room}{seal}\u3000\u3000{day}"


@dataclass(frozen=True, slots=True)
class Form:
    """One bordered table of a form: lines of one or two facts (label, words), and boxes to sign."""

    rows: tuple[FactLine | Box, ...]


@dataclass(frozen=True, slots=True)
class QrBlock:
    """A QR code with its words on the right; without an address (``url`` empty) the words alone."""

    url: str
    words: tuple[str, ...]


Block = Paragraph | Table | Form | QrBlock


@dataclass(frozen=True, slots=True)
class Annex:
    """附件: named behind the body; printed on a page of its own when it has a body. ``wide``: on pages that
    lie on their side, for a table whose columns need it."""

    title: str
    body: tuple[Block, ...] = ()
    wide: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialDocument:
    """A whole document. What is left out is not printed.

    `issuer` is the red head as it shall read (…文件); without it the document is a form. `number` is printed
    with 〔〕 however it was typed; a red head without a number leaves its place open. `units` sign, the day
    stands below them; `dated` None leaves the day open. `remark` is 附注, in brackets under it. `copies` are
    抄送, `printed_by` and `printed_on` make the last line of 版记. `notes` stand small at the very end.
    """

    title: str
    body: tuple[Block, ...] = ()
    issuer: str = ""
    number: str = ""
    signer: str = ""
    recipient: str = ""
    annexes: tuple[Annex, ...] = ()
    units: tuple[str, ...] = ()
    dated: date | None = None
    year: int = 0  # of a number still to be given; that of the day where there is one
    remark: str = ""
    copies: tuple[str, ...] = ()
    printed_by: str = ""
    printed_on: date | None = None
    notes: tuple[str, ...] = ()

    @property
    def number_line(self) -> str:
        """发文字号; the place of one still to be given; "" where a document has none."""
        written = read_document_number(line(self.number)).text
        if not self.issuer:
            return written if "〔" in written or not written else f"编号：{written}"
        if written:
            return written
        year = self.dated.year if self.dated else self.year or "\u3000\u3000"
        return f"\u3000\u3000\u3000\u3000〔{year}〕\u3000\u3000号"

    @property
    def recipient_line(self) -> str:
        return f"{line(self.recipient).rstrip('：:')}：" if line(self.recipient) else ""

    @property
    def remark_line(self) -> str:
        return f"（{line(self.remark)}）" if line(self.remark) else ""

    @property
    def day_line(self) -> str:
        return chinese_date(self.dated) if self.dated else OPEN_DAY

    @property
    def author(self) -> str:
        return line(self.issuer or "、".join(self.units))

    @property
    def annex_names(self) -> tuple[str, ...]:
        """What the list behind the body reads: 附件：1. 名称. A single one has no number."""
        titles = [line(annex.title) for annex in self.annexes]
        if len(titles) < 2:
            return tuple(titles)
        return tuple(f"{place}. {title}" for place, title in enumerate(titles, 1))

    @property
    def imprint(self) -> tuple[tuple[str, str], ...]:
        """版记: lines of left and right words."""
        copies = "，".join(line(each) for each in self.copies if line(each))
        printed = f"{chinese_date(self.printed_on)}印发" if self.printed_on else ""
        lines = [(f"抄送：{copies}。", "")] if copies else []
        return (*lines, (line(self.printed_by), printed)) if self.printed_by or printed else tuple(lines)

    @property
    def printed_annexes(self) -> tuple[tuple[str, Annex], ...]:
        """The annexes that follow on pages of their own, with their mark: 附件, or 附件1."""
        single = len(self.annexes) == 1
        return tuple(
            ("附件" if single else f"附件{place}", annex)
            for place, annex in enumerate(self.annexes, 1)
            if annex.body
        )


_MARKS = (
    lambda count: f"{chinese_number(count)}、",
    lambda count: f"（{chinese_number(count)}）",
    lambda count: f"{count}.",
    lambda count: f"（{count}）",
)


def marked(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks with the marks of their headings written out; a heading begins the count of those below."""
    counts = [0] * len(_MARKS)
    for block in blocks:
        if not isinstance(block, Paragraph) or not block.level:
            yield block
            continue
        place = min(block.level, len(_MARKS)) - 1
        counts[place] += 1
        counts[place + 1 :] = [0] * (len(_MARKS) - place - 1)
        yield Paragraph(_MARKS[place](counts[place]) + line(block.text), place + 1)


def fact_lines(facts: Iterable[tuple[str, str]]) -> tuple[FactLine, ...]:
    """Facts as lines of a form: two short ones share a line, a long one has a line of its own."""
    lines: list[FactLine] = []
    waiting: tuple[str, str] | None = None
    for label, words in facts:
        if len(words) > SHORT_FACT or "\n" in words or len(label) > SHORT_LABEL:
            lines += [(waiting,)] if waiting else []
            lines.append(((label, words),))
            waiting = None
        elif waiting:
            lines.append((waiting, (label, words)))
            waiting = None
        else:
            waiting = (label, words)
    return (*lines, (waiting,)) if waiting else tuple(lines)
