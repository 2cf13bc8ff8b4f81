"""The public pages as a browser uses them."""

from __future__ import annotations

import re
import time
from typing import Any
from unittest import mock

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.factories import World
from whitelist.forms.complaint import ReportForm

from .complaints import picture

_CODE = re.compile(r"<b>((?:[0-9A-Z]{4}-){5}[0-9A-Z]{4})</b>")


def opened(seconds_ago: float = 60) -> str:
    """What the form carries that was opened so long ago."""
    with mock.patch("django.core.signing.time.time", return_value=time.time() - seconds_ago):
        return ReportForm.opening()


def post(world: World, page: str, data: dict[str, Any], *, ip: str = "198.51.100.9") -> Any:
    address = reverse(f"whitelist:{page}", args=[world.district.code])
    return Client().post(address, data, REMOTE_ADDR=ip)


def sent(world: World, *, ip: str = "198.51.100.9", **told: Any) -> Any:
    """The answer to a filled-in form."""
    data = {
        "unit": "区消防救援支队",
        "words": "要求教师上街站岗",
        "kind": "complaint",
        "opened": opened(),
        **told,
    }
    return post(world, "complaint_form", data, ip=ip)


def report(world: World, *, ip: str = "198.51.100.9", **told: Any) -> str:
    """The receipt of what was reported, with a picture that tells of its owner."""
    file = SimpleUploadedFile("私密.png", picture(), "image/png")
    page = sent(world, ip=ip, pictures=[file], **told).text
    return shown_receipt(page)


def shown_receipt(page: str) -> str:
    found = _CODE.search(page)
    assert found, page
    return found.group(1)


def follow(world: World, receipt: str, *, ip: str = "198.51.100.9", **more: Any) -> Any:
    return post(world, "complaint_follow", {"receipt": receipt, **more}, ip=ip)


def answer(world: World, receipt: str, words: str, *, ip: str = "198.51.100.9") -> None:
    said = follow(world, receipt, ip=ip, act="answer", words=words)
    assert words in said.text
