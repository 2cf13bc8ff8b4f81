"""The auditor's reading room: events can be looked at, and nothing else."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from jianfu.kernel.screens import ReadOnlyScreen

from . import permissions
from .models import Event


@admin.register(Event)
class EventAdmin(ReadOnlyScreen, admin.ModelAdmin):
    list_display = ("at", "actor_name", "organisation_name", "action", "target_name", "source", "destination")
    search_fields = ("actor_name", "target_name", "action")
    date_hierarchy = "at"
    list_per_page = 100
    show_full_result_count = False
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return Event.objects.visible_to(request.user).order_by("-position")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(permissions.may_read(request.user))

    def has_view_permission(self, request: HttpRequest, _obj: Any = None) -> bool:
        return bool(permissions.may_read(request.user))
