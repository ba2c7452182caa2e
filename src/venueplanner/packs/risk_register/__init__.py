"""The risk register on paper: the 5×5 picture with its caveat, the register, the threat judgement it stands on."""

from .register import Entry, entries
from .sheet import CAVEAT, PACK

__all__ = ["CAVEAT", "PACK", "Entry", "entries"]
