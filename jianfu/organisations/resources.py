"""Master data in and out of a workbook. Rows of one's own district only, found by their names."""

from __future__ import annotations

from django import forms
from django.db.models import QuerySet
from import_export import fields

from jianfu.kernel.fields import ChineseDateField
from jianfu.kernel.resources import DistrictResource, Labelled, OwnRow, SheetResource, Typed, YesNo

from .models import CalendarDay, Organisation, Person
from .states import Kind


class OrganisationResource(DistrictResource):
    name = fields.Field(attribute="name", column_name="名称")
    kind = fields.Field(attribute="kind", column_name="类别", widget=Labelled(Kind, "类别"))
    short_name = fields.Field(attribute="short_name", column_name="简称", default="")
    aliases = fields.Field(attribute="aliases", column_name="别名", default="")
    phone = fields.Field(attribute="phone", column_name="电话", default="")

    class Meta:
        model = Organisation
        fields = ("name", "kind", "short_name", "aliases", "phone")
        import_id_fields = ("name",)


def _organisations(district_id: int) -> QuerySet:
    return Organisation.objects.filter(district_id=district_id)


class Address(Typed):
    """An e-mail address; nothing is fine too."""

    def __init__(self) -> None:
        super().__init__(forms.EmailField(required=False))

    def clean(self, value: object, row: object = None, **kwargs: object) -> str:
        try:
            return str(super().clean(value, row, **kwargs))
        except ValueError:
            raise ValueError(f"邮箱“{str(value).strip()}”的写法不对，如 name@example.cn") from None


class PersonResource(DistrictResource):
    name = fields.Field(attribute="name", column_name="姓名")
    organisation = fields.Field(
        attribute="organisation", column_name="所在单位", widget=OwnRow(_organisations, "单位")
    )
    title = fields.Field(attribute="title", column_name="职务", default="")
    phone = fields.Field(attribute="phone", column_name="电话", default="")
    email = fields.Field(attribute="email", column_name="邮箱", default="", widget=Address())

    class Meta:
        model = Person
        fields = ("name", "organisation", "title", "phone", "email")
        import_id_fields = ("name", "organisation")


class CalendarDayResource(SheetResource):
    """Holidays are the country's, not a district's."""

    day = fields.Field(attribute="day", column_name="日期", widget=Typed(ChineseDateField(label="日期")))
    is_workday = fields.Field(attribute="is_workday", column_name="上班", widget=YesNo())
    name = fields.Field(attribute="name", column_name="说明")

    class Meta:
        model = CalendarDay
        fields = ("day", "is_workday", "name")
        import_id_fields = ("day",)
