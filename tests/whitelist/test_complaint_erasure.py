"""Name and telephone, and later the evidence, are erased some days after the end; words and verdict stay."""

from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from jianfu.audit.models import Event
from jianfu.kernel import dates
from jianfu.kernel.decisions import Refused
from jianfu.organisations.models import PolicyValue
from whitelist.complaints.erasure import is_neglected
from whitelist.complaints.figures import ERASE_EVIDENCE, ERASE_IDENTITY
from whitelist.models import Complaint
from whitelist.services import complaint as services
from whitelist.services.complaint import erase_due

from .complaint_pages import follow, report
from .complaints import NAME, PHONE, WORDS, handler, leader, taken, walked

DAYS, LONGER = ERASE_IDENTITY.value, ERASE_EVIDENCE.value


def after(days, settings):
    settings.JIANFU_TODAY = dates.today() + timedelta(days=days)
    return settings.JIANFU_TODAY


def events(action):
    return Event.objects.filter(action=f"complaint.{action}")


def test_the_last_day_it_is_there_and_the_first_it_is_gone(world, settings):
    complaint = walked(world)
    after(DAYS - 1, settings)
    assert erase_due() == (0, 0)
    assert services.view_identity(complaint=complaint, by=handler(world), reason="回访").name == NAME
    today = after(1, settings)
    assert erase_due() == (1, 0)
    kept = Complaint.objects.get()
    assert (kept.identity, kept.identity_digest, kept.identity_erased_on) == ("", "", today)
    assert kept.story_words.startswith(WORDS)
    assert kept.finding == "upheld"
    assert events("identity_erased").get().target_name == complaint.number
    assert erase_due() == (0, 0)
    assert events("identity_erased").count() == 1


def test_the_evidence_goes_later_with_its_file(world, settings):
    complaint = walked(world)
    path = Path(complaint.evidence.get().file.path)
    after(LONGER - 1, settings)
    assert erase_due() == (1, 0)
    assert path.exists()
    today = after(1, settings)
    assert erase_due() == (0, 1)
    assert not path.exists()
    assert not complaint.evidence.exists()
    assert Complaint.objects.get().evidence_erased_on == today
    assert events("evidence_erased").get().data == {"files": 1}


def test_a_file_that_is_gone_already_does_not_stop_it(world, settings):
    complaint = walked(world)
    Path(complaint.evidence.get().file.path).unlink()
    after(LONGER, settings)
    assert erase_due() == (1, 1)


def test_a_district_has_its_own_days(world, settings):
    walked(world)
    PolicyValue.objects.create(
        district=world.district,
        code=ERASE_IDENTITY.code,
        value="5",
        effective_from=dates.today(),
        document="x",
    )
    after(5, settings)
    assert erase_due() == (1, 0)


@pytest.mark.parametrize("step", ["accept", "sign_notice", "sign_exposure"])
def test_nothing_of_an_open_one_is_erased(world, settings, step):
    walked(world, step)
    today = after(LONGER + 1, settings)
    assert erase_due() == (0, 0)
    assert not is_neglected(Complaint.objects.all(), world.district.pk, today)


def test_what_was_declined_is_erased_too(world, settings):
    given = {"note": "学校内部事务", "data": {"ground": "not_ours"}}
    services.perform_complaint(complaint=taken(world), name="decline", by=handler(world), **given)
    after(DAYS, settings)
    assert erase_due() == (1, 0)


def test_who_made_something_up_is_still_known_by_the_telephone(world, settings):
    """Waiting for the judgement nothing is erased; afterwards the digest alone stays, so that cards count."""
    complaint = services.confirm_identity(complaint=taken(world), by=handler(world))
    for name, more in (
        ("accept", {}),
        ("find", {"note": "没有此事", "data": {"finding": "unfounded"}}),
        ("close", {"note": "已说明"}),
    ):
        complaint = services.perform_complaint(complaint=complaint, name=name, by=handler(world), **more)
    complaint = services.propose_fabrication(complaint=complaint, by=handler(world))
    today = after(DAYS + 30, settings)
    assert erase_due() == (0, 0)
    assert not is_neglected(Complaint.objects.all(), world.district.pk, today)
    services.judge_fabrication(complaint=complaint, by=leader(world), fabricated=True)
    assert erase_due() == (1, 0)
    again = services.confirm_identity(complaint=taken(world), by=handler(world))
    assert services.fabricated_by(again) == 1


def test_what_nobody_can_count_any_more_is_not_proposed(world, settings):
    complaint = services.confirm_identity(complaint=walked(world), by=handler(world))
    Complaint.objects.update(finding="unfounded")
    after(DAYS, settings)
    erase_due()
    with pytest.raises(Refused, match="无从计起"):
        services.propose_fabrication(complaint=complaint, by=handler(world))


def test_nothing_overdue_is_opened_where_nothing_erases(world, settings, client):
    complaint = services.confirm_identity(complaint=walked(world), by=handler(world))
    after(DAYS, settings)
    for act in (
        lambda: services.view_identity(complaint=complaint, by=handler(world), reason="回访"),
        lambda: services.confirm_identity(complaint=complaint, by=handler(world)),
    ):
        with pytest.raises(Refused, match=f"办结已满 {DAYS} 天，姓名、电话按规定删除"):
            act()
    client.force_login(handler(world))
    assert "还没有删除" not in client.get(reverse("whitelist:complaint_list")).text
    after(8, settings)
    assert "有办结已满期限的联系方式还没有删除" in client.get(reverse("whitelist:complaint_list")).text
    erase_due()
    assert "还没有删除" not in client.get(reverse("whitelist:complaint_list")).text


def test_the_daily_command_does_it_and_says_no_number(world, settings):
    complaint = walked(world)
    today = after(LONGER, settings)
    rehearsed, done = StringIO(), StringIO()
    call_command("send_digest", "--dry-run", stdout=rehearsed)
    assert "到期应删除联系方式 1 件、证据 1 件" in rehearsed.getvalue()
    assert Complaint.objects.get().identity
    call_command("send_digest", stdout=done)
    assert "已按规定删除联系方式 1 件、证据 1 件" in done.getvalue()
    assert complaint.number not in done.getvalue()
    assert Complaint.objects.get().identity_erased_on == today
    again = StringIO()
    call_command("erase_identities", stdout=again)
    assert "没有到期应删除的" in again.getvalue()


def test_it_is_said_before_and_afterwards(world, settings, client):
    """On the form, to the handler, to the writer, whose page works on."""
    form = Client().get(reverse("whitelist:complaint_form", args=[world.district.code])).text
    assert f"姓名电话办结 {DAYS} 天后删除" in form
    code = report(world, name=NAME, phone=PHONE)
    complaint = services.take(complaint=Complaint.objects.get(), by=handler(world))
    given = {"note": "学校内部事务", "data": {"ground": "not_ours"}}
    services.perform_complaint(complaint=complaint, name="decline", by=handler(world), **given)
    due = dates.chinese_date(dates.today() + timedelta(days=DAYS))
    assert f"姓名、电话到{due}按规定删除" in follow(world, code).text
    today = after(LONGER, settings)
    erase_due()
    client.force_login(handler(world))
    for page in (follow(world, code).text, client.get(complaint.get_absolute_url()).text):
        assert f"联系方式已于{dates.chinese_date(today)}按规定删除" in page
        assert f"证据已于{dates.chinese_date(today)}按规定删除" in page
        assert "不予受理" in page


def test_what_the_writer_sends_after_the_end_stays_as_long(world, settings):
    complaint = walked(world)
    after(LONGER, settings)
    erase_due()
    _evidence = complaint.evidence.create(content_type="image/png", file="none", on=dates.today())
    assert erase_due() == (0, 0)
    after(LONGER, settings)
    assert erase_due() == (0, 1)
