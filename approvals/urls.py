from django.urls import path

from .views import attachment, detail, form, listing, mine, opinion, panel, paper, statistics

app_name = "approvals"
urlpatterns = [
    path("statistics/", statistics.statistics, name="statistics"),
    path("statistics/<slug:key>/", statistics.statistics_export, name="statistics_export"),
    path("", listing.application_list, name="application_list"),
    path("mine/", mine.application_mine, name="application_mine"),
    path("new/", mine.application_new, name="application_new"),
    path("<int:pk>/discard/", mine.application_discard, name="application_discard"),
    path("<int:pk>/copy/", mine.application_copy, name="application_copy"),
    path("<int:pk>/", detail.application_detail, name="application_detail"),
    path("<int:pk>/act/", detail.application_act, name="application_act"),
    path("<int:pk>/withdraw/", detail.application_withdraw, name="application_withdraw"),
    path("<int:pk>/compare/", detail.application_compare, name="application_compare"),
    path("<int:pk>/form/", form.application_form, name="application_form"),
    path("<int:pk>/form/<slug:key>/", form.application_part, name="application_part"),
    path("<int:pk>/form/<slug:key>/save/", form.application_autosave, name="application_autosave"),
    path("<int:pk>/check/", form.application_check, name="application_check"),
    path("<int:pk>/receipt/", form.application_receipt, name="application_receipt"),
    path("<int:pk>/paper/", paper.application_paper, name="application_paper"),
    path("<int:pk>/paper/<slug:kind>/<slug:format>/", paper.document, name="document"),
    path("<int:pk>/attach/", attachment.attachment_add, name="attachment_add"),
    path("attachments/<int:pk>/", attachment.attachment_file, name="attachment_file"),
    path("attachments/<int:pk>/remove/", attachment.attachment_remove, name="attachment_remove"),
    path("<int:pk>/experts/", panel.expert_choose, name="expert_choose"),
    path("<int:pk>/experts/<int:person>/recuse/", panel.expert_recuse, name="expert_recuse"),
    path("opinions/<int:pk>/recuse/", opinion.opinion_recuse, name="opinion_recuse"),
    path("opinions/", opinion.opinion_list, name="opinion_list"),
    path("opinions/<int:pk>/", opinion.opinion_form, name="opinion_form"),
    path("opinions/<int:pk>/save/", opinion.opinion_autosave, name="opinion_autosave"),
]
