"""The launcher: when it sets up again, what it says without a network, which libraries it asks for."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, PACKAGING / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The launcher's environment module, looking at a checkout of its own whose installation calls are recorded."""
    monkeypatch.syspath_prepend(str(PACKAGING))
    module = load("environment")
    for name in ("requirements.lock", "requirements-dev.lock"):
        (tmp_path / name).write_text("a==1 --hash=sha256:00\n", "utf-8")
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "0.1.0"\nlicense = "Apache-2.0"\n', "utf-8")
    venv = tmp_path / ".venv"
    places = {"ROOT": tmp_path, "VENV": venv, "STAMP": venv / "stamp.json", "LOG": venv / "install.log"}
    places |= {"RUNTIME": tmp_path / "requirements.lock", "DEVELOPMENT": tmp_path / "requirements-dev.lock"}
    for name, place in (places | {"WHEELHOUSE": tmp_path / "wheelhouse"}).items():
        monkeypatch.setattr(module, name, place)
    monkeypatch.setattr(module, "_libraries", lambda: "complete")
    yield module
    sys.modules.pop("system_libraries", None)


def answering(module: ModuleType, monkeypatch: pytest.MonkeyPatch, code: int, said: str) -> list[list[str]]:
    """Instead of running programs note them, make what they would make, and answer so."""
    calls: list[list[str]] = []

    def run(command: list[str], more: object = None) -> subprocess.CompletedProcess[str]:
        calls.append(command)
        if command[1:3] == ["-m", "venv"]:
            module.python().parent.mkdir(parents=True)
            module.python().write_text("", "utf-8")
            return subprocess.CompletedProcess(command, 0, "")
        if command[1] == "-c":
            packages = module.VENV / "packages"
            packages.mkdir(exist_ok=True)
            return subprocess.CompletedProcess(command, 0, f"{packages}\n")
        return subprocess.CompletedProcess(command, code, said)

    monkeypatch.setattr(module, "_run", run)
    return calls


def test_that_a_second_start_runs_nothing(environment: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = answering(environment, monkeypatch, 0, "")
    environment.prepare(development=False)
    assert calls
    calls.clear()
    environment.prepare(development=False)
    assert calls == []
    assert not environment.is_ready(development=True)


def test_that_a_changed_lock_is_installed_into_the_same_folder(
    environment: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = answering(environment, monkeypatch, 0, "")
    environment.prepare(development=False)
    kept = environment.VENV / "kept"
    kept.touch()
    calls.clear()
    environment.RUNTIME.write_text("a==2 --hash=sha256:00\n", "utf-8")
    environment.prepare(development=False)
    assert calls
    assert kept.exists()


def test_that_a_broken_off_installation_is_thrown_away(
    environment: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    answering(environment, monkeypatch, 1, "no space left on device")
    with pytest.raises(environment.Unable, match="no space left"):
        environment.prepare(development=False)
    leftover = environment.VENV / "half-a-package"
    leftover.touch()
    answering(environment, monkeypatch, 0, "")
    environment.prepare(development=False)
    assert not leftover.exists()
    assert environment.is_ready(development=False)


def test_that_without_a_network_one_sentence_says_so(environment: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    answering(environment, monkeypatch, 1, "Temporary failure in name resolution")
    with pytest.raises(environment.Unable, match=r"^VenuePlanner needs the network once.*packaging/README\.md"):
        environment.prepare(development=False)


def test_that_a_wheelhouse_is_tried_before_the_network(
    environment: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment.WHEELHOUSE.mkdir()
    calls = answering(environment, monkeypatch, 0, "")
    environment.prepare(development=False)
    installs = [call for call in calls if "install" in call]
    assert len(installs) == 1
    assert "--no-index" in installs[0]


def test_that_pips_own_settings_reach_the_faster_installer(
    environment: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = (
        "global.index-url='https://office.example/simple'\n"
        "global.extra-index-url='file:///a/simple file:///b/simple'\n"
        ":env:.find-links='/wheels'\nglobal.cert='/ca.pem'\n"
    )
    answering(environment, monkeypatch, 0, said)
    settings = environment._pip_settings()
    assert settings["UV_DEFAULT_INDEX"] == "https://office.example/simple"
    assert settings["UV_INDEX"] == "file:///a/simple file:///b/simple"
    assert settings["UV_FIND_LINKS"] == "/wheels"
    assert settings["SSL_CERT_FILE"] == "/ca.pem"


def test_that_the_installed_version_is_the_projects(environment: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    answering(environment, monkeypatch, 0, "")
    environment.prepare(development=False)
    card = environment.VENV / "packages" / "venueplanner-0.1.0.dist-info" / "METADATA"
    assert "Version: 0.1.0" in card.read_text("utf-8").splitlines()
    assert set(json.loads(environment.STAMP.read_text("utf-8"))) == {"runtime", "libraries"}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Debian packages concern Linux")
def test_that_a_missing_library_is_named_by_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    libraries = load("system_libraries")
    assert libraries._is_there("libc.so.6")
    monkeypatch.setattr(libraries, "NEEDED", {"libc.so.6": "libc6", "libnothing-of-this-name.so.9": "libnothing9"})
    monkeypatch.setattr(libraries, "FOR_WINDOWS", {})
    monkeypatch.setattr(libraries, "_some_font", lambda: False)
    assert libraries.missing() == ["libnothing9", "fonts-dejavu-core"]


def test_that_a_wheelhouse_for_windows_takes_what_only_windows_needs() -> None:
    lock = "a==1 \\\n    --hash=sha256:00\ncolorama==2 ; sys_platform == 'win32' \\\n    --hash=sha256:11\n"
    requirements = load("wheelhouse").requirements
    assert requirements(lock, "windows").count("==") == 2
    assert "colorama" not in requirements(lock, "linux")
    assert "sys_platform" not in requirements(lock, "windows")
