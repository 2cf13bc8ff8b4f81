"""Who came in by an expert's link argues, and does nothing else with the session."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jianfu.kernel import dates
from jianfu.kernel.decisions import refuse
from jianfu.organisations.states import Role

LINK = "expert_link_until"  # in the session: the moment when it ends
HOURS = 12
# Everything such a session may ask for; public pages ask nobody who reads them.
OPEN = frozenset(
    {
        "approvals:opinion_list",
        "approvals:opinion_form",
        "approvals:opinion_autosave",
        "approvals:opinion_recuse",
        "approvals:attachment_file",
        "sign_out",
        "type_size",
    }
)
ENTRANCES = frozenset({"home", "desk"})


class ExpertLinkMiddleware:
    """The account keeps but the role of an expert for the request, whatever the person holds elsewhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        if not getattr(view, "login_required", True) or LINK not in request.session:
            return None
        if datetime.fromisoformat(request.session[LINK]) <= dates.now():
            logout(request)
            return render(request, "approvals/link_refused.html", {"decision": _OVER}, status=403)
        user = request.user
        user.memberships = [row for row in user.memberships if row.role == Role.EXPERT]
        user.must_change_password = False  # there is none; nothing of this is saved
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in ENTRANCES:
            return redirect("approvals:opinion_list")
        if name in OPEN:
            return None
        return render(request, "approvals/link_refused.html", {"decision": _NARROW}, status=403)


_OVER = refuse(f"用链接登录满 {HOURS} 小时，已自动退出。暂存的内容都在；接着论证，请领导小组办公室重发链接")
_NARROW = refuse("用链接登录只能查看待论证的申请、附件和提交论证意见")
