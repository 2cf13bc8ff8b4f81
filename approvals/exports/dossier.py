"""全套材料: one archive with all that belongs to an application, as far as the person may have it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils import timezone

from approvals.progress import registered
from approvals.states import State
from jianfu.kernel import dates
from jianfu.kernel.documents import archive
from jianfu.kernel.documents.official import Form, OfficialDocument, Table, fact_lines, render_pdf
from jianfu.kernel.documents.register import RegisterColumn, render_table

from .case import Case
from .documents import document_of, papers
from .wording import day

FOLDER = "附件"
_TRAIL = (
    RegisterColumn("序号", 10, centred=True),
    RegisterColumn("环节", 24),
    RegisterColumn("办理", 28),
    RegisterColumn("办理人", 22),
    RegisterColumn("单位", 34),
    RegisterColumn("报送次数", 14, centred=True),
    RegisterColumn("收到日期", 24),
    RegisterColumn("办完日期", 24),
    RegisterColumn("工作日", 12, centred=True),
    RegisterColumn("意见", 60),
    RegisterColumn("登记内容", 44),
)


@dataclass(frozen=True)
class Line:
    """One file of the dossier as the list of contents names it; a missing one has no ``part``."""

    name: str
    about: str
    part: archive.Part | None


def dossier(case: Case) -> list[archive.Part]:
    """The list of contents first, then every file; each is made when its turn comes."""
    lines = [*_written(case), *_attached(case)]
    made = dates.now()
    contents = archive.Part(
        "00 目录.pdf", lambda: render_pdf(_contents(case, lines)), timezone.localtime(made)
    )
    return [contents, *(line.part for line in lines if line.part)]


def dossier_name(case: Case) -> str:
    return archive.safe_name(f"{case.application.number} {case.title[:40]} 全套材料.zip")


def _written(case: Case) -> Iterator[Line]:
    """What the house writes itself, in the order of the road."""
    now = timezone.localtime(dates.now())
    made: list[tuple[str, Any]] = [
        (f"{paper.label}.pdf", partial(_drawn, case, paper)) for paper in papers(case)
    ]
    made.append(("办理记录.xlsx", partial(_trail, case)))
    for place, (name, content) in enumerate(made, 1):
        full = f"{place:02d} {name}"
        yield Line(full, name.partition(".")[0], archive.Part(full, content, now))


def _drawn(case: Case, paper: Any) -> bytes:
    return render_pdf(document_of(case, paper))


def _attached(case: Case) -> Iterator[Line]:
    """The files as they were handed in, under their own names; one lost from the store is named as lost."""
    rows = list(case.application.attachments.in_use())
    names = archive.distinct(archive.safe_name(row.name, FOLDER) for row in rows)
    for name, row in zip(names, rows, strict=True):
        about = f"{row.get_kind_display()}，{dates.chinese_date(day(row.uploaded_at))}上传"
        if row.file.storage.exists(row.file.name):
            at = timezone.localtime(row.uploaded_at)
            yield Line(name, about, archive.Part(name, partial(row.file.storage.open, row.file.name), at))
        else:
            yield Line(name, f"{about}，存放处找不到这个文件", None)


def _contents(case: Case, lines: list[Line]) -> OfficialDocument:
    application = case.application
    facts = [
        ("事项名称", case.title),
        ("申报单位", application.organisation.name),
        ("类型", application.get_road_display()),
        ("现在的环节", application.get_state_display()),
    ]
    rows = tuple((str(place), line.name, line.about) for place, line in enumerate(lines, 1))
    made = f"{dates.chinese_date(dates.today())}由{case.by.person.name}导出。"
    return OfficialDocument(
        title="申请材料目录",
        number=application.number or "",
        body=(Form(fact_lines(facts)), Table(("序号", "文件", "说明"), rows, (1, 5, 5))),
        notes=(made,),
    )


def _trail(case: Case) -> bytes:
    rows = (_step(case, place, step) for place, step in enumerate(case.told, 1))
    title = f"{case.application.number}办理记录"
    return render_table(title, _TRAIL, rows, made_on=dates.today(), name="办理记录")


def _step(case: Case, place: int, step: Any) -> tuple[Any, ...]:
    received, done = day(step.entered_at), day(step.at)
    return (
        place,
        State(step.source).label,
        step.label,
        step.who,
        step.organisation_name,
        step.content_version,
        received,
        done,
        case.calendar.between(received, done),
        step.note,
        registered(step),
    )
