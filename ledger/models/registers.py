"""The registers behind the figures: 报表, 工作群, 培训会议竞赛, 专项任务, 数据共享, 拒绝记录."""

from __future__ import annotations

from django.db import models

from jianfu.kernel import practices
from jianfu.kernel.history import HistoricalRecords
from ledger.states import ChannelKind, DutyKind, Frequency, GatheringKind, Respondents

from .register import RegisterItem


class ReportForm(RegisterItem):
    """报表: one form that schools or teachers are asked to fill in (R71–R73).

    ``asked_for`` holds one 填报项目 a line.
    """

    slug = "forms"

    issuer = models.CharField("发文单位", max_length=100)
    document = models.CharField("依据文件", max_length=200, blank=True)
    frequency = models.CharField("填报频次", max_length=10, choices=Frequency)
    respondents = models.CharField(
        "填报对象", max_length=10, choices=Respondents, default=Respondents.SCHOOLS
    )
    asked_for = models.TextField("填报项目", blank=True, help_text="一行一项，例如 学生人数")
    noticed_on = models.DateField("通知日期", null=True, blank=True)
    due_on = models.DateField("上交期限", null=True, blank=True)
    approval_number = models.CharField("统计审批文号", max_length=60, blank=True)

    history = HistoricalRecords()

    class Meta(RegisterItem.Meta):
        verbose_name = verbose_name_plural = "报表"

    @property
    def field_names(self) -> list[str]:
        return [line.strip() for line in self.asked_for.replace("、", "\n").splitlines() if line.strip()]


class Channel(RegisterItem):
    """工作群、政务 APP、公众号: where teachers are expected to look or to answer (R38, R99, R103)."""

    slug = "channels"

    kind = models.CharField("类别", max_length=10, choices=ChannelKind, default=ChannelKind.GROUP)
    platform = models.CharField("所在平台", max_length=50, help_text="例如 微信、钉钉")
    owner = models.CharField("管理单位", max_length=100)
    members = models.PositiveIntegerField("教师人数", null=True, blank=True)
    is_compulsory = models.BooleanField("要求教师关注、安装或随时回复", default=False)
    document = models.CharField("依据文件", max_length=200, blank=True)

    history = HistoricalRecords()

    class Meta(RegisterItem.Meta):
        verbose_name = verbose_name_plural = "工作群和政务应用"


class Gathering(RegisterItem):
    """培训、会议、竞赛 that teachers were called to (R92–R98). ``begun_on`` is its day."""

    slug = "gatherings"

    kind = models.CharField("类别", max_length=10, choices=GatheringKind)
    organiser = models.CharField("举办单位", max_length=100)
    document = models.CharField("依据文件", max_length=200, blank=True)
    is_related = models.BooleanField("与教育教学直接有关", default=False)
    is_statutory = models.BooleanField("人力资源社会保障部门依法组织", default=False)
    bureau_consented = models.BooleanField("经教育部门同意", default=False)
    days = models.DecimalField("天数", max_digits=4, decimal_places=1, default=1)
    people = models.PositiveIntegerField("参加教师人数")
    from_one_county = models.PositiveIntegerField("一个区县最多参加人数", null=True, blank=True)
    distance = models.PositiveIntegerField("离会场最远（公里）", null=True, blank=True)
    has_branch_venue = models.BooleanField("设了视频分会场", default=False)

    history = HistoricalRecords()

    class Meta(RegisterItem.Meta):
        verbose_name = verbose_name_plural = "培训、会议和竞赛"


class Duty(RegisterItem):
    """专项任务、城市创优评先、社会考试 that schools bear (R64–R66)."""

    slug = "duties"

    kind = models.CharField("类别", max_length=10, choices=DutyKind)
    issuer = models.CharField("下达单位", max_length=100)
    document = models.CharField("依据文件", max_length=200, blank=True)
    bureau_consented = models.BooleanField("经教育部门同意", default=False)
    is_emergency = models.BooleanField("特殊时期或紧急情况", default=False)
    on_the_street = models.BooleanField("安排教师上街执勤", default=False)
    schools = models.ManyToManyField(
        "organisations.Organisation", verbose_name="涉及学校", related_name="+", blank=True
    )
    teachers = models.PositiveIntegerField("教师人次", null=True, blank=True)
    sessions = models.PositiveIntegerField("考试场次", null=True, blank=True)

    history = HistoricalRecords(m2m_fields=[schools])

    @property
    def school_count(self) -> int:
        return len(self.schools.all())

    class Meta(RegisterItem.Meta):
        verbose_name = verbose_name_plural = "专项任务和社会考试"


class DataReuse(RegisterItem):
    """数据共享: a request answered from what is on file instead of asking schools (R79).

    ``application`` is the one that the system answered so; what is entered by hand bears its ``document``.
    """

    slug = "reuses"

    requester = models.CharField("要数据的单位", max_length=100)
    source = models.CharField("数据来自", max_length=100, help_text="例如 全国教师管理信息系统")
    document = models.CharField("计算依据", max_length=200, blank=True)
    times = models.PositiveIntegerField("减少报送次数", default=1, help_text="本来要报的学校数乘以次数")
    application = models.OneToOneField(
        "approvals.Application",
        models.PROTECT,
        verbose_name="申请",
        null=True,
        blank=True,
        related_name="+",
    )

    history = HistoricalRecords()

    class Meta(RegisterItem.Meta):
        verbose_name = verbose_name_plural = "数据共享"


class RefusedRequest(RegisterItem):
    """拒绝记录: what somebody asked of a school or of the bureau, and was refused (R62; R5).

    ``name`` is what was asked, ``begun_on`` the day of the refusal.
    """

    slug = "refusals"

    asker = models.CharField("提出单位", max_length=100)
    asked_on = models.DateField("提出日期", null=True, blank=True)
    refused_by = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, verbose_name="拒绝单位", related_name="+"
    )
    reason = models.CharField("拒绝理由", max_length=300)
    practice = models.CharField("不当做法", max_length=10, blank=True, choices=practices.CHOICES)
    # Entered by a visit that the school refused; the visit is changed, never this.
    visit = models.OneToOneField(
        "whitelist.Visit",
        models.PROTECT,
        verbose_name="来校记录",
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    history = HistoricalRecords()

    class Meta(RegisterItem.Meta):
        verbose_name = verbose_name_plural = "拒绝记录"
