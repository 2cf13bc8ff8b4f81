"""What the public writes (four fields; the rest folded away), and what handlers fill in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.utils.crypto import get_random_string

from jianfu.kernel import dates, fields
from jianfu.kernel.decisions import Refused
from jianfu.kernel.documents import cleaning
from jianfu.kernel.forms import Form
from jianfu.kernel.practices import PRACTICES
from jianfu.organisations.selectors import organisations
from jianfu.organisations.states import Kind
from whitelist.complaints.figures import ERASE_IDENTITY, value_of
from whitelist.states.complaint import (
    PROVED_ONES,
    ComplaintKind,
    ComplaintSource,
    DeclineGround,
    Finding,
    VisitFound,
)

WORDS_LIMIT = 2_000
MOST_PICTURES = 5
LEAST_SECONDS, MOST_SECONDS = 3, 12 * 3_600
_SIGNER = TimestampSigner(salt="complaint.form")

# The practices in the order in which a teacher looks for them, not in that of the codes.
_GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("进校园活动和专项任务", ("P07", "P08", "P09", "P10", "P11", "P12", "P13", "P14", "P27")),
    ("督查检查和考核", ("P01", "P02", "P03", "P04", "P05", "P06", "P15")),
    ("报表、统计和材料", ("P16", "P17", "P18", "P28")),
    ("手机上的任务", ("P22", "P23", "P24")),
    ("借用教师、会议培训、考试和其他", ("P19", "P20", "P21", "P25", "P26")),
)
PRACTICE_CHOICES = [
    ("", "选一类，选不准就不选"),
    *((name, [(code, PRACTICES[code][0]) for code in codes]) for name, codes in _GROUPS),
]


class PicturesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class PicturesField(fields.FileField):
    """Several pictures or PDFs, each drawn anew while the form is read: what is not clean never leaves it."""

    widget = PicturesInput(attrs={"accept": "image/jpeg,image/png,application/pdf", "multiple": True})

    def clean(self, data: Any, initial: Any = None) -> tuple[cleaning.Cleaned, ...]:
        files = [each for each in (data or ()) if each]
        if len(files) > MOST_PICTURES:
            raise ValidationError(f"一次最多 {MOST_PICTURES} 个图片或 PDF，现在是 {len(files)} 个")
        found, refused = [], []
        for place, file in enumerate(files, 1):
            try:
                found.append(cleaning.clean(file, file.size))
            except Refused as refusal:
                refused.append(f"第 {place} 个：{refusal.decision.reasons[0]}")
        if refused:
            raise ValidationError(refused)
        return tuple(found)


class Unhurried(Form):
    """Without a session, and without looking who it is: a box that no person sees, and the least of times."""

    website = forms.CharField(required=False, widget=forms.TextInput)
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["website"].widget.attrs.update({"tabindex": "-1", "autocomplete": "off"})

    @staticmethod
    def opening() -> str:
        """Says when the page was opened, and tells one sending from another."""
        return _SIGNER.sign(get_random_string(22))

    @property
    def submission(self) -> str:
        return str(self.cleaned_data.get("opened", "")).split(":", 1)[0]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("website"):
            raise ValidationError("有一栏是给程序设的，留空再提交")
        try:
            _SIGNER.unsign(given.get("opened", ""), max_age=MOST_SECONDS)
        except SignatureExpired:
            raise ValidationError("这一页打开得太久了，内容还在，再点一次提交") from None
        except BadSignature:
            raise ValidationError("这一页没有完整打开，内容还在，再点一次提交") from None
        if self._is_hurried(given["opened"]):
            raise ValidationError("提交得太快了，像是程序填的。看一遍再点提交")
        return given

    @staticmethod
    def _is_hurried(opened: str) -> bool:
        try:
            _SIGNER.unsign(opened, max_age=LEAST_SECONDS)
        except SignatureExpired:
            return False
        return True


class _Told(Form):
    """What is told, whoever types it."""

    unit = fields.TextField(label="哪个单位要求的", max_length=100, help_text="写名称，例如 区消防救援支队")
    practice = fields.ChoiceField(label="是哪类问题", required=False, choices=PRACTICE_CHOICES)
    words = fields.TextField(
        label="怎么回事", rows=5, max_length=WORDS_LIMIT, help_text="什么时候、要求做什么、怎样要求的"
    )
    pictures = PicturesField(
        label="图片或 PDF",
        required=False,
        help_text=f"最多 {MOST_PICTURES} 个，每个不超过 10 MB。先遮住看得见的姓名、头像和水印",
    )
    kind = fields.ChoiceField(
        label="这是", required=False, choices=ComplaintKind.choices, initial=ComplaintKind.COMPLAINT,
        help_text="意见建议同样封存，可以匿名。单位要署名提的，登录后在“意见建议”里提",
    )  # fmt: skip
    when = fields.TextField(label="时间", required=False, max_length=60, help_text="例如 上周三上午")
    school = fields.TextField(
        label="学校", required=False, max_length=60, help_text="填了可能让人猜到是谁反映的，可以不填"
    )
    name = fields.TextField(label="姓名", required=False, max_length=30, help_text="不填就是匿名")
    phone = fields.TextField(label="电话", required=False, max_length=30, validators=[fields.telephone])

    def __init__(self, *args: Any, district_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].widget.attrs.update({"list": "units", "autocomplete": "off"})
        for name in ("name", "phone", "school", "when"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        self.erased_after = value_of(ERASE_IDENTITY, district_id, dates.today())
        self.fields[
            "phone"
        ].help_text = f"只有办这一件的人看得到，看一次记一次；办结 {self.erased_after} 天后删除姓名和电话"
        kinds = [Kind.DEPARTMENT, Kind.TOWN, Kind.BUREAU, Kind.SECTION]
        rows = organisations(district_id).filter(kind__in=kinds)
        self.unit_names = rows.values_list("name", flat=True)

    @property
    def more_is_open(self) -> bool:
        """What is folded away lies open where something of it was filled in or refused."""
        names = ("when", "school", "name", "phone")
        asked = str(self["kind"].value()) == ComplaintKind.FEEDBACK
        return asked or any(self[name].value() or self[name].errors for name in names)

    @property
    def told(self) -> dict[str, Any]:
        """As `services.complaint.Report` takes it."""
        given = self.cleaned_data
        named = {key: given[key] for key in ("name", "phone") if given[key]}
        words = {key: given[key] for key in ("unit", "practice", "words", "kind", "when", "school")}
        words["kind"] = words["kind"] or ComplaintKind.COMPLAINT
        return {**words, "identity": named, "pictures": given["pictures"]}


class ReportForm(Unhurried, _Told):
    """反映问题: four fields and a button; the rest is folded away."""


class EnteredForm(_Told):
    """What the office takes down."""

    source = fields.ChoiceField(
        label="来源", choices=[row for row in ComplaintSource.choices if row[0] != ComplaintSource.WEB]
    )


class ReceiptForm(Form):
    receipt = fields.TextField(label="回执码", max_length=60, help_text="24 个字母和数字，横线可以不填")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["receipt"].widget.attrs.update({"autocomplete": "off", "spellcheck": "false"})


class AnswerForm(Form):
    """The writer's word on the page to follow it."""

    words = fields.TextField(label="补充或回答", required=False, rows=3, max_length=WORDS_LIMIT)
    pictures = PicturesField(
        label="图片或 PDF", required=False, help_text=f"截图、照片、PDF，最多 {MOST_PICTURES} 个"
    )


class AccusedForm(Form):
    units = fields.ModelMultipleChoiceField(None, label="被反映单位")

    def __init__(self, *args: Any, district_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = organisations(district_id).exclude(kind=Kind.PANEL)
        self.fields["units"].queryset = rows.order_by("kind", "position", "name")


class AssignForm(Form):
    to = fields.ChoiceField(label="办理人")
    note = fields.TextField(label="理由", max_length=200, rows=2, help_text="例如 本人外出，由同事先办")
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args: Any, people: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(user.pk): user for user in people}
        names = [(key, f"{user.person.name}（{user.organisation}）") for key, user in self.people.items()]
        self.fields["to"].choices = [("", "选择办理人"), *names]

    def clean_to(self) -> Any:
        return self.people[self.cleaned_data["to"]]


class SessionForm(Form):
    session = fields.ChoiceField(label="场次", required=False)
    found = fields.ChoiceField(
        label="查明的情况", required=False, choices=[("", "选择查明的情况"), *VisitFound.choices]
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args: Any, sessions: Sequence[tuple[Any, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sessions = {str(row.pk): row for row, _words in sessions}
        named = [(str(row.pk), words) for row, words in sessions]
        self.fields["session"].choices = [("", "没有对应的场次"), *named]

    def clean_session(self) -> Any:
        return self.sessions.get(self.cleaned_data["session"])


class ReasonForm(Form):
    reason = fields.TextField(label="为什么要看", max_length=200, help_text="例如 回访核实时间和地点")


class FindingForm(Form):
    finding = fields.ChoiceField(label="认定结果", choices=[("", "选择认定结果"), *Finding.choices])


class DeclineForm(Form):
    ground = fields.ChoiceField(label="依据", choices=[("", "选择依据"), *DeclineGround.choices])


class SummonForm(Form):
    held_on = fields.ChineseDateField(label="约谈日期")


class ExposureForm(Form):
    public_text = fields.TextField(
        label="公开的内容",
        rows=4,
        max_length=500,
        help_text="哪个单位、什么做法、怎样处理；不写学校、日期和反映人的原话",
    )


STEP_FORMS: dict[str, type[Form]] = {
    "find": FindingForm,
    "decline": DeclineForm,
    "summon": SummonForm,
    "propose_exposure": ExposureForm,
}


class ComplaintSearch(Form):
    """The filter line of the list."""

    kind = fields.ChoiceField(
        label="类别", required=False, choices=[("", "全部类别"), *ComplaintKind.choices]
    )
    state = fields.ChoiceField(label="状态", required=False)
    finding = fields.ChoiceField(
        label="认定", required=False, choices=[("", "全部认定"), (PROVED_ONES, "查实的"), *Finding.choices]
    )
    q = fields.TextField(label="查找", required=False, max_length=50)

    def __init__(self, *args: Any, states: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [("", "全部状态"), *states]
        self.fields["q"].widget.attrs["placeholder"] = "编号或单位"
