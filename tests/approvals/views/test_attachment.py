"""Files in and out."""

from django.core.files.uploadedfile import SimpleUploadedFile

from jianfu.organisations.states import Role
from tests.approvals.factories import (
    draft,
)
from tests.approvals.views.conftest import page
from tests.kernel.documents.test_uploads import pdf


def test_files_in_and_out(world, as_):
    application = draft(world)
    client = as_(Role.APPLICANT)
    url = page("attachment_add", application.pk)
    bad = client.post(url, {"kind": "plan", "file": SimpleUploadedFile("假.pdf", b"MZ")}, follow=True)
    assert "和它的扩展名不符" in bad.content.decode()
    client.post(url, {"kind": "plan", "file": SimpleUploadedFile("方案.pdf", pdf())})
    row = application.attachments.get()
    answer = client.get(page("attachment_file", row.pk))
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "application/pdf"
    assert b"".join(answer.streaming_content) == pdf()
    client.post(page("attachment_remove", row.pk))
    assert client.get(page("attachment_file", row.pk)).status_code == 404
