"""The field map: one self-contained HTML page for phones, without any remote load.

folium makes the page; four guards keep attribute text from running as code, in Python and in the browser
(`guards`): escaping, literal templates, a content security policy of hashes, and a last look at the finished page.
"""

from .page import PACK

__all__ = ["PACK"]
