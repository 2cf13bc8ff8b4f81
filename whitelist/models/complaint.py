"""A complaint and what hangs on it. What the writer wrote is sealed (`jianfu.kernel.sealing`)."""

from __future__ import annotations

import secrets
from functools import cached_property
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone

from jianfu.kernel import sealing
from jianfu.kernel.history import HistoricalRecords
from jianfu.kernel.practices import CHOICES
from jianfu.kernel.steps import TakenStep, step_columns
from whitelist.querysets.complaint import Complaints
from whitelist.states.complaint import ComplaintKind, ComplaintSource, ComplaintState, Finding

# What the history must not repeat.
NOT_REPEATED = [
    "story",
    "identity",
    "tied",
    "identity_digest",
    "receipt_digest",
    "submission_digest",
    "public_text",
]
_SIGNING = {"sign_notice", "return_notice", "sign_exposure", "return_exposure"}


class Complaint(models.Model):
    """一件投诉举报. ``story``, ``identity`` and ``tied`` hold sealed JSON; `token` binds them to this row.

    Days, never hours: a moment beside the log of a web server would tell who wrote.
    """

    district = models.ForeignKey("organisations.District", models.PROTECT, verbose_name="区县")
    number = models.CharField("编号", max_length=20)
    token = models.CharField(max_length=32, unique=True, editable=False)
    kind = models.CharField("类别", max_length=20, choices=ComplaintKind, default=ComplaintKind.COMPLAINT)
    source = models.CharField("来源", max_length=20, choices=ComplaintSource, default=ComplaintSource.WEB)
    practice = models.CharField("问题", max_length=3, choices=CHOICES, blank=True)
    accused = models.ManyToManyField(
        "organisations.Organisation", verbose_name="被反映单位", blank=True, related_name="+"
    )
    escalated = models.BooleanField("提级办理", default=False)
    entry = models.ForeignKey(
        "whitelist.Entry", models.PROTECT, verbose_name="白名单事项", null=True, blank=True, related_name="+"
    )
    story = models.TextField("反映的内容")
    identity = models.TextField("署名", blank=True)
    identity_digest = models.CharField(max_length=64, blank=True)
    identity_erased_on = models.DateField("联系方式删除日期", null=True, blank=True)
    evidence_erased_on = models.DateField("证据删除日期", null=True, blank=True)
    identity_confirmed_on = models.DateField("署名核实日期", null=True, blank=True)
    tied = models.TextField("对应的场次", blank=True)  # sealed: it names a school and a day
    receipt_digest = models.CharField(max_length=64, unique=True)
    submission_digest = models.CharField(max_length=64, unique=True)
    received_on = models.DateField("收到日期")
    state = models.CharField("状态", max_length=20, choices=ComplaintState, default=ComplaintState.RECEIVED)
    state_entered_at = models.DateTimeField("进入本状态", default=timezone.now)
    due_on = models.DateField("时限", null=True, blank=True)
    version = models.PositiveIntegerField(default=0)
    handler = models.ForeignKey(
        "organisations.User", models.PROTECT, verbose_name="办理人", null=True, blank=True, related_name="+"
    )
    signer = models.ForeignKey(
        "organisations.Person", models.PROTECT, verbose_name="签发人", null=True, blank=True, related_name="+"
    )
    finding = models.CharField("认定", max_length=20, choices=Finding, blank=True)
    fabrication_proposed = models.BooleanField("提请认定捏造", default=False)
    fabricated_on = models.DateField("认定捏造日期", null=True, blank=True)
    accepted_on = models.DateField("受理日期", null=True, blank=True)
    found_on = models.DateField("认定日期", null=True, blank=True)
    notified_on = models.DateField("通报日期", null=True, blank=True)
    summoned_on = models.DateField("约谈日期", null=True, blank=True)
    exposed_on = models.DateField("曝光日期", null=True, blank=True)
    closed_on = models.DateField("办结日期", null=True, blank=True)
    public_text = models.TextField("公开的内容", max_length=500, blank=True)

    objects = Complaints.as_manager()
    history = HistoricalRecords(excluded_fields=NOT_REPEATED, m2m_fields=[accused])

    class Meta:
        verbose_name = verbose_name_plural = "投诉举报"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["district", "number"], name="complaint_number_once"),
            models.CheckConstraint(
                condition=models.Q(exposed_on__isnull=True) | ~models.Q(public_text=""),
                name="complaint_exposed_with_words",
            ),
        ]
        indexes = [
            models.Index(fields=["district", "state", "due_on"]),
            models.Index(fields=["identity_digest"]),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("whitelist:complaint_detail", args=[self.pk])

    @cached_property
    def accused_units(self) -> list[Any]:
        return list(self.accused.all())

    @property
    def accused_words(self) -> str:
        return "、".join(str(unit) for unit in self.accused_units)

    @cached_property
    def handling_people(self) -> set[int]:
        """Who handled it or found: they sign nothing of it."""
        steps = self.steps.exclude(transition__in=_SIGNING)
        people = set(steps.values_list("person_id", flat=True))
        return people | ({self.handler.person_id} if self.handler else set())

    def sealed(self, value: Any, what: str) -> str:
        return sealing.seal(value, f"complaint.{what}.{self.token}")

    def opened(self, sealed: str, what: str) -> Any:
        """Raises `NoKey`."""
        return sealing.unseal(sealed, f"complaint.{what}.{self.token}") if sealed else {}

    @cached_property
    def story_words(self) -> str:
        """What the writer told, as one text, not to be repeated; the name of the unit is no secret."""
        story = self.opened(self.story, "story")
        answers = (self.opened(row.body, "message") for row in self.messages.filter(from_writer=True))
        told = [story[name] for name in ("words", "when", "school") if name in story]
        return "\n".join([*told, *(answer["words"] for answer in answers)])

    @cached_property
    def identity_words(self) -> list[str]:
        return ["".join(str(word).split()) for word in self.opened(self.identity, "identity").values()]

    def write_step(self, act: Any) -> None:
        lent = [row.on_behalf_of for row in act.by.memberships if row.on_behalf_of]
        own = any(row.on_behalf_of is None for row in act.by.memberships)
        self.steps.create(**step_columns(act, on_behalf_of=None if own or not lent else lent[0]))


class ComplaintStep(TakenStep):
    """One step, by whom, with the words that belong to it."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="steps")
    source = models.CharField("从", max_length=20, choices=ComplaintState)
    target = models.CharField("到", max_length=20, choices=ComplaintState)

    class Meta(TakenStep.Meta):
        verbose_name = verbose_name_plural = "投诉办理记录"


class ComplaintMessage(models.Model):
    """A question of the handler's or an answer of the writer's; sealed, dated by the day."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="messages")
    from_writer = models.BooleanField()
    body = models.TextField()
    on = models.DateField("日期")

    class Meta:
        verbose_name = verbose_name_plural = "问答"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.complaint} 问答"


def stored_as(_evidence: Any, _filename: str) -> str:
    """A name that tells nothing, in one folder for all, so that not even the number of files is told."""
    return f"sealed/{secrets.token_hex(16)}"


class ComplaintEvidence(models.Model):
    """A picture or PDF, drawn anew (`documents.cleaning`) and sealed; nothing of the file sent is kept."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="evidence")
    file = models.FileField("文件", upload_to=stored_as)
    content_type = models.CharField(max_length=20)
    on = models.DateField("日期")

    class Meta:
        verbose_name = verbose_name_plural = "证据"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.complaint} 证据"

    @property
    def is_pdf(self) -> bool:
        return self.content_type == "application/pdf"


class ComplaintReminder(models.Model):
    """催办: by the writer with their receipt, or inside, once a day; over when the state moves on."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="reminders")
    state = models.CharField("环节", max_length=20, choices=ComplaintState)
    day = models.DateField("日期")

    class Meta:
        verbose_name = verbose_name_plural = "投诉催办"
        constraints = [
            models.UniqueConstraint(fields=["complaint", "day"], name="complaint_reminder_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.complaint} 催办"
