"""监测线索: what became of one."""

from django.db.models import TextChoices


class ClueVerdict(TextChoices):
    CONFIRMED = "confirmed", "已核实"
    UNFOUNDED = "unfounded", "不成立"
