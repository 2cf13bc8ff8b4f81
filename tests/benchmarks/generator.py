"""Plausible Chinese data in bulk, the same for the same seed: a district, a city of 40, a country's register.

Rows are written past the services (``bulk_create``), so they carry neither history nor audit events: this
fills tables for measuring, and nothing else.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from approvals.figures import STEP_LIMITS
from approvals.models import Application, Basis, Step
from approvals.states import Category, Delivery, Integration, Road, State, Term
from jianfu.kernel import dates
from jianfu.organisations.models import District, Membership, Organisation, Person, User
from jianfu.organisations.states import Kind, Role, SchoolStage
from whitelist.models import Entry, Release, ReleaseItem


def words(text: str) -> tuple[str, ...]:
    """A list of words, written with spaces between them."""
    return tuple(text.split())


THEMES = words(
    "消防安全 禁毒 反诈防骗 交通安全 防溺水 法治 垃圾分类 节约用水 近视防控 口腔健康 心理健康 急救知识 "
    "食品安全 国防教育 税法 防震减灾 生态环保 科普 阅读推广 非遗文化 劳动教育 网络安全 知识产权 "
    "金融知识 红色故事 森林防火 气象 档案 家庭教育 青春期健康"
)
FORMS = words("宣讲 演练 进课堂 主题班会 体验活动 展览 知识讲座 公开课 观摩 研学")
UNITS = words(
    "消防救援支队 公安分局 司法局 卫生健康委 应急管理局 禁毒办 团委 妇联 文明办 水利局 图书馆 气象局"
)
SECTIONS = words("基教科 体卫艺科 办公室 督导室 组织人事科 计划财务科 师训科")
PLACES = words("云岭 清河 长坝 白马 江口 双河 凤来 仙女 火炉 鸭江 平桥 羊角 巷口 土坎 桐梓 和顺 石桥 黄莺")
SURNAMES = words("王 李 张 刘 陈 杨 黄 赵 周 吴 徐 孙 马 朱 胡 郭 何 林 欧阳 司徒")
GIVEN = words("敏 建国 秀英 喆 玥 明轩 桂兰 志强 梓涵 海燕 堃 翀 丽华 俊杰 思远 文博")
STAGES = (["primary"], ["junior"], ["senior"], ["primary", "junior"])
# Where an application of the yearly road may stand by itself.
STATES = (
    State.SUBMITTED, State.APPRAISED, State.REVIEWED, State.APPROVED, State.FILED, State.PUBLISHED,
    State.RETURNED, State.REJECTED, State.WITHDRAWN,
)  # fmt: skip
BATCH = 2_000


@dataclass(frozen=True)
class Filled:
    """What the measurements sign in with."""

    district: District
    users: dict[str, User]


def fill_district(seed: int = 1, *, applications: int, entries: int, name: str = "云岭区") -> Filled:
    """One district with people of each role, so many applications and so many listed entries."""
    chance = random.Random(seed)
    district = District.objects.create(code=f"d{seed}", name=f"{name}{seed}" if seed > 1 else name)
    places = _organisations(district, chance)
    users = _people(district, places, seed, chance)
    departments = [place for place in places if place.kind == Kind.DEPARTMENT]
    _applications(district, departments, users, applications, chance)
    _register(district, entries, chance)
    return Filled(district, users)


def find_district(seed: int) -> Filled:
    """What `fill_district` made in an earlier run."""
    users = User.objects.filter(username__regex=rf"^bench\.[a-z_]+\.{seed}$")
    district = District.objects.get(code=f"d{seed}")
    return Filled(district, {user.username.split(".")[1]: user for user in users})


def fill_city(districts: int = 40, *, applications: int, entries: int) -> list[Filled]:
    """So many districts side by side in one deployment."""
    numbers = range(1, districts + 1)
    return [fill_district(n, applications=applications, entries=entries, name="区") for n in numbers]


def title(chance: random.Random, number: int) -> str:
    """消防安全宣讲进课堂（白马片区第37场）: near-duplicates in theme and form, never the same twice."""
    return f"{chance.choice(THEMES)}{chance.choice(FORMS)}（{chance.choice(PLACES)}片区第{number}场）"


def _organisations(district: District, chance: random.Random) -> list[Organisation]:
    def rows() -> Iterator[Organisation]:
        yield Organisation(district=district, kind=Kind.BUREAU, name="教育委员会")
        for unit in UNITS:
            yield Organisation(district=district, kind=Kind.DEPARTMENT, name=unit)
        for section in SECTIONS:
            yield Organisation(district=district, kind=Kind.SECTION, name=section)
        for place in PLACES:
            stage = chance.choice(SchoolStage.values)
            yield Organisation(district=district, kind=Kind.SCHOOL, name=f"{place}学校", stage=stage)

    Organisation.objects.bulk_create(rows())
    return list(Organisation.objects.filter(district=district).order_by("pk"))


def _people(
    district: District, places: list[Organisation], seed: int, chance: random.Random
) -> dict[str, User]:
    by_name = {place.name: place for place in places}
    bureau = by_name["教育委员会"]
    seats = {
        Role.APPLICANT: by_name[UNITS[0]],
        Role.FIRST_REVIEWER: by_name["基教科"],
        Role.LEADER: bureau,
        Role.PUBLICATION_CLERK: bureau,
        Role.LEDGER_OFFICE: bureau,
        Role.SECTION_CLERK: by_name["督导室"],
    }
    users = {}
    for role, place in seats.items():
        person = Person.objects.create(district=district, name=_name(chance), organisation=place)
        Membership.objects.create(person=person, organisation=place, role=role, since=date(2020, 1, 1))
        users[role] = User.objects.create_user(f"bench.{role}.{seed}", None, person=person)
    return users


def _name(chance: random.Random) -> str:
    return chance.choice(SURNAMES) + chance.choice(GIVEN)


def _applications(
    district: District,
    departments: list[Organisation],
    users: dict[str, User],
    count: int,
    chance: random.Random,
) -> None:
    handler = users[Role.APPLICANT].person
    now = dates.now()
    for start in range(0, count, BATCH):
        numbers = range(start, min(start + BATCH, count))
        rows = [_application(district, departments, handler, n, now, chance) for n in numbers]
        saved = Application.objects.bulk_create(rows)
        Basis.objects.bulk_create(_basis(row) for row in saved)
        Step.objects.bulk_create(_step(row, handler) for row in saved if row.state != State.DRAFTED)


def _application(
    district: District, departments: list[Organisation], handler: Person, n: int, now: datetime, chance: Any
) -> Application:
    state = State.PUBLISHED if chance.random() < 0.8 else chance.choice(STATES)
    year = 2020 + n % 7
    starts = date(year, 1, 1) + timedelta(days=chance.randrange(300))
    return Application(
        district=district,
        road=Road.CAMPUS_ANNUAL,
        number=f"JXY{year}{n:06d}",
        state=state,
        state_entered_at=now - timedelta(days=chance.randrange(30)),
        due_on=dates.today() + timedelta(days=chance.randrange(-5, 15)) if state in STEP_LIMITS else None,
        content_version=1,
        organisation=chance.choice(departments),
        handler=handler,
        contact_name=handler.name,
        contact_phone="023-55550101",
        title=title(chance, n),
        category=chance.choice(Category.values),
        year=year,
        term=chance.choice(Term.values),
        content="面向学生开展"
        + chance.choice(THEMES)
        + "知识宣讲，现场示范并答疑。" * chance.randrange(1, 4),
        starts_on=starts,
        ends_on=starts + timedelta(days=chance.randrange(60)),
        frequency="每校 1 次",
        stages=chance.choice(STAGES),
        schools_text="全区小学",
        student_count=chance.randrange(5000),
        teacher_count=chance.randrange(3),
        class_hours=chance.randrange(3),
        delivery=chance.choice(Delivery.values),
        integration=[chance.choice(Integration.values)],
        charges_fee=False,
        appraises_schools=False,
        demands_traces=False,
        committed=True,
    )


def _basis(row: Application) -> Basis:
    return Basis(application=row, criterion="law", document="《中华人民共和国消防法》", clause="第六条")


def _step(row: Application, handler: Person) -> Step:
    return Step(
        application=row,
        transition="submit",
        label="提交申请",
        part="applicant",
        source=State.DRAFTED,
        target=State.SUBMITTED,
        content_version=1,
        person=handler,
        entered_at=row.state_entered_at,
        at=row.state_entered_at,
    )


def _register(district: District, count: int, chance: random.Random) -> None:
    """A published release that lists so many entries."""
    release = Release.objects.create(
        district=district,
        year=2026,
        serial=1,
        title=f"{district.name}社会事务进校园白名单（2026年第1版）",
        state="published",
        published_on=date(2026, 1, 20),
    )
    for start in range(0, count, BATCH):
        numbers = range(start, min(start + BATCH, count))
        entries = Entry.objects.bulk_create(_entry(district, n, chance) for n in numbers)
        ReleaseItem.objects.bulk_create(
            ReleaseItem(release=release, entry=entry, change="added", position=start + n)
            for n, entry in enumerate(entries, start=1)
        )


def _entry(district: District, n: int, chance: random.Random) -> Entry:
    return Entry(
        district=district,
        origin="测量用数据",
        number=f"BMD2026{n:06d}",
        year=2026,
        title=title(chance, n),
        lead_name=chance.choice(UNITS),
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31) if n % 10 else date(2026, 6, 30),
        frequency="每校 1 次",
        content="面向学生开展知识宣讲，现场示范并答疑。",
        delivery="专项进校",
        stages="小学",
        schools="全区小学",
        basis="《中华人民共和国消防法》第六条",
        class_hours=0,
        teacher_count=0,
        listed_on=date(2026, 1, 20),
    )
