"""Who does what: the matrix of tasks and stakeholders (RACI), on paper. Contacts stay out of it."""

from .matrix import Matrix, matrix
from .sheet import PACK

__all__ = ["PACK", "Matrix", "matrix"]
