"""What an inspection asks of schools: the page on which materials, sampling and differences are said."""

from __future__ import annotations

from .part import PartForm, asked, box, some_of


class InspectingForm(PartForm):
    content = box("content", 4, help_text="查什么、怎么查，学校要做什么")
    methods = some_of("methods")
    materials = box("materials", 3, help_text="一行一项；不要就留空。教育部门已有的不再要，不为督查另建档案")
    sampling = asked("sampling", help_text="例如 抽查 20%；全部都查就留空")
    deployed_on = asked("deployed_on", help_text="刚部署的工作不能马上督查")
    differences = box("differences", 2, 300, help_text="例如 农村小规模学校只看食堂")
