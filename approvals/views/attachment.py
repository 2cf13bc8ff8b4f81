"""Files: put in, take out, hand over. Nothing is shown in the browser's own window."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from approvals import services
from approvals.forms.acts import AttachmentForm
from approvals.models import Application, Attachment
from jianfu.kernel.decisions import Refused


def shown_files(application: Application, *, removable: bool = False) -> list[dict[str, Any]]:
    """The files as the component prints them."""
    return [
        {
            "name": file.name,
            "url": reverse("approvals:attachment_file", args=[file.pk]),
            "size": file.size,
            "kind": file.get_kind_display(),
            "when": file.uploaded_at,
            "who": "",
            "remove_url": reverse("approvals:attachment_remove", args=[file.pk]) if removable else "",
        }
        for file in application.attachments.in_use()
    ]


@login_required
@require_POST
def attachment_add(request: HttpRequest, pk: int) -> HttpResponse:
    application = get_object_or_404(Application.objects.of_applicant(request.user), pk=pk)
    form = AttachmentForm(request.POST, request.FILES)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, "；".join(str(error) for error in errors))
    else:
        data = form.cleaned_data
        try:
            row = services.attach(
                application=application, by=request.user, upload=data["file"], kind=data["kind"]
            )
        except Refused as refused:
            messages.error(request, refused.decision.text)
        else:
            messages.success(request, f"已上传“{row.name}”")
    return redirect("approvals:application_part", pk, "files")


@login_required
@require_POST
def attachment_remove(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Attachment.objects.visible_to(request.user).in_use(), pk=pk)
    services.detach(attachment=row, by=request.user)
    messages.success(request, f"已移除“{row.name}”")
    return redirect("approvals:application_part", row.application_id, "files")


@login_required
def attachment_file(request: HttpRequest, pk: int) -> FileResponse:
    row = get_object_or_404(Attachment.objects.visible_to(request.user), pk=pk)
    try:
        stream = row.file.open("rb")
    except OSError as error:
        raise Http404 from error
    answer = FileResponse(stream, as_attachment=True, filename=row.name, content_type=row.content_type)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
