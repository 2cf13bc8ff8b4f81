"""The admin is for master data only. It can neither move a workflow nor see what ``visible_to`` hides."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.contrib.admin.utils import unquote
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import ForeignKey, Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from simple_history.admin import SimpleHistoryAdmin

from jianfu.kernel import trail
from jianfu.kernel.decisions import Decision


class JianfuAdminConfig(AdminConfig):
    default_site = "jianfu.admin_site.JianfuAdminSite"


class JianfuAdminSite(AdminSite):
    site_header = site_title = "减负台账 系统管理"
    index_title = "基础数据"
    site_url = "/desk/"
    enable_nav_sidebar = False

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """There is one way in: the house's own sign-in. Whoever is in and may not enter is told so."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied
        back = request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index", current_app=self.name)
        return redirect(reverse("sign_in", query={REDIRECT_FIELD_NAME: back}))


class MasterDataAdmin(SimpleHistoryAdmin):
    """Rows through ``visible_to``; every right from one function of permissions.py."""

    permission: Callable[[Any], Decision]
    list_per_page = 50
    object_history_list_template = "admin/history_list.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        ordering = self.get_ordering(request)
        rows = self.model._default_manager.visible_to(request.user)
        return rows.order_by(*ordering) if ordering else rows

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Into one's own district, with its event."""
        if hasattr(obj, "district_id") and obj.district_id is None:
            obj.district_id = request.user.district_id
        with transaction.atomic():
            super().save_model(request, obj, form, change)
            verb = "changed" if change else "added"
            data = {"fields": form.changed_data}
            trail.record(action=f"master_data.{verb}", target=obj, by=request.user, data=data)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        with transaction.atomic():
            trail.record(action="master_data.deleted", target=obj, by=request.user)
            super().delete_model(request, obj)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Headed by what it lists: Django's own says 选择 人员 来修改."""
        title = {"title": str(self.opts.verbose_name_plural)}
        return super().changelist_view(request, title | (extra_context or {}))

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """One at a time: deleting in bulk would pass by the trail."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        related: type[Model] = db_field.related_model
        if hasattr(related._default_manager, "visible_to"):
            kwargs["queryset"] = related._default_manager.visible_to(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The history passes the same door as the row: a row that is not visible is not found."""
        self._must_be_visible(request, object_id)
        return super().history_view(request, object_id, extra_context)

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: Any = None
    ) -> HttpResponse:
        self._must_be_visible(request, object_id)
        return super().history_form_view(request, object_id, version_id, extra_context)

    def _must_be_visible(self, request: HttpRequest, object_id: str) -> None:
        if not self._allowed(request) or self.get_object(request, unquote(object_id)) is None:
            raise Http404

    def _allowed(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and bool(type(self).permission(request.user))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._allowed(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._allowed(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self._allowed(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._allowed(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._allowed(request)
