"""Admin screen of 已有数据目录, in and out of spreadsheets; applications have no admin screen at all."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from import_export.admin import ImportExportMixin

from jianfu.admin_site import MasterDataAdmin

from . import permissions
from .models import HeldData
from .resources import HeldDataResource


@admin.register(HeldData)
class HeldDataAdmin(ImportExportMixin, MasterDataAdmin):
    permission = permissions.may_keep_held_data
    exclude = ("district", "version")
    resource_classes = [HeldDataResource]
    list_display = ("name", "kept_in", "keeper", "as_of")
    list_select_related = ("keeper",)
    search_fields = ("name", "aliases", "kept_in")

    def get_import_resource_kwargs(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> dict[str, Any]:
        return {"user": request.user}

    get_export_resource_kwargs = get_import_resource_kwargs
