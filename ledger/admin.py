"""Admin screens of the templates. A ledger keeps its own copy of the words, so editing one changes no ledger;
ledgers and their rows have no admin screen at all."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from jianfu.admin_site import MasterDataAdmin

from .models import LedgerTemplate, TemplateBlank, TemplateRow
from .permissions import form as permissions


class TemplatePartAdmin(MasterDataAdmin):
    """Saved with an audit event; deleted one at a time, and never from a template in use."""

    permission = permissions.may_keep_templates

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and template_of(obj).ledgers.exists())


def template_of(obj: LedgerTemplate | TemplateRow | TemplateBlank) -> LedgerTemplate:
    if isinstance(obj, TemplateBlank):
        return obj.row.template
    return obj.template if isinstance(obj, TemplateRow) else obj


class Inline(admin.TabularInline):
    """Lists what belongs to the row above and leads to its own screen; nothing is edited in the list."""

    extra = 0
    can_delete = False
    show_change_link = True

    def _allowed(self, request: HttpRequest) -> bool:
        return bool(permissions.may_keep_templates(request.user))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._allowed(request)

    def has_add_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False


class RowInline(Inline):
    model = TemplateRow
    fields = ("number", "subject", "task", "sections_text")


class BlankInline(Inline):
    model = TemplateBlank
    fields = ("code", "name", "kind", "unit", "compares", "remark")


@admin.register(LedgerTemplate)
class LedgerTemplateAdmin(TemplatePartAdmin):
    list_display = ("document", "code", "version", "issuer", "number", "forms_reading")
    search_fields = ("document", "code", "issuer")
    inlines = [RowInline]


@admin.register(TemplateRow)
class TemplateRowAdmin(TemplatePartAdmin):
    list_display = ("number", "task", "subject", "template")
    list_filter = ("template",)
    list_select_related = ("template",)
    search_fields = ("task", "requirement")
    inlines = [BlankInline]


@admin.register(TemplateBlank)
class TemplateBlankAdmin(TemplatePartAdmin):
    list_display = ("code", "name", "kind", "unit", "row")
    list_select_related = ("row",)
    search_fields = ("code", "name")
