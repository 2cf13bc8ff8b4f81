"""已有数据目录 in and out of a workbook: one's own district only, found by the name of the item."""

from __future__ import annotations

from import_export import fields

from jianfu.kernel.resources import DistrictResource

from .models import HeldData


class HeldDataResource(DistrictResource):
    name = fields.Field(attribute="name", column_name="数据项")
    aliases = fields.Field(attribute="aliases", column_name="别名", default="")
    kept_in = fields.Field(attribute="kept_in", column_name="存放处")

    class Meta:
        model = HeldData
        fields = ("name", "aliases", "kept_in")
        import_id_fields = ("name",)
