from django.urls import path

from . import views

app_name = "handouts"

urlpatterns = [
    path("", views.handout_list, name="handout_list"),
    path("<int:pk>/", views.handout_detail, name="handout_detail"),
    path("<int:pk>/state/", views.handout_state, name="handout_state"),
    path("<int:pk>/act/", views.handout_act, name="handout_act"),
    path("<int:pk>/file/", views.handout_file, name="handout_file"),
]
