"""The findings in words, as the command line prints them."""

from __future__ import annotations

import pytest

from venueplanner.app import documents, reporting
from venueplanner.app.language import LANGUAGES, Language
from venueplanner.app.places import sample_plan
from venueplanner.domain.check import SEVERITIES


@pytest.mark.parametrize("code", [code for code, _ in LANGUAGES])
def test_that_the_findings_are_counted_by_severity_in_words_that_fit_any_number(code: str) -> None:
    session = documents.open_session(sample_plan(), to_change=False)
    inspector = reporting.inspect(session, "coverage-gap")
    language = Language(code)
    first = next(reporting.lines(session, inspector, language))
    found = [each.severity for each in inspector.findings]
    assert found
    for severity, label in SEVERITIES:
        said = language("{count} " + label).format(count=found.count(severity))
        assert (said in first) == (severity in found)
