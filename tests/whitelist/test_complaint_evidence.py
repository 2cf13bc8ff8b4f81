"""A PDF as evidence: from the public form to the handler's page, without what it told of its owner."""

import pytest
from django.core.files import uploadhandler
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from jianfu.kernel import sealing
from jianfu.kernel.attempts import Limit
from tests.kernel.documents.test_cleaning_pdf import MORE, PLANTED, notice
from whitelist.models import Complaint
from whitelist.services import complaint as services
from whitelist.views import confidential

from .complaint_pages import follow, report, sent
from .complaints import handler, received

ANOTHER = "colleague"


@pytest.fixture
def complaint(world):
    report(world)
    sent(world, pictures=[SimpleUploadedFile("张老师的通知.pdf", notice(), "application/pdf")])
    return services.take(complaint=Complaint.objects.first(), by=handler(world))


def test_what_is_kept_and_handed_out_is_drawn_anew(world, client, complaint):
    row = complaint.evidence.get()
    with row.file.open("rb") as stream:
        kept = sealing.unseal_bytes(stream.read(), f"complaint.evidence.{complaint.token}")
    client.force_login(handler(world))
    answer = client.get(reverse("whitelist:complaint_evidence", args=[row.pk]))
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    for content in (kept, answer.content):
        assert content.startswith(b"%PDF-")
        assert [word for word in (*PLANTED, *MORE) if word in content] == []
    page = client.get(complaint.get_absolute_url()).text
    assert "PDF 文件 1" in page
    assert 'alt="图片 1"' not in page


def test_nobody_else_opens_it(world, client, complaint):
    client.force_login(handler(world, ANOTHER))
    assert (
        client.get(reverse("whitelist:complaint_evidence", args=[complaint.evidence.get().pk])).status_code
        == 403
    )


@pytest.mark.parametrize("page", ["public", "office"])
def test_what_is_sent_is_on_no_disk_before_it_is_clean(world, settings, monkeypatch, page):
    """Django would put a large file into a temporary folder as it came, with its name and its maker."""
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1
    monkeypatch.setattr(uploadhandler, "TemporaryUploadedFile", lambda *_args: pytest.fail("on a disk"))
    files = [SimpleUploadedFile("张老师的通知.pdf", notice(), "application/pdf")]
    if page == "public":
        assert sent(world, pictures=files).status_code == 200
    else:
        client = Client()
        client.force_login(handler(world))
        told = {"unit": "区消防救援支队", "words": "要求教师上街站岗", "kind": "complaint", "source": "phone"}
        client.post(reverse("whitelist:complaint_enter"), {**told, "pictures": files})
    assert Complaint.objects.get().evidence.count() == 1


def test_the_office_s_form_still_asks_for_its_token(world):
    client = Client(enforce_csrf_checks=True)
    client.force_login(handler(world))
    assert client.post(reverse("whitelist:complaint_enter"), {}).status_code == 403


def test_who_sends_too_many_files_is_told_before_they_are_drawn(world, monkeypatch):
    """Also what was refused counts, for it took as long to draw."""
    assert confidential.WITH_FILES.per_hour >= 120
    monkeypatch.setattr(confidential, "WITH_FILES", Limit("test.files", 1))
    _complaint, code = received(world)
    broken = lambda: [SimpleUploadedFile("x.pdf", b"%PDF- broken")]  # noqa: E731
    assert "打不开" in sent(world, pictures=broken()).text
    page = sent(world, pictures=broken()).text
    assert "过一小时再提交" in page
    assert "打不开" not in page
    assert "过一小时再传" in follow(world, code, act="answer", words="补充", pictures=broken()).text
    assert "已经收到，办理人会看到" in follow(world, code, act="answer", words="没有文件的照样收").text
    assert Client().get(reverse("whitelist:complaint_form", args=[world.district.code])).status_code == 200
