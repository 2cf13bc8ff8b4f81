"""Three questions and one line; 意见建议 and the answer to it."""

from __future__ import annotations

from typing import Any

from django import forms

from jianfu.kernel import fields
from jianfu.kernel.forms import Form
from whitelist.states import LINE_LIMIT, QUESTIONS, FeedbackTopic, Grade, Party

_LINES = {
    Party.SCHOOL: "补充说明（可写教师、学生的反映；区教委看得到，部门看不到）",
    Party.BUREAU: "补充说明",
    Party.DEPARTMENT: "补充说明（可写下一步怎样改进）",
}


class VoiceForm(Form):
    """The questions of one party; every one is a tap."""

    def __init__(self, *args: Any, party: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.party = party
        for question in QUESTIONS[party]:
            field = fields.ChoiceField(
                label=question.words,
                choices=Grade.choices,
                widget=forms.RadioSelect(attrs={"class": "inline"}),
            )
            field.error_messages["required"] = f"选择“{question.words}”"
            self.fields[question.code] = field
        self.fields["line"] = fields.TextField(
            label=_LINES[Party(party)], required=False, max_length=LINE_LIMIT, rows=2
        )

    @property
    def answers(self) -> dict[str, int]:
        return {question.code: int(self.cleaned_data[question.code]) for question in QUESTIONS[self.party]}


class SeasonForm(Form):
    season = fields.ChoiceField(label="学期", required=False)

    def __init__(self, *args: Any, seasons: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["season"].choices = [(season.key, season.label) for season in seasons]


class FeedbackForm(Form):
    organisation = fields.ModelChoiceField(None, label="单位")
    topic = fields.ChoiceField(label="关于", choices=FeedbackTopic.choices)
    words = fields.TextField(label="意见建议", max_length=500, rows=4, help_text="哪一步费事、哪张表可以不要")

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = units
        only = list(units[:2])
        if len(only) == 1:
            self.fields["organisation"].initial = only[0]
            self.fields["organisation"].widget = forms.HiddenInput()


class AnswerForm(Form):
    answer = fields.TextField(label="答复", max_length=500, rows=4)
