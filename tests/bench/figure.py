"""One measured figure beside the baseline it is compared with."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """`ours` and `baseline` in `unit`, taken in the same run on the same data.

    Smaller is better unless `more_is_better`; `baseline` is None where there is nothing a user would otherwise pick.
    """

    what: str
    ours: float
    baseline: float | None
    unit: str
    baseline_name: str = ""
    more_is_better: bool = False

    @property
    def ratio(self) -> float | None:
        """How many times better than the baseline; None without one."""
        if not self.baseline or not self.ours:
            return None
        return self.ours / self.baseline if self.more_is_better else self.baseline / self.ours
