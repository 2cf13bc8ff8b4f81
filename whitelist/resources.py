"""Upper lists in and out of a workbook: found again by level, year and name."""

from __future__ import annotations

from import_export import fields

from approvals.states import Level
from jianfu.kernel.fields import IntegerField
from jianfu.kernel.resources import DistrictResource, Labelled, Typed

from .models import UpperItem


class UpperItemResource(DistrictResource):
    level = fields.Field(attribute="level", column_name="来源级别", widget=Labelled(Level, "来源级别"))
    year = fields.Field(
        attribute="year",
        column_name="年度",
        widget=Typed(IntegerField(label="年度", min_value=2000, max_value=2100)),
    )
    title = fields.Field(attribute="title", column_name="事项名称")
    unit = fields.Field(attribute="unit", column_name="牵头单位", default="")
    list_name = fields.Field(attribute="list_name", column_name="上级名单名称")
    document_number = fields.Field(attribute="document_number", column_name="文号", default="")

    class Meta:
        model = UpperItem
        fields = ("level", "year", "title", "unit", "list_name", "document_number")
        import_id_fields = ("level", "year", "title")
