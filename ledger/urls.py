from django.urls import path

from .views import (
    assigning,
    city,
    closing,
    confirming,
    dashboard,
    downloads,
    drafting,
    entering,
    figures,
    intake,
    ledgers,
    milestones,
    papers,
    past,
    progress,
    register,
    register_item,
    rows,
    secondment,
    secondment_register,
    working_form,
    year,
)

app_name = "ledger"

SECONDMENTS = [
    path("secondments/", secondment_register.secondment_list, name="secondment_list"),
    path("secondments/export/", secondment_register.secondment_export, name="secondment_export"),
    path(
        "secondments/export.<slug:extension>", secondment_register.secondment_export, name="secondment_paper"
    ),
    path("secondments/add/", secondment.secondment_add, name="secondment_add"),
    path("secondments/teachers/", secondment.secondment_teachers, name="secondment_teachers"),
    path("secondments/last-day/", secondment.secondment_last_day, name="secondment_last_day"),
    path("secondments/<int:pk>/", secondment_register.secondment_detail, name="secondment_detail"),
    path("secondments/<int:pk>/change/", secondment.secondment_change, name="secondment_change"),
    path("secondments/<int:pk>/return/", secondment.secondment_return, name="secondment_return"),
    path("secondments/<int:pk>/void/", secondment.secondment_void, name="secondment_void"),
]

FORM = [
    path("", ledgers.ledger_list, name="ledger_list"),
    path("open/", ledgers.ledger_open, name="ledger_open"),
    path("open/past/", entering.ledger_open_past, name="ledger_open_past"),
    path("<int:year>/", ledgers.ledger_detail, name="ledger_detail"),
    path("<int:year>/figures/", figures.ledger_figures, name="ledger_figures"),
    path("<int:year>/accept/", ledgers.ledger_accept, name="ledger_accept"),
    path("<int:year>/closing/", closing.ledger_closing, name="ledger_closing"),
    path("filings/<int:pk>/receipt/", closing.filing_receipt, name="filing_receipt"),
    path("<int:year>/baselines/", assigning.ledger_baselines, name="ledger_baselines"),
    path("<int:year>/past/", past.ledger_past, name="ledger_past"),
    path("<int:year>/print/", downloads.ledger_print, name="ledger_print"),
    path("<int:year>/package/", papers.ledger_package, name="ledger_package"),
    path("<int:year>/papers/", papers.ledger_papers, name="ledger_papers"),
    path("<int:year>/papers/<slug:paper>.<slug:extension>", papers.ledger_paper, name="ledger_paper"),
    path("<int:year>/export.<slug:extension>", downloads.ledger_export, name="ledger_export"),
    path("rows/<int:pk>/", rows.row_detail, name="row_detail"),
    path("rows/<int:pk>/autosave/", rows.row_autosave, name="row_autosave"),
    path("rows/<int:pk>/confirm/", confirming.row_confirm, name="row_confirm"),
    path("rows/<int:pk>/draft/", drafting.row_draft, name="row_draft"),
    path("rows/<int:pk>/act/", rows.row_act, name="row_act"),
    path("rows/<int:pk>/sections/", assigning.row_sections, name="row_sections"),
]

REGISTERS = [
    path("registers/", register.register_list, name="register_list"),
    path("registers/<slug:register>/", register.item_list, name="item_list"),
    path("registers/<slug:register>/add/", register_item.item_add, name="item_add"),
    path("registers/<slug:register>/years/", register.item_years, name="item_years"),
    path("registers/<slug:register>/export.<slug:extension>", register.item_export, name="item_export"),
    path("registers/<slug:register>/<int:pk>/", register.item_detail, name="item_detail"),
    path("registers/<slug:register>/<int:pk>/change/", register_item.item_change, name="item_change"),
    path("registers/<slug:register>/<int:pk>/dispose/", register_item.item_dispose, name="item_dispose"),
    path("registers/<slug:register>/<int:pk>/act/", register_item.item_act, name="item_act"),
    path("registers/<slug:register>/<int:pk>/void/", register_item.item_void, name="item_void"),
]

INTAKE = [
    path("<int:year>/working-form/", working_form.working_form, name="working_form"),
    path("<int:year>/working-form/export/", working_form.working_form_export, name="working_form_export"),
    path("intake/<int:pk>/", intake.intake_detail, name="intake_detail"),
    path("intake/<int:pk>/state/", intake.intake_state, name="intake_state"),
    path("intake/<int:pk>/act/", intake.intake_act, name="intake_act"),
    path("intake/<slug:purpose>/", intake.intake_add, name="intake_add"),
]

YEAR = [
    path("open/again/", year.ledger_again, name="ledger_again"),
    path("<int:year>/progress/", progress.ledger_progress, name="ledger_progress"),
    path("<int:year>/urge/", progress.ledger_urge, name="ledger_urge"),
    path("<int:year>/milestones/", milestones.milestone_list, name="milestone_list"),
    path("<int:year>/milestones/add/", milestones.milestone_add, name="milestone_add"),
    path("milestones/<int:pk>/", milestones.milestone_change, name="milestone_change"),
    path("milestones/<int:pk>/done/", milestones.milestone_done, name="milestone_done"),
    path("milestones/<int:pk>/resume/", milestones.milestone_resume, name="milestone_resume"),
    path("milestones/<int:pk>/remove/", milestones.milestone_remove, name="milestone_remove"),
]

SEEING = [
    path("dashboard/", dashboard.ledger_dashboard, name="ledger_dashboard"),
    path("dashboard/<slug:key>/", dashboard.dashboard_export, name="dashboard_export"),
]

CITY = [
    path("city/", city.city_overview, name="city_overview"),
    path("city/export/", city.city_export, name="city_export"),
    path("city/receive/", city.city_receive, name="city_receive"),
    path("city/keys/", city.city_keys, name="city_keys"),
]

urlpatterns = [*SEEING, *CITY, *YEAR, *FORM, *SECONDMENTS, *REGISTERS, *INTAKE]
