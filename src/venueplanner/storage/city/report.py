"""What an import tells: the layers, how each was read and who decided, what needs an answer, what could not be used."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from venueplanner.domain.errors import BadFile
from venueplanner.domain.plan import LayerRecord
from venueplanner.domain.site import Layer
from venueplanner.domain.words import N_, Words
from venueplanner.storage.coordinates import Operation, PlanCoordinates

from .raw import SetAside
from .reference import Reference


@dataclass(frozen=True)
class Override:
    """What the planner says of one file instead of what was found; empty means "as found"."""

    encoding: str = ""
    crs: str = ""
    role: str = ""
    operation: str = ""


@dataclass(frozen=True)
class Question:
    """A file that was not taken in because only a person can say what it is. `candidates`: codes, likeliest first."""

    file: str
    text: Words
    candidates: tuple[str, ...] = ()

    def say(self) -> Words:
        """The question with its candidates in one sentence."""
        if not self.candidates:
            return self.text
        known = ", ".join(self.candidates)
        return Words(N_("{question} Its numbers would fit: {known}."), {"question": self.text, "known": known})


class NeedsAnswer(BadFile):
    """Nothing can be taken in before a question is answered."""

    def __init__(self, questions: list[Question]) -> None:
        self.questions = questions
        code = next((each for question in questions for each in question.candidates), "EPSG:28413")
        hint = Words(N_("Say which it is, for example: --crs {code}."), {"code": code})
        super().__init__(questions[0].say(), hint)


@dataclass(frozen=True)
class Detail:
    """Beside a record: how its system was decided, the pinned operation, all rows set aside with what they held;
    `shift`: a sentence where other published operations would put the layer elsewhere.
    """

    reference: Reference
    operation: Operation
    set_aside: tuple[SetAside, ...]
    notes: tuple[Words, ...]
    shift: Words | None = None
    samples: tuple[str, ...] = ()
    encoding_sure: bool = True


@dataclass
class CityImport:
    """Everything one import found. `layers` and `records` go together by id; `details` by the same id."""

    folder: Path
    coordinates: PlanCoordinates
    layers: list[Layer] = field(default_factory=list)
    records: list[LayerRecord] = field(default_factory=list)
    details: dict[str, Detail] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    warnings: list[Words] = field(default_factory=list)

    @property
    def crs(self) -> str:
        """The plan's system as kept in the plan, with its pinned operation where there is a choice."""
        return self.coordinates.text

    @property
    def problems(self) -> list[Words]:
        """Everything a planner should read: questions first, then what was noticed file by file."""
        return [each.say() for each in self.questions] + self.warnings

    def layer(self, layer_id: str) -> Layer:
        """One layer by id."""
        return next(each for each in self.layers if each.id == layer_id)
