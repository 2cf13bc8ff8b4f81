"""Admin screen of 已有数据目录, in and out of spreadsheets; applications have no admin screen at all."""

from __future__ import annotations

from django.contrib import admin

from jianfu.admin_site import MasterDataAdmin
from jianfu.kernel.screens import SheetScreen

from . import permissions
from .models import HeldData
from .resources import HeldDataResource


@admin.register(HeldData)
class HeldDataAdmin(SheetScreen, MasterDataAdmin):
    permission = permissions.may_keep_held_data
    exclude = ("district", "version")
    resource_classes = [HeldDataResource]
    list_display = ("name", "kept_in", "keeper", "as_of")
    list_select_related = ("keeper",)
    search_fields = ("name", "aliases", "kept_in")
