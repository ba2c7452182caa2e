"""The matrix of tasks and stakeholders: rows and columns, with R, A, C, I in the cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from venueplanner.domain.plan import Feature, Plan

LETTERS = (("responsible", "R"), ("accountable", "A"), ("consulted", "C"), ("informed", "I"))


@dataclass(frozen=True)
class Matrix:
    """`cells[row][column]` holds the letters of stakeholder `columns[column]` in task `rows[row]`, such as "AR"."""

    rows: tuple[Feature, ...]
    columns: tuple[Feature, ...]
    cells: tuple[tuple[str, ...], ...]


def matrix(plan: Plan, tasks: Sequence[Feature] | None = None, bodies: Sequence[Feature] | None = None) -> Matrix:
    """The matrix of a plan; a stakeholder without any task has no column."""
    rows = plan.of("task") if tasks is None else list(tasks)
    named = {each for task in rows for field, _ in LETTERS for each in task.links(field)}
    columns = [each for each in (plan.of("stakeholder") if bodies is None else bodies) if each.id in named]
    return Matrix(tuple(rows), tuple(columns), tuple(tuple(_letters(row, each) for each in columns) for row in rows))


def _letters(task: Feature, stakeholder: Feature) -> str:
    return "".join(letter for field, letter in LETTERS if stakeholder.id in task.links(field))
