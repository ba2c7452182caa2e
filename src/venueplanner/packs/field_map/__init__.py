"""The field map: one self-contained HTML page for phones, without any remote load.

folium makes the page; four guards keep attribute text from running as code, in Python and in the browser
(`guards`): escaping, literal templates, a content security policy of hashes, and a last look at the finished page.
"""

from __future__ import annotations

from pathlib import Path

from venueplanner.domain.pack import Pack, PackJob
from venueplanner.domain.words import N_
from venueplanner.packs.editions import SHARED


def make(job: PackJob) -> list[Path]:
    """Write the page. The libraries that make it take longer to load than the window: they come with the first page."""
    from .page import make as write

    return write(job)


PACK = Pack(
    id="field-map",
    label=N_("Field map"),
    help=N_("One HTML page for phones: the plan on the city, without internet."),
    fields=SHARED,
    make=make,
)

__all__ = ["PACK"]
