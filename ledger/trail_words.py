"""What the events of the ledger are called that are no steps of a workflow."""

from jianfu.kernel import trail_words

from .registers import REGISTERS
from .states import Verdict

_VERBS = {
    "added": "登记",
    "changed": "修改",
    "voided": "作废",
    "disposed": "提出保留、合并或取消",
    "exported": "导出",
    "followed": "随业务自动登记",
}
_REGISTERED = {
    f"register.{register.slug}.{verb}": f"{register.label}：{words}"
    for register in REGISTERS.values()
    for verb, words in _VERBS.items()
}
ACTIONS = {
    **_REGISTERED,
    "ledger.load_template": "台账：载入表样",
    "ledger.open": "台账：打开新一年",
    "ledger.baselines": "台账：登记上年数",
    "ledger.export": "台账：导出",
    "ledger.receipt": "台账：登记报送回执",
    "ledger.packaged": "台账：生成报送包",
    "ledger.package_taken": "台账：下载报送包",
    "ledger.dashboard_exported": "监测分析：导出",
    "ledger.secondment_added": "借用教师：登记",
    "ledger.secondment_changed": "借用教师：修改",
    "ledger.secondment_voided": "借用教师：作废",
    "ledger.secondment_followed": "借用教师：随批准登记",
    "ledger.secondment_renewed": "借用教师：续借",
    "ledger.secondment_returned": "借用教师：返岗",
    "ledger.secondments_exported": "借用教师：导出",
    "ledger_row.assign": "台账任务：分工",
    "ledger_row.fill": "台账任务：填写",
    "ledger_row.urged": "台账任务：催办",
    "milestone.added": "节点：增加",
    "milestone.changed": "节点：调整",
    "milestone.completed": "节点：完成",
    "milestone.resumed": "节点：取消完成",
    "milestone.removed": "节点：去掉",
    "intake.upload": "导入：上传表格",
    "city.key_registered": "全市汇总：登记公钥",
    "city.received": "全市汇总：接收报送包",
    "city.exported": "全市汇总：导出",
    "signing_key.created": "生成签名密钥",
}
VALUES = {f"register.{register.slug}.disposed": Verdict for register in REGISTERS.values()}

trail_words.declare(ACTIONS, VALUES)
