"""Shows rendered components in Chromium without a server: the pages and our static files are handed to it.

The address is made up: the page has an origin (local store, form posts), and no request can leave.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template import engines
from django.test import RequestFactory
from playwright.sync_api import Page, Request, Route

HOST = "http://jianfu.test"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
STATIC = Path(settings.BASE_DIR) / "jianfu" / "static"
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}

FRAME = """{% load jianfu_ui %}<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
<title>部件 - 减负台账</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
{% for sheet in sheets %}<link rel="stylesheet" href="/static/jianfu/{{ sheet }}.css">{% endfor %}
{% for script in scripts %}<script src="/static/jianfu/{{ script }}.js" defer></script>{% endfor %}</head>
<body data-person="7"><main id="main"><h1>部件</h1>BODY</main></body></html>"""
SHEETS = ("base", "tables", "forms", "flow")

PASTE = """(control, text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    control.focus();
    const shape = {clipboardData: data, bubbles: true, cancelable: true};
    control.dispatchEvent(new ClipboardEvent("paste", shape));
}"""

Answer = Callable[[Request], dict[str, Any]]


class Stage:
    """One page of components; remembers what was posted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.posted: list[str] = []
        self.answer: Answer = lambda _request: {"status": 200, "body": "收到", "content_type": "text/plain"}
        self._html = ""
        page.route("**/*", self._serve)

    def show(
        self, body: str, scripts: tuple[str, ...] = ("forms", "grid", "autosave"), **context: Any
    ) -> None:
        template = engines["django"].from_string(FRAME.replace("BODY", body))
        values = {**context, "sheets": SHEETS, "scripts": scripts}
        self._html = template.render(values, RequestFactory().get("/"))
        self.page.goto(f"{HOST}/page/")

    def reload(self) -> None:
        self.page.goto(f"{HOST}/page/")

    def paste(self, selector: str, text: str) -> None:
        """Puts a block from the clipboard into the control, as Excel and WPS hand it over."""
        self.page.locator(selector).evaluate(
            PASTE,
            text,
        )

    def _serve(self, route: Route, request: Request) -> None:
        path = request.url.removeprefix(HOST)
        if request.method == "POST":
            self.posted.append(request.post_data or "")
            answer = self.answer(request)
            if answer.get("status"):
                route.fulfill(**answer)
            else:
                route.abort()
        elif path.startswith("/static/"):
            file = STATIC / path.removeprefix("/static/")
            route.fulfill(status=200, body=file.read_text(), content_type=KINDS[file.suffix])
        elif path.startswith("/page/"):
            route.fulfill(status=200, body=self._html, content_type="text/html; charset=utf-8")
        else:
            route.fulfill(status=404, body="")
