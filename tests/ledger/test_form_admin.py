"""Templates in the admin: kept by the system administrator, with history; ledgers have no screen there."""

import pytest
from django.urls import NoReverseMatch, reverse

from jianfu.audit.models import Event
from jianfu.organisations.states import Role
from ledger.models import LedgerTemplate, TemplateRow
from tests.factories import World
from tests.ledger.forms import opened, row_of, signed_in

SCREENS = ("ledgertemplate", "templaterow", "templateblank")


@pytest.mark.parametrize("role", list(Role))
def test_only_the_system_administrator_keeps_templates(world: World, role: Role) -> None:
    opened(world)
    client = signed_in(world.user(role))
    for screen in SCREENS:
        status = client.get(reverse(f"admin:ledger_{screen}_changelist")).status_code
        assert (status == 200) is (role == Role.SYSTEM_ADMINISTRATOR)


@pytest.mark.parametrize("model", ["ledger", "ledgerrow", "achievement", "blankvalue", "assignment"])
def test_a_ledger_has_no_screen_there(model: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(f"admin:ledger_{model}_changelist")


def test_a_correction_leaves_its_mark_and_changes_no_ledger(world: World) -> None:
    ledger = opened(world)
    row = TemplateRow.objects.get(template=ledger.template, number=2)
    client = signed_in(world.user(Role.SYSTEM_ADMINISTRATOR))
    address = reverse("admin:ledger_templaterow_change", args=[row.pk])
    fields = client.get(address).context["adminform"].form
    data = {name: fields.initial.get(name) for name in fields.fields if fields.initial.get(name) is not None}
    data |= dict.fromkeys(("sections", "deadlines", "topics"), "[]")
    data |= {"task": "清理精简现有督查检查评比考核事项", "sections_open": ""}
    management = ("TOTAL_FORMS", "INITIAL_FORMS")
    data |= {f"blanks-{name}": "0" for name in management}
    answer = client.post(address, data)
    assert answer.status_code == 302, answer.context["errors"]
    row.refresh_from_db()
    assert row.task == "清理精简现有督查检查评比考核事项"
    assert row.history.count() == 2
    assert "督察" in row_of(ledger, 2).task
    assert Event.objects.filter(action="master_data.changed").count() == 1


def test_a_template_in_use_is_not_deleted(world: World) -> None:
    template = opened(world).template
    client = signed_in(world.user(Role.SYSTEM_ADMINISTRATOR))
    assert (
        client.post(
            reverse("admin:ledger_ledgertemplate_delete", args=[template.pk]), {"post": "yes"}
        ).status_code
        == 403
    )
    assert LedgerTemplate.objects.filter(pk=template.pk).exists()
