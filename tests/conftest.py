"""What every test gets: no screen needed, a settings folder of its own, and no thread left behind."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from hypothesis import settings

from venueplanner.domain.surroundings import tidy

tidy(os.environ)

# The same scenes at every run, so that a change is judged by what it changes; `--hypothesis-profile=wander` looks
# farther.
settings.register_profile("steady", derandomize=True, database=None)
settings.register_profile("wander", derandomize=False)
settings.load_profile("steady")

CHECKOUT = Path(__file__).resolve().parents[1]
PATIENCE = 3.0  # seconds a pool may take to let go of its threads


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real municipal data beside the checkout; it is not part of the project, so tests that need it skip without it."""
    folder = CHECKOUT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the shared test data is not beside this checkout")
    return folder


@pytest.fixture(scope="session", autouse=True)
def one_application() -> object:
    """The window's application for all tests of a process: packs alone would make a lesser one that cannot grow."""
    from venueplanner.ui.application import application

    return application()


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh folder for settings, journals and caches, so that no test sees another's or the user's."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("VENUEPLANNER_HOME", str(home))
    return home


@pytest.fixture(autouse=True)
def no_thread_is_left_behind() -> Iterator[None]:
    """Fail a test after which a thread still runs that would keep the program from ending."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + PATIENCE
    left = _new_threads(before)
    while left and time.monotonic() < deadline:
        left[0].join(0.05)
        left = _new_threads(before)
    assert not left, f"threads left running: {[thread.name for thread in left]}"


def _new_threads(before: set[threading.Thread]) -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread not in before and not thread.daemon]
