"""For everybody. What begins with a word of its own stands before the code of a district."""

from django.urls import path

from whitelist.states import Kind
from whitelist.views import contact, files, inspections, posting, public

_EXEMPT = {"kind": Kind.EXEMPT}
_RELEASE = "<slug:code>/releases/<int:year>-<int:serial>/"
_INSPECTIONS = "<slug:code>/inspections/<int:year>/"
_EXEMPT_RELEASE = "<slug:code>/exempt/releases/<int:year>-<int:serial>/"

PATTERNS = [
    path("", public.choose, name="public_list"),
    path("inspections/", inspections.choose, name="inspection_choose"),
    path("openapi.json", files.schema, name="openapi"),
    path("<slug:code>/", public.current, name="public_district"),
    path("<slug:code>/contact/", contact.how_to_report, name="how_to_report"),
    path("<slug:code>/list.xlsx", public.current_workbook, name="public_workbook"),
    path("<slug:code>/releases/<int:year>-<int:serial>/", public.release, name="public_release"),
    path(
        "<slug:code>/releases/<int:year>-<int:serial>/list.xlsx",
        public.release_workbook,
        name="public_release_workbook",
    ),
    path("<slug:code>/list.<slug:form>", files.list_file, name="list_file"),
    path(f"{_RELEASE}list.<slug:form>", files.list_file, name="release_file"),
    path(f"{_RELEASE}notice.<slug:form>", files.announcement, name="release_notice"),
    path(f"{_EXEMPT_RELEASE}notice.<slug:form>", files.announcement, _EXEMPT, name="exempt_notice"),
    path("<slug:code>/posting/", posting.posting, name="public_posting"),
    path("<slug:code>/posting/objection/", posting.objection_new, name="objection_new"),
    path("<slug:code>/data/", files.explained, name="public_data"),
    path("<slug:code>/exempt/", public.current, _EXEMPT, name="exempt_list"),
    path("<slug:code>/exempt/list.xlsx", public.current_workbook, _EXEMPT, name="exempt_workbook"),
    path("<slug:code>/exempt/list.<slug:form>", files.list_file, _EXEMPT, name="exempt_file"),
    path(_EXEMPT_RELEASE, public.release, _EXEMPT, name="exempt_release"),
    path(f"{_EXEMPT_RELEASE}list.xlsx", public.release_workbook, _EXEMPT, name="exempt_release_workbook"),
    path(f"{_EXEMPT_RELEASE}list.<slug:form>", files.list_file, _EXEMPT, name="exempt_release_file"),
    path("<slug:code>/entries/<str:number>/", public.entry, name="public_entry"),
    path("<slug:code>/inspections/", inspections.latest, name="inspection_latest"),
    path(_INSPECTIONS, inspections.of_year, name="inspection_list"),
    path(f"{_INSPECTIONS}releases/<int:serial>/", inspections.version, name="inspection_release"),
    path(f"{_INSPECTIONS}list.xlsx", inspections.workbook, name="inspection_workbook"),
    path(f"{_INSPECTIONS}list.pdf", inspections.paper, name="inspection_paper"),
    path(f"{_INSPECTIONS}list.<slug:form>", inspections.list_file, name="inspection_file"),
    path(
        f"{_INSPECTIONS}releases/<int:serial>/list.<slug:form>",
        inspections.version_file,
        name="inspection_release_file",
    ),
]
