"""For everybody. What begins with a word of its own stands before the code of a district."""

from django.urls import path

from whitelist.views import inspections, public

PATTERNS = [
    path("", public.choose, name="public_list"),
    path("inspections/", inspections.choose, name="inspection_choose"),
    path("<slug:code>/", public.current, name="public_district"),
    path("<slug:code>/list.xlsx", public.current_workbook, name="public_workbook"),
    path("<slug:code>/releases/<int:year>-<int:serial>/", public.release, name="public_release"),
    path(
        "<slug:code>/releases/<int:year>-<int:serial>/list.xlsx",
        public.release_workbook,
        name="public_release_workbook",
    ),
    path("<slug:code>/entries/<str:number>/", public.entry, name="public_entry"),
    path("<slug:code>/inspections/", inspections.latest, name="inspection_latest"),
    path("<slug:code>/inspections/<int:year>/", inspections.of_year, name="inspection_list"),
    path("<slug:code>/inspections/<int:year>/list.xlsx", inspections.workbook, name="inspection_workbook"),
    path("<slug:code>/inspections/<int:year>/list.pdf", inspections.paper, name="inspection_paper"),
]
