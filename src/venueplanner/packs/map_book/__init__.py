"""The map book: a vector PDF with cover, overview, legend, detail sheets, findings and lists."""

from .book import PACK, sheets

__all__ = ["PACK", "sheets"]
