"""The city of the demonstration: districts with installations of their own, and the years that they sent.

Each package is made, printed and signed as a district's own installation would, with a key pair that is kept
nowhere, and received through the service that the city's page uses.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from jianfu.kernel import dates, registry
from jianfu.kernel.documents import pdf, xlsx
from jianfu.kernel.documents.form import Blank, FormGroup, FormRow, OfficialForm
from jianfu.kernel.signing import passing_pair
from ledger import wording
from ledger.exports.form import official_form
from ledger.models import DistrictKey, Ledger
from ledger.services.city import receive, register_key
from ledger.services.package import PAPER, WORKBOOK, assemble, content_of

EDITION = 9  # of a year that was sent, returned once, signed, locked and filed


def load(context: dict[str, Any]) -> None:
    """All districts know one form, that of the demonstration district; again it adds nothing."""
    data = json.loads((context["folder"] / "city.json").read_text("utf-8"))
    ledger = Ledger.objects.get(district=context["district"], year=data["year"])
    keeper = context["users"][data["keeper"]]
    for district in data["districts"]:
        if not DistrictKey.objects.filter(city=context["city"], code=district["code"]).exists():
            _district(ledger, district, data["registered_at"], keeper)


def _district(like: Ledger, data: Mapping[str, Any], registered_at: str, keeper: Any) -> None:
    public_key, sign_with = passing_pair()
    with dates.as_of(dates.past_moment(registered_at)):
        register_key(code=data["code"], name=data["name"], public_key=public_key, by=keeper)
    if "values" in data:
        with dates.as_of(dates.past_moment(data["received_at"])):
            receive(data=made_package(like, data, sign_with), city=keeper.person.district, by=keeper)


def made_package(like: Ledger, data: Mapping[str, Any], sign_with: Callable[[bytes], str]) -> bytes:
    content = _content(like, data)
    return assemble(content, dict(_printed(_form(like, content))), sign_with, dates.now())


def _content(like: Ledger, data: Mapping[str, Any]) -> dict[str, Any]:
    """ledger.json with the district's own figures; what it counts otherwise, it says."""
    made = content_of(like)
    name = data["name"]
    made |= {
        "district": {"code": data["code"], "name": name, "region": like.district.region},
        "edition": EDITION,
        "title": like.title.replace(like.district.name, name),
        "filed": data["filed"],
    }
    for row in made["rows"]:
        row["implementation"] = ["已组织开展：", f"1. 按要求落实，详见{name}台账。"]
        for figure in row["figures"]:
            code = figure["code"]
            figure["value"] = data["values"][code]
            figure["confirmed_by"] = f"{name}教育委员会"
            figure["definition"] = data.get("definitions", {}).get(code, figure["definition"])
    return made


def _form(like: Ledger, content: Mapping[str, Any]) -> OfficialForm:
    """The same form as it is printed, with the words and figures of the content."""
    form = official_form(like, dates.today())
    told = {str(row["number"]): row for row in content["rows"]}
    sentences = dict(like.rows.values_list("number", "figures"))

    def printed(row: FormRow) -> FormRow:
        mine = told[row.number]
        values = {figure["code"]: _words(figure["value"]) for figure in mine["figures"]}
        pieces = wording.spoken(sentences[int(row.number)], values)
        figures = tuple(piece if isinstance(piece, str) else Blank(piece.words) for piece in pieces)
        return replace(row, implementation=tuple(mine["implementation"]), figures=figures)

    return replace(
        form,
        title=content["title"],
        district=content["district"]["name"],
        state="定稿",
        groups=tuple(FormGroup(group.subject, tuple(map(printed, group.rows))) for group in form.groups),
    )


def _words(value: int | str | None) -> str:
    return value if isinstance(value, str) else wording.number_words(value)


@lru_cache(maxsize=8)
def _printed(form: OfficialForm) -> tuple[tuple[str, bytes], ...]:
    """Kept while the program runs: tests load the demonstration again and again."""
    return (WORKBOOK, xlsx.render_form(form)), (PAPER, pdf.render_form(form))


def register() -> None:
    registry.demonstrations.register("city", (60, load))
