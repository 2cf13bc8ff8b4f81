"""Forms of this app's own pages; master data is kept in the admin."""

from __future__ import annotations

from typing import Any

from jianfu.kernel import dates
from jianfu.kernel.fields import ChineseDateField, ModelChoiceField, ModelMultipleChoiceField, TextField
from jianfu.kernel.forms import Form

from .models import Delegation, Membership, Person
from .selectors import possible_agents, principals


class _Roles(ModelMultipleChoiceField):
    def label_from_instance(self, row: Membership) -> str:
        return f"{row.get_role_display()}（{row.organisation}）"


class _People(ModelChoiceField):
    def label_from_instance(self, person: Person) -> str:
        return f"{person.organisation or ''} {person.name}".strip()


class PrincipalForm(Form):
    """Whose role is to be lent: asked of the keeper of accounts only."""

    principal = _People(None, label="被代理人", empty_label="选择被代理人")

    def __init__(self, *args: Any, district_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["principal"].queryset = principals(district_id, dates.today())


class DelegationForm(Form):
    """One person's roles to one agent. All his roles come ticked: who is away is away from all."""

    roles = _Roles(None, label="代理的角色")
    agent = _People(None, label="代理人", empty_label="选择代理人")
    since = ChineseDateField(label="代理开始", initial=dates.today)
    until = ChineseDateField(label="代理结束", help_text="这一天也算在内，例如 2026年9月8日")
    reason = TextField(
        label="事由", max_length=Delegation._meta.get_field("reason").max_length, help_text="例如 外出学习"
    )

    def __init__(self, *args: Any, principal: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = principal.memberships.delegable(dates.today()).select_related("organisation")
        self.fields["roles"].queryset = mine
        self.fields["roles"].initial = [row.pk for row in mine]
        self.fields["agent"].queryset = possible_agents(principal, dates.today())

    field_order = ("roles", "agent", "since", "until", "reason")
