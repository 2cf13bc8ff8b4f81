"""Every event that the program can write is called in Chinese for whoever reads the trail."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from jianfu.audit.models import Event
from jianfu.kernel import trail
from jianfu.kernel.trail_words import action_words, actions_called, value_words
from jianfu.kernel.workflow import TABLES
from jianfu.organisations.states import Role

CODE = re.compile(r"[a-z_]+\.[a-z_.]+")


def written():
    """The actions that stand in the code as they are."""
    for package in ("approvals", "whitelist", "ledger", "jianfu"):
        for path in (Path(settings.BASE_DIR) / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    values = [word.value for word in node.keywords if word.arg == "action"]
                    yield from (v.value for v in values if isinstance(v, ast.Constant))


def test_every_action_has_words():
    actions = {each for each in written() if CODE.fullmatch(str(each))}
    assert len(actions) > 80
    assert not {each for each in actions if action_words(each) == each}
    assert {"campus_annual", "release", "ledger", "complaint", "handout"} <= set(TABLES)
    for verb in ("added", "changed", "voided", "disposed", "exported"):
        assert action_words(f"register.forms.{verb}").startswith("报表清单：")


@pytest.mark.parametrize(
    ("action", "value", "words", "after"),
    [
        ("campus_annual.submit", "submitted", "进校园·年度：提交申请", "专家论证"),
        ("application.opinion_given", "agree_amended", "提交论证意见", "修改后同意"),
        ("organisations.grant_role", "first_reviewer", "给予角色", "初审人"),
        ("master_data.added", "", "基础数据：增加", ""),
        ("something.gone", "old", "something.gone", "old"),
    ],
)
def test_steps_are_called_by_their_table_and_the_rest_by_its_app(action, value, words, after):
    assert (action_words(action), value_words(action, value)) == (words, after)
    assert action in actions_called(words) or action == "something.gone"


def test_the_auditor_reads_and_searches_in_chinese(world, client):
    for action in ("release.drafted", "application.urged"):
        trail.record(action=action, target=world.place("school"), by=world.user(Role.APPLICANT))
    client.force_login(world.user(Role.AUDITOR))
    page = reverse("admin:audit_event_changelist")
    shown = [event.action for event in client.get(page).context["cl"].result_list]
    assert shown.index("application.urged") < shown.index("release.drafted"), "the newest first"
    body = client.get(page, {"q": "催办申请"}).content.decode()
    assert "<h1>审计记录</h1>" in body
    assert "催办申请</td>" in body
    assert "名单：拟定" not in body
    event = Event.objects.get(action="release.drafted")
    detail = client.get(reverse("admin:audit_event_change", args=[event.pk])).content.decode()
    assert "名单：拟定" in detail
    assert "release.drafted" not in detail
    assert "单位" in detail
    assert "organisations.organisation" not in detail
