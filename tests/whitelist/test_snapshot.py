from decimal import Decimal

from approvals.models import Basis
from jianfu.kernel import dates
from ledger.indicators.whitelist import listed
from tests.whitelist.factories import filed, published
from whitelist.models import Entry
from whitelist.selectors import current_entries
from whitelist.snapshot import public_fields
from whitelist.states import Kind

# What an application knows about people, and about itself that is nobody's business.
NEVER = {"contact_name", "contact_phone", "handler", "meeting_number", "funding", "safety", "committed"}


def test_the_columns_of_the_list_are_taken_over(world):
    application = filed(world, class_hours=Decimal("0.5"), stages=["primary", "senior"], integration=["none"])
    Basis.objects.create(application=application, criterion="law", document="《消防法》", clause="第六条")
    Basis.objects.create(
        application=application, criterion="mandate", document="要点", document_number="云消安〔2026〕2号"
    )
    application.joint_organisations.set([world.place("school"), world.place("office")])
    found = public_fields(application)
    assert found["basis"] == "《消防法》第六条；要点（云消安〔2026〕2号）"
    assert found["stages"] == "小学、高中"
    assert found["integration"] == ""
    assert set(found["joint_names"].split("、")) == {"实验小学", "办公室"}
    assert found["class_hours"] == Decimal("0.5")


def test_only_public_fields_leave(world):
    found = public_fields(filed(world))
    assert not NEVER & set(found)
    assert set(found) <= {field.attname for field in Entry._meta.concrete_fields}


def test_every_word_passes_the_filter(world):
    told = "找张晓明13800138000"
    application = filed(world, contact_name="张晓明", title=told, content=told, frequency=told, grades=told)
    Basis.objects.create(application=application, criterion="law", document=told)
    words = " ".join(str(value) for value in public_fields(application).values())
    assert "13800138000" not in words
    assert "张晓明" not in words


def test_names_masked_longer_than_they_were_still_fit(world):
    """马骁 becomes 马＊＊: the entry's fields are wider than the form's."""
    application = filed(
        world,
        contact_name="马骁",
        title="马骁" * 50,
        frequency="马骁" * 25,
        schools_text="马骁" * 150,
        grades="马骁" * 50,
    )
    Basis.objects.create(application=application, criterion="law", document="法")
    fields = public_fields(application)
    for field in Entry._meta.concrete_fields:
        if field.max_length and isinstance(fields.get(field.attname), str):
            assert len(fields[field.attname]) <= field.max_length, field.name


def test_what_was_only_registered_stands_last_and_is_counted(world, client):
    exempt = filed(world, road="campus_exempt", title="文明城市创建宣传")
    published(world, exempt, kind=Kind.EXEMPT)
    assert "文明城市创建宣传" in client.get(f"/whitelist/{world.district.code}/").content.decode()
    published(world, filed(world, title="消防演练"))
    entries = list(current_entries(world.district.pk, dates.today()))
    assert [(row.title, row.exempt) for row in entries] == [("消防演练", False), ("文明城市创建宣传", True)]
    shown = client.get(f"/whitelist/{world.district.code}/").content.decode()
    assert shown.index("消防演练") < shown.index("免申报登记的事项") < shown.index("文明城市创建宣传")
    measured = listed(world.district, dates.today().year)
    assert measured.value == 2
    assert "其中免申报登记 1 项" in measured.explanation
