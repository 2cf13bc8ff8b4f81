"""Signing in and out, the password, the size of the letters."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import views
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from jianfu.context_processors import LARGE
from jianfu.kernel import trail


class SignInForm(AuthenticationForm):
    username = forms.CharField(label="用户名", max_length=50, error_messages={"required": "填写用户名"})
    password = forms.CharField(
        label="密码",
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "填写密码"},
    )
    error_messages = {
        "invalid_login": "用户名或密码不对。密码区分大小写；忘记密码请找本单位的安全管理员重置",
        "inactive": "这个账号已停用，请找本单位的安全管理员",
    }


class SignIn(views.LoginView):
    template_name = "accounts/sign_in.html"
    form_class = SignInForm
    redirect_authenticated_user = True


class SignOut(views.LogoutView):
    pass


class OwnPasswordForm(PasswordChangeForm):
    """Django's form; its hints and refusals are said in our words."""

    error_messages = {
        "password_incorrect": "旧密码不对，核对大小写后重新填写",
        "password_mismatch": "两次填的新密码不一样，重新填写",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].help_text = "至少 10 位，不能全是数字，不用常见的密码"
        self.fields["new_password2"].help_text = ""


class ChangePassword(views.PasswordChangeView):
    template_name = "accounts/change_password.html"
    form_class = OwnPasswordForm
    success_url = reverse_lazy("desk")

    def form_valid(self, form: Any) -> HttpResponse:
        form.user.must_change_password = False
        answer = super().form_valid(form)
        trail.record(action="account.password_changed", target=self.request.user, by=self.request.user)
        messages.success(self.request, "密码已修改，下次登录用新密码")
        return answer


@require_POST
def type_size(request: HttpRequest) -> HttpResponse:
    """标准 or 大, kept in a cookie of this browser."""
    back = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    answer = redirect(back if safe else "/")
    answer.set_cookie("type", LARGE if request.POST.get("size") == LARGE else "", 31_536_000, samesite="Lax")
    return answer
