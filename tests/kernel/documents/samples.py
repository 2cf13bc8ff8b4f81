"""The form of 000 as an `OfficialForm`, from the template in fixtures, empty or filled."""

import json
from datetime import date
from pathlib import Path

from jianfu.kernel.documents.form import (
    FormGroup,
    FormRow,
    OfficialForm,
    customary_signatures,
    fill_in,
    official_columns,
)

TEMPLATES = Path(__file__).resolve().parents[3] / "fixtures" / "templates"
DAY = date(2026, 11, 21)
UNIT = "云岭区教育委员会"
DONE = (
    "已组织开展：统筹“安全教育周”“防溺水宣传”“国家安全教育日”等同类活动合并开展，全年压减进校园活动6项，"
    "占上年的33%，减少教师填报材料约420份。"
)
DECLINED = "不符合要求而未开展：区应急局拟组织的“安全知识网上答题”，要求参与率100%并截图上传，未同意开展。"


def template(code: str = "wulong-000") -> dict:
    return json.loads((TEMPLATES / f"{code}.json").read_text(encoding="utf-8"))


def form(
    *,
    done: tuple[str, ...] = (),
    values: dict[str, str] | None = None,
    code: str = "wulong-000",
    **more: object,
) -> OfficialForm:
    """The whole form; `done` stands in 落实情况 of every row."""
    source = template(code)
    groups = tuple(
        FormGroup(
            group["title"],
            tuple(
                FormRow(
                    number=str(row["number"]),
                    task=row["task"],
                    requirement=row["requirement"],
                    implementation=done,
                    figures=fill_in(row["figures"], values or {}),
                    sections=row["sections_text"],
                )
                for row in group["rows"]
            ),
        )
        for group in source["groups"]
    )
    given = {
        "title": source["title"].format(district="云岭区"),
        "district": "云岭区",
        "year": 2026,
        "columns": official_columns(source["columns"]),
        "groups": groups,
        "state": "草稿",
        "printed_on": DAY,
        "unit": UNIT,
        "signatures": customary_signatures(UNIT),
    }
    return OfficialForm(**{**given, **more})


def values() -> dict[str, str]:
    blanks = [blank for group in template()["groups"] for row in group["rows"] for blank in row["blanks"]]
    filled = {blank["code"]: str(10 + place) for place, blank in enumerate(blanks)}
    return {**filled, "I6": "全国文明城区、国家卫生区"}
