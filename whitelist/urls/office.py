"""With an account. "office" and "inspections" are therefore no codes for a district."""

from django.urls import path

from whitelist.states import Kind
from whitelist.views import files, office, posting, release, upper

PATTERNS = [
    path("office/", office.register, name="register"),
    path("office/releases/", office.release_list, name="release_list"),
    path("office/next/", office.release_form, name="release_form"),
    path("office/next/exempt/", office.release_form, {"kind": Kind.EXEMPT}, name="release_form_exempt"),
    path("office/releases/<int:pk>/notice/<slug:form>/", files.circular, name="release_circular"),
    path("office/releases/<int:pk>/objections/", posting.objection_record, name="objection_record"),
    path("office/upper/", upper.upper_list, name="upper_list"),
    path("office/objections/<int:pk>/", posting.objection_detail, name="objection_detail"),
    path("office/releases/<int:pk>/", release.release_detail, name="release_detail"),
]
