"""The map of the house."""

from django.contrib import admin
from django.urls import include, path

from jianfu.kernel.verification import PLACE

from . import accounts, desk, history

handler400 = "jianfu.errors.bad_request"
handler403 = "jianfu.errors.forbidden"
handler404 = "jianfu.errors.not_found"
handler500 = "jianfu.errors.server_error"

urlpatterns = [
    path("", desk.home, name="home"),
    path("desk/", desk.desk, name="desk"),
    path("sign-in/", accounts.SignIn.as_view(), name="sign_in"),
    path("sign-out/", accounts.SignOut.as_view(), name="sign_out"),
    path("password/", accounts.ChangePassword.as_view(), name="change_password"),
    path("type-size/", accounts.type_size, name="type_size"),
    path("delegations/", include("jianfu.organisations.urls")),
    path("history/<str:model>/<int:pk>/", history.history, name="history"),
    path("exports/", include("jianfu.handouts.urls")),
    path("approvals/", include("approvals.urls")),
    path("whitelist/", include("whitelist.urls")),
    path(PLACE.removeprefix("/"), include("whitelist.urls.gate")),
    path("ledger/", include("ledger.urls")),
    path("admin/", admin.site.urls),
]
