"""Rules: every threshold with its unit, source, clause and confidence. Code asks for a rule by id and has no numbers.

A profile (Kyrgyz default, UK …) is a TOML file; a plan may override single values, which is shown to the user.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from .errors import BadValue, UnknownName
from .words import N_, Words

CONFIDENCE: Mapping[str, str] = {
    "found": N_("read in the source"),
    "known": N_("from the named document, not re-read"),
    "computed": N_("calculated from the formula shown"),
    "proposal": N_("planner default, no authority says this number"),
}


@dataclass(frozen=True)
class Rule:
    """One threshold. `confidence` is found, known, computed or proposal; `value` is a number or a text."""

    id: str
    value: float | str
    unit: str = ""
    label: str = ""
    source: str = ""
    clause: str = ""
    url: str = ""
    confidence: str = "proposal"
    jurisdiction: str = ""
    valid_from: str = ""
    overridden: bool = False

    def cite(self) -> str:
        """Source and clause in one line, as printed beside a number."""
        return ", ".join(part for part in (self.source, self.clause) if part)


@dataclass(frozen=True)
class Rules:
    """A rule profile: the rules by id."""

    id: str
    title: str
    rules: Mapping[str, Rule]

    def __getitem__(self, rule_id: str) -> Rule:
        try:
            return self.rules[rule_id]
        except KeyError:
            sentence = Words(
                N_("The rule profile “{profile}” has no rule “{rule}”."), {"profile": self.id, "rule": rule_id}
            )
            raise UnknownName(sentence, Words(N_("Choose another profile or add the rule to it."))) from None

    def number(self, rule_id: str) -> float:
        """The value of a rule that is a number."""
        value = self[rule_id].value
        if isinstance(value, str):
            raise BadValue(Words(N_("The rule “{rule}” is not a number."), {"rule": rule_id}))
        return float(value)

    def text(self, rule_id: str) -> str:
        """The value of a rule that is a text."""
        return str(self[rule_id].value)

    def under(self, prefix: str) -> list[str]:
        """The next part of all rule ids that begin with `prefix.`: `under("vehicle")` gives the class ids."""
        start = prefix + "."
        found = {key[len(start) :].split(".")[0]: None for key in self.rules if key.startswith(start)}
        return list(found)

    def overridden(self, values: Mapping[str, str]) -> Rules:
        """The profile with some values replaced by the plan's own (facts named `rule.<id>`)."""
        changed = dict(self.rules)
        for fact, raw in values.items():
            key = fact.removeprefix("rule.")
            if key == fact or key not in changed:
                continue
            old = changed[key]
            value: float | str = raw if isinstance(old.value, str) else _number(raw, key)
            changed[key] = replace(old, value=value, overridden=True)
        return replace(self, rules=changed)


def _number(raw: str, key: str) -> float:
    try:
        return float(raw.replace(",", "."))
    except ValueError:
        raise BadValue(Words(N_("The rule “{rule}” needs a number, not “{raw}”."), {"rule": key, "raw": raw})) from None
