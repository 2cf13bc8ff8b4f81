"""Near themes across units and years: what is found, in which words, and what nobody may find."""

import pytest
from django.apps.registry import Apps
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal

from approvals import services
from approvals.models import Application, ThemeRecord, ThemeTerm
from approvals.receivers import read_older_themes
from approvals.services.theme import catch_up, index
from approvals.similar import similar_to, similar_to_many
from approvals.states import Road, State
from approvals.themes import terms
from jianfu.kernel.dates import chinese_date
from jianfu.organisations.states import Role
from tests.approvals.factories import application_at, draft, step


def titles(application, **more):
    return [other.title for other in similar_to(application, **more)]


def test_by_meaning_and_not_by_equal_words(world):
    application_at(State.SUBMITTED, world, title="119火场逃生体验", content="讲解火灾自救。")
    application_at(State.SUBMITTED, world, title="税法小课堂", content="讲税从哪里来。")
    mine = draft(world, title="消防安全应急疏散演练")
    assert titles(mine) == ["119火场逃生体验"]


def test_the_words_for_a_person(world):
    application_at(State.SUBMITTED, world, title="119火场逃生体验", term="spring", content="讲火灾。")
    mine = draft(world, title="消防安全演练", term="spring")
    (other,) = similar_to(mine)
    unit = world.place("department").short_name or world.place("department").name
    assert other.why == f"主题相同：消防安全；同在{mine.year}年春季学期；{unit}"
    assert other.level == "高度相近"
    assert other.days == f"{chinese_date(mine.starts_on)}至{chinese_date(mine.ends_on)}"
    assert (other.state, other.state_label) == (State.SUBMITTED, "专家论证")


@pytest.mark.parametrize(
    ("term", "year", "words"),
    [
        ("spring", 0, "同在{year}年春季学期"),
        ("autumn", 0, "同在{year}年（秋季学期）"),
        ("year", 0, "同在{year}年"),
        ("", 0, "同在{year}年"),
        ("spring", -1, "{last}年春季学期"),
        ("year", -1, "{last}年"),
    ],
)
def test_when_the_other_is(world, term, year, words):
    mine = draft(world, title="消防安全演练", term="spring")
    other = application_at(State.SUBMITTED, world, title="消防宣讲")
    ThemeRecord.objects.filter(application=other).update(term=term, year=mine.year + year)
    (found,) = similar_to(mine)
    assert found.when == words.format(year=mine.year, last=mine.year - 1)


def test_a_draft_is_found_by_nobody(world):
    draft(world, title="消防安全宣讲")
    mine = draft(world, title="消防安全演练")
    assert titles(mine) == []
    assert not ThemeTerm.objects.exists()


def test_what_is_being_mended_stays_with_its_unit(world):
    returned = application_at(State.RETURNED, world, title="消防安全宣讲", content="讲火灾逃生。")
    by = world.user(Role.APPLICANT)
    fields = {"title": "税法小课堂", "content": "讲税收。"}
    services.save_draft(application=returned, by=by, fields=fields)
    fire, tax = draft(world, title="消防安全演练"), draft(world, title="税收知识宣讲", content="讲税。")
    assert titles(fire) == ["消防安全宣讲"]
    assert titles(tax) == []
    withdrawn = step(Application.objects.get(pk=returned.pk), "withdraw", world)
    assert titles(fire) == titles(tax) == []
    assert withdrawn.theme.title == "消防安全宣讲"


def test_handed_in_again_it_is_found_by_its_new_words(world):
    returned = application_at(State.RETURNED, world, title="消防安全宣讲", content="讲火灾逃生。")
    by = world.user(Role.APPLICANT)
    fields = {"title": "税法小课堂", "content": "讲税收。"}
    step(services.save_draft(application=returned, by=by, fields=fields), "submit", world)
    assert titles(draft(world, title="消防安全演练")) == []
    assert titles(draft(world, title="税收知识宣讲", content="讲税。")) == ["税法小课堂"]


def test_another_district_is_not_looked_at(world, stranger_world):
    application_at(State.SUBMITTED, stranger_world, title="消防安全宣讲")
    assert titles(draft(world, title="消防安全演练")) == []


def test_another_kind_of_matter_is_not_compared(world):
    other = application_at(State.SUBMITTED, world, title="消防安全宣讲")
    Application.objects.filter(pk=other.pk).update(road=Road.INSPECTION_SINGLE)
    call_command("read_themes", verbosity=0)
    assert ThemeRecord.objects.get().kind == "inspection"
    assert titles(draft(world, title="消防安全演练")) == []


def test_what_borrows_people_is_not_read(world):
    other = application_at(State.SUBMITTED, world, title="消防安全宣讲")
    Application.objects.filter(pk=other.pk).update(road=Road.SECONDMENT)
    call_command("read_themes", verbosity=0)
    assert not ThemeTerm.objects.exists()


def test_not_itself(world):
    mine = application_at(State.SUBMITTED, world, title="消防安全宣讲")
    assert titles(mine) == []


def test_of_as_near_ones_this_year_comes_first(world):
    mine = draft(world, title="消防安全演练")
    old = application_at(State.SUBMITTED, world, title="消防宣讲甲")
    last = application_at(State.SUBMITTED, world, title="消防宣讲乙")
    ThemeRecord.objects.filter(application=last).update(year=mine.year - 1)
    assert titles(mine) == [old.title, last.title]


def test_what_was_declined_does_not_stand(world):
    application_at(State.REJECTED, world, title="消防安全宣讲")
    (found,) = similar_to(draft(world, title="消防安全演练"))
    assert not found.stands


def test_the_limit(world):
    for name in "甲乙丙":
        application_at(State.SUBMITTED, world, title=f"消防安全宣讲{name}")
    mine = draft(world, title="消防安全演练")
    assert len(similar_to(mine)) == 3
    assert len(similar_to(mine, limit=2)) == 2


@pytest.mark.parametrize("count", [1, 3])
def test_many_at_once_cost_three_queries(world, django_assert_num_queries, count):
    mine = [draft(world, title=f"消防安全演练{name}") for name in "甲乙丙"[:count]]
    for name in "子丑寅"[:count]:
        application_at(State.SUBMITTED, world, title=f"火灾逃生体验{name}")
    with django_assert_num_queries(3):
        found = similar_to_many(mine)
    assert [len(found[one.pk]) for one in mine] == [count] * count


def test_one_and_many_say_the_same(world):
    fire = application_at(State.SUBMITTED, world, title="消防安全宣讲")
    tax = application_at(State.SUBMITTED, world, title="税法小课堂", content="讲税。")
    mine = draft(world, title="火场逃生"), draft(world, title="税收知识", content="讲税收。")
    found = similar_to_many(mine)
    assert [[row.application_id for row in found[one.pk]] for one in mine] == [[fire.pk], [tax.pk]]
    assert [similar_to(one) for one in mine] == [found[one.pk] for one in mine]


def test_a_word_tells_each_application_by_its_own_theme(world):
    """白云 is rare among what is on tax and common among what is on fire; each is judged by its own."""
    for n in "甲乙丙丁":
        application_at(State.SUBMITTED, world, title=f"消防安全宣讲进白云{n}", content="讲火灾。")
    application_at(State.SUBMITTED, world, title="税法小课堂进白云", content="讲税。")
    mine = [draft(world, title=title, content="讲。") for title in ("火场逃生进白云", "税收知识进白云")]
    found = similar_to_many(mine)
    assert [similar_to(one) for one in mine] == [found[one.pk] for one in mine]


@pytest.fixture
def narrow(monkeypatch):
    """As in a large district: few rows are followed, few candidates looked at."""
    for name, value in {"FOLLOWED": 2, "CANDIDATES": 2, "NEWEST": 1}.items():
        monkeypatch.setattr(f"approvals.themes.index.{name}", value)


def test_a_theme_too_common_is_followed_to_its_newest(world, narrow):
    made = [
        application_at(State.SUBMITTED, world, title=f"消防安全宣讲{n}", content="讲火灾。") for n in "甲乙丙"
    ]
    found = similar_to(draft(world, title="火场逃生", content="讲火灾。"))
    assert [row.application_id for row in found] == [made[2].pk, made[1].pk]


def test_the_rarest_word_leads_past_newer_ones(world, narrow):
    old = application_at(State.SUBMITTED, world, title="消防安全宣讲进白云", content="讲火灾。")
    new = [
        application_at(State.SUBMITTED, world, title=f"消防安全宣讲{n}", content="讲火灾。") for n in "甲乙丙"
    ]
    found = similar_to(draft(world, title="火场逃生进白云", content="讲火灾。"))
    assert [row.application_id for row in found] == [old.pk, new[2].pk]


def test_the_same_words_come_before_the_same_theme_alone(world):
    both = application_at(
        State.SUBMITTED, world, title="税法、防火知识讲座（白云，寄宿生）", content="讲火灾。"
    )
    theme = application_at(State.SUBMITTED, world, title="防火知识讲座（青山）", content="讲火灾。")
    found = similar_to(draft(world, title="防火知识讲座（白云）", content="讲火灾。"))
    assert [row.application_id for row in found] == [both.pk, theme.pk]
    assert found[0].score < found[1].score


def test_each_row_says_how_many_there_were(world):
    made = [application_at(State.SUBMITTED, world, title=f"消防安全宣讲{n}") for n in "甲乙丙"]

    def places():
        rows = ThemeTerm.objects.filter(term="c=fire").order_by("application")
        return list(rows.values_list("application", "nth"))

    assert places() == [(one.pk, nth) for nth, one in enumerate(made, start=1)]
    index(made[0])
    index(made[1])
    assert places() == [(one.pk, nth) for nth, one in enumerate(made, start=1)]


def written():
    terms = ThemeTerm.objects.order_by("application", "term")
    return list(ThemeRecord.objects.order_by("pk").values()), list(
        terms.values_list("application", "term", "nth")
    )


def after_migrating():
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")


def test_what_an_older_reading_wrote_is_read_after_migrating(world):
    older, missing, current = (
        application_at(State.SUBMITTED, world, title=title) for title in ("消防宣讲", "税法小课堂", "禁毒")
    )
    before = written()
    ThemeRecord.objects.filter(application=older).update(reading="older", features=[{}, [], [], []])
    ThemeTerm.objects.filter(application=older, term="c=fire").delete()
    missing.theme.delete()
    ThemeRecord.objects.filter(application=current).update(title="不再读")
    after_migrating()
    assert ThemeRecord.objects.get(application=current).title == "不再读"
    ThemeRecord.objects.filter(application=current).update(title="禁毒")
    assert written() == before


def test_when_all_is_read_an_upgrade_asks_once(world, django_assert_num_queries):
    application_at(State.SUBMITTED, world, title="消防宣讲")
    with django_assert_num_queries(3):  # a savepoint, the question, its release
        assert catch_up() == 0


def test_an_earlier_state_of_the_tables_is_left_alone(world):
    application_at(State.SUBMITTED, world, title="消防宣讲").theme.delete()
    read_older_themes(sender=None, apps=Apps())
    assert not ThemeRecord.objects.exists()
    read_older_themes(sender=None, verbosity=0)
    assert ThemeRecord.objects.exists()


def test_another_lexicon_is_another_reading(tmp_path, monkeypatch):
    changed = tmp_path / "themes.json"
    changed.write_bytes(terms.PLACE.read_bytes() + b" ")
    mine = terms.reading()
    monkeypatch.setattr(terms, "PLACE", changed)
    assert terms.reading.__wrapped__() != mine


def test_reading_all_anew_gives_the_same(world):
    application_at(State.SUBMITTED, world, title="消防安全宣讲")
    returned = application_at(State.RETURNED, world, title="税法小课堂", content="讲税。")
    services.save_draft(application=returned, by=world.user(Role.APPLICANT), fields={"title": "禁毒"})

    before = written()
    ThemeTerm.objects.all().delete()
    ThemeRecord.objects.all().delete()
    call_command("read_themes", verbosity=0)
    assert written() == before
