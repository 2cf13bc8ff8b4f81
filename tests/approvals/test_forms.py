"""The parts of the form: what is valid is kept, what is missing is asked for in words."""

import pytest
from django.http import QueryDict

from approvals import columns, services
from approvals.forms.acts import AttachmentForm, FileForm, FilterForm, OpinionForm
from approvals.forms.parts import FORMS, form_of
from approvals.models import Application
from approvals.parts import progress
from approvals.rules import REQUIRED_OF
from approvals.sheets import fields_of, parts_of
from approvals.states import Road
from jianfu.kernel import dates
from jianfu.organisations.states import Role
from tests.approvals.factories import draft

ANNUAL = FORMS[Road.CAMPUS_ANNUAL]
DERIVED = {"schools_text", "school_count"}


def posted(text):
    return QueryDict(text)


@pytest.mark.parametrize("road", Road)
def test_every_asked_item_stands_on_exactly_one_page(world, road):
    fields, required = fields_of(road), REQUIRED_OF[road]
    assert set(required) <= set(fields)
    assert len(fields) == len(set(fields))
    by = world.user(Role.APPLICANT)
    application = services.open_draft(by=by, organisation=world.place("department"), road=road)
    for part in parts_of(road):
        form = form_of(application, part.key)(application)
        assert set(part.fields) - DERIVED == set(form.columns), part.key
        for name in form.columns:
            if name != "year":
                assert form.fields[name].required is (name in required or name == "committed"), name
                assert form.fields[name].label or name == "committed"
    assert form_of(application, "nonsense") is None


@pytest.mark.parametrize("road", Road)
def test_a_road_calls_an_item_by_its_own_name_everywhere(world, road):
    by = world.user(Role.APPLICANT)
    application = services.open_draft(by=by, organisation=world.place("department"), road=road)
    key = parts_of(road)[0].key
    form = form_of(application, key)(application, {"title": "字" * 200})
    assert form.fields["title"].label == columns.label_of(application, "title")
    assert form.errors["title"][0].startswith(columns.label_of(application, "title") + "最多")
    empty = form_of(application, key)(application, {})
    assert empty.errors["title"] == [REQUIRED_OF[road]["title"]]


def test_schools_are_chosen_and_named_by_the_choice(world, stranger_world):
    application, by = draft(world), world.user(Role.APPLICANT)
    school, other = world.place("school"), world.place("other_school")

    def saved(data):
        form = ANNUAL["scope"](application, data)
        return services.save_draft(application=application, by=by, fields=form.storable(), **form.besides())

    one = saved({"stages": ["primary"], "schools": [school.pk]})
    assert (one.schools_text, one.school_count) == (str(school), 1)
    every = saved({"stages": ["primary", "junior"]})
    assert (every.schools_text, every.school_count) == ("全区小学、初中", 2)
    none = saved({})
    assert (none.schools_text, none.school_count) == ("", None)
    strange = ANNUAL["scope"](application, {"schools": [stranger_world.place("school").pk]})
    assert "schools" in strange.errors
    assert "schools" not in strange.besides()
    both = ANNUAL["scope"](application, {"schools": [school.pk, other.pk]})
    assert [row["ticked"] for group in both.groups() for row in group["schools"]] == [True, True]


def test_missing_answers_are_asked_for_and_saved_as_empty(world):
    form = ANNUAL["content"](draft(world), posted("content=&expected_effect=好&integration=subject"))
    assert not form.is_valid()
    assert form.errors["content"] == ["填写活动内容"]
    assert not form.malformed
    assert form.storable() == {
        "content": "",
        "expected_effect": "好",
        "integration": ["subject"],
        "course_overlap": "",
        "evaluation": "",
    }


def test_an_activity_may_join_several_but_not_stand_alone_too(world):
    several = ANNUAL["content"](draft(world), posted("integration=subject&integration=after_school"))
    assert several.storable()["integration"] == ["subject", "after_school"]
    both = ANNUAL["content"](draft(world), posted("integration=none&integration=after_school"))
    assert "integration" not in both.storable()
    assert both.errors["integration"] == ["“未融合”不能和别的融合方式一起选，请取消其中一边"]
    alone = ANNUAL["content"](draft(world), posted("integration=none"))
    assert alone.storable()["integration"] == ["none"]


def test_what_cannot_be_read_is_not_saved_and_not_lost(world):
    form = ANNUAL["scope"](draft(world), posted("starts_on=2024年820日&student_count=很多&grades=四年级"))
    form.is_valid()
    assert form.malformed
    assert {"starts_on", "student_count"}.isdisjoint(form.storable())
    assert form["starts_on"].value() == "2024年820日"
    assert form.storable()["grades"] == "四年级"


@pytest.mark.parametrize(("typed", "read"), [("3,200人", 3200), ("１８", 18), ("0", 0), ("18 人次", 18)])
def test_numbers_as_people_type_them(world, typed, read):
    form = ANNUAL["scope"](draft(world), {"student_count": typed})
    assert form.storable()["student_count"] == read


@pytest.mark.parametrize("typed", ["-1", "1.5", "99999999999999999999", "一百"])
def test_numbers_that_are_none(world, typed):
    form = ANNUAL["scope"](draft(world), {"student_count": typed})
    form.is_valid()
    assert form.malformed


def test_days_in_the_wrong_order_stay_on_the_page(world):
    data = {"starts_on": "2027.3.2", "ends_on": "20270301"}
    form = ANNUAL["scope"](draft(world), data)
    form.is_valid()
    assert "早于开始日期2027年3月2日" in form.errors["ends_on"][0]
    assert "ends_on" not in form.storable()


def test_too_long_names_the_limit_and_the_length(world):
    form = ANNUAL["content"](draft(world), {"content": "字" * 70_000})
    form.is_valid()
    assert form.errors["content"] == ["活动内容最多 1000 字，现在是 70000 字"]


@pytest.mark.parametrize("bad", ["a\x00b", "a\ud800b"])
def test_what_no_database_holds_is_refused(world, bad):
    form = ANNUAL["basis"](draft(world), {"title": bad})
    form.is_valid()
    assert "title" in form.errors
    assert "title" not in form.storable()


def test_conditions_are_read_with_their_numbers_in_official_form(world):
    data = {
        "mandate-claimed_box": "on",
        "mandate-document": "关于开展消防宣传的通知",
        "mandate-number": "云教委发[2026]05号",
        "law-document": "没有勾选的不算",
        "year": str(dates.today().year),
    }
    form = ANNUAL["basis"](draft(world), data)
    form.is_valid()
    assert form.bases() == {"mandate": ("关于开展消防宣传的通知", "云教委发〔2026〕5号", "")}


def test_yes_and_no_are_answers_and_nothing_is_none(world):
    form = ANNUAL["conduct"](draft(world), {"charges_fee": "yes", "appraises_schools": "no"})
    kept = form.storable()
    assert (kept["charges_fee"], kept["appraises_schools"], kept["demands_traces"]) == (True, False, None)


def test_joint_units_are_of_the_district_and_not_the_own(world, stranger_world):
    form = ANNUAL["basis"](draft(world))
    units = set(form.fields["joint"].queryset)
    assert world.place("other_department") in units
    assert world.place("department") not in units
    assert stranger_world.place("department") not in units


def test_progress_tells_untouched_begun_wrong_and_done(world):
    application = draft(world, content="", charges_fee=True)
    words = {p.part.key: p.words for p in progress(application, dates.today())}
    assert words == {
        "basis": "已完成",
        "content": "填写中",
        "scope": "已完成",
        "conduct": "有问题",
        "files": "已完成",
    }
    bare = Application(district=world.district, year=2026, organisation=world.place("department"))
    bare.handler, bare.state_entered_at = application.handler, dates.now()
    bare.save()
    assert {p.words for p in progress(bare, dates.today())} == {"未开始"}


def test_the_filing_number_is_brought_into_official_form():
    form = FileForm({"body": "市委", "document_number": "江教领备[2026]033号", "filed_on": "2026.11.21"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["document_number"] == "江教领备〔2026〕33号"


def test_a_sheet_is_complete_only_when_it_is_final():
    assert OpinionForm({}, final=False).is_valid()
    final = OpinionForm({})
    assert not final.is_valid()
    assert len(final.errors) == 11
    assert final.errors["theme_grade"] == ["选择活动主题的意见"]


@pytest.mark.parametrize("asked", [{"state": "nonsense"}, {"year": "abc"}, {"q": "字" * 101}])
def test_a_filter_asked_wrongly_narrows_nothing(asked):
    rows = object()  # cannot be filtered
    assert FilterForm(asked, years=[2026]).narrowed(rows) is rows


def test_an_upload_without_a_file_says_so():
    form = AttachmentForm({"kind": "plan"}, {})
    assert not form.is_valid()
    assert form.errors["file"] == ["上传文件"]
