"""移出: why an entry is proposed to leave the list, who said so, and how far the proposal has come."""

from django.db.models import TextChoices


class RemovalState(TextChoices):
    PROPOSED = "proposed", "已提出"
    HEARING = "hearing", "听取部门意见"
    HEARD = "heard", "待领导小组决定"
    MENDING = "mending", "限期整改"
    REMOVED = "removed", "已决定移出"
    KEPT = "kept", "已决定保留"
    WITHDRAWN = "withdrawn", "已撤回"


# While it stands so, the entry has no second proposal.
OPEN = frozenset({RemovalState.PROPOSED, RemovalState.HEARING, RemovalState.HEARD, RemovalState.MENDING})


class RemovalGround(TextChoices):
    """004 四(四): the first two; a breach of what was approved, and what else a document names."""

    WEAK = "weak", "成效不明显"
    DISLIKED = "disliked", "师生反映强烈"
    BREACH = "breach", "超出批准内容开展"
    OTHER = "other", "其他"


class RemovalSource(TextChoices):
    """Where the proposal comes from; its reference is read inside only."""

    EVALUATION = "evaluation", "绩效评估"
    COMPLAINT = "complaint", "投诉举报"
    SIGNAL = "signal", "监测线索"
    OFFICE = "office", "日常工作"


REMOVAL_TONES = {
    RemovalState.PROPOSED: "amber",
    RemovalState.HEARING: "blue",
    RemovalState.HEARD: "purple",
    RemovalState.MENDING: "amber",
    RemovalState.REMOVED: "red",
    RemovalState.KEPT: "green",
    RemovalState.WITHDRAWN: "grey",
}
