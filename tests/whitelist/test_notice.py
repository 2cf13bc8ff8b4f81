"""关于公布白名单的通知 and 公告: what stands in them, for whom, and who gets them."""

from io import BytesIO

import pytest
from docx import Document
from pypdf import PdfReader

from jianfu.kernel import dates
from jianfu.organisations.states import Role
from tests import codes
from tests.whitelist.factories import clerk, entry_of, filed, opened, published, soon
from whitelist import services

PUBLIC = "/whitelist/yunling/releases/{year}-{serial}/notice.{form}"


def words_of(answer):
    """The text of a Word file, cells included."""
    docx = Document(BytesIO(answer.content))
    cells = [cell.text for table in docx.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in docx.paragraphs), *cells])


@pytest.fixture
def second(world):
    """A release that adds one, keeps one and leaves one out."""
    entry_of(world, title="留下的", ends_on=soon(90))
    gone = entry_of(world, title="移出的", ends_on=soon(90))
    services.remove(entry=gone, by=clerk(world), on=dates.today(), reason="云教领〔2026〕9号，成效不明显")
    return published(
        world, filed(world, title="新来的", ends_on=soon(90)), document_number="云教领〔2026〕12号"
    )


def test_its_qr_code_leads_to_the_release(client, world, second, settings):
    settings.JIANFU_PUBLIC_URL = "https://jianfu.example.gov.cn"
    address = PUBLIC.format(year=second.year, serial=second.serial, form="{}")
    release = f"https://jianfu.example.gov.cn/whitelist/yunling/releases/{second.year}-{second.serial}/"
    assert codes.in_pdf(client.get(address.format("pdf")).content) == [release]
    assert codes.in_docx(client.get(address.format("docx")).content) == [release]


def test_everybody_may_keep_the_announcement(client, world, second):
    address = PUBLIC.format(year=second.year, serial=second.serial, form="{}")
    answer = client.get(address.format("docx"))
    text = words_of(answer)
    for words in (
        "区委教育工作领导小组文件", "云教领〔2026〕12号", "公告",
        "共 2 项，其中新增 1 项，延续 1 项，见附件1", "移出 1 项，原因见附件2",
        "云教领〔2026〕9号，成效不明显", "学校有权拒绝", "023-55550000", "新来的", "留下的",
    ):  # fmt: skip
        assert words in text, words
    assert world.user(Role.LEADER).person.name not in text
    assert not answer.cookies
    pdf = PdfReader(BytesIO(client.get(address.format("pdf")).content))
    assert "关于公布云岭区" in "".join(page.extract_text() for page in pdf.pages).replace("\n", "")
    assert client.get(address.format("exe")).status_code == 404


def test_departments_and_schools_get_a_circular(client, world, second):
    address = f"{second.get_absolute_url()}notice/docx/"
    assert client.get(address).status_code == 302
    client.force_login(world.user(Role.APPLICANT))
    text = words_of(client.get(address))
    assert "区级各部门，各镇街，各中小学校：" in text
    assert "的通知" in text


def test_a_draft_is_read_by_those_who_prepare_it(client, world):
    draft = opened(world)
    address = f"{draft.get_absolute_url()}notice/docx/"
    client.force_login(world.user(Role.APPLICANT))
    assert client.get(address).status_code == 404
    client.force_login(clerk(world))
    text = words_of(client.get(address))
    assert "消防安全应急疏散演练" in text
    assert "〔2026〕" in text or f"〔{draft.year}〕" in text
    assert client.get(PUBLIC.format(year=draft.year, serial=1, form="pdf")).status_code == 404
