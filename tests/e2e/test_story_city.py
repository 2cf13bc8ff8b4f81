"""The city: a key by telephone, a package, who has submitted, what it adds up to. Nobody is ranked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from jianfu.kernel.signing import fingerprint, passing_pair
from ledger.demo.city import made_package
from ledger.models import Ledger

pytestmark = pytest.mark.browser
VALUES = {
    "I1": 25, "I2": 21, "I3": 10, "I4": 2, "I6": "全国卫生县城复审", "I8a": 21, "I8b": 5,
    "I10a": 28, "I10b": 8, "I10c": 17, "I10d": 3, "I12": 300, "I13a": 9, "I13b": 5, "I14": 88,
}  # fmt: skip
FILED = {"body": "市委教育工作领导小组", "document_number": "东教委〔2026〕7号", "filed_on": "2026-01-22"}
RANKING = ("第 1 名", "名次：", "排行", "最差", "最好", "倒数")


def line(window: Any, words: str) -> str:
    row = window.page.get_by_role("row").filter(has_text=words).first
    return " ".join(row.inner_text().split())


def test_the_city_receives_adds_up_and_ranks_nobody(demo, walker, tmp_path: Path):
    city = walker("luozhiyuan")
    city.open("ledger:city_overview")
    assert "6 个区县，已报送 5 个" in city.reads()
    assert "未报送" in line(city, "东渡县")
    assert line(city, "本年度公布的督查检查评比考核事项（项）").split()[-5:-3] == ["5", "122"]

    public_key, sign_with = passing_pair()
    city.press("区县公钥")
    city.fill("区县代码", "dongdu")
    city.fill("区县名称", "东渡县")
    city.fill("公钥", public_key)
    city.press("登记公钥")
    assert fingerprint(public_key) in city.reads()

    data = {"code": "dongdu", "name": "东渡县", "filed": FILED, "values": VALUES}
    package = made_package(Ledger.objects.get(year=2025, district__code="yunling"), data, sign_with)
    file = tmp_path / "报送包.zip"
    file.write_bytes(package[:-40])
    city.open("ledger:city_receive")
    city.field("报送包").set_input_files(file)
    city.press("核对并接收")
    assert "打不开" in city.reads()
    file.write_bytes(package)
    city.field("报送包").set_input_files(file)
    city.press("核对并接收")
    expect(city.page.get_by_role("heading", level=1)).to_contain_text("2025年全市汇总")
    assert "6 个区县，已报送 6 个" in city.reads()
    assert "已报送" in line(city, "东渡县")

    inspections = line(city, "本年度公布的督查检查评比考核事项（项）")
    assert " 6 147 21、24.5、28 " in inspections
    assert "石桥县 410" in line(city, "本年教师参加非教育教学培训活动数量")
    assert "口径不同，单列" in line(city, "按场次计，一个事项")
    assert not [word for word in RANKING if word in city.reads()]
    names = city.page.locator("table").first.locator("tbody td:first-child").all_inner_texts()
    assert names == ["东渡县", "柳湾区", "南屏区", "青江区", "石桥县", "云岭区"]  # by code, never by number

    with city.page.expect_download() as waiting:
        city.press("导出 Excel")
    kept = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(kept)
    sheet = load_workbook(kept)["监测数据"]
    assert [sheet.cell(3, number).value for number in (4, 5, 6, 7, 8)] == [6, 147, 21, 24.5, 28]
