from django.urls import path

from .views import secondment, secondment_register

app_name = "ledger"

SECONDMENTS = [
    path("secondments/", secondment_register.secondment_list, name="secondment_list"),
    path("secondments/export/", secondment_register.secondment_export, name="secondment_export"),
    path("secondments/add/", secondment.secondment_add, name="secondment_add"),
    path("secondments/teachers/", secondment.secondment_teachers, name="secondment_teachers"),
    path("secondments/last-day/", secondment.secondment_last_day, name="secondment_last_day"),
    path("secondments/<int:pk>/", secondment_register.secondment_detail, name="secondment_detail"),
    path("secondments/<int:pk>/change/", secondment.secondment_change, name="secondment_change"),
    path("secondments/<int:pk>/return/", secondment.secondment_return, name="secondment_return"),
    path("secondments/<int:pk>/void/", secondment.secondment_void, name="secondment_void"),
]

urlpatterns = SECONDMENTS
