"""Admin screens of 监测点学校 and of 上级名单, the latter in and out of spreadsheets."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from jianfu.admin_site import MasterDataAdmin
from jianfu.kernel.screens import SheetScreen
from jianfu.organisations.selectors import schools

from . import permissions
from .models import MonitoringPoint, UpperItem
from .resources import UpperItemResource


class PointForm(forms.ModelForm):
    """A new row is of the keeper's district before it is checked; only its schools are offered."""

    district_id: int

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.district_id is None:
            self.instance.district_id = self.district_id
        if "school" in self.fields:
            self.fields["school"].queryset = schools(self.district_id)


@admin.register(MonitoringPoint)
class MonitoringPointAdmin(MasterDataAdmin):
    permission = permissions.may_keep_points
    form = PointForm
    exclude = ("district",)
    list_display = ("school", "since", "until", "document")
    list_select_related = ("school",)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        form.district_id = request.user.district_id
        return form


@admin.register(UpperItem)
class UpperItemAdmin(SheetScreen, MasterDataAdmin):
    permission = permissions.may_keep_upper_lists
    exclude = ("district", "version")
    resource_classes = [UpperItemResource]
    list_display = ("title", "level", "year", "unit", "list_name", "document_number")
    list_filter = ("level", "year")
    search_fields = ("title", "unit", "list_name")
