"""全套材料: what is in it, for whom, and that a lost file is named and does not break it."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from approvals import services
from approvals.exports import Case, may_have_dossier
from approvals.states import State
from jianfu.audit.models import Event
from jianfu.organisations.states import Role
from tests.approvals.factories import application_at, draft, experts, give_opinions, step
from tests.approvals.views.conftest import page
from tests.kernel.documents.official.samples import pdf_pages
from tests.kernel.documents.test_uploads import pdf

NAMES = ["活动方案.pdf", "活动方案.PDF"]


def with_files(world, *road):
    application = draft(world)
    for place, name in enumerate(NAMES):
        upload = SimpleUploadedFile(name, pdf() + b"\n" * place)
        services.attach(application=application, by=world.user(Role.APPLICANT), upload=upload, kind="plan")
    for name in road:
        application = step(application, name, world)
    return application


def fetched(client, application) -> zipfile.ZipFile:
    answer = client.get(page("application_dossier", application.pk))
    assert answer.status_code == 200, answer.content.decode()
    assert answer.streaming
    assert answer["Content-Type"] == "application/zip"
    assert ".zip" in answer["Content-Disposition"]
    found = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert found.testzip() is None
    return found


@pytest.fixture
def approved(world):
    return with_files(world, "submit", "conclude", "pass_review", "approve")


def test_everything_is_in_it_for_the_office_and_the_list_names_it(approved, world, client):
    client.force_login(world.user(Role.PUBLICATION_CLERK))
    found = fetched(client, approved)
    assert found.namelist() == [
        *("00 目录.pdf", "01 申报审批表.pdf", "02 专家论证意见表.pdf", "03 审批流转单.pdf", "04 批复.pdf"),
        *("05 备案报告.pdf", "06 办理记录.xlsx", "附件/活动方案.pdf", "附件/活动方案(2).PDF"),
    ]
    contents = "".join(pdf_pages(found.read("00 目录.pdf")))
    for name in found.namelist()[1:]:
        assert name.replace(" ", "") in contents
    assert found.read("附件/活动方案.pdf") == pdf()
    assert found.read("附件/活动方案(2).PDF") == pdf() + b"\n"
    sheet = load_workbook(io.BytesIO(found.read("06 办理记录.xlsx"))).active
    labels = [row[2] for row in sheet.iter_rows(values_only=True)]
    assert labels[-4:] == ["提交申请", "汇总论证意见，送初审", "同意，报领导小组", "审批同意"]
    name = experts(world)[0].person.name
    assert name in "".join(pdf_pages(found.read("02 专家论证意见表.pdf")))


def test_the_applicant_has_it_without_the_sheets_of_the_experts(approved, world, client):
    client.force_login(world.user(Role.APPLICANT))
    found = fetched(client, approved)
    assert "05 备案报告.pdf" not in found.namelist()
    panel = "".join(pdf_pages(found.read("02 专家论证意见表.pdf")))
    assert "专家个人论证意见" not in panel
    assert "育人价值" not in panel
    form = "".join(pdf_pages(found.read("01 申报审批表.pdf")))
    assert experts(world)[0].person.name not in form


def test_before_the_decision_nothing_of_the_panel_reaches_the_applicant(world, client):
    application = with_files(world, "submit")
    by = world.user(Role.PUBLICATION_CLERK)
    give_opinions(application, world)
    services.perform(
        application=application, name="conclude", by=by, note="专家组认为可行", data={"conclusion": "agree"}
    )
    client.force_login(world.user(Role.APPLICANT))
    found = fetched(client, application)
    assert not [name for name in found.namelist() if "论证意见" in name]
    rows = load_workbook(io.BytesIO(found.read("03 办理记录.xlsx"))).active.iter_rows(values_only=True)
    said = "".join(str(cell) for row in rows for cell in row)
    said += "".join(pdf_pages(found.read("01 申报审批表.pdf")) + pdf_pages(found.read("02 审批流转单.pdf")))
    assert "作出审批决定后提供" in said
    assert "专家组认为可行" not in said
    body = client.get(application.get_absolute_url()).content.decode()
    assert "专家组认为可行" not in body
    history = client.get(reverse("history", args=["application", application.pk])).content.decode()
    assert "专家论证" in history  # up to the handing in it is theirs to read
    assert "论证结论" not in history
    assert "专家组认为可行" not in history
    client.force_login(by)
    assert "专家组认为可行" in client.get(application.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.PUBLICATION_CLERK, True),
        (Role.FIRST_REVIEWER, True),
        (Role.LEADER, True),
        (Role.APPLICANT, True),
        (Role.EXPERT, False),
        (Role.SECTION_CLERK, False),
    ],
)
def test_who_may_have_it(world, role, may):
    application = application_at(State.APPROVED, world)
    user = experts(world)[0] if role == Role.EXPERT else world.user(role)
    assert bool(may_have_dossier(Case(application, user))) is may


def test_a_joint_unit_a_draft_and_a_stranger_get_none(world, stranger_world, client):
    application = application_at(State.APPROVED, world)
    application.joint_organisations.add(world.place("other_department"))
    client.force_login(world.user(Role.APPLICANT, place="other_department", key="joint"))
    answer = client.get(page("application_dossier", application.pk))
    assert answer.status_code == 403
    assert "全套材料由申报单位" in answer.content.decode()
    assert "压缩包" not in client.get(application.get_absolute_url()).content.decode()
    client.force_login(world.user(Role.APPLICANT))
    assert client.get(page("application_dossier", draft(world).pk)).status_code == 403
    assert "压缩包" in client.get(application.get_absolute_url()).content.decode()
    client.force_login(stranger_world.user(Role.LEADER))
    assert client.get(page("application_dossier", application.pk)).status_code == 404


def test_a_lost_file_is_named_as_lost_and_the_rest_is_there(world, client):
    application = with_files(world, "submit")
    lost = application.attachments.first()
    lost.file.storage.delete(lost.file.name)
    client.force_login(world.user(Role.LEADER))
    found = fetched(client, application)
    assert [name for name in found.namelist() if name.startswith("附件/")] == ["附件/活动方案(2).PDF"]
    assert "存放处找不到这个文件" in "".join(pdf_pages(found.read("00 目录.pdf")))


def test_the_export_is_recorded_with_its_files(world, client):
    application = with_files(world, "submit")
    client.force_login(world.user(Role.LEADER))
    fetched(client, application)
    event = Event.objects.get(action="application.dossier")
    assert event.actor_id == world.user(Role.LEADER).pk
    assert "附件/活动方案.pdf" in event.data["files"]
