"""The dated figures that approvals judge by. A district may set its own (``PolicyValue``)."""

from datetime import date

from jianfu.kernel.policy import Figure, declare

from .states import PlanState, State

_HECHUAN = "合川区规范社会事务进校园为中小学教师减负专项整治行动方案"
_OWN = "来源文件未规定，平台建议值"
_SINCE = date(2019, 12, 15)  # the day of 厅字〔2019〕54号, from which all five sources descend

QUORUM = declare(Figure("CAM-QUORUM", "专家论证最少有效意见数", 3, "份", _OWN, _HECHUAN, _SINCE))


LINK_HOURS = declare(Figure("CAM-LINK-HOURS", "专家链接有效时间", 72, "小时", _OWN, _HECHUAN, _SINCE))


def _limit(code: str, title: str, days: int) -> Figure:
    return declare(Figure(f"CAM-DAYS-{code}", f"{title}时限", days, "工作日", _OWN, _HECHUAN, _SINCE))


_CONSENT = _limit("CONSENT", "区教委归口审核", 5)
_OFFICES = _limit("OFFICES", "党委办、政府办审核", 10)

STEP_LIMITS = {
    State.SUBMITTED: _limit("APPRAISAL", "专家论证", 5),
    State.APPRAISED: _limit("REVIEW", "区教委初审", 5),
    State.REVIEWED: _limit("APPROVAL", "领导小组审批", 10),
    State.APPROVED: _limit("FILING", "备案", 5),
    State.FILED: _limit("PUBLICATION", "公布", 5),
    State.RETURNED: _limit("MENDING", "补正", 10),
    State.REPORTED: _limit("REGISTRATION", "免申报登记", 5),
    State.REQUESTED: _CONSENT,
    State.CONSENTED: _OFFICES,
    State.PARTY_PASSED: _OFFICES,
    State.GOVERNMENT_PASSED: _OFFICES,
    State.VETTED: _limit("COMMITTEE", "党委审批", 10),
    State.CLEARED: _limit("ANNOUNCEMENT", "公布清单", 5),
    State.ANNOUNCED: _limit("RECORDING", "清单备案", 10),
    State.ASKED: _limit("SCHOOL", "原学校同意", 5),
    State.SCHOOL_AGREED: _CONSENT,
    State.BUREAU_AGREED: _limit("LENDING", "党委或人社审批", 10),
}
PLAN_LIMITS = {
    PlanState.SENT: _OFFICES,
    PlanState.PARTY_PASSED: _OFFICES,
    PlanState.GOVERNMENT_PASSED: _OFFICES,
    PlanState.VETTED: STEP_LIMITS[State.VETTED],
    PlanState.APPROVED: STEP_LIMITS[State.CLEARED],
    PlanState.PUBLISHED: STEP_LIMITS[State.ANNOUNCED],
}

URGE_AFTER = declare(
    Figure("CAM-URGE-AFTER", "列表里提示催办：到本环节满", 3, "个工作日", _OWN, _HECHUAN, _SINCE)
)

# Who approves differs by district: 000 r1 (党委, through both offices) or 001-1 (区委督查室, directly).
INSPECTION_APPROVER = declare(
    Figure(
        "INSP-APPROVER", "督查检查事项审批单位", "区委", "", "第1项",
        "武隆区中小学教师减负工作重点任务台账", _SINCE,
    )
)  # fmt: skip
INSPECTION_OFFICES = declare(
    Figure(
        "INSP-OFFICES", "督查检查事项须经党委办、政府办审核（1 是，0 否）", 1, "", "第1项",
        "武隆区中小学教师减负工作重点任务台账", _SINCE,
    )
)  # fmt: skip
BORROWING_APPROVER = declare(
    Figure(
        "BORROW-APPROVER", "借用教师审批单位", "区委", "", "第13项",
        "武隆区中小学教师减负工作重点任务台账", _SINCE,
    )
)  # fmt: skip
REDUCTION = declare(
    Figure(
        "INSP-REDUCTION", "督查检查事项较上年减少的目标", 50, "%", "第2项",
        "武隆区中小学教师减负工作重点任务台账", _SINCE,
    )
)  # fmt: skip
BORROWING_CAP = declare(
    Figure("BORROW-CAP-MONTHS", "借用教师累计期限", 12, "个月", _OWN, "公共机构借调管理通行做法", _SINCE)
)
