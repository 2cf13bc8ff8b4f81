"""OpenAPI 3.1 of the lists for other systems. tests/whitelist/test_opendata.py holds the answers to it."""

from __future__ import annotations

from typing import Any

from .opendata import VERSION
from .states import Change, Kind, Leaving, LineChange

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
DISTRICT = _object("区县", {"code": _said(TEXT, "代码"), "name": _said(TEXT, "名称")})
NEWEST = {
    "anyOf": [{"$ref": "#/components/schemas/Release"}, {"type": "null"}],
    "description": "现行名单为最近一版，还没有公布过的为 null",
}
AS_OF = _said(DAY, "名单是哪一天的：现行名单为今天，某一版为公布日期")
LIST = _object(
    "一份名单",
    {
        "schema_version": {"const": VERSION},
        "district": DISTRICT,
        "kind": {"enum": [Kind.CAMPUS.value, Kind.EXEMPT.value], "description": "哪一种名单"},
        "kind_name": _said(TEXT, "名单名称"),
        "title": _said(TEXT, "标题"),
        "in_force": {"type": "boolean", "description": "true 为现行名单，false 为某一版公布时的名单"},
        "as_of": AS_OF,
        "release": NEWEST,
        "count": {"type": "integer", "minimum": 0, "description": "项数"},
        "items": {"type": "array", "items": {"$ref": "#/components/schemas/Item"}},
        "departures": {"type": "array", "items": {"$ref": "#/components/schemas/Departure"}},
    },
)
INSPECTION = _object(
    "督查检查评比考核清单上的一项，用公布的原话；没有的为空",
    {
        "position": _said({"type": "integer", "minimum": 1}, "序号，计划内事项和一事一报事项各从 1 起"),
        "title": _said(TEXT, "事项名称"),
        "inspection_kind": _said(TEXT, "类型：督查、检查、评比、考核等"),
        "lead_unit": _said(TEXT, "牵头单位"),
        "joint_units": _said(WORDS, "配合单位"),
        "basis": _said(TEXT, "依据"),
        "audience": _said(TEXT, "对象范围：学段、学校、学校数、抽查比例"),
        "period": _said(TEXT, "时间"),
        "frequency": _said(TEXT, "频次"),
        "methods": _said(WORDS, "方式"),
        "materials": _said(TEXT, "学校提供材料"),
        "approval": _said(TEXT, "审批情况"),
        "merged": _said(TEXT, "合并情况"),
        "remark": _said(TEXT, "备注"),
        "planned": {"type": "boolean", "description": "true 为计划内，false 为一事一报"},
        "change": {
            "enum": [*LineChange.values, None],
            "description": "与上一版比：added 新增，changed 调整，kept 延续，removed 移出；现行清单为 null",
        },
    },
)
INSPECTIONS = _object(
    "一个年度的督查检查评比考核清单",
    {
        "schema_version": {"const": VERSION},
        "district": DISTRICT,
        "kind": {"const": Kind.INSPECTION.value},
        "kind_name": _said(TEXT, "清单名称"),
        "year": {"type": "integer", "description": "年度"},
        "title": _said(TEXT, "标题"),
        "in_force": {"type": "boolean", "description": "true 为现行清单，false 为某一版公布时的清单"},
        "as_of": AS_OF,
        "release": NEWEST,
        "count": {"type": "integer", "minimum": 0, "description": "项数"},
        "items": {"type": "array", "items": {"$ref": "#/components/schemas/Inspection"}},
        "departures": {
            "type": "array",
            "items": {"$ref": "#/components/schemas/Inspection"},
            "description": "上一版列入、这一版不再列入的；现行清单为空",
        },
    },
)
SCHEMAS = {
    "List": LIST,
    "Release": RELEASE,
    "Item": ITEM,
    "Departure": DEPARTURE,
    "InspectionList": INSPECTIONS,
    "Inspection": INSPECTION,
}
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


def _forms(schema: str) -> dict[str, dict[str, Any]]:
    return {
        "json": {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}},
        "csv": {"text/csv": {"schema": _said(TEXT, "UTF-8 带 BOM，第一行为列名，列与公开页面的表格相同")}},
    }


def _paths() -> dict[str, Any]:
    found = {}
    for below, kind in (("", Kind.CAMPUS), ("exempt/", Kind.EXEMPT)):
        for form, content in _forms("List").items():
            start = f"/whitelist/{{code}}/{below}"
            name = f"{kind.value}_{form}"
            now = _get(f"现行{kind.label}（{form}）", name, [_CODE], content)
            then = _get(f"某一版{kind.label}（{form}）", f"{name}_release", [_CODE, _YEAR, _SERIAL], content)
            found |= {f"{start}list.{form}": now, f"{start}{_RELEASED}list.{form}": then}
    return found | _inspection_paths()


def _inspection_paths() -> dict[str, Any]:
    """Of a year, for each year has a list of its own."""
    found, start, label = {}, "/whitelist/{code}/inspections/{year}/", Kind.INSPECTION.label
    for form, content in _forms("InspectionList").items():
        name = f"{Kind.INSPECTION.value}_{form}"
        now = _get(f"某年现行{label}（{form}）", name, [_CODE, _YEAR], content)
        then = _get(f"某一版{label}（{form}）", f"{name}_release", [_CODE, _YEAR, _SERIAL], content)
        found |= {f"{start}list.{form}": now, f"{start}releases/{{serial}}/list.{form}": then}
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
        "components": {"schemas": SCHEMAS},
    }
