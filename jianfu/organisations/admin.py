"""Admin screens of the master data. Role conflicts and district borders are checked by the models."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group
from django.http import HttpRequest

from jianfu.admin_site import MasterDataAdmin
from jianfu.kernel import dates
from jianfu.kernel.screens import ReadOnlyScreen, SheetScreen

from . import permissions
from .models import (
    CalendarDay,
    Delegation,
    District,
    Membership,
    Organisation,
    Person,
    PolicyValue,
    SchoolSpan,
    SchoolTerm,
    User,
)
from .policy_values import PolicyValueForm, figure_groups
from .resources import CalendarDayResource, OrganisationResource, PersonResource
from .services import identity_digest

admin.site.unregister(Group)  # rights come from permissions.py, never from Django's groups


class DistrictRowAdmin(MasterDataAdmin):
    """Rows of one's own district; the district is the keeper's own and never typed."""

    permission = permissions.may_keep_master_data
    exclude: tuple[str, ...] = ("district",)


@admin.register(District)
class DistrictAdmin(DistrictRowAdmin):
    list_display = ("name", "code", "region", "filing_body")
    exclude = ()

    def has_add_permission(self, _request: HttpRequest) -> bool:
        """A district is opened from the command line (``manage.py open_district``)."""
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False


@admin.register(Organisation)
class OrganisationAdmin(SheetScreen, DistrictRowAdmin):
    resource_classes = [OrganisationResource]
    list_display = ("name", "kind", "short_name", "parent", "is_active")
    list_filter = ("kind", "is_active")
    list_select_related = ("parent",)
    search_fields = ("name", "short_name", "aliases")


class PersonForm(forms.ModelForm):
    identity_number = forms.CharField(
        label="身份证号",
        required=False,
        max_length=18,
        help_text="只用来识别同一个人，保存的是摘要，不保存号码。已填过的可留空",
    )

    class Meta:
        model = Person
        fields = ("name", "organisation", "title", "phone", "email")

    def clean_identity_number(self) -> str:
        number = self.cleaned_data["identity_number"]
        if not number:
            return ""
        digest = identity_digest(number)
        twin = Person.objects.filter(district_id=self.district_id, identity_digest=digest)
        other = twin.exclude(pk=self.instance.pk).first()
        if other:
            raise forms.ValidationError(f"这个号码属于已登记的“{other.name}”，请用原有的人员，不要重复登记")
        self.instance.identity_digest = digest
        return number


@admin.register(Person)
class PersonAdmin(SheetScreen, DistrictRowAdmin):
    form = PersonForm
    exclude = None
    resource_classes = [PersonResource]
    list_display = ("name", "organisation", "title")
    list_select_related = ("organisation",)
    search_fields = ("name",)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        form.district_id = request.user.district_id
        return form


@admin.register(Membership)
class MembershipAdmin(DistrictRowAdmin):
    permission = permissions.may_keep_accounts
    exclude = ()
    list_display = ("person", "organisation", "role", "category", "since", "until")
    list_filter = ("role",)
    list_select_related = ("person", "organisation")
    search_fields = ("person__name", "organisation__name")


@admin.register(Delegation)
class DelegationAdmin(ReadOnlyScreen, DistrictRowAdmin):
    """To look at: a delegation is made and ended on its own page, where it is checked."""

    permission = permissions.may_keep_accounts
    exclude = ()
    list_display = ("membership", "agent", "since", "until", "reason", "revoked_at")
    list_select_related = ("membership__person", "membership__organisation", "agent")
    search_fields = ("agent__name", "membership__person__name")


class UserForm(forms.ModelForm):
    new_password = forms.CharField(
        label="新密码",
        required=False,
        min_length=10,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="新账号必填，至少 10 位；留空则不改。本人首次登录须改密码",
    )

    class Meta:
        model = User
        fields = ("username", "person", "is_active")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.instance.pk and not data.get("new_password"):
            self.add_error("new_password", "填写新账号的初始密码")
        return data


@admin.register(User)
class UserAdmin(DistrictRowAdmin):
    permission = permissions.may_keep_accounts
    form = UserForm
    exclude = None
    list_display = ("username", "person", "is_active", "last_login")
    list_select_related = ("person",)
    search_fields = ("username", "person__name")

    def save_model(self, request: HttpRequest, obj: User, form: forms.ModelForm, change: bool) -> None:
        password = form.cleaned_data["new_password"]
        if password:
            obj.set_password(password)
            obj.must_change_password = True
        super().save_model(request, obj, form, change)

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        """An account is stopped, never deleted: what it did keeps its name."""
        return False


@admin.register(PolicyValue)
class PolicyValueAdmin(DistrictRowAdmin):
    """The district's own values, and under them every figure of the program with the value in force."""

    form = PolicyValueForm
    exclude = None
    list_display = ("code", "value", "effective_from", "document")
    search_fields = ("code", "document")
    change_list_template = "admin/policy_values.html"

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        form.district_id = request.user.district_id
        return form

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        groups = figure_groups(request.user.district_id, dates.today())
        return super().changelist_view(request, {**(extra_context or {}), "groups": groups})


@admin.register(CalendarDay)
class CalendarDayAdmin(SheetScreen, DistrictRowAdmin):
    resource_classes = [CalendarDayResource]
    exclude = ()
    list_display = ("day", "is_workday", "name")
    date_hierarchy = "day"

    def get_queryset(self, _request: HttpRequest) -> Any:
        """Holidays are the country's, not a district's."""
        return CalendarDay.objects.all()


class OwnDistrictForm(forms.ModelForm):
    """A new row is of the keeper's district before it is checked against the other rows of it."""

    district_id: int

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.district_id is None:
            self.instance.district_id = self.district_id


class OwnDistrictAdmin(DistrictRowAdmin):
    form = OwnDistrictForm

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        form.district_id = request.user.district_id
        return form


@admin.register(SchoolTerm)
class SchoolTermAdmin(OwnDistrictAdmin):
    list_display = ("name", "first_day", "last_day")


@admin.register(SchoolSpan)
class SchoolSpanAdmin(OwnDistrictAdmin):
    list_display = ("name", "kind", "first_day", "last_day", "school", "grades")
    list_filter = ("kind",)
    list_select_related = ("school",)
