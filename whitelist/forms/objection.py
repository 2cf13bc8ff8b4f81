"""Objections: what anybody writes, what the office writes down, and the answer."""

from __future__ import annotations

from typing import Any

from jianfu.kernel import fields
from jianfu.kernel.forms import Form
from whitelist.states import Channel, Remedy


class ObjectionForm(Form):
    """For everybody; ``channel`` is asked of the office alone."""

    channel = fields.ChoiceField(label="来源", choices=[c for c in Channel.choices if c[0] != Channel.WEB])
    about = fields.ChoiceField(label="针对哪一项", required=False)
    content = fields.TextField(label="异议内容", max_length=1000, rows=5, help_text="写明哪里不妥和依据")
    contact = fields.TextField(
        label="联系方式",
        required=False,
        max_length=100,
        help_text="可以不填，只有办公室能看到",
    )

    def __init__(self, *args: Any, applications: Any, public: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known = {str(row.pk): row for row in applications}
        self.fields["about"].choices = [("", "整个名单"), *((k, str(row)) for k, row in self._known.items())]
        if public:
            del self.fields["channel"]

    @property
    def words(self) -> dict[str, Any]:
        """What the service is told."""
        typed = dict(self.cleaned_data)
        about = typed.pop("about")
        return {**typed, "application": self._known.get(about)}


class AnswerForm(Form):
    """What follows, where the objection is adopted."""

    remedy = fields.ChoiceField(label="采纳后", required=False)

    def __init__(self, *args: Any, objection: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = Remedy.choices if objection.application_id else [(Remedy.REDRAFT, Remedy.REDRAFT.label)]
        self.fields["remedy"].choices = offered
