"""With an account. "office" and "inspections" are therefore no codes for a district."""

from django.urls import path

from whitelist.views import office

PATTERNS = [
    path("office/", office.register, name="register"),
    path("office/releases/", office.release_list, name="release_list"),
    path("office/next/", office.release_form, name="release_form"),
    path("office/releases/<int:pk>/", office.release_detail, name="release_detail"),
    path("office/releases/<int:pk>/publish/", office.publish, name="release_publish"),
]
