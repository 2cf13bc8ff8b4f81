from django.urls import path

from . import views

app_name = "organisations"
urlpatterns = [
    path("", views.delegation_list, name="delegation_list"),
    path("new/", views.delegation_form, name="delegation_form"),
    path("<int:pk>/end/", views.delegation_end, name="delegation_end"),
]
