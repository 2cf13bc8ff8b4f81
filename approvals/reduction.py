"""How much this year's list is smaller than last year's, against the target (R25, R26; ledger I2)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal


@dataclass(frozen=True)
class Reduction:
    """``before`` and ``after`` are numbers of items; ``before`` None: nobody knows yet; ``target`` in %.

    "减少50%以上": exactly the target is enough. Of an odd number the larger half has to go: of 11 items 6,
    so that 5 may stay.
    """

    before: int | None
    after: int
    target: int

    @property
    def less(self) -> int:
        """Negative where it grew."""
        return (self.before or 0) - self.after

    @property
    def met(self) -> bool:
        return self.before is not None and self.less * 100 >= self.before * self.target

    @property
    def allowed(self) -> int:
        """How many may be on the list with the target met."""
        return (self.before or 0) * (100 - self.target) // 100

    @property
    def still(self) -> int:
        """How many more have to go; 0 once the target is met."""
        return max(0, self.after - self.allowed) if self.before is not None else 0

    @property
    def percent(self) -> str:
        """72.2%; never rounded up to a target that is not met. — where there is nothing to compare with."""
        if not self.before:
            return "—"
        share = Decimal(abs(self.less) * 100) / self.before
        rounded = share.quantize(Decimal("0.1"), ROUND_HALF_UP)
        if not self.met and self.less > 0 and rounded >= self.target:
            rounded = share.quantize(Decimal("0.1"), ROUND_DOWN)
        return f"{rounded.normalize():f}%"

    @property
    def words(self) -> str:
        """减少 13 项（72.2%）, 增加 2 项（20%）, 与上年持平."""
        if self.before is None:
            return "上年事项数还没有登记"
        if not self.less:
            return "与上年持平"
        return f"{'减少' if self.less > 0 else '增加'} {abs(self.less)} 项（{self.percent}）"
