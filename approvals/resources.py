"""已有数据目录 in and out of spreadsheets: one's own district only, found by the name of the item."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from import_export import fields, resources

from .models import HeldData


class HeldDataResource(resources.ModelResource):
    name = fields.Field(attribute="name", column_name="数据项")
    aliases = fields.Field(attribute="aliases", column_name="别名", default="")
    kept_in = fields.Field(attribute="kept_in", column_name="存放处")

    class Meta:
        model = HeldData
        fields = ("name", "aliases", "kept_in")
        import_id_fields = ("name",)
        skip_unchanged = True

    def __init__(self, user: Any = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.user = user

    def get_queryset(self) -> QuerySet:
        return HeldData.objects.visible_to(self.user)

    def before_save_instance(self, instance: Any, _row: Any, **_kwargs: Any) -> None:
        instance.district_id = self.user.district_id
