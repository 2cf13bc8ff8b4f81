"""OpenAPI 3.1 of the lists for other systems. tests/whitelist/test_opendata.py holds the answers to it."""

from __future__ import annotations

from typing import Any

from .opendata import VERSION
from .states import Change, Kind, Leaving

TEXT = {"type": "string"}
DAY = {"type": "string", "format": "date"}
WORDS = {"type": "array", "items": TEXT}
PATH = {"type": "string", "pattern": "^/"}


def _object(description: str, properties: dict[str, Any]) -> dict[str, Any]:
    """Every field is always there; a system that reads 1.0 may meet more of them in 1.1."""
    return {
        "type": "object",
        "description": description,
        "properties": properties,
        "required": list(properties),
    }


def _said(schema: dict[str, Any], description: str) -> dict[str, Any]:
    return {**schema, "description": description}


ITEM = _object(
    "名单上的一项",
    {
        "position": _said({"type": "integer", "minimum": 1}, "序号"),
        "number": _said({"type": "string", "pattern": "^BMD[0-9]{4}[0-9]{4,}$"}, "白名单编号，永不改变"),
        "title": _said(TEXT, "事项名称"),
        "lead_unit": _said(TEXT, "牵头实施单位"),
        "joint_units": _said(WORDS, "联合单位"),
        "starts_on": _said(DAY, "开展的第一天"),
        "ends_on": _said(DAY, "开展的最后一天"),
        "frequency": _said(TEXT, "开展频次"),
        "content": _said(TEXT, "活动主要内容"),
        "delivery": _said(TEXT, "开展形式"),
        "integration": _said(TEXT, "融合方式，单独开展的为空"),
        "stages": _said(WORDS, "学段"),
        "schools": _said(TEXT, "实施学校"),
        "grades": _said(TEXT, "年级"),
        "basis": _said(TEXT, "开展依据"),
        "class_hours": {"type": ["number", "null"], "description": "每班占用课时，没有说明的为 null"},
        "teacher_count": {"type": ["integer", "null"], "description": "需教师人数，没有说明的为 null"},
        "exempt": {"type": "boolean", "description": "免申报登记的事项"},
        "source_level": {
            "enum": ["nation", "province", "city", "district"],
            "description": "来源级别：nation 国家，province 省，city 市，district 本区县",
        },
        "listed_on": _said(DAY, "列入日期"),
        "change": {
            "enum": [*Change.values, None],
            "description": "与上一版比：added 新增，changed 调整，kept 延续；现行名单为 null",
        },
        "address": _said(PATH, "这一项的网页"),
    },
)
DEPARTURE = _object(
    "上一版列入、这一版不再列入的一项",
    {
        "number": _said(TEXT, "白名单编号"),
        "title": _said(TEXT, "事项名称"),
        "lead_unit": _said(TEXT, "牵头实施单位"),
        "why": {"enum": Leaving.values, "description": "removed 移出，ended 到期，replaced 调整"},
        "since": _said(DAY, "自哪一天起"),
        "reason": _said(TEXT, "原因"),
        "address": _said(PATH, "这一项的网页"),
    },
)
RELEASE = _object(
    "一版名单",
    {
        "year": {"type": "integer", "description": "年度"},
        "term": {"enum": ["", "spring", "autumn", "year"], "description": "学期，全年的为空"},
        "serial": {"type": "integer", "minimum": 1, "description": "版次"},
        "title": _said(TEXT, "标题"),
        "document_number": _said(TEXT, "公布文号，没有的为空"),
        "published_on": _said(DAY, "公布日期"),
        "notice": _said(TEXT, "公告，没有的为空"),
        "address": _said(PATH, "这一版的网页"),
    },
)
LIST = _object(
    "一份名单",
    {
        "schema_version": {"const": VERSION},
        "district": _object("区县", {"code": _said(TEXT, "代码"), "name": _said(TEXT, "名称")}),
        "kind": {"enum": [Kind.CAMPUS.value, Kind.EXEMPT.value], "description": "哪一种名单"},
        "kind_name": _said(TEXT, "名单名称"),
        "title": _said(TEXT, "标题"),
        "in_force": {"type": "boolean", "description": "true 为现行名单，false 为某一版公布时的名单"},
        "as_of": _said(DAY, "名单是哪一天的：现行名单为今天，某一版为公布日期"),
        "release": {
            "anyOf": [{"$ref": "#/components/schemas/Release"}, {"type": "null"}],
            "description": "现行名单为最近一版，还没有公布过的为 null",
        },
        "count": {"type": "integer", "minimum": 0, "description": "项数"},
        "items": {"type": "array", "items": {"$ref": "#/components/schemas/Item"}},
        "departures": {"type": "array", "items": {"$ref": "#/components/schemas/Departure"}},
    },
)
_CODE = {"name": "code", "in": "path", "required": True, "schema": TEXT, "description": "区县代码"}
_YEAR = {"name": "year", "in": "path", "required": True, "schema": {"type": "integer"}}
_SERIAL = {"name": "serial", "in": "path", "required": True, "schema": {"type": "integer"}}
_RELEASED = "releases/{year}-{serial}/"


def _get(
    summary: str, name: str, parameters: list[dict[str, Any]], content: dict[str, Any]
) -> dict[str, Any]:
    """No key and no sign-in; 304 to whoever sends the ETag back, 404 for what was never published."""
    answers = {
        "200": {"description": "名单", "content": content},
        "304": {"description": "没有变化（请求带 If-None-Match）"},
        "404": {"description": "没有公布过"},
    }
    return {"get": {"operationId": name, "summary": summary, "parameters": parameters, "responses": answers}}


def _paths() -> dict[str, Any]:
    found = {}
    lists = (("", Kind.CAMPUS), ("exempt/", Kind.EXEMPT))
    forms = (
        ("json", {"application/json": {"schema": {"$ref": "#/components/schemas/List"}}}),
        ("csv", {"text/csv": {"schema": _said(TEXT, "UTF-8 带 BOM，第一行为列名，列与公开页面的表格相同")}}),
    )
    for below, kind in lists:
        for form, content in forms:
            start = f"/whitelist/{{code}}/{below}"
            name = f"{kind.value}_{form}"
            now = _get(f"现行{kind.label}（{form}）", name, [_CODE], content)
            then = _get(f"某一版{kind.label}（{form}）", f"{name}_release", [_CODE, _YEAR, _SERIAL], content)
            found |= {f"{start}list.{form}": now, f"{start}{_RELEASED}list.{form}": then}
    return found


def document() -> dict[str, Any]:
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "中小学社会事务进校园白名单数据接口",
            "version": VERSION,
            "description": (
                "公开数据，不用登录。只增加字段时版本为 1.1、1.2；字段改变含义或取消时为 2.0。"
                "现行名单随公布和移出即时更新；某一版名单公布后内容不变。"
                "请带 If-None-Match 请求，没有变化时返回 304。"
            ),
        },
        "paths": _paths(),
        "components": {"schemas": {"List": LIST, "Release": RELEASE, "Item": ITEM, "Departure": DEPARTURE}},
    }
