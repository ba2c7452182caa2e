"""The libraries Qt expects from a Linux system: which are missing here, how to get them. Standard library only."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

# Shared library → Debian package that carries it. Without the first group Qt does not start at all.
NEEDED = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libX11.so.6": "libx11-6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libzstd.so.1": "libzstd1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libexpat.so.1": "libexpat1",
}
# Without these it works, but cannot open a window on an X11 screen.
FOR_WINDOWS = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts")


def _is_there(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _some_font() -> bool:
    return any(next(folder.rglob("*.?tf"), None) for folder in FONT_FOLDERS if folder.is_dir())


def missing() -> list[str]:
    """Debian names of the packages that are missing here; always empty outside Linux."""
    if not sys.platform.startswith("linux"):
        return []
    packages = [package for name, package in {**NEEDED, **FOR_WINDOWS}.items() if not _is_there(name)]
    return packages if _some_font() else [*packages, "fonts-dejavu-core"]


def may_install() -> bool:
    """Whether this user can install packages here: Debian's apt and root."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(packages: list[str]) -> bool:
    """Install Debian packages quietly; True when it worked."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "-qq", "-y", "--no-install-recommends", "install", *packages]
    if _quietly(command, quiet):
        return True
    return _quietly(["apt-get", "-qq", "update"], quiet) and _quietly(command, quiet)


def _quietly(command: list[str], environment: dict[str, str]) -> bool:
    done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    return done.returncode == 0


def provide() -> bool:
    """Get what is missing when that is possible, else say what to ask for; True when nothing is missing any more."""
    packages = missing()
    if not packages:
        return True
    if may_install():
        print(f"Installing system libraries for the window: {' '.join(packages)}", file=sys.stderr)
        if install(packages):
            return True
    print(
        "Some system libraries for the window are missing. Ask an administrator to install these packages\n"
        f"(Debian and Ubuntu names): {' '.join(packages)}",
        file=sys.stderr,
    )
    return False
