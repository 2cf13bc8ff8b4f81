"""A person at a browser: signs in, clicks, reads. Nothing foreign may be asked for, nothing may break."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, Request

DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
# `JIANFU_PICTURES=1` makes the README's pictures anew; otherwise a run leaves the tree as it was.
PICTURES = Path(__file__).parent / "pictures"


class Walker:
    """One browser window. ``clicks`` counts what the person had to press."""

    def __init__(self, browser: Browser, origin: str, *, viewport: dict[str, int] | None = None) -> None:
        self.origin = origin
        self.context: BrowserContext = browser.new_context(
            viewport=viewport or DESKTOP, locale="zh-CN", timezone_id="Asia/Shanghai", accept_downloads=True
        )
        self.context.set_default_timeout(15_000)
        self.page: Page = self.context.new_page()
        self.foreign: list[str] = []
        self.broken: list[str] = []
        self.clicks = 0
        self.context.on("request", self._requested)
        self.page.on("pageerror", lambda error: self.broken.append(str(error)))
        self.page.on("console", lambda line: self.broken.append(line.text) if line.type == "error" else None)

    def _requested(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https"} and f"{parts.scheme}://{parts.netloc}" != self.origin:
            self.foreign.append(request.url)

    def open(self, name: str, *args: object) -> Page:
        """The page of that URL name."""
        self.page.goto(self.origin + reverse(name, args=args))
        return self.page

    def sign_in(self, username: str, password: str) -> Page:
        self.page.goto(self.origin + reverse("sign_in"))
        self.page.locator("[name=username]").fill(username)
        self.page.locator("[name=password]").fill(password)
        self.press("登录")
        return self.page

    def press(self, words: str) -> None:
        """Press the button or link that says so."""
        button = self.page.get_by_role("button", name=words, exact=True)
        if button.count() == 0:
            button = self.page.get_by_role("link", name=words, exact=True)
        button.first.click()
        self.clicks += 1

    def reads(self) -> str:
        return self.page.locator("main").inner_text()

    def picture(self, name: str) -> None:
        """For the README; only when asked for."""
        if os.environ.get("JIANFU_PICTURES"):
            PICTURES.mkdir(exist_ok=True)
            self.page.screenshot(path=PICTURES / f"{name}.png")

    def close(self) -> None:
        self.context.close()
