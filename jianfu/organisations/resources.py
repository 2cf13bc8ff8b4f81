"""Master data in and out of spreadsheets. Rows of one's own district only, found by their names."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import QuerySet
from import_export import fields, resources, widgets

from .models import CalendarDay, Organisation, Person
from .states import Kind


class DistrictResource(resources.ModelResource):
    """Exports what the user may see; imports into the user's district, whatever the file says."""

    def __init__(self, user: Any = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.user = user

    def get_queryset(self) -> QuerySet:
        return self._meta.model.objects.visible_to(self.user)

    def before_save_instance(self, instance: Any, _row: Any, **_kwargs: Any) -> None:
        instance.district_id = self.user.district_id


class LabelledChoice(widgets.CharWidget):
    """The Chinese label in the sheet, the stored code in the row."""

    def __init__(self, choices: type[Kind]) -> None:
        super().__init__()
        self.choices = choices

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        text = super().clean(value, row, **kwargs)
        by_label = {label: code for code, label in self.choices.choices}
        if text not in by_label:
            raise ValueError(f"类别“{text}”不在可选范围，可选：{'、'.join(by_label)}")
        return by_label[text]

    def render(self, value: Any, obj: Any = None, **_kwargs: Any) -> str:
        return self.choices(value).label


class OrganisationResource(DistrictResource):
    name = fields.Field(attribute="name", column_name="名称")
    kind = fields.Field(attribute="kind", column_name="类别", widget=LabelledChoice(Kind))
    short_name = fields.Field(attribute="short_name", column_name="简称", default="")
    aliases = fields.Field(attribute="aliases", column_name="别名", default="")
    phone = fields.Field(attribute="phone", column_name="电话", default="")

    class Meta:
        model = Organisation
        fields = ("name", "kind", "short_name", "aliases", "phone")
        import_id_fields = ("name",)
        skip_unchanged = True


class OwnOrganisation(widgets.ForeignKeyWidget):
    def get_queryset(self, _value: Any, row: Any, **kwargs: Any) -> QuerySet:
        return Organisation.objects.filter(district_id=kwargs.get("district_id") or row.get("_district"))

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Organisation | None:
        if not value:
            return None
        try:
            return super().clean(value, row, **kwargs)
        except Organisation.DoesNotExist:
            raise ValueError(f"没有名为“{value}”的单位，请先登记单位或改正名称") from None


class Address(widgets.CharWidget):
    """An e-mail address; nothing is fine too."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        text = (super().clean(value, row, **kwargs) or "").strip()
        if text:
            try:
                validate_email(text)
            except ValidationError:
                raise ValueError(f"邮箱“{text}”的写法不对，如 name@example.cn") from None
        return text


class PersonResource(DistrictResource):
    name = fields.Field(attribute="name", column_name="姓名")
    organisation = fields.Field(
        attribute="organisation", column_name="所在单位", widget=OwnOrganisation(Organisation, "name")
    )
    title = fields.Field(attribute="title", column_name="职务", default="")
    phone = fields.Field(attribute="phone", column_name="电话", default="")
    email = fields.Field(attribute="email", column_name="邮箱", default="", widget=Address())

    def before_import_row(self, row: Any, **_kwargs: Any) -> None:
        row["_district"] = self.user.district_id

    class Meta:
        model = Person
        fields = ("name", "organisation", "title", "phone", "email")
        import_id_fields = ("name", "organisation")
        skip_unchanged = True


class CalendarDayResource(resources.ModelResource):
    day = fields.Field(attribute="day", column_name="日期", widget=widgets.DateWidget("%Y-%m-%d"))
    is_workday = fields.Field(attribute="is_workday", column_name="上班", widget=widgets.BooleanWidget())
    name = fields.Field(attribute="name", column_name="说明")

    class Meta:
        model = CalendarDay
        fields = ("day", "is_workday", "name")
        import_id_fields = ("day",)
        skip_unchanged = True
