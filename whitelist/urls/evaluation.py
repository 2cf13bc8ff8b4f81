"""绩效评估 and 意见建议, with an account."""

from django.urls import path

from whitelist.views import evaluation, feedback

PATTERNS = [
    path("office/evaluations/", evaluation.evaluation_list, name="evaluation_list"),
    path(
        "office/evaluations/<int:pk>/<slug:season>/", evaluation.evaluation_detail, name="evaluation_detail"
    ),
    path(
        "office/evaluations/<int:pk>/<slug:season>/<slug:party>/",
        evaluation.evaluation_give,
        name="evaluation_give",
    ),
    path("office/feedback/", feedback.feedback_list, name="feedback_list"),
    path("office/feedback/new/", feedback.feedback_form, name="feedback_form"),
    path("office/feedback/<int:pk>/", feedback.feedback_detail, name="feedback_detail"),
]
