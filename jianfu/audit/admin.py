"""The auditor's reading room: events can be looked at, and nothing else."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from jianfu.kernel import trail_words
from jianfu.kernel.screens import ReadOnlyScreen

from . import permissions
from .models import Event


@admin.register(Event)
class EventAdmin(ReadOnlyScreen, admin.ModelAdmin):
    list_display = ("at", "actor_name", "organisation_name", "done", "target_name", "before", "after")
    fields = (*list_display[:4], "kind_of_target", *list_display[4:], "note", "data", "previous", "digest")
    search_fields = ("actor_name", "organisation_name", "target_name")
    search_help_text = "办理人、单位、对象或动作"
    date_hierarchy = "at"
    ordering = ("-at", "-position")
    list_per_page = 100
    show_full_result_count = False
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return Event.objects.visible_to(request.user).order_by(*self.ordering)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(permissions.may_read(request.user))

    def has_view_permission(self, request: HttpRequest, _obj: Any = None) -> bool:
        return bool(permissions.may_read(request.user))

    @admin.display(description="动作")
    def done(self, event: Event) -> str:
        return trail_words.action_words(event.action)

    @admin.display(description="从")
    def before(self, event: Event) -> str:
        return trail_words.value_words(event.action, event.source)

    @admin.display(description="到")
    def after(self, event: Event) -> str:
        return trail_words.value_words(event.action, event.destination)

    @admin.display(description="对象类别")
    def kind_of_target(self, event: Event) -> str:
        """A model that is no more keeps the name it was written with."""
        try:
            return str(apps.get_model(event.target_type)._meta.verbose_name)
        except (LookupError, ValueError):
            return event.target_type

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(request, {"title": "审计记录"} | (extra_context or {}))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """An action is looked for by its words."""
        found, doubled = super().get_search_results(request, queryset, search_term)
        named = trail_words.actions_called(search_term.strip()) if search_term.strip() else []
        return (found | queryset.filter(action__in=named) if named else found), doubled
