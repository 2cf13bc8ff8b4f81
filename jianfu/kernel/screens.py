"""Admin screens of a kind, to be mixed in before the base class: to look at, or in and out of a workbook."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from import_export.admin import ImportExportMixin

from . import trail
from .workbooks import Workbook


class ReadOnlyScreen:
    """To look at: what stands here is made and ended elsewhere, where it is checked."""

    def has_add_permission(self, _request: HttpRequest, *_more: Any) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False


class SheetScreen(ImportExportMixin):
    """Rows in and out of a workbook, through a `jianfu.kernel.resources.SheetResource`.

    django-import-export asks Django's permission table, which is not used here, and lets everybody by who may
    enter the admin; so the screen's own rights are asked.
    """

    formats = [Workbook]

    def has_import_permission(self, request: HttpRequest) -> bool:
        return self.has_add_permission(request) and self.has_change_permission(request)

    def has_export_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def get_resource_kwargs(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> dict[str, Any]:
        return {"user": request.user}

    def get_export_data(
        self, file_format: Any, request: HttpRequest, queryset: Any, **kwargs: Any
    ) -> bytes | str:
        made: bytes | str = super().get_export_data(file_format, request, queryset, **kwargs)
        data = {"model": self.opts.label_lower, "rows": queryset.count()}
        trail.record(
            action="master_data.exported", target=request.user.person.district, by=request.user, data=data
        )
        return made

    def add_data_read_fail_error_to_form(self, form: Any, _error: Exception) -> None:
        form.add_error("import_file", "这个文件打不开。请在 Excel 或 WPS 里另存为 .xlsx 工作簿，再选一次")
