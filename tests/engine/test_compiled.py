"""Kept machine code goes by the text of the whole engine."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ENGINE = """
import sys; sys.path.insert(0, {root!r})
from house.engine.user import ask
print(ask(1.0))
"""


def answer(root: Path) -> str:
    script = ENGINE.format(root=str(root))
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.strip()


def test_that_a_change_in_another_file_is_not_answered_by_old_code(tmp_path: Path) -> None:
    engine = tmp_path / "house" / "engine"
    engine.mkdir(parents=True)
    source = Path(__file__).parents[2] / "src" / "venueplanner" / "engine" / "compiled.py"
    (tmp_path / "house" / "__init__.py").write_text("")
    (engine / "__init__.py").write_text("")
    (engine / "compiled.py").write_text(source.read_text("utf-8"), "utf-8")
    top = "from house.engine.compiled import compiled\n"
    (engine / "deep.py").write_text(f"{top}@compiled\ndef inner(x):\n    return x + 1.0\n")
    user = f"{top}from house.engine.deep import inner\n@compiled\ndef ask(x):\n    return 10.0 * inner(x)\n"
    (engine / "user.py").write_text(user)
    assert answer(tmp_path) == "20.0"
    assert answer(tmp_path) == "20.0"
    assert list(engine.rglob("*.nbi"))
    (engine / "deep.py").write_text(f"{top}@compiled\ndef inner(x):\n    return x + 2.0\n")
    assert answer(tmp_path) == "30.0"
