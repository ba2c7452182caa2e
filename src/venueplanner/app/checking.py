"""The checks that run, as the window and the command line get them."""

from __future__ import annotations

from venueplanner.checks import ALL as CHECKS

__all__ = ["CHECKS"]
