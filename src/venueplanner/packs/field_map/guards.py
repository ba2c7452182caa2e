"""Guards of the HTML map: attribute text must not run as code, and nothing may be loaded from outside.

folium renders attribute text as a template in this very process, and writes it into scripts. So (1) every text is
escaped, (2) rendered text is never rendered again, (3) the page allows just its own scripts, by hash, (4) a page with
a remote address or an unexpected number of scripts is not written.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import branca.element

from venueplanner.domain.errors import PlannerError
from venueplanner.domain.words import N_, Words

_SPECIAL = {"`": "&#96;", "$": "&#36;", "\\": "&#92;", "{": "&#123;", "}": "&#125;"}
# Without these a text cannot look like an attribute or a style that loads something; the last guard looks for such.
_SPECIAL |= {"=": "&#61;", "(": "&#40;", ")": "&#41;", "@": "&#64;"}
# Control characters, the two separators that end a line in old scripts, and halves of letters, which are no text.
_FORBIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_SCRIPT = re.compile(r"<script\b[^>]*>(.*?)</script\s*>", re.DOTALL | re.IGNORECASE)
_REMOTE = re.compile(r"""(?:src|href)\s*=\s*["']?\s*(?:https?:)?//|url\(\s*["']?\s*https?:|@import""", re.IGNORECASE)


def safe(text: object) -> str:
    """Text as it may stand in HTML, in a script's string and in a template.

    >>> safe("<b>${x}`{{ y }}")
    '&lt;b&gt;&#36;&#123;x&#125;&#96;&#123;&#123; y &#125;&#125;'
    """
    escaped = html.escape(str(text), quote=True)
    for letter, entity in _SPECIAL.items():
        escaped = escaped.replace(letter, entity)
    return "".join(letter for letter in escaped if not _FORBIDDEN.match(letter))


class _Literal:
    """A text that looks like a template and renders to itself."""

    def __init__(self, text: str) -> None:
        self._text = text

    def render(self, *args: Any, **values: Any) -> str:
        """The text, unchanged."""
        return self._text


@contextmanager
def literal_templates() -> Iterator[None]:
    """While this is open, text handed to branca elements is text, not a template."""
    original = branca.element.Element.__init__

    def init(self: Any, template: str | None = None, template_name: str | None = None) -> None:
        original(self, None, template_name)
        if template is not None:
            self._template = _Literal(template)

    branca.element.Element.__init__ = init  # type: ignore[method-assign]
    try:
        yield
    finally:
        branca.element.Element.__init__ = original  # type: ignore[method-assign]


def locked(page: str, scripts: int) -> str:
    """The page with a policy that allows exactly its own scripts. Raises when it is not what it should be."""
    found = _SCRIPT.findall(page)
    outside = _SCRIPT.sub("", page)
    if len(found) != scripts or "<script" in outside.lower() or _REMOTE.search(outside):
        raise PlannerError(
            Words(N_("The map page was not written: it has parts that nobody put there.")),
            Words(N_("A name or text in the city data or the plan may be hostile; look for < or { in names.")),
        )
    hashes = " ".join(
        "'sha256-" + base64.b64encode(hashlib.sha256(each.encode()).digest()).decode() + "'" for each in found
    )
    policy = f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data: blob:; "
    policy += "base-uri 'none'; form-action 'none'"
    tag = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    head = page.index("<head>") + len("<head>")
    # The encoding must be said within the first 1024 bytes (HTML standard, 4.2.5.4), so it goes before everything.
    return page[:head] + '\n<meta charset="utf-8">\n' + tag + page[head:]
