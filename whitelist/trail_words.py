"""What the events of the whitelist are called that are no steps of a workflow."""

from jianfu.kernel import trail_words

from .states import VisitKind
from .states.complaint import ComplaintState

ACTIONS = {
    "release.drafted": "名单：拟定",
    "release.changed": "名单：修改",
    "objection.received": "公示异议：收到",
    "entry.linked": "名单事项：对应上级名单",
    "entry.removed": "名单事项：移出",
    "removal.proposed": "移出建议：提出",
    "removal.printed": "移出建议：打印文书",
    "evaluation.given": "绩效评估：评价",
    "feedback.given": "意见建议：提出",
    "feedback.answered": "意见建议：答复",
    "monitoring.reported": "监测点月报：报送",
    "clue.closed": "监测线索：办结",
    "clues.exported": "监测线索：导出",
    "activity.drafted": "实施方案：新建",
    "activity.edited": "实施方案：填写",
    "activity.scheduled": "实施方案：排场次",
    "feed.opened": "日历订阅：开通",
    "feed.renewed": "日历订阅：换地址",
    "complaint.received": "投诉举报：收到",
    "complaint.assigned": "投诉举报：领办、交办",
    "complaint.accused_named": "投诉举报：确定被反映单位",
    "complaint.kind_changed": "投诉举报：改为另一类",
    "complaint.asked": "投诉举报：询问反映人",
    "complaint.answered": "投诉举报：反映人补充",
    "complaint.urged": "投诉举报：催办",
    "complaint.printed": "投诉举报：打印文书",
    "complaint.statistics_exported": "投诉统计：导出",
    "complaint.session_tied": "投诉举报：对应场次",
    "unlisted.exported": "名单外来校：导出",
    "complaint.evidence_viewed": "投诉举报：查看图片",
    "complaint.evidence_erased": "投诉举报：图片到期删去",
    "complaint.identity_viewed": "投诉举报：查看署名",
    "complaint.identity_confirmed": "投诉举报：核实署名",
    "complaint.identity_erased": "投诉举报：署名到期删去",
    "complaint.fabrication_proposed": "投诉举报：提出认定诬告",
    "complaint.fabrication_judged": "投诉举报：认定是否诬告",
    **{f"visit.{kind.value}": f"来校登记：{kind.label}" for kind in VisitKind},
}
VALUES = {"complaint.received": ComplaintState}

trail_words.declare(ACTIONS, VALUES)
