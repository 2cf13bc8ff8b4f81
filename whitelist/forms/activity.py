"""The forms of a plan: its words, its sessions (picked or pasted), a change of one of them."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django.core.exceptions import ValidationError

from jianfu.kernel.fields import (
    ChineseDateField,
    ChoiceField,
    DecimalField,
    IntegerField,
    ModelMultipleChoiceField,
    TextField,
    telephone,
)
from jianfu.kernel.forms import Form
from jianfu.organisations.selectors import schools as schools_of
from whitelist.models import Activity
from whitelist.reading_sessions import read_days, read_rows, read_times

CARRIED = "名单和申请"


class PlanForm(Form):
    """What the school has to know besides the days; what the application says comes filled in."""

    title = TextField(label="活动名称", max_length=200)
    content = TextField(label="活动流程", max_length=2000, rows=5, help_text="几点开始、谁来讲、在哪里")
    duties = TextField(label="教师承担的工作", max_length=300, required=False, help_text="没有就不填")
    needs = TextField(label="需要学校准备的", max_length=300, required=False, help_text="没有就不填")
    safety = TextField(label="安全责任与预案", max_length=300, rows=2)
    contact_name = TextField(label="带队联系人", max_length=50)
    contact_phone = TextField(
        label="联系电话", max_length=50, help_text="学校临时有事要能打通", validators=[telephone]
    )

    def __init__(self, *args: Any, activity: Activity, known: dict[str, str], **kwargs: Any) -> None:
        """``known``: what the list and the application say; a field that still says so is marked."""
        initial = {name: getattr(activity, name) for name in self.base_fields}
        super().__init__(*args, initial=initial, **kwargs)
        for name, field in self.fields.items():
            field.carried = CARRIED if initial[name] and initial[name] == known.get(name) else ""


class PickForm(Form):
    """Many sessions at once: the schools that are ticked, on the days that are named."""

    schools = ModelMultipleChoiceField(queryset=None, label="学校")
    days = TextField(label="日期", max_length=500, help_text="一天或几天，例如 12月7日、12月9日")
    order = ChoiceField(
        label="怎样排", choices=[("each", "每所学校每天一场"), ("turn", "一天一所学校，按顺序排")]
    )
    times = TextField(label="时间", max_length=20, help_text="例如 14:00-14:40")
    grades = TextField(label="年级或班级", max_length=100, required=False, help_text="例如 四年级、五年级")
    students = IntegerField(label="每场学生人数", required=False, unit="人")
    teacher_count = IntegerField(label="每场需教师人数", required=False, unit="人", max_value=9999)
    class_hours = DecimalField(
        label="每班占用课时", required=False, unit="课时", max_digits=5, decimal_places=1
    )

    def __init__(self, *args: Any, activity: Activity, admitted: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = schools_of(activity.district_id).order_by("stage", "name")
        self.fields["schools"].queryset = rows if admitted is None else rows.filter(pk__in=admitted)
        self._today, self._entry = today, activity.entry

    def clean_days(self) -> list[date]:
        return read_days(self.cleaned_data["days"], self._entry.starts_on, self._today)

    def clean_times(self) -> tuple[time, time]:
        return read_times(self.cleaned_data["times"])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        schools, days = data.get("schools"), data.get("days")
        if schools and days and data.get("order") == "turn" and len(days) != len(schools):
            raise ValidationError(
                f"选了 {len(schools)} 所学校、{len(days)} 天，按顺序排要一样多。"
                "请补齐，或改为每所学校每天一场"
            )
        return data

    def rows(self) -> list[dict[str, Any]]:
        data = self.cleaned_data
        schools = list(data["schools"])
        if data["order"] == "turn":
            pairs = list(zip(schools, data["days"], strict=True))
        else:
            pairs = [(school, day) for school in schools for day in data["days"]]
        begins, ends = data["times"]
        return [
            {
                "school": school,
                "day": day,
                "begins": begins,
                "ends": ends,
                "grades": data["grades"],
                "students": data["students"],
                "teacher_count": data["teacher_count"] or 0,
                "class_hours": data["class_hours"] or 0,
            }
            for school, day in pairs
        ]

    def groups(self) -> list[tuple[str, list[tuple[Any, bool]]]]:
        """The schools under the name of their kind, each with whether it is ticked."""
        chosen = {str(getattr(value, "pk", value)) for value in self["schools"].value() or ()}
        found: dict[str, list[tuple[Any, bool]]] = {}
        for school in self.fields["schools"].queryset:
            rows = found.setdefault(school.get_stage_display() or "其他学校", [])
            rows.append((school, str(school.pk) in chosen))
        return list(found.items())


class PasteForm(Form):
    """Rows from Excel or WPS: 学校、日期、时间, and what else there is; works without a script."""

    rows_text = TextField(
        label="从 Excel 粘贴",
        max_length=40_000,
        rows=5,
        help_text="一行一场，各列依次是 学校、日期、时间、年级、学生人数、教师人数、课时；后四列可以没有",
    )

    def __init__(self, *args: Any, activity: Activity, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._activity, self._today = activity, today

    def clean_rows_text(self) -> list[dict[str, Any]]:
        schools = list(schools_of(self._activity.district_id))
        rows, problems = read_rows(
            self.cleaned_data["rows_text"], schools, self._activity.entry.starts_on, self._today
        )
        if problems:
            raise ValidationError(problems)
        return rows

    def rows(self) -> list[dict[str, Any]]:
        return list(self.cleaned_data["rows_text"])


class MoveForm(Form):
    """改期: the new day and time of one session, and why."""

    day = ChineseDateField(label="新的日期")
    times = TextField(label="新的时间", max_length=20, help_text="例如 14:00-14:40")
    note = TextField(label="改期或取消的原因", max_length=300, help_text="学校和区教委都会看到")

    def clean_times(self) -> tuple[time, time]:
        return read_times(self.cleaned_data["times"])


class ActivitySearch(Form):
    """The list of plans, by words and by step."""

    q = TextField(label="查找", required=False, max_length=50)
    state = ChoiceField(label="环节", required=False)

    def __init__(self, *args: Any, states: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].widget.attrs["placeholder"] = "活动、单位"
        self.fields["state"].choices = [("", "全部"), *states]

    def chosen(self, name: str) -> str:
        return str(self.cleaned_data.get(name, "")) if self.is_valid() else ""
