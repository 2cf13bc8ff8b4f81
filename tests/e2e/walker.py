"""A person at a browser: reads, clicks, fills in. Nothing foreign may be asked for, nothing may break."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Request, Response, expect

from .pictures import save_picture, wanted

DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
PATIENCE = 15_000  # milliseconds; the machine may be busy with seven others
PEOPLE = Path(settings.BASE_DIR) / "fixtures/demo/people.json"
PASSWORD = json.loads(PEOPLE.read_text("utf-8"))["password"]

expect.set_options(timeout=PATIENCE)


class Walker:
    """One browser window. ``clicks`` counts what the person had to press or tick."""

    def __init__(self, browser: Browser, origin: str, *, viewport: dict[str, int] | None = None) -> None:
        self.origin = origin
        self.context: BrowserContext = browser.new_context(
            viewport=viewport or DESKTOP, locale="zh-CN", timezone_id="Asia/Shanghai", accept_downloads=True
        )
        self.context.set_default_timeout(PATIENCE)
        self.page: Page = self.context.new_page()
        self.foreign: list[str] = []
        self.broken: list[str] = []
        self.answers: list[Response] = []
        self.clicks = 0
        self.context.on("request", self._requested)
        self.page.on("pageerror", lambda error: self.broken.append(str(error)))
        self.page.on("console", lambda line: self.broken.append(line.text) if line.type == "error" else None)
        self.page.on("response", lambda answer: self.answers.append(answer))

    def _requested(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https"} and f"{parts.scheme}://{parts.netloc}" != self.origin:
            self.foreign.append(request.url)

    def open(self, name: str, *args: object, query: str = "") -> Page:
        """The page of that URL name."""
        self.page.goto(self.origin + reverse(name, args=args) + query)
        return self.page

    def go(self, thing: Any) -> Page:
        """The page of that object."""
        self.page.goto(self.origin + thing.get_absolute_url())
        return self.page

    def sign_in(self, username: str) -> Page:
        """As that person of the demonstration district; ends on their 工作台."""
        self.open("sign_in")
        self.page.get_by_label("用户名").fill(username)
        self.page.get_by_label("密码").fill(PASSWORD)
        self.press("登录")
        self.page.wait_for_url(lambda url: "sign-in" not in url)
        self.clicks = 0
        return self.page

    def from_desk(self, title: str) -> Page:
        """Take up the matter of that title, which must stand among the person's 待办."""
        self.open("desk")
        return self.press(title)

    def press(self, words: str) -> Page:
        """Press the button or link of the page that says so, whichever there is."""
        main = self.page.locator("main")
        both = main.get_by_role("button", name=words, exact=True).or_(
            main.get_by_role("link", name=words, exact=True)
        )
        both.first.click()
        self.clicks += 1
        return self.page

    def field(self, label: str) -> Locator:
        """The control that a label of the page belongs to; the label may go on with 必填 or a unit."""
        return self.page.locator("main").get_by_label(label).first

    def fill(self, label: str, words: str) -> None:
        self.field(label).fill(words)

    def choose(self, label: str, option: str) -> None:
        """One of several: a dot of the group with that label, or an entry of its list."""
        group = self.page.locator("main").get_by_role("group", name=label)
        if group.count():
            group.first.get_by_label(option, exact=True).check()
        else:
            self.field(label).select_option(label=option)
        self.clicks += 1

    def tick(self, label: str) -> None:
        self.field(label).check()
        self.clicks += 1

    def reads(self) -> str:
        return self.page.locator("main").inner_text()

    def picture(self, name: str) -> None:
        """For the README, when asked for."""
        if wanted():
            save_picture(name, self.page.screenshot(animations="disabled", caret="hide"))

    def without_cache(self) -> None:
        """Ask for every file anew, as on a first visit."""
        tools = self.context.new_cdp_session(self.page)
        tools.send("Network.enable")
        tools.send("Network.setCacheDisabled", {"cacheDisabled": True})

    def close(self) -> None:
        self.context.close()
