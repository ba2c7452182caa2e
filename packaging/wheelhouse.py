"""Fetch every library into `wheelhouse/` for machines without a network: wheelhouse.py [linux|windows] [3.11 … 3.13].

Run it with a Python that has pip, where there is a network; then copy the whole folder of the program. A start that
finds `wheelhouse/` installs from it alone. Without arguments: this system and this Python.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINUX = [f"manylinux_2_{minor}_x86_64" for minor in (34, 31, 28, 27, 26, 24, 17)] + ["manylinux2014_x86_64"]
TAGS = {"linux": LINUX, "windows": ["win_amd64"]}


def requirements(text: str, system: str) -> str:
    """The lock for one system: pip would read the conditions with the eyes of the machine it runs on."""
    kept = []
    for block in re.split(r"\n(?=\S)", text.strip()):
        head, _, hashes = block.partition("\\\n")
        pin, _, condition = head.partition(";")
        if "sys_platform == 'win32'" in condition and system != "windows":
            continue
        kept.append(f"{pin.strip()} \\\n{hashes}")
    return "\n".join(kept) + "\n"


def main(words: list[str]) -> int:
    """Download; the exit code is pip's."""
    here = "windows" if sys.platform == "win32" else "linux"
    system = next((word for word in words if word in TAGS), here)
    version = next((word for word in words if re.fullmatch(r"3\.1[123]", word)), f"3.{sys.version_info.minor}")
    with tempfile.TemporaryDirectory() as folder:
        lock = Path(folder) / "requirements.lock"
        lock.write_text(requirements((ROOT / "requirements.lock").read_text("utf-8"), system), "utf-8")
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes", "-r", str(lock)]
        command += ["--only-binary", ":all:", "--python-version", version, "--implementation", "cp"]
        command += [word for tag in TAGS[system] for word in ("--platform", tag)]
        done = subprocess.call([*command, "--dest", str(ROOT / "wheelhouse")])
    if done == 0:
        print(f"wheelhouse/ is complete for {system} and Python {version}.")
    return done


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
