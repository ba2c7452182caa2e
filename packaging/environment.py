"""The program's own Python environment in `.venv`: made once, checked by a stamp, made again after a break.

Standard library only. The stamp is removed before anything changes and written last, so a missing stamp beside an
existing folder always means: broken off, throw it away.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import system_libraries

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "venueplanner-stamp.json"
LOG = VENV / "install.log"
WHEELHOUSE = ROOT / "wheelhouse"
RUNTIME, DEVELOPMENT = ROOT / "requirements.lock", ROOT / "requirements-dev.lock"
WINDOWS = os.name == "nt"

_OFFLINE = re.compile(
    r"name resolution|resolve host|dns error|failed to lookup|getaddrinfo|network is unreachable|no route to host"
    r"|connection refused|error sending request|connection broken|connect timeout|timed out|max retries",
    re.IGNORECASE,
)


class Unable(Exception):
    """The environment cannot be made; the text is a sentence for the person at the keyboard."""


def python() -> Path:
    """The interpreter of the environment."""
    return VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")


def _mark(lock: Path) -> str:
    """What the environment depends on: the lock, our version, the Python, the place of the checkout."""
    digest = hashlib.sha256()
    for part in (lock.read_bytes(), _project()["version"].encode(), sys.version.encode(), str(ROOT).encode()):
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()


def _project() -> dict[str, str]:
    project: dict[str, str] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return project


def _stamp() -> dict[str, str]:
    try:
        stamp = json.loads(STAMP.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def is_ready(development: bool) -> bool:
    """Whether everything is installed as the lock says; no network, a few milliseconds."""
    stamp = _stamp()
    if not python().exists() or stamp.get("runtime") != _mark(RUNTIME):
        return False
    return not development or stamp.get("development") == _mark(DEVELOPMENT)


def prepare(development: bool) -> None:
    """Make the environment ready or raise `Unable`. Two starts at once wait for each other."""
    if is_ready(development):
        if _stamp().get("libraries") != "complete":
            _remember(libraries=_libraries())
        return
    with _alone():
        if is_ready(development):
            return
        started = time.monotonic()
        print("Setting up VenuePlanner; this happens once and takes a minute or two …", file=sys.stderr, flush=True)
        libraries = _libraries()
        earlier = _stamp()
        if not earlier or not python().exists():
            _create()
        STAMP.unlink(missing_ok=True)
        _install(DEVELOPMENT if development else RUNTIME)
        _point_to_sources()
        stamp = {"runtime": _mark(RUNTIME), "libraries": libraries}
        if development:
            stamp["development"] = _mark(DEVELOPMENT)
        _write_stamp(stamp)
        print(f"Ready after {time.monotonic() - started:.0f} s.", file=sys.stderr, flush=True)


def _libraries() -> str:
    return "complete" if system_libraries.provide() else "missing"


def _remember(**more: str) -> None:
    stamp = {**_stamp(), **more}
    with contextlib.suppress(OSError):
        _write_stamp(stamp)


def _write_stamp(stamp: dict[str, str]) -> None:
    fresh = STAMP.with_suffix(".new")
    fresh.write_text(json.dumps(stamp, indent=1), "utf-8")
    fresh.replace(STAMP)


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Hold a lock file while installing; the system lets go of it even when the process is killed."""
    try:
        handle = (ROOT / ".venv.lock").open("a+b")
    except OSError as error:
        raise Unable(
            f"VenuePlanner cannot write into {ROOT}: {error.strerror}. Copy it to a folder of yours."
        ) from error
    with handle:
        _hold(handle)
        yield


def _hold(handle: IO[bytes]) -> None:
    if sys.platform == "win32":
        import msvcrt

        handle.seek(0)
        while True:
            with contextlib.suppress(OSError):
                msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK, 1)
                return
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX)


def _create() -> None:
    if VENV.exists():
        shutil.rmtree(VENV)
    made = _run([sys.executable, "-m", "venv", str(VENV)])
    if made.returncode == 0:
        return
    shutil.rmtree(VENV, ignore_errors=True)
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"  # Debian splits it off
    if "ensurepip" in made.stdout and system_libraries.may_install() and system_libraries.install([package]):
        made = _run([sys.executable, "-m", "venv", str(VENV)])
        if made.returncode == 0:
            return
    if "ensurepip" in made.stdout:
        raise Unable(f"This Python cannot make environments: install the package {package} and start again.")
    raise Unable(f"The Python environment cannot be made in {VENV}:\n{_tail(made.stdout)}")


def _install(lock: Path) -> None:
    ways = [_uv, _pip]
    if WHEELHOUSE.is_dir():
        ways.insert(0, _wheelhouse)
    said = ""
    for way in ways:
        done = way(lock)
        if done.returncode == 0:
            return
        said += f"── {way.__name__.strip('_')}\n{done.stdout}\n"
    with contextlib.suppress(OSError):
        LOG.write_text(said, "utf-8")
    if _OFFLINE.search(said):
        raise Unable(
            "VenuePlanner needs the network once, to fetch the libraries it is built on, and cannot reach it. "
            "Connect and start again, or see packaging/README.md for installing without a network."
        )
    raise Unable(f"The libraries could not be installed; the whole log is in {LOG}. Its end:\n{_tail(said)}")


def _pip(lock: Path, *more: str) -> subprocess.CompletedProcess[str]:
    quiet = ["--quiet", "--disable-pip-version-check", "--no-input", "--retries", "2"]
    command = [str(python()), "-m", "pip", "install", *quiet, "--no-deps", "--require-hashes"]
    return _run([*command, *more, "-r", str(lock)])


def _wheelhouse(lock: Path) -> subprocess.CompletedProcess[str]:
    return _pip(lock, "--no-index", "--find-links", str(WHEELHOUSE))


def _uv(lock: Path) -> subprocess.CompletedProcess[str]:
    """Install with uv, which needs seconds where pip needs most of a minute; uv itself is pinned with a hash."""
    got = _pip(ROOT / "packaging" / "installer.lock")
    if got.returncode:
        return got
    command = [str(python()), "-m", "uv", "pip", "install", "--quiet", "--python", str(python()), "--no-deps"]
    return _run([*command, "--require-hashes", "-r", str(lock)], _pip_settings())


def _pip_settings() -> dict[str, str]:
    """The package index, wheel folders and certificates that pip is set up with here, in uv's words."""
    said = _run([str(python()), "-m", "pip", "config", "list"]).stdout
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r"^[\w:]+\.([\w-]+)='(.*)'$", said, re.MULTILINE):
        found.setdefault(name, []).extend(value.replace("\\n", " ").split())
    settings = {"UV_INDEX_STRATEGY": "unsafe-best-match"}  # safe: every file must match a hash of the lock
    for ours, theirs in (("UV_DEFAULT_INDEX", "index-url"), ("SSL_CERT_FILE", "cert"), ("HTTPS_PROXY", "proxy")):
        if found.get(theirs):
            settings[ours] = found[theirs][-1]
    for ours, theirs, joint in (
        ("UV_INDEX", "extra-index-url", " "),
        ("UV_FIND_LINKS", "find-links", ","),
        ("UV_INSECURE_HOST", "trusted-host", " "),
    ):
        if found.get(theirs):
            settings[ours] = joint.join(dict.fromkeys(found[theirs]))
    if found.get("no-index", ["0"])[-1].lower() in ("1", "true", "yes", "on"):
        settings["UV_NO_INDEX"] = "1"
    return settings


def _point_to_sources() -> None:
    """Make `import venueplanner` find the checkout, and `importlib.metadata` its version; no build step."""
    project = _project()
    said = _run([str(python()), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]).stdout.strip()
    packages = Path(said)
    (packages / "venueplanner.pth").write_text(f"{ROOT / 'src'}\n", "utf-8")
    for old in packages.glob("venueplanner-*.dist-info"):
        shutil.rmtree(old)
    card = packages / f"venueplanner-{project['version']}.dist-info"
    card.mkdir()
    words = ("Metadata-Version: 2.4", "Name: venueplanner", f"Version: {project['version']}")
    (card / "METADATA").write_text("\n".join((*words, f"License-Expression: {project['license']}", "")), "utf-8")


def _run(command: list[str], more: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run quietly; everything said ends up in `stdout`."""
    return subprocess.run(
        command,
        env={**os.environ, **(more or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )


def _tail(text: str) -> str:
    return "\n".join(text.strip().splitlines()[-12:])
