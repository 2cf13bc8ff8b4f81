from django.urls import path

from .views import office, public

app_name = "whitelist"
urlpatterns = [
    # With an account. "office" is therefore no code for a district.
    path("office/", office.register, name="register"),
    path("office/releases/", office.release_list, name="release_list"),
    path("office/next/", office.release_form, name="release_form"),
    path("office/releases/<int:pk>/", office.release_detail, name="release_detail"),
    path("office/releases/<int:pk>/publish/", office.publish, name="release_publish"),
    # For everybody.
    path("", public.choose, name="public_list"),
    path("<slug:code>/", public.current, name="public_district"),
    path("<slug:code>/list.xlsx", public.current_workbook, name="public_workbook"),
    path("<slug:code>/releases/<int:year>-<int:serial>/", public.release, name="public_release"),
    path(
        "<slug:code>/releases/<int:year>-<int:serial>/list.xlsx",
        public.release_workbook,
        name="public_release_workbook",
    ),
    path("<slug:code>/entries/<str:number>/", public.entry, name="public_entry"),
]
