"""Where a figure stands from: names as a value, half-computed figures, overrides that tell both numbers."""

import re

import pytest

from jianfu.kernel import indicators
from jianfu.kernel.decisions import Refused
from jianfu.kernel.indicators import Measured, names
from jianfu.organisations.states import Role
from ledger.exports.form import official_form
from ledger.models import Ledger, LedgerRow, LedgerTemplate
from ledger.selectors import figures
from ledger.services.assigning import set_baselines
from ledger.services.filling import BlankInput, carry_over, save_row
from ledger.services.templates import load_templates
from ledger.states import FormsReading, ValueSource
from ledger.workflow import ROW
from tests.factories import World

from .conftest import Say
from .forms import FILL_BY, HELD, clerk, office, opened, row_of, signed_in

pytestmark = pytest.mark.django_db


def printed(ledger: Ledger, number: int) -> str:
    form = official_form(ledger, FILL_BY)
    return next(row for row in form.rows if row.number == str(number)).text("figures")


def page_of(row: LedgerRow, world: World) -> str:
    answer = signed_in(clerk(world)).get(row.get_absolute_url())
    assert answer.status_code == 200
    return answer.content.decode()


# ---- Names


def test_an_empty_text_blank_prints_what_the_register_lists(world: World, say: Say) -> None:
    ledger = opened(world)
    assert printed(ledger, 6).endswith("名称\u3000\u3000\u3000\u3000。")
    say("I6", names(["文明城市复检", "健康区创建"]))
    assert printed(ledger, 6) == "本年主要承担的城市创优评先任务名称文明城市复检、健康区创建。"
    assert row_of(ledger, 6).blanks.get().text == ""  # looking writes nothing
    assert 'value="文明城市复检、健康区创建"' in page_of(row_of(ledger, 6), world)


def test_saved_names_follow_the_register_and_typed_ones_stay(world: World, say: Say) -> None:
    say("I6", "文明城市复检")
    ledger = opened(world)
    row = save_row(row=row_of(ledger, 6), by=clerk(world), blanks={"I6": BlankInput("文明城市复检")})
    blank = row.blanks.get()
    assert (blank.source, blank.counted) == (ValueSource.COMPUTED, "文明城市复检")
    say("I6", "文明城市复检、健康区创建")
    assert "复检、健康区创建。" in printed(ledger, 6)
    row = save_row(row=row, by=clerk(world), blanks={"I6": BlankInput("无", "由区级部门承担")})
    assert printed(ledger, 6).endswith("名称无。")
    assert row.blanks.get().source == ValueSource.ENTERED
    assert row.figure_notes.endswith("登记簿 “文明城市复检、健康区创建”，填报 “无”。改动说明：由区级部门承担")


def test_other_names_than_the_registers_need_a_reason(world: World, say: Say) -> None:
    say("I6", "文明城市复检")
    row = row_of(opened(world), 6)
    row = save_row(row=row, by=clerk(world), entries=[HELD], blanks={"I6": BlankInput("无")})
    with pytest.raises(Refused, match="登记簿算出 “文明城市复检”"):
        ROW.perform(row, "submit", by=clerk(world))


# ---- Half-computed

BEYOND = "只计经本平台答复的次数，其他途径的由科室填报"


def test_a_half_computed_figure_says_so_and_asks_for_the_basis(world: World, say: Say) -> None:
    say("I14", 40, "经本平台答复 40 次", beyond=BEYOND)
    page = page_of(row_of(opened(world), 14), world)
    assert f"<b>部分由系统计算：</b>{BEYOND}" in page
    assert "经本平台答复 40 次" in page
    assert "其余部分的依据" in page
    assert "与登记簿不同时填改动说明" not in page


def test_the_rest_is_entered_with_its_basis(world: World, say: Say) -> None:
    say("I14", 40, beyond=BEYOND)
    row = row_of(opened(world), 14)
    row = save_row(row=row, by=clerk(world), entries=[HELD], blanks={"I14": BlankInput(65)})
    with pytest.raises(Refused, match="登记簿算出 40"):
        ROW.perform(row, "submit", by=clerk(world))
    typed = BlankInput(65, "电话答复 25 次，见登记本")
    row = save_row(row=row, by=clerk(world), blanks={"I14": typed})
    assert row.figure_notes.endswith("登记簿 40 人，填报 65 人。改动说明：电话答复 25 次，见登记本")
    page = page_of(ROW.perform(row, "submit", by=clerk(world)), world)
    assert "登记簿 40 人，填报 65 人。其余部分的依据：</b>电话答复 25 次" in page


# ---- The history tells both numbers


def test_an_override_leaves_both_numbers_in_the_history(world: World, say: Say) -> None:
    say("I14", 34)
    row = row_of(opened(world), 14)
    row = save_row(row=row, by=clerk(world), blanks={"I14": BlankInput(30, "四人重复登记")})
    words = "“本年教师参加非教育教学培训活动数量”登记簿 34 人，填报 30 人。改动说明：四人重复登记"
    assert row.figure_notes == words
    assert row.history.first().figure_notes == words
    page = signed_in(office(world)).get(f"/history/ledger_row/{row.pk}/").content.decode()
    assert "登记簿 34 人，填报 30 人" in page
    row = save_row(row=row, by=clerk(world), blanks={"I14": BlankInput(34)})
    assert row.figure_notes == ""


# ---- One page asks each register once


def test_every_figure_is_asked_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, int]] = []

    def declare(code: str) -> None:
        def measure(_district: object, year: int) -> Measured:
            asked.append((code, year))
            return Measured(5)

        figure = indicators.Indicator(code, code, "项", "定义", "来源", measure)
        monkeypatch.setitem(indicators.INDICATORS, code, figure)

    for code in ("I8a", "I13a", "I1"):
        declare(code)
    ledger = opened(world)
    rows = list(ledger.rows.prefetch_related("blanks").order_by("number"))
    said = figures.bring_up_to_date(ledger, rows, {})
    this = {blank.code: blank.value for row in rows for blank in row.blanks.all()}
    for row in rows:
        figures.measured(ledger, row.blanks.all(), last={}, this=this, asked=said)
    assert this["I8b"] == this["I13b"] == this["I2"] == 0
    assert sorted(asked) == sorted((code, year) for code in ("I1", "I8a", "I13a") for year in (2025, 2026))


# ---- How row 10 is read


def test_the_reading_of_row_ten_is_the_templates(world: World) -> None:
    ledger = opened(world)
    row = row_of(ledger, 10)
    values = {"I10a": 35, "I10b": 12, "I10c": 31, "I10d": 4}
    row = save_row(row=row, by=clerk(world), blanks={code: BlankInput(n) for code, n in values.items()})
    assert "与“取消整合＋保留＋新增”的 47 张不一致（另一种口径“保留＋新增”是 35 张）" in page_of(row, world)
    LedgerTemplate.objects.update(forms_reading=FormsReading.SENSIBLE)
    assert "取消整合＋保留＋新增”的" not in page_of(row, world)


def test_the_reading_is_chosen_in_the_admin_and_survives_the_fixtures(world: World) -> None:
    ledger = opened(world)
    template = ledger.template
    client = signed_in(world.user(Role.SYSTEM_ADMINISTRATOR))
    address = f"/admin/ledger/ledgertemplate/{template.pk}/change/"
    form = client.get(address).context["adminform"].form
    data = {name: form[name].value() for name in form.fields} | {"forms_reading": "sensible"}
    data = {name: "" if value is None else value for name, value in data.items()}
    inline = {f"rows-{part}": "0" for part in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")}
    answer = client.post(address, data | inline)
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    template.refresh_from_db()
    assert template.forms_reading == FormsReading.SENSIBLE
    load_templates(pattern="wulong-000.json")
    template.refresh_from_db()
    assert template.forms_reading == FormsReading.SENSIBLE


# ---- Beside each figure


def test_the_row_tells_origin_confirmation_and_definition(world: World, say: Say) -> None:
    say("I14", 34, "培训 2 场、34 人次", records_url=lambda _district, year: f"/records/{year}/")
    row = save_row(
        row=row_of(opened(world), 14), by=clerk(world), entries=[HELD], blanks={"I14": BlankInput(34)}
    )
    page = page_of(row, world)
    assert '<td data-label="来源">系统计算</td>' in page
    page = page_of(ROW.perform(row, "submit", by=clerk(world)), world)
    confirmed = re.search(r'<td data-label="来源">系统计算<br><span class="muted">(.*?)</span>', page)
    assert confirmed
    assert re.fullmatch(rf"{clerk(world).person.name} \d+月\d+日确认", confirmed[1])
    assert '<a href="/records/2026/">看记录</a>' in page
    assert "定义<br>" in page
    assert "培训 2 场、34 人次" in page


def test_the_grid_marks_each_figure(world: World, say: Say) -> None:
    say("I14", 34, records_url=lambda _district, year: f"/records/{year}/")
    say("I6", "文明城市复检")
    ledger = opened(world)
    save_row(row=row_of(ledger, 14), by=clerk(world), blanks={"I14": BlankInput(30, "四人重复")})
    page = signed_in(office(world)).get(ledger.get_absolute_url()).content.decode()
    marks = re.findall(
        r'<(a|span) class="origin"[^>]*title="([^"]*)">(.)</\1>(<span[^>]*>[^<]*</span>)?', page
    )
    told = {title.split("；")[0]: (tag, mark, beside) for tag, title, mark, beside in marks}
    assert told["本年教师参加非教育教学培训活动数量"] == (
        "a", "填", '<span class="overruled">登记簿 34</span>',
    )  # fmt: skip
    assert told["本年主要承担的城市创优评先任务名称"][:2] == ("span", "算")
    assert "I1" not in told
    assert any("改动说明：四人重复" in title for _tag, title, _mark, _beside in marks)


def test_what_was_carried_over_says_so(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(indicators.INDICATORS, "I6")
    before = row_of(opened(world, year=2025), 6)
    save_row(row=before, by=clerk(world), entries=[HELD], blanks={"I6": BlankInput("文明城市复检")})
    row = carry_over(row=row_of(opened(world), 6), by=clerk(world))
    assert '<td data-label="来源">上年结转</td>' in page_of(row, world)
    page = signed_in(office(world)).get(row.ledger.get_absolute_url()).content.decode()
    assert ">转</span>。" in page


def test_a_baseline_names_its_document_beside_last_years_figure(world: World) -> None:
    ledger = opened(world)
    set_baselines(ledger=ledger, values={"I8a": (36, "云教〔2025〕3号统计表")}, by=office(world))
    page = page_of(row_of(ledger, 8), world)
    assert '36<br><span class="muted">上年结转：云教〔2025〕3号统计表</span>' in page
