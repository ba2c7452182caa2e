"""Benchmarks: each figure is printed beside a baseline a user would otherwise pick, measured in the same run.

To add one: a module here with NAME and `run() -> list[Figure]` (see `figure.py`), and its module name in ALL.
A benchmark never fails on a figure. It raises `Missing` when its data is not here.
"""

ALL: tuple[str, ...] = ("start", "importing", "edits", "hand", "frames", "passage", "sight", "crowd", "traffic")


class Missing(Exception):
    """What a benchmark needs is not on this machine; the text says what."""
