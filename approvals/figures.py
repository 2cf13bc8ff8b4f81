"""The dated figures that approvals judge by. A district may set its own (``PolicyValue``)."""

from datetime import date

from jianfu.kernel.policy import Figure, declare

from .states import State

_HECHUAN = "合川区规范社会事务进校园为中小学教师减负专项整治行动方案"
_OWN = "来源文件未规定，平台建议值"
_SINCE = date(2019, 12, 15)  # the day of 厅字〔2019〕54号, from which all five sources descend

QUORUM = declare(Figure("CAM-QUORUM", "专家论证最少有效意见数", 3, "份", _OWN, _HECHUAN, _SINCE))

STEP_LIMITS = {
    State.SUBMITTED: declare(
        Figure("CAM-DAYS-APPRAISAL", "专家论证时限", 5, "工作日", _OWN, _HECHUAN, _SINCE)
    ),
    State.APPRAISED: declare(
        Figure("CAM-DAYS-REVIEW", "区教委初审时限", 5, "工作日", _OWN, _HECHUAN, _SINCE)
    ),
    State.REVIEWED: declare(
        Figure("CAM-DAYS-APPROVAL", "领导小组审批时限", 10, "工作日", _OWN, _HECHUAN, _SINCE)
    ),
    State.APPROVED: declare(Figure("CAM-DAYS-FILING", "备案时限", 5, "工作日", _OWN, _HECHUAN, _SINCE)),
    State.FILED: declare(Figure("CAM-DAYS-PUBLICATION", "公布时限", 5, "工作日", _OWN, _HECHUAN, _SINCE)),
    State.RETURNED: declare(Figure("CAM-DAYS-MENDING", "补正时限", 10, "工作日", _OWN, _HECHUAN, _SINCE)),
}
