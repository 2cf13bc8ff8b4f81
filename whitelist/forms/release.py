"""Search lines, and the form by which the office prepares a release."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

from approvals.states import Term
from jianfu.kernel import fields
from jianfu.kernel.document_numbers import EXAMPLE
from jianfu.kernel.forms import Form
from jianfu.organisations.selectors import holders
from jianfu.organisations.states import Role
from whitelist.selectors import waiting_applications
from whitelist.states import Standing


class PublicSearch(Form):
    """By name, unit or number; one character is enough."""

    q = fields.TextField(label="查找", required=False, max_length=50)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].widget.attrs["placeholder"] = "事项或首字母、单位、编号"

    @property
    def words(self) -> str:
        """What to search for: full-width letters and digits as plain ones; empty where it was refused."""
        typed = self.cleaned_data.get("q", "") if self.is_valid() else ""
        return unicodedata.normalize("NFKC", typed)


class RegisterSearch(PublicSearch):
    """The same inside, with standing and year."""

    standing = fields.ChoiceField(
        label="状态",
        required=False,
        choices=[
            ("", Standing.VALID.label),
            (Standing.EXPIRED, Standing.EXPIRED.label),
            (Standing.REMOVED, Standing.REMOVED.label),
            ("all", "全部"),
        ],
    )
    year = fields.ChoiceField(label="年度", required=False)

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [("", "全部"), *((str(year), f"{year}年") for year in years)]

    @property
    def wanted_standing(self) -> str:
        """What is 有效 unless another standing, or all, is asked for."""
        return self._chosen("standing") or Standing.VALID

    @property
    def wanted_year(self) -> int | None:
        year = self._chosen("year")
        return int(year) if year else None

    def _chosen(self, name: str) -> str:
        return self.cleaned_data.get(name, "") if self.is_valid() else ""


class ReleaseForm(Form):
    """Which applications the release lists, under which number, with which notice."""

    applications = fields.ModelMultipleChoiceField(None, label="列入名单的申请", required=False)
    year = fields.ChoiceField(label="年度", help_text="标题和编号按这个年度")
    term = fields.ChoiceField(
        label="学期", required=False, choices=[("", "全年"), *(t for t in Term.choices if t[0] != Term.YEAR)]
    )
    document_number = fields.TextField(
        label="公布文号", required=False, max_length=60, help_text=f"例如 {EXAMPLE}，没有单独发文就不填"
    )
    notice = fields.TextField(
        label="公告", required=False, max_length=1000, rows=3, help_text="印在名单上方，没有就不填"
    )
    version = fields.IntegerField(label="版本", required=False)

    def __init__(self, *args: Any, district_id: int, kind: str, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["applications"]
        chosen.queryset = waiting_applications(district_id, kind)
        chosen.error_messages["invalid_choice"] = "勾选的申请里有的已不是“待公布”，请刷新后重新勾选"
        self.fields["year"].choices = [(str(y), f"{y}年") for y in (on.year, on.year + 1)]


class SignatureForm(Form):
    """签发 on the screen; the number of the 会议纪要 where there is one."""

    meeting_number = fields.TextField(
        label="会议纪要或签发文号", required=False, max_length=60, help_text=f"例如 {EXAMPLE}，没有就不填"
    )


class PaperSignatureForm(Form):
    """签发 that stands on a paper, entered by the office."""

    signer = fields.ChoiceField(label="签发人")
    signed_on = fields.ChineseDateField(label="签发日期", help_text="")
    meeting_number = fields.TextField(label="会议纪要或签发文号", max_length=60, help_text=f"例如 {EXAMPLE}")

    def __init__(self, *args: Any, district_id: int, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._leaders = {str(row.person_id): row.person for row in holders(district_id, [Role.LEADER], on)}
        names = [(key, person.name) for key, person in self._leaders.items()]
        self.fields["signer"].choices = [("", "选择一位领导小组成员"), *names]

    def clean_signer(self) -> Any:
        return self._leaders[self.cleaned_data["signer"]]
