"""Files of an application: nothing refused is stored, and what was handed in keeps its own."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from approvals import services
from approvals.models import Attachment
from approvals.services.attachment import MOST
from approvals.states import State
from jianfu.kernel.decisions import Refused
from jianfu.organisations.states import Role
from tests.approvals.factories import application_at, draft, step

PDF = b"%PDF-1.4\nx\n%%EOF\n"


def stored(settings):
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def attach(world, application, name="方案.pdf", content=None):
    return services.attach(
        application=application,
        by=world.user(Role.APPLICANT),
        upload=SimpleUploadedFile(name, content or PDF),
        kind="plan",
    )


def test_a_refused_file_is_not_stored(world, settings):
    with pytest.raises(Refused):
        attach(world, draft(world), content=b"MZ")
    assert stored(settings) == []
    assert not Attachment.objects.exists()


def test_no_orphan_stays_when_the_row_fails(world, settings, monkeypatch):
    application = draft(world)

    def broken(**_event):
        raise RuntimeError("the trail is down")

    monkeypatch.setattr("jianfu.kernel.trail.record", broken)
    with pytest.raises(RuntimeError):
        attach(world, application)
    assert stored(settings) == []
    assert not Attachment.objects.exists()


def test_ten_files_and_no_more(world):
    application = draft(world)
    for number in range(MOST):
        attach(world, application, content=PDF.replace(b"x", b"%d" % number))
    with pytest.raises(Refused, match="已有 10 个附件"):
        attach(world, application, content=PDF.replace(b"x", b"one more"))


def test_the_same_file_is_kept_once(world):
    application = draft(world)
    attach(world, application)
    with pytest.raises(Refused, match="已经上传过"):
        attach(world, application, name="另一个名字.pdf")


def test_removed_before_handing_in_it_is_gone(world, settings, django_capture_on_commit_callbacks):
    row = attach(world, draft(world))
    assert len(stored(settings)) == 1
    with django_capture_on_commit_callbacks(execute=True):
        services.detach(attachment=row, by=world.user(Role.APPLICANT))
    assert stored(settings) == []


def test_removed_after_a_return_it_stays_in_store(world, settings):
    application = draft(world)
    row = attach(world, application)
    application = step(step(application, "submit", world), "return_", world)
    services.detach(attachment=row, by=world.user(Role.APPLICANT))
    assert not application.attachments.in_use().exists()
    assert len(stored(settings)) == 1


def test_what_was_handed_in_takes_no_file(world):
    application = application_at(State.SUBMITTED, world)
    with pytest.raises(Refused, match="已提交的内容不能再改"):
        attach(world, application)
