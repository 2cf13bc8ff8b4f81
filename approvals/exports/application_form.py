"""申报审批表 of every road: what was handed in, and a box for each who has to say something on its way."""

from __future__ import annotations

from typing import Any

from approvals.figures import INSPECTION_OFFICES
from approvals.progress import matrix, registered
from approvals.states import Road
from approvals.subject import EXEMPT_FORM
from jianfu.kernel.dates import chinese_date, today
from jianfu.kernel.documents.official import Box, Form, OfficialDocument, Table, fact_lines
from jianfu.kernel.policy import figure_value

from .case import Case
from .verification import qr_of
from .wording import day, decided_on, judge_of

_ACTIVITY = "社会事务进校园活动申报审批表"
_INSPECTION = "督查检查评比考核事项申报审批表"
TITLES = {
    Road.CAMPUS_ANNUAL: _ACTIVITY,
    Road.CAMPUS_SINGLE: f"{_ACTIVITY}（一事一审）",
    Road.CAMPUS_URGENT: f"{_ACTIVITY}（即时突发）",
    Road.CAMPUS_EXEMPT: EXEMPT_FORM,
    Road.INSPECTION_PLAN: f"{_INSPECTION}（年度计划）",
    Road.INSPECTION_SINGLE: f"{_INSPECTION}（一事一报）",
    Road.SURVEY: "面向学校和教师的统计调研审批表",
    Road.SECONDMENT: "借用教师审批表",
    Road.SECONDMENT_SHORT: "短期抽调教师审批表",
}
_NOTES = {
    Road.CAMPUS_EXEMPT: "免申报活动只作登记，学校凭公布的名单核对。",
    Road.INSPECTION_PLAN: "未列入清单的事项不得开展；超出本表内容的，学校有权拒绝。",
    Road.INSPECTION_SINGLE: "未列入清单的事项不得开展；超出本表内容的，学校有权拒绝。",
    Road.SURVEY: "只采集本表所列的数据项；超出的，学校和教师有权拒绝。",
    Road.SECONDMENT: "借用期满按期返岗；续借须重新审批。",
    Road.SECONDMENT_SHORT: "抽调结束后及时返岗。",
}
_HEAD, _CLERK = "负责人签字", "经办人签字"
_BUREAU = "区教委审核意见"
_CONSENT = ("区教委归口审核意见", ("consent", "consent_directly"), _HEAD)
_REVIEWED = (
    ("区教委初审意见", ("pass_review",), _HEAD),
    ("区委教育工作领导小组审批意见", ("approve",), _HEAD),
    ("备案", ("file",), _CLERK),
)
_ARGUED = (("专家论证意见", ("conclude",), "组长签字"), *_REVIEWED)

# Title of the box, the steps that fill it (the first that was taken), who signs.
Opinion = tuple[str, tuple[str, ...], str]
_FIXED: dict[str, tuple[Opinion, ...]] = {
    Road.CAMPUS_ANNUAL: _ARGUED,
    Road.CAMPUS_SINGLE: _ARGUED,
    Road.CAMPUS_URGENT: _REVIEWED,
    Road.CAMPUS_EXEMPT: (("领导小组办公室登记意见", ("register",), _CLERK),),
    Road.SURVEY: ((_BUREAU, ("agree", "answer_from_data"), _HEAD),),
    Road.SECONDMENT_SHORT: ((_BUREAU, ("agree",), _HEAD),),
}


def approval_form(case: Case) -> OfficialDocument:
    """The content last handed in, with what was decided on it as far as the person may read it."""
    application = case.application
    road = Road(application.road)
    boxes = [_own(case), *_boxes(case, road)]
    note = _NOTES.get(road, "学校凭本表核对活动内容，超出本表内容的有权拒绝。")
    return OfficialDocument(
        title=TITLES[road],
        number=application.number or "",
        body=(Form((*fact_lines(_facts(case)), *boxes)), *_panel(case), *qr_of(case)),
        notes=(f"第 {application.content_version} 次报送，{chinese_date(today())}打印。{note}",),
    )


def _facts(case: Case) -> list[tuple[str, str]]:
    """The form's items; how to fill one in is not said to who reads it."""
    return [(label.replace("（一行一项）", ""), words) for label, words in case.content.items()]


def _own(case: Case) -> Box:
    said = f"以上内容属实，并作出承诺。\n经办人：{case.application.handler.name}"
    return Box(title="申报单位意见", words=said, signer=_HEAD)


def _boxes(case: Case, road: Road) -> list[Box]:
    if road == Road.SECONDMENT:
        return _lending(case)
    taken = {**_steps_of_plan(case), **case.taken}
    opinions = _FIXED.get(road) or _inspected(case)
    return [_box(title, _first(taken, names), signer) for title, names, signer in opinions]


def _inspected(case: Case) -> tuple[Opinion, ...]:
    """党委办 and 政府办 have a box where the district lets them review."""
    application = case.application
    offices: tuple[Opinion, ...] = (
        ("党委办公室审核意见", ("party_review",), _HEAD),
        ("政府办公室审核意见", ("government_review",), _HEAD),
    )
    reviewed = figure_value(INSPECTION_OFFICES, application.district_id, decided_on(case))
    return (
        _CONSENT,
        *(offices if reviewed else ()),
        (f"{judge_of(case)}审批意见", ("approve_item", "approve_in_plan"), _HEAD),
        ("清单公布和备案", ("record", "record_in_plan"), _CLERK),
    )


def _steps_of_plan(case: Case) -> dict[str, Any]:
    """What the two offices said of the yearly plan, they said of each of its items; the last of each."""
    application = case.application
    if application.road != Road.INSPECTION_PLAN or "approve_in_plan" not in case.taken:
        return {}
    plan = application.inspection_plan
    rows = plan.steps.select_related("person", "on_behalf_of").order_by("at", "pk") if plan else ()
    return {step.transition: step for step in rows if step.transition in _OF_PLAN}


_OF_PLAN = frozenset({"party_review", "government_review"})


def _lending(case: Case) -> list[Box]:
    """The teacher's own consent stands on paper; the school registers its day (教师厅〔2025〕2号)."""
    agreed_on = case.application.particulars.teacher_agreed_on
    own = f"同意借用，{chinese_date(agreed_on)}书面同意。" if agreed_on else ""
    rows: list[tuple[str, str, str]] = [
        ("原学校意见", "school_agree", _HEAD),
        (_BUREAU, "agree", _HEAD),
        (f"{judge_of(case)}审批意见", "lend", _HEAD),
        ("返岗确认", "end", _HEAD),
    ]
    boxes = [_box(title, case.taken.get(name), signer) for title, name, signer in rows]
    teacher = Box(title="教师本人意见", words=own, signer="教师签字", sealed=False, day=agreed_on)
    return [teacher, *boxes]


def _first(taken: dict[str, Any], names: tuple[str, ...]) -> Any:
    return next((taken[name] for name in names if name in taken), None)


def _box(title: str, step: Any, signer: str) -> Box:
    if step is None:
        return Box(title=title, signer=signer)
    who = f"办理人：{step.organisation_name} {step.who}".strip()
    words = "\n".join(part for part in (step.note, registered(step), who) if part)
    return Box(title=title, words=words, signer=signer, day=day(step.at))


def _panel(case: Case) -> tuple[Table, ...]:
    """The experts' sheets side by side, for whom they are to be seen."""
    found = matrix(case.sheets)
    if not found["given"]:
        return ()
    heads = ("论证要点", *(expert["name"] for expert in found["experts"]))
    rows = [_row(row) for row in found["rows"] if row["label"] != "意见"]
    rows.append(("结论", *(str(word or "未提交") for word in found["conclusion"])))
    return (Table(heads, tuple(rows), caption=f"附：专家论证意见（{found['given']} 份）"),)


def _row(row: dict[str, Any]) -> tuple[str, ...]:
    return (row["label"], *(cell if cell == "—" else str(cell[0]) for cell in row["cells"]))
