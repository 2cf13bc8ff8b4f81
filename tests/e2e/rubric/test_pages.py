"""What ux.md §17 asks of every page: R7, R14, R16, R18, R19 and R20, on a desk and on a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.e2e.test_gallery import COLLAPSED
from tests.e2e.walker import DESKTOP, PHONE

from .pages import SECTIONS, Place

pytestmark = pytest.mark.browser

OVERFLOW = "document.documentElement.scrollWidth - innerWidth"
# A placeholder is clipped when its words are wider than the box they stand in.
CLIPPED = """() => [...document.querySelectorAll("[placeholder]")].filter((box) => {
    const pen = document.createElement("canvas").getContext("2d"), style = getComputedStyle(box);
    pen.font = `${style.fontSize} ${style.fontFamily}`;
    const room = box.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    return box.offsetParent && pen.measureText(box.placeholder).width > room + 1;
}).map((box) => box.placeholder)"""
UNLABELLED = """() => [...document.querySelectorAll("main input, main select, main textarea")].filter((box) =>
    box.type !== "hidden" && box.type !== "submit" && !box.hidden && !(box.labels && box.labels.length)
    && !box.getAttribute("aria-label") && !box.getAttribute("aria-labelledby")
).map((box) => box.outerHTML.slice(0, 120))"""
# Of each field of a form: does its label say 必填 or 选填?
UNSAID = """() => [...document.querySelectorAll("main form .field")].filter((field) =>
    field.querySelector("input:not([type=hidden]), select, textarea") && !field.querySelector(".need")
    && !field.querySelector("fieldset") && !field.classList.contains("check")
).map((field) => field.innerText.slice(0, 40))"""
WORDS = """() => {
    const said = [document.title, document.body.innerText];
    for (const name of ["placeholder", "title", "aria-label", "alt"])
        document.querySelectorAll(`[${name}]`).forEach((thing) => said.push(thing.getAttribute(name)));
    document.querySelectorAll("select option").forEach((option) => said.push(option.textContent));
    return said.join("\\n");
}"""
LATIN = re.compile(r"[A-Za-z]{2,}")
ALLOWED = {"Excel", "PDF", "Word", "WPS", "OFD", "JSON", "CSV", "APP", "Ctrl", "Enter", "Tab"}
# Not words of the product: numbers of matters and clauses, sizes, and what people entered.
NO_WORDS = re.compile(
    r"(JXY|BMD|DC|DY|JY|TS)\d+|R-[A-Z]+-\d+|校验码 [0-9a-f]+|\d+ [KM]B\b"
    r"|([0-9A-Z]{4}-){3}[0-9A-Z]{4}|[\w.]+@[\w.]+|(?<=\w)\.(pdf|docx|xlsx|jpg|png)\b"
)


AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
HEAVIEST, MOST_REQUESTS = 1_000_000, 35


def each(visit: Any, found: list[Place], size: dict[str, int]) -> Iterator[tuple[Place, Any]]:
    """Every page at that size as on a first visit, with one window a person; ``answers`` are the page's."""
    windows: dict[str, Any] = {}
    for place in found:
        if place.username not in windows:
            windows[place.username] = visit(place.username, viewport=size)
            windows[place.username].without_cache()
        window = windows[place.username]
        window.answers.clear()
        window.page.goto(window.origin + place.path)
        window.page.wait_for_load_state("networkidle")
        yield place, window
        # An unknown page is refused with 404, which Chromium notes as an error; nothing else is.
        window.broken[:] = [line for line in window.broken if "404" not in line]


def layout(page: Any) -> list[str]:
    """R7 and R18."""
    more = page.evaluate(OVERFLOW)
    return [
        *(f"R7 竖排 {words!r}" for words in page.evaluate(COLLAPSED)),
        *(f"R7 截断 {words!r}" for words in page.evaluate(CLIPPED)),
        *([f"R18 宽出 {more}"] if more > 0 else []),
    ]


def labels(page: Any) -> list[str]:
    return [
        *(f"R14 没有标签 {html}" for html in page.evaluate(UNLABELLED)),
        *(f"R14 没有写必填或选填 {words!r}" for words in page.evaluate(UNSAID)),
    ]


def words(page: Any) -> list[str]:
    said = NO_WORDS.sub("", page.evaluate(WORDS))
    return [f"R16 {word}" for word in LATIN.findall(said) if word not in ALLOWED]


def barriers(page: Any) -> list[str]:
    found = Axe().run(page, options=AXE).response["violations"]
    return [f"R19 {rule['id']} {node['html'][:100]}" for rule in found for node in rule["nodes"]]


DECODED_BYTES = """() => ["navigation", "resource"].flatMap(kind => performance.getEntriesByType(kind))
    .reduce((sum, entry) => sum + entry.decodedBodySize, 0)"""


def weight(window: Any) -> list[str]:
    """Foreign hosts fail every test of `visit`. The browser weighs: it may have let the bodies go already."""
    size = window.page.evaluate(DECODED_BYTES)
    assert size > 10_000  # something was weighed
    if size <= HEAVIEST and len(window.answers) <= MOST_REQUESTS:
        return []
    return [f"R20 {size} 字节，{len(window.answers)} 个请求"]


@pytest.mark.parametrize("section", SECTIONS)
def test_a_page_at_a_desk(visit, section):
    wrong = []
    for place, window in each(visit, SECTIONS[section](), DESKTOP):
        page = window.page
        found = [*layout(page), *labels(page), *words(page), *weight(window), *barriers(page)]
        wrong += [f"{place.name}：{line}" for line in found]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("section", SECTIONS)
def test_a_page_on_a_phone(visit, section):
    wrong = []
    for place, window in each(visit, SECTIONS[section](), PHONE):
        found = [*layout(window.page), *(barriers(window.page) if place.kind == "public" else [])]
        wrong += [f"{place.name}：{line}" for line in found]
    assert not wrong, "\n".join(wrong)


def test_r19_the_first_tab_stop_leads_to_the_content(visit):
    page = visit("limin").open("desk")
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.innerText")
    ring = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert (focused, ring) == ("跳到主要内容", "3px")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
