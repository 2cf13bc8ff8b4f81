"""What the events of approvals are called that are no steps of a workflow."""

from jianfu.kernel import trail_words

from .states import Conclusion, Disposition, State

ACTIONS = {
    "application.drafted": "申请：新建",
    "application.edited": "申请：填写",
    "application.discarded": "申请：删去草稿",
    "application.file_attached": "申请：上传附件",
    "application.file_removed": "申请：移除附件",
    "application.expert_assigned": "指派专家",
    "application.expert_recused": "专家回避",
    "application.opinion_given": "提交论证意见",
    "application.transferred": "转办",
    "application.urged": "催办申请",
    "application.printed": "打印文书",
    "application.dossier": "下载案卷",
    "approvals.statistics_exported": "导出申请统计",
    "expert_link.issued": "发专家链接",
    "expert_link.used": "凭专家链接进入",
    "expert_link.refused": "专家链接没有通过",
    "plan.opened": "督查计划：新建",
    "plan.baseline_set": "督查计划：登记上年数",
    "plan.past_items_added": "督查计划：登记上年事项",
    "plan.past_items_carried": "督查计划：带出上年事项",
    "plan.past_item_removed": "督查计划：删去上年事项",
    "plan.past_item_disposed": "督查计划：提出保留、合并或取消",
    "plan.exported": "督查计划：导出",
    "round.opened": "批次：新建",
    "round.items_added": "批次：加入申请",
    "round.item_removed": "批次：移出申请",
}
VALUES = {
    "application.opinion_given": Conclusion,
    "application.transferred": State,
    "application.urged": State,
    "plan.past_item_disposed": Disposition,
}

trail_words.declare(ACTIONS, VALUES)
