"""Renders a piece of a template and reads it back as a person's screen reader would."""

from types import SimpleNamespace
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.test import RequestFactory

from jianfu.kernel.decisions import Decision


class Piece(str):
    """Markup with its white space folded: a test compares words and attributes, not line breaks."""

    __slots__ = ()


def render(source: str, path: str = "/", **context: Any) -> Piece:
    template = engines["django"].from_string("{% load jianfu_ui %}" + source)
    request = RequestFactory().get(path)
    request.user = AnonymousUser()
    return Piece(" ".join(template.render(context, request).split()))


def thing(**values: Any) -> SimpleNamespace:
    return SimpleNamespace(**values)


def refused_option(name: str, label: str, decision: Decision, tone: str = "plain") -> SimpleNamespace:
    return thing(transition=thing(name=name, label=label, tone=tone), decision=decision)
