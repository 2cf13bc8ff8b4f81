"""反映问题 as the public meets it: four fields, a receipt, following by it, and what keeps programs out."""

import time
from unittest import mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from jianfu.kernel import dates, sealing
from whitelist.complaints.receipts import ALPHABET, LENGTH, new_receipt, read_receipt
from whitelist.forms.complaint import PRACTICE_CHOICES, ReportForm
from whitelist.models import Complaint
from whitelist.services import complaint as services
from whitelist.views import confidential

from .complaint_pages import answer, follow, opened, report, sent, shown_receipt
from .complaints import WORDS, handler, picture, received, walked
from .factories import published


def test_four_fields_are_enough_and_the_receipt_is_shown_once(world):
    page = sent(world, words=WORDS)
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    code = shown_receipt(page.text)
    complaint = Complaint.objects.get()
    assert complaint.story_words == WORDS
    assert complaint.identity == ""
    assert code not in repr(Complaint.objects.values_list())
    assert "等待受理" in follow(world, code).text


def test_the_form_asks_four_things_and_folds_the_rest(world):
    page = Client().get(reverse("whitelist:complaint_form", args=[world.district.code])).text
    before, folded = page.split("<details", 1)
    asked = [name for name in ("unit", "practice", "words", "pictures") if f'name="{name}"' in before]
    assert asked == ["unit", "practice", "words", "pictures"]
    assert all(f'name="{name}"' in folded for name in ("when", "school", "name", "phone"))
    assert "匿名" in folded


def test_every_practice_is_offered_once(world):
    codes = [code for _group, rows in PRACTICE_CHOICES[1:] for code, _words in rows]
    assert sorted(codes) == [f"P{number:02}" for number in range(1, 29)]


def test_from_an_entry_the_unit_comes_filled_in(world):
    published(world)
    from whitelist.models import Entry

    entry = Entry.objects.get()
    address = reverse("whitelist:complaint_form", args=[world.district.code])
    page = Client().get(address, {"entry": entry.number}).text
    assert entry.title in page
    assert f'value="{entry.lead_name}"' in page
    report(world, entry=entry.number, unit=entry.lead_name)
    assert Complaint.objects.get().entry == entry


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"website": "http://spam"}, "留空"),
        ({"opened": ""}, "没有完整打开"),
        ({"opened": "forged:1:x"}, "没有完整打开"),
        ({"words": ""}, "填写怎么回事"),
        ({"unit": ""}, "填写哪个单位要求的"),
        ({"words": "字" * 2001}, "最多 2000 字"),
    ],
)
def test_what_is_refused_keeps_what_was_typed(world, changed, why):
    page = sent(world, **{"when": "上周三", **changed}).text
    assert why in page
    assert "上周三" in page
    assert not Complaint.objects.exists()


@pytest.mark.parametrize(("seconds", "kept"), [(2, 0), (5, 1), (12 * 3600 - 60, 1), (12 * 3600 + 60, 0)])
def test_neither_too_fast_nor_too_late(world, seconds, kept):
    now = time.time()  # the clock stands while it is sent
    with mock.patch("django.core.signing.time.time", return_value=now):
        sent(world, opened=opened(seconds))
    assert Complaint.objects.count() == kept


def test_a_page_sent_again_is_one_complaint(world):
    token = opened()
    sent(world, opened=token)
    assert "已经收到了" in sent(world, opened=token).text
    assert Complaint.objects.count() == 1


@pytest.mark.parametrize("name", ["说明.docx", "通知.pdf", "x.jpg"])
def test_what_cannot_be_cleaned_is_refused_with_a_way_out(world, name):
    content = b"%PDF-1.7 ... %%EOF" if name.endswith("pdf") else b"PK\x03\x04renamed"
    page = sent(world, pictures=[SimpleUploadedFile(name, content)]).text
    assert ("这个 PDF 打不开" if name.endswith("pdf") else "不是 JPG、PNG 图片，也不是 PDF") in page
    assert "截图后上传" in page
    assert name not in page
    assert not Complaint.objects.exists()


def test_six_pictures_are_too_many(world):
    files = [SimpleUploadedFile(f"{n}.png", picture(), "image/png") for n in range(6)]
    assert "最多 5 个图片或 PDF" in sent(world, pictures=files).text


def test_too_many_of_one_address_in_an_hour_are_told(world, monkeypatch):
    """Sixty: a school of a hundred teachers behind one address is not locked out."""
    assert confidential.REPORTS.per_hour >= 60
    from whitelist.views import complaint_report

    monkeypatch.setattr(complaint_report, "REPORTS", confidential.Limit("test.report", 2))
    answers = [sent(world, ip="198.51.100.1").text for _ in range(3)]
    assert "过一小时再提交" in answers[2]
    assert "过一小时" not in sent(world, ip="198.51.100.2").text
    assert Complaint.objects.count() == 3


def test_ten_wrong_receipts_an_hour(world):
    code = report(world)
    for _ in range(10):
        assert "没有这个回执码" in follow(world, new_receipt()).text
    locked = follow(world, code)
    assert locked.status_code == 429
    assert "过一小时再试" in locked.text
    assert "等待受理" in follow(world, code, ip="192.0.2.8").text


def test_a_right_receipt_is_never_counted(world):
    code = report(world)
    assert {follow(world, code).status_code for _ in range(12)} == {200}


def test_a_receipt_of_120_bits_in_plain_letters():
    codes = {new_receipt() for _ in range(50)}
    assert len(codes) == 50
    assert len(ALPHABET) ** LENGTH >= 2**112
    assert not set("ILOU") & set(ALPHABET)
    code = "0A1B-CDEF-GHJK-MNPQ-RSTV-WXYZ"
    assert read_receipt(" oａ1b cdef ghjk－mnpq rstv wxyz") == read_receipt(code)
    assert read_receipt("OAIB-CDEF-GHJK-MNPQ-RSTV-WXYZ") == read_receipt(code)
    assert read_receipt(code[:-1]) is None
    assert read_receipt("U" * 24) is None


def test_questions_and_answers_go_both_ways(world):
    code = report(world)
    complaint = services.take(complaint=Complaint.objects.get(), by=handler(world))
    services.ask(complaint=complaint, by=handler(world), words="是哪一天")
    assert "是哪一天" in follow(world, code).text
    answer(world, code, "九月三日")
    client = Client()
    client.force_login(handler(world))
    assert "九月三日" in client.get(complaint.get_absolute_url()).text


def test_the_writer_reads_the_result_and_not_the_work_inside(world):
    complaint = walked(world)
    _new, code = received(world)
    Complaint.objects.filter(pk=_new.pk).update(receipt_digest="x" * 64)
    Complaint.objects.filter(pk=complaint.pk).update(receipt_digest=_digest(code))
    page = follow(world, code).text
    assert "已经办结" in page
    assert "已通报并约谈，停止安排" in page
    assert "认定为“属实”" in page
    assert "查看了通知和排班表" not in page
    assert handler(world).person.name not in page


def _digest(code):
    from whitelist.complaints.receipts import receipt_digest

    return receipt_digest(code)


def test_the_writer_reminds_once_a_day(world):
    code = report(world)
    assert "已经催办，办理人" in follow(world, code, act="urge").text
    assert "今天已经催办过" in follow(world, code, act="urge").text
    assert Complaint.objects.get().reminders.count() == 1


def test_what_is_exposed_stands_on_the_public_page_and_nothing_else(world):
    address = reverse("whitelist:complaint_results", args=[world.district.code])
    complaint = walked(world, "propose_exposure")
    assert complaint.public_text not in Client().get(address).text
    from .complaints import leader

    services.perform_complaint(complaint=complaint, name="sign_exposure", by=leader(world))
    page = Client().get(address).text
    assert complaint.public_text in page
    assert complaint.number not in page
    assert WORDS not in page


def test_without_a_key_the_page_says_whom_to_call(world, settings, tmp_path):
    settings.COMPLAINT_KEY = str(tmp_path / "nothing")
    page = Client().get(reverse("whitelist:complaint_form", args=[world.district.code])).text
    assert "还没有开通" in page
    assert world.district.contact_phone in page
    assert not sealing.is_ready()


def test_a_forged_form_is_refused(world):
    client = Client(enforce_csrf_checks=True)
    address = reverse("whitelist:complaint_form", args=[world.district.code])
    data = {"unit": "x", "words": "y", "kind": "complaint", "opened": ReportForm.opening()}
    assert client.post(address, data).status_code == 403
    assert not Complaint.objects.exists()


def test_who_is_signed_in_leaves_no_trace_of_it(world):
    """A teacher's account, should there be one: neither history nor trail knows who had the page open."""
    client = Client()
    client.force_login(handler(world))
    address = reverse("whitelist:complaint_form", args=[world.district.code])
    client.post(address, {"unit": "某单位", "words": "某事", "kind": "complaint", "opened": opened()})
    complaint = Complaint.objects.get()
    assert set(complaint.history.values_list("history_user", flat=True)) == {None}
    from jianfu.audit.models import Event

    assert Event.objects.get(action="complaint.received").actor_id is None


def test_files_are_to_be_chosen_again_after_an_error(world):
    """A browser never sends them twice by itself; without a word the evidence would be lost."""
    files = [SimpleUploadedFile("x.png", picture(), "image/png")]
    assert "选过的文件没有留下" in sent(world, words="", pictures=files).text
    assert "选过的文件没有留下" not in sent(world, words="").text


def test_the_receipt_says_when_where_and_how_long(world):
    page = sent(world).text
    assert f"http://testserver{reverse('whitelist:complaint_follow', args=[world.district.code])}" in page
    assert f"{dates.chinese_date(dates.today())}收到" in page
    assert "5 个工作日内决定是否受理" in page
