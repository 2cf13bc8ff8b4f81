"""What the applications that were handed in are about: an index, written again whenever one is handed in."""

from __future__ import annotations

from django.db import models

from approvals.states import Term
from approvals.themes.index import ThemeTerms
from approvals.themes.terms import LENGTH


class ThemeRecord(models.Model):
    """The words an application was handed in with, read (`approvals.themes.features`).

    What its unit writes afterwards is not here until it is handed in again: nobody else may see it.
    ``reading`` names the lexicon and the code that read it (`approvals.themes.terms.reading`).
    """

    application = models.OneToOneField(
        "approvals.Application", models.CASCADE, primary_key=True, related_name="theme"
    )
    district = models.ForeignKey("organisations.District", models.CASCADE, related_name="+")
    kind = models.CharField("类型", max_length=20)
    title = models.CharField("活动名称", max_length=100)
    year = models.PositiveSmallIntegerField("年度")
    term = models.CharField("学期", max_length=10, choices=Term, blank=True)
    features = models.JSONField("主题")
    reading = models.CharField("识别版本", max_length=16)

    class Meta:
        verbose_name = verbose_name_plural = "主题"

    def __str__(self) -> str:
        return self.title


class ThemeTerm(models.Model):
    """One theme, pair of characters or piece of text, and the application it stands in.

    ``nth``: about how many applications up to this one have it, so that nobody has to count.
    """

    district = models.ForeignKey("organisations.District", models.CASCADE, related_name="+", db_index=False)
    term = models.CharField("词", max_length=LENGTH)
    application = models.ForeignKey("approvals.Application", models.CASCADE, related_name="theme_terms")
    nth = models.PositiveIntegerField("次序")

    objects = ThemeTerms.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "主题词"
        # The questions of approvals/themes/index.py are answered from this index alone.
        indexes = [models.Index(fields=["district", "term", "application", "nth"], name="theme_term_found")]

    def __str__(self) -> str:
        return self.term
