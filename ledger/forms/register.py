"""Forms of the registers, made from the declaration: the usual fields first, the others folded away."""

from __future__ import annotations

from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from jianfu.kernel import dates
from jianfu.kernel.decisions import Decision
from jianfu.kernel.fields import ChineseDateField, ChoiceField, ModelChoiceField, TextField
from jianfu.kernel.forms import Form, ModelForm
from jianfu.organisations import selectors as organisations
from ledger.permissions import register as permissions
from ledger.registers import REGISTERS, Register
from ledger.registers.reading import WAITING
from ledger.states import ENDING, Verdict

YEARS_BACK = 10


class ItemForm(ModelForm):
    """One item. Nothing is saved here: the service gets `details`."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    register: Register

    class Meta(ModelForm.Meta):
        pass

    def __init__(self, *args: Any, user: Any, choose_section: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._ask_section(user, choose_section)
        for field in self.fields.values():
            if (
                field.widget.__class__ is forms.Select
                and field.choices
                and not isinstance(field, ModelChoiceField)
            ):
                field.choices = [(value, label if value else "选择") for value, label in field.choices]
        if "begun_on" in self.fields:
            self.fields["begun_on"].label = self.register.begins
        if "schools" in self.fields:
            self.fields["schools"].queryset = organisations.schools(user.district_id)
        if "unit" in self.fields:
            self.fields["unit"].queryset = organisations.sections(user.district_id)
            self.fields["unit"].empty_label = "选择科室"
        if "refused_by" in self.fields:
            mine = organisations.organisations(user.district_id).filter(pk__in=permissions.places(user))
            self.fields["refused_by"].queryset = mine
            self.fields["refused_by"].required = False
            self.fields["refused_by"].empty_label = "本单位"

    def _ask_section(self, user: Any, choose: bool) -> None:
        if choose:
            mine = organisations.organisations(user.district_id).filter(pk__in=permissions.places(user))
            self.fields["section"] = ModelChoiceField(mine, label="登记单位", empty_label=None)

    @property
    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.register.fields}

    @property
    def first(self) -> list[forms.BoundField]:
        names = (*self.register.first, *(name for name in ("section",) if name in self.fields))
        return [self[name] for name in names]

    @property
    def more(self) -> list[forms.BoundField]:
        return [self[name] for name in self.register.more]

    @property
    def more_is_open(self) -> bool:
        """Or filled in already, which is looked at before it is saved."""
        drawn = any(self.initial.get(name) for name in self.register.more)
        return drawn or bool(set(self.errors) & set(self.register.more))

    def refuse(self, decision: Decision) -> None:
        for reason in decision.reasons:
            self.add_error(None, reason)

    def _post_clean(self) -> None:
        """The columns as the model has them; that begin and end are in order is the service's to say."""
        self.instance = forms.models.construct_instance(self, self.instance, self._meta.fields, [])
        try:
            self.instance.clean_fields(exclude=self._get_validation_exclusions())
        except ValidationError as refused:
            self._update_errors(refused)

    def _get_validation_exclusions(self) -> set[str]:
        """The service completes the row; here only what was typed is checked. A row of another table was
        found by its own field, and is not asked for again."""
        columns = self._meta.model._meta.fields
        others = {each.name for each in columns if each.is_relation or each.name not in self.register.fields}
        return super()._get_validation_exclusions() | others


@cache
def form_of(slug: str) -> type[ItemForm]:
    register = REGISTERS[slug]
    meta = type("Meta", (ItemForm.Meta,), {"model": register.model, "fields": register.fields})
    return type(f"{register.model.__name__}Form", (ItemForm,), {"Meta": meta, "register": register})


class DisposeForm(Form):
    """处置意见 with its day and basis (R13)."""

    verdict = ChoiceField(
        label="处置意见",
        choices=[(each, each.label) for each in (Verdict.KEEP, Verdict.MERGE, Verdict.CANCEL)],
    )
    decided_on = ChineseDateField(label="处置日期")
    basis = TextField(label="处置依据", max_length=200, rows=2, help_text="例如 清理工作会议纪要〔2026〕3号")
    merged_into = ModelChoiceField(
        None, label="并入", required=False, empty_label="不合并", help_text="合并时选择由哪一条继续"
    )
    ended_on = ChineseDateField(
        label="停止日期", required=False, help_text="合并、取消从哪天起生效，不填就是处置日期"
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, item: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        going_on = type(item).objects.filter(district_id=item.district_id).valid()
        self.fields["merged_into"].queryset = going_on.exclude(verdict__in=ENDING).exclude(pk=item.pk)


class RegisterFilter(Form):
    """Search and filter of a register's list."""

    q = TextField(
        label="查找", required=False, max_length=50, widget=forms.TextInput(attrs={"type": "search"})
    )
    year = ChoiceField(label="年度", required=False)
    verdict = ChoiceField(label="处置", required=False)
    section = ModelChoiceField(None, label="登记单位", required=False, empty_label="全部")
    voided = ChoiceField(label="作废", required=False, choices=[("", "不含作废"), ("1", "只看作废")])

    def __init__(self, *args: Any, user: Any, register: Register, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        newest = dates.today().year + 1
        years = [(str(year), f"{year}年") for year in range(newest, newest - YEARS_BACK, -1)]
        self.fields["year"].choices = [("", "全部"), *years]
        places = register.model.objects.visible_to(user).order_by().values("section")
        found = organisations.organisations(user.district_id).filter(pk__in=places)
        self.fields["section"].queryset = found
        if register.disposes:
            self.fields["verdict"].choices = [("", "全部"), *Verdict.choices, (WAITING, "待提出意见")]
        else:
            del self.fields["verdict"]
        for name in register.filters:
            self.fields[name] = _filter_field(register, name)


def _filter_field(register: Register, name: str) -> ChoiceField:
    column = register.model._meta.get_field(name)
    choices = column.choices or [("True", "是"), ("False", "否")]
    heading = next((each.heading for each in register.columns if each.name == name), column.verbose_name)
    return ChoiceField(label=str(heading), required=False, choices=[("", "全部"), *choices])
