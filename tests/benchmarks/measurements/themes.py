"""Near themes: how long it takes to find them, and how many of those that people call near are found."""

from __future__ import annotations

import itertools
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import connection
from django.test.utils import CaptureQueriesContext

from approvals.models import Application, ThemeTerm
from approvals.services.theme import index, index_all
from approvals.similar import SHOWN, Row, similar_to, similar_to_many
from approvals.states import Road, State
from approvals.themes.index import CANDIDATES
from jianfu.organisations.models import District
from tests.benchmarks import labelled, titles
from tests.benchmarks.bench import Bench
from tests.benchmarks.clock import NO_GOAL, Counted, Result, compare, plain_up_to

CODE, SEED = "themes", 5
ASKED, ROUND = 300, 50
BATCH = 2_000


@dataclass(frozen=True)
class Shelf:
    """A district of nothing but titles. ``pks`` in the order of ``matters``."""

    district: District
    matters: list[titles.Matter]
    pks: list[int]
    pattern: Application

    def question(self, place: int) -> Application:
        """What another unit might write for the same matter; saved nowhere."""
        made = titles.worded(self.matters[place], random.Random(place + 1))
        return self.filled(made, pk=10**9 + place, state=State.DRAFTED)

    def filled(self, made: titles.Made, **more: object) -> Application:
        own = {name: getattr(self.pattern, name) for name in ("organisation_id", "handler_id", "term")}
        return Application(
            district=self.district,
            road=Road.CAMPUS_ANNUAL,
            title=made.title,
            content=made.content,
            **{"year": 2026, **own, **more},
        )


def near_themes(bench: Bench) -> Iterator[Result]:
    shelf = _shelf(bench)
    places = random.Random(9).sample(range(len(shelf.pks)), min(ASKED, len(shelf.pks)))
    questions = [shelf.question(place) for place in places]
    asked, read = itertools.cycle(questions), itertools.cycle(shelf.pks)
    handed_in = itertools.cycle(Application.objects.filter(pk__in=shelf.pks[:ASKED]))
    yield compare(
        f"near themes of one title among {bench.rows:,}",
        lambda: similar_to(next(asked)),
        f"{CANDIDATES} candidates read by their keys",
        lambda: _read([next(read) for _ in range(CANDIDATES)]),
        goal=plain_up_to(5, "ms"),
        pairs=bench.pairs,
        times=20,
        remark=_found(shelf, places, questions),
    )
    yield compare(
        f"near themes of a round of {ROUND} among {bench.rows:,}",
        lambda: similar_to_many(questions[:ROUND]),
        "one by one",
        lambda: [similar_to(one) for one in questions[:ROUND]],
        goal=plain_up_to(5 * ROUND, "ms"),
        pairs=bench.pairs,
        queries=Counted(_queries(lambda: similar_to_many(questions[:ROUND])), 3),
    )
    yield compare(
        f"one title written to the index of {bench.rows:,}",
        lambda: index(next(handed_in)),
        "the application saved",
        lambda: next(handed_in).save(),
        goal=NO_GOAL,
        pairs=bench.pairs,
        times=20,
    )
    yield compare(
        "the labelled pairs judged",
        lambda: [labelled.judge(name) for name in labelled.SETS],
        f"equal pairs of characters ({_said(labelled.by_equal_words)})",
        lambda: [labelled.judge(name, labelled.by_equal_words) for name in labelled.SETS],
        goal=NO_GOAL,
        pairs=min(bench.pairs, 3),
        remark=_said(labelled.by_theme),
    )


def _said(judge: labelled.Judge) -> str:
    return "; ".join(f"{name}: {labelled.judge(name, judge)}" for name in labelled.SETS)


def _found(shelf: Shelf, places: list[int], questions: list[Application]) -> str:
    """The CPU a question takes, how many of its matter are among the first, how many shown are on its theme.

    What is of the same matter is labelled by how the shelf was made: theme, place, people and occasion are
    the same. Most matters stand there once, some twice or thrice; all of them must be found.
    """
    start = time.process_time()
    found = [similar_to(question) for question in questions]
    busy = (time.process_time() - start) * 1000 / len(questions)
    matter_of = dict(zip(shelf.pks, shelf.matters, strict=True))
    times = Counter(shelf.matters)
    hits = labels = right = shown = 0
    for place, near in zip(places, found, strict=True):
        matter = shelf.matters[place]
        answers = [matter_of[one.application_id] for one in near]
        hits += answers.count(matter)
        labels += min(SHOWN, times[matter])
        right += sum(answer.theme == matter.theme for answer in answers)
        shown += len(answers)
    recall, precision = hits / labels, right / max(1, shown)
    return (
        f"{busy:.1f} ms of CPU, recall@{SHOWN} {recall:.3f} of {labels} labelled, precision {precision:.3f}"
    )


def _queries(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


def _read(pks: list[int]) -> list[tuple[object, ...]]:
    return ThemeTerm.objects.all().rows(Row.COLUMNS, pks)


def _shelf(bench: Bench) -> Shelf:
    """Filled at the first measurement; the same titles every time."""
    chance = random.Random(SEED)
    matters = list(titles.matters(bench.rows, chance))
    pattern = Application.objects.filter(district=bench.small.district).order_by("pk")[0]
    district, new = District.objects.get_or_create(code=CODE, defaults={"name": "主题区"})
    shelf = Shelf(district, matters, [], pattern)
    if new:
        made = (titles.worded(matter, chance) for matter in matters)
        rows = (
            shelf.filled(
                one, number=f"T{place:06d}", state=State.PUBLISHED, year=2020 + place * 7 // bench.rows
            )
            for place, one in enumerate(made)
        )
        for batch in _batched(rows):
            Application.objects.bulk_create(batch)
        index_all(district.pk)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    shelf.pks.extend(
        Application.objects.filter(district=district).order_by("pk").values_list("pk", flat=True)
    )
    return shelf


def _batched(rows: Iterator[Application]) -> Iterator[list[Application]]:
    while batch := list(itertools.islice(rows, BATCH)):
        yield batch
