"""常用语: what is usually said at each step. The first of a step stands in the box already."""

from .states import State

PHRASES: dict[str, tuple[str, ...]] = {
    State.SUBMITTED: (
        "专家意见一致，同意。",
        "修改后同意，请按专家意见完善。",
        "请补充活动实施方案。",
        "请补充应急预案。",
    ),
    State.APPRAISED: (
        "拟同意。",
        "拟同意，请控制课时。",
        "可纳入日常教育教学，不单独安排。",
        "请补充文件依据。",
    ),
    State.REVIEWED: ("同意。", "同意，从严控制次数。", "本年度次数已超过清单规定次数。"),
}
OFFERED = {"conclude": "专家意见一致，同意。", "pass_review": "拟同意。", "approve": "同意。"}
