"""What a round offers on each line, in the order of its keys, with the words usually said to it."""

from __future__ import annotations

from dataclasses import dataclass

from .states import PASSING, Conclusion, Ground, Outcome, RoundStage


@dataclass(frozen=True)
class Verdict:
    """One choice of a line: an outcome and, for the panel's meeting, the conclusion that goes with it."""

    code: str
    label: str
    short: str
    outcome: str
    phrase: str
    conclusion: str = ""

    @property
    def passes(self) -> bool:
        return self.outcome in PASSING


def _decided(consent: str) -> tuple[Verdict, ...]:
    """The choices of those who decide; ``consent`` is how the stage says yes."""
    integrate, resources = Outcome.INTEGRATE, Outcome.RESOURCES
    return (
        Verdict("pass", "同意", "同意", Outcome.PASS, f"{consent}。"),
        Verdict(
            "integrate", integrate.label, "融入", integrate, f"{consent}，融入日常教育教学，不单独占用课时。"
        ),
        Verdict(
            "resources", resources.label, "资源", resources, f"{consent}，由申报单位提供资源，学校自主开展。"
        ),
        Verdict("return", "退回补正", "退回", Outcome.RETURN, ""),
        Verdict("reject", "不予通过", "不予", Outcome.REJECT, ""),
        _MERGE,
    )


_MERGE = Verdict("merge", "并入其他申请", "并入", Outcome.MERGE, "与同主题的申请合并开展。")
_ARGUED = (
    (Conclusion.AGREE, "同意", "专家意见一致，同意。"),
    (Conclusion.AGREE_AMENDED, "修改", "修改后同意，按专家意见完善。"),
    (Conclusion.MERGE, "整合", "建议与同主题的活动整合。"),
    (Conclusion.DISAGREE, "不同意", "专家意见不同意开展。"),
)
VERDICTS: dict[RoundStage, tuple[Verdict, ...]] = {
    RoundStage.APPRAISAL: (
        *(
            Verdict(f"pass-{conclusion}", conclusion.label, short, Outcome.PASS, phrase, conclusion)
            for conclusion, short, phrase in _ARGUED
        ),
        Verdict("return", "退回补正", "退回", Outcome.RETURN, ""),
        _MERGE,
    ),
    RoundStage.REVIEW: _decided("拟同意"),
    RoundStage.APPROVAL: _decided("同意"),
}

# Ground → what is usually written to it; 其他 is said in one's own words.
RETURN_PHRASES = {
    Ground.PLAN: "请补充完整的活动实施方案。",
    Ground.SAFETY: "请补充完整的应急预案。",
    Ground.BASIS: "请补充文件依据，写明文号和条款。",
    Ground.SCOPE: "请调整学校、年级、人数或课时。",
    Ground.TIMING: "请调整开展时间。",
    Ground.TRACES: "请取消留痕、考核或收费要求。",
    Ground.OTHER: "",
}
REJECT_PHRASES = {
    Ground.UNSUITABLE: "不适合进校园、效果不明显或占用教育时间过长。",
    Ground.OVER_LIMIT: "本年度次数已超过清单规定次数。",
    Ground.INTEGRATE: "可统筹纳入日常教育教学，不单独安排。",
    Ground.BASIS: "依据不足，不符合准入条件。",
    Ground.TRACES: "含有留痕、考核或收费要求。",
    Ground.REPEATED: "与其他申请主题相同或相近，不重复安排。",
    Ground.OTHER: "",
}


def verdicts(stage: str) -> dict[str, Verdict]:
    return {verdict.code: verdict for verdict in VERDICTS[RoundStage(stage)]}


def verdict_of(stage: str, outcome: str, conclusion: str) -> Verdict | None:
    """The choice that a mark stands for; None where nothing is marked yet."""
    fitting = (each for each in VERDICTS[RoundStage(stage)] if each.outcome == outcome)
    return next((each for each in fitting if each.conclusion in {"", conclusion}), None)


def phrase_of(verdict: Verdict, ground: str) -> str:
    """What is usually said: the verdict's words, or those of the ground of a negative answer."""
    words = {Outcome.RETURN: RETURN_PHRASES, Outcome.REJECT: REJECT_PHRASES}.get(Outcome(verdict.outcome))
    return words.get(Ground(ground), "") if words and ground else verdict.phrase


def offered(stage: str) -> set[str]:
    """Every ready-made phrase of the stage: what may be replaced when the choice changes."""
    usual = {verdict.phrase for verdict in VERDICTS[RoundStage(stage)]}
    return (usual | {*RETURN_PHRASES.values(), *REJECT_PHRASES.values()}) - {""}
