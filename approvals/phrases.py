"""常用语: what is usually said at each step. The first of a step stands in the box already."""

from .states import PlanState, State

PHRASES: dict[str, tuple[str, ...]] = {
    State.SUBMITTED: ("请补充活动实施方案。", "请补充应急预案。"),  # 汇总 has a page and words of its own
    State.APPRAISED: (
        "拟同意。",
        "拟同意，请控制课时。",
        "可纳入日常教育教学，不单独安排。",
        "请补充文件依据。",
    ),
    State.REQUESTED: ("同意。", "同意，时间避开考试周。", "现有数据可以提供，不再另行填报。"),
    State.REPORTED: ("符合免申报情形，同意登记。",),
    State.CONSENTED: ("同意。", "同意，从严控制次数和范围。"),
    State.PARTY_PASSED: ("同意。",),
    State.GOVERNMENT_PASSED: ("同意。",),
    State.VETTED: ("同意。",),
    State.ASKED: ("教师本人和学校同意，教学已安排。", "本学期教学任务重，暂不能借出。"),
    State.SCHOOL_AGREED: ("同意。", "同意，到期按时返岗。"),
    State.BUREAU_AGREED: ("同意。",),
    State.LENT: ("已返岗，恢复原教学工作。",),
    State.REVIEWED: ("同意。", "同意，从严控制次数。", "本年度次数已超过清单规定次数。"),
    PlanState.SENT: ("同意。", "同类事项请再合并。", "请删减没有上级依据的事项。"),
    PlanState.PARTY_PASSED: ("同意。", "同类事项请再合并。"),
    PlanState.GOVERNMENT_PASSED: ("同意。", "同类事项请再合并。"),
    PlanState.VETTED: ("同意。", "同意，严格按清单执行，不得层层加码。", "总量偏多，请再精简。"),
}
OFFERED = {
    "pass_review": "拟同意。",
    "register": "符合免申报情形，同意登记。",
    "school_agree": "教师本人和学校同意，教学已安排。",
    "end": "已返岗，恢复原教学工作。",
    **dict.fromkeys(
        ["approve", "agree", "consent", "party_review", "government_review", "approve_item", "lend"],
        "同意。",
    ),
}
