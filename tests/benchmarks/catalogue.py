"""Everything that is measured, by the name that --only takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from .bench import Bench
from .clock import Result
from .measurements import documents, figures, intake, memory, pages, public, themes, writing

MEASUREMENTS: dict[str, Callable[[Bench], Iterator[Result]]] = {
    "lists": pages.lists,
    "desks": pages.desks,
    "ledgers": pages.ledgers,
    "public": public.public,
    "decisions": writing.decisions,
    "decisions-postgres": writing.decisions_on_postgres,
    "saves": writing.saves,
    "themes": themes.near_themes,
    "official-pdf": documents.official_pdf,
    "official-xlsx": documents.official_xlsx,
    "register-xlsx": documents.register_xlsx,
    "register-pdf": documents.register_paper,
    "register-pdf-memory": documents.register_paper_memory,
    "uploads": intake.uploads,
    "figures": figures.a_years_figures,
    "memory": memory.worker,
}
