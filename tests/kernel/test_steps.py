from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest

from jianfu.kernel import dates
from jianfu.kernel.steps import dated, filled, step_columns, words_in
from jianfu.kernel.workflow import Act


def act(**data):
    now = dates.now()
    return Act(None, None, "", now, "", "", now, data)


@pytest.mark.parametrize(
    ("value", "words"), [(" 云党〔2026〕3号 ", "云党〔2026〕3号"), ("  ", ""), (None, ""), (7, "7")]
)
def test_what_was_typed_comes_without_the_blanks_around_it(value, words):
    assert words_in(act(number=value), "number") == words
    assert words_in(act(), "number") == ""


def test_what_is_left_empty_is_asked_for():
    assert filled("云党〔2026〕3号", "填写批准文号")
    assert filled("", "填写批准文号").reasons == ["填写批准文号"]


def test_a_day_is_registered_once_it_has_come():
    today = dates.today()
    assert dated(today, "批准日期")
    assert dated(None, "批准日期").reasons == ["填写批准日期"]
    tomorrow = dated(today + timedelta(days=1), "批准日期")
    assert tomorrow.reasons == [f"批准日期不能晚于今天（{dates.chinese_date(today)}）"]


def test_a_step_keeps_what_was_registered_and_nothing_that_was_left_empty():
    by = SimpleNamespace(person_id=7, organisation=None)
    taken = act(grounds=["theme", "time"], number="云党〔2026〕3号", received_on=None, body="")
    taken = replace(taken, by=by, transition=SimpleNamespace(name="file", label="报送备案"))
    columns = step_columns(taken, on_behalf_of=None)
    assert columns["data"] == {"grounds": ["theme", "time"], "number": "云党〔2026〕3号"}
    assert (columns["person_id"], columns["organisation_name"]) == (7, "")
