"""The forms of a round: which applications it gathers, what is marked on a line, the meeting."""

from __future__ import annotations

from typing import Any
from zlib import crc32

from django import forms

from approvals.models import Application, Round, RoundItem
from approvals.services import Marking
from approvals.states import UNDER_WAY, Integration, Outcome, RoundStage
from approvals.verdicts import (
    REJECT_PHRASES,
    RETURN_PHRASES,
    Verdict,
    offered,
    phrase_of,
    verdict_of,
    verdicts,
)
from jianfu.kernel import dates
from jianfu.kernel.document_numbers import read_document_number
from jianfu.kernel.fields import (
    ChineseDateField,
    ChoiceField,
    ModelChoiceField,
    MultipleChoiceField,
    TextField,
)
from jianfu.kernel.forms import Form


class PhraseSelect(forms.Select):
    """Each ground carries the words that are usually said to it, for the script that fills them in."""

    phrases: dict[str, str] = {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        option["attrs"]["data-phrase"] = self.phrases.get(str(value), "")
        return option


class ReturnSelect(PhraseSelect):
    phrases = RETURN_PHRASES  # type: ignore[assignment]


class RejectSelect(PhraseSelect):
    phrases = REJECT_PHRASES  # type: ignore[assignment]


_MANNERS = [(each.value, each.label) for each in Integration if each != Integration.NONE]
_RETURNS = [(ground.value, ground.label) for ground in RETURN_PHRASES]
_REJECTS = [(ground.value, ground.label) for ground in REJECT_PHRASES]
_TYPED = ("verdict", "integration", "return_ground", "reject_ground", "merge", "note")


class NewRoundForm(Form):
    """The name; the applications are ticked in the table beside it."""

    title = TextField(label="批次名称", max_length=100)


class MarkForm(Form):
    """What may be marked: of one line, or of all ticked ones."""

    verdict = ChoiceField(label="拟定结果", required=False)
    integration = MultipleChoiceField(label="融合方式", required=False, choices=_MANNERS)
    return_ground = ChoiceField(
        label="退回理由", required=False, choices=[("", "选择理由"), *_RETURNS], widget=ReturnSelect
    )
    reject_ground = ChoiceField(
        label="不予通过的理由", required=False, choices=[("", "选择理由"), *_REJECTS], widget=RejectSelect
    )
    note = TextField(label="意见", required=False, max_length=500)

    def __init__(self, *args: Any, stage: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stage, self.verdicts = stage, verdicts(stage)
        labels = [(each.code, each.label) for each in self.verdicts.values()]
        self.fields["verdict"].choices = [("", "选择结果"), *labels]

    def marks(self) -> dict[str, Any]:
        """As the service takes them; an empty or ready-made note follows the choice."""
        data = self.cleaned_data
        verdict = self.verdicts.get(data["verdict"])
        if verdict is None:
            return {"outcome": "", "note": data["note"]}
        ground = (
            data[f"{verdict.outcome}_ground"] if verdict.outcome in {Outcome.RETURN, Outcome.REJECT} else ""
        )
        return {
            "outcome": verdict.outcome,
            "conclusion": verdict.conclusion,
            "ground": ground,
            "integration": data["integration"],
            "note": self._note(verdict, ground),
        }

    def _note(self, verdict: Verdict, ground: str) -> str:
        note = self.cleaned_data["note"]
        return phrase_of(verdict, ground) if not note or note in offered(self.stage) else note


class LineForm(MarkForm):
    """One line, with what the page showed of it: a colleague's newer mark is not overwritten."""

    merge = TextField(label="并入的申请编号", required=False, max_length=20)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1, required=False)
    content = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1, required=False)
    was = forms.CharField(widget=forms.HiddenInput, max_length=10, required=False)

    def __init__(self, *args: Any, item: RoundItem, stage: str, **kwargs: Any) -> None:
        self.item = item
        shown = _shown(item, stage)
        extra = {"version": item.version, "content": item.application.content_version, "was": _print(shown)}
        super().__init__(*args, stage=stage, prefix=f"line-{item.pk}", initial={**shown, **extra}, **kwargs)
        for name in ("return_ground", "reject_ground", "merge", "note"):
            field = self.fields[name]
            field.widget.attrs["aria-label"] = f"“{item.application}”的{field.label}，选填"
        self.fields["merge"].widget.attrs |= {"list": "targets", "placeholder": "并入的申请编号"}

    @property
    def touched(self) -> bool:
        """Something was changed on the page that was sent, whatever a colleague did meanwhile."""
        if self.add_prefix("was") not in self.data:
            return False
        typed = {name: self[name].data or "" for name in _TYPED}
        return _print(typed) != self.data[self.add_prefix("was")]

    def clean_merge(self) -> Application | None:
        """The application with that number, of the district and under way."""
        number = self.cleaned_data["merge"].strip().upper()
        if not number or self.data.get(self.add_prefix("verdict")) != "merge":
            return None
        rows = Application.objects.campus().filter(district_id=self.item.application.district_id)
        found = rows.filter(number=number, state__in=UNDER_WAY).first()
        if found is None:
            raise forms.ValidationError(f"没有编号为 {number} 的办理中的申请，看一看编号")
        return found

    def marking(self) -> Marking:
        data = self.cleaned_data
        marks = {**self.marks(), "merge_into": data.get("merge")}
        return Marking(self.item.pk, marks, data["version"], data["content"])


def _shown(item: RoundItem, stage: str) -> dict[str, Any]:
    """A mark as the controls of its line show it."""
    verdict = verdict_of(stage, item.outcome, item.conclusion) if item.outcome else None
    own = [each for each in item.application.integration if each != Integration.NONE]
    return {
        "verdict": verdict.code if verdict else "",
        "integration": item.integration or own,
        "return_ground": item.ground if item.outcome == Outcome.RETURN else "",
        "reject_ground": item.ground if item.outcome == Outcome.REJECT else "",
        "merge": (item.merge_into.number or "") if item.merge_into else "",
        "note": item.note,
    }


def _print(values: dict[str, Any]) -> str:
    """A short print of what stood in the controls of a line."""
    typed = [values[name] or "" for name in _TYPED]
    joined = "\x1f".join(" ".join(sorted(each)) if isinstance(each, list) else each.strip() for each in typed)
    return f"{crc32(joined.encode('utf-8', 'replace')):x}"


class MeetingForm(Form):
    """会议: its day, the number of its 会议纪要, and who headed the panel."""

    met_on = ChineseDateField(label="会议日期")
    meeting_number = TextField(label="会议纪要文号", max_length=60, required=False)
    head = ModelChoiceField(None, label="组长", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args: Any, round_: Round, heads: Any, **kwargs: Any) -> None:
        initial = {"met_on": dates.today(), "version": round_.version}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["head"].queryset = heads
        if round_.stage == RoundStage.APPRAISAL:
            self.fields["head"].help_text = "从已提交意见的专家里选"
        else:
            del self.fields["head"]
        number = self.fields["meeting_number"]
        number.required = round_.stage == RoundStage.APPROVAL
        number.help_text = "例如 云教领纪要〔2026〕3号"

    def clean_meeting_number(self) -> str:
        return read_document_number(self.cleaned_data["meeting_number"]).text[:60]
