"""The field map: complete without internet, in every language, and deaf to hostile names."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
import subprocess
from pathlib import Path

import lxml.html
import pytest

from tests.packs import jobs
from venueplanner.domain.errors import PlannerError
from venueplanner.packs import field_map
from venueplanner.packs.field_map.guards import locked, safe

OWN = "document.documentElement.setAttribute('data-owned','1')"
HOSTILE = (
    "</script><img src=x onerror=\"" + OWN + "\">",
    "<img src=x onerror=" + OWN.replace("'", "") + ">",
    "</script><script>" + OWN + "</script>",
    "{{7*7}}",
    "{{ cycler.__init__.__globals__.os.getpid() }}",
    "{% for x in 'ab' %}OWN{{ x }}ED{% endfor %}",
    "${" + OWN + "}",
    "`);" + OWN + ";//",
    "\\`${" + OWN + "}",
    "');" + OWN + ";//",
    "\u2028" + OWN + "\u2029",
    "<!--<script>",
    "<svg onload=" + OWN + ">",
    "\" onmouseover=\"" + OWN,
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<base href=https://evil.example/>",
    "half a letter \ud800 and a bell \x07",
)  # fmt: skip
SAID = {
    "ky": ("МАШЫГУУ", "Шарттуу белгилер", "Эскертүүлөр", "Посттор", "Качанга чейин жарактуу"),
    "ru": ("УЧЕНИЯ", "Условные обозначения", "Замечания", "Посты", "Действует до"),
    "en": ("EXERCISE", "Legend", "Findings", "Posts", "Valid until"),
}


def page(folder: Path, language: str = "en", **options: object) -> str:
    return field_map.PACK.make(jobs.job(folder, language, **options))[0].read_text(encoding="utf-8")


def hostile_page(folder: Path, text: str, **options: object) -> str:
    """A page on which every text a stranger could have written is `text`."""
    clean = text.encode("utf-8", "replace").decode("utf-8")
    things = [(kind, shape, values | {"name": text, "remark": text}) for kind, shape, values in jobs.usual()]
    plan = jobs.plan_of(*things, attribution=clean)
    plan = plan.put("facts", {"title": text, "version": text, "valid_until": text, "classification": text})
    job = jobs.job(folder, plan=plan, findings=(jobs.finding_at(text=text.replace("{", "{{").replace("}", "}}")),))
    street = next(layer for layer in job.site.layers.values() if layer.role == "streets")
    street.columns["name"][:] = text
    return field_map.PACK.make(job)[0].read_text(encoding="utf-8")


def test_that_the_encoding_is_said_where_every_browser_looks_for_it(tmp_path: Path) -> None:
    assert b'<meta charset="utf-8">' in page(tmp_path).encode()[:1024]


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_that_head_and_panel_speak_the_language(tmp_path: Path, language: str) -> None:
    tree = lxml.html.fromstring(page(tmp_path, language, exercise=True, valid_until=jobs.VALID).encode())
    words = " ".join(tree.xpath("//body//text()[not(parent::script)]"))
    for word in SAID[language]:
        assert word in words
    assert jobs.TITLE in words
    assert jobs.VALID in words
    assert tree.get("lang") == language
    assert tree.findtext(".//title") == jobs.TITLE
    assert tree.xpath("//meta[@charset='utf-8']")


def test_that_the_map_has_names_fields_and_streets(tmp_path: Path) -> None:
    text = page(tmp_path)
    assert "Чүй көчөсү" in _spoken(text)
    assert "K1 · 4 500" in _spoken(text)
    assert "bindTooltip" in text
    assert "MGRS" in text
    tree = lxml.html.fromstring(text.encode())
    rows = [" ".join(row.itertext()) for row in tree.xpath("//*[@id='vp-panel']//button")]
    assert any("FINDINGSECRET" in row and "2.40 m / 1.20 m" in row for row in rows)
    assert any(jobs.SECRET["field"] in row for row in rows)
    assert all(len(row.get("data-box").split(",")) == 4 for row in tree.xpath("//*[@id='vp-panel']//button"))


def _spoken(text: str) -> str:
    """Text as a browser reads it out of folium's scripts."""
    return re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found.group(1), 16)), text)


def test_that_nothing_is_loaded_from_outside(tmp_path: Path) -> None:
    tree = lxml.html.fromstring(page(tmp_path).encode())
    assert not tree.xpath("//link | //iframe | //img | //object | //embed | //base | //form")
    assert not tree.xpath("//@src | //@href | //@action | //@srcset")
    styles = " ".join(tree.xpath("//style/text() | //@style"))
    assert "@import" not in styles
    assert all(each.startswith("data:") for each in re.findall(r"url\(\s*[\"']?([^)\"']+)", styles) if each[0] != "#")


def test_that_the_page_allows_its_own_scripts_and_nothing_else(tmp_path: Path) -> None:
    text = page(tmp_path)
    policy = _policy(text)
    assert policy["default-src"] == ["'none'"]
    assert policy["base-uri"] == ["'none'"]
    scripts = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    hashes = ["'sha256-" + base64.b64encode(hashlib.sha256(each.encode()).digest()).decode() + "'" for each in scripts]
    assert sorted(policy["script-src"]) == sorted(hashes)
    assert policy["img-src"] == ["data:", "blob:"]


def _policy(text: str) -> dict[str, list[str]]:
    found = lxml.html.fromstring(text.encode()).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert len(found) == 1
    return {part.split()[0]: part.split()[1:] for part in found[0].split(";") if part.strip()}


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_that_a_hostile_name_stays_text(tmp_path: Path, text: str) -> None:
    made = hostile_page(tmp_path, text)
    tree = lxml.html.fromstring(made.encode())
    assert len(tree.xpath("//script")) == field_map.page.SCRIPTS
    assert not tree.xpath("//img | //link | //base | //iframe | //body//svg[@onload]")
    assert not [name for each in tree.iter() for name in each.attrib if name.lower().startswith("on")]
    for script in tree.xpath("//script/text()")[1:]:
        for raw in ("<img", "<svg onload", "${", "{{", "{%", "\u2028", "\u2029", "`);"):
            assert raw not in script
    assert ">49<" not in made
    assert "OWNaED" not in made
    shown = tree.xpath("//*[@id='vp-head']/h1")[0].text_content()
    assert [letter for letter in shown if letter.isprintable()] == [
        letter for letter in text if letter.isprintable() and not "\ud800" <= letter <= "\udfff"
    ]


@pytest.mark.parametrize("text", ["</script>", "<script>alert(1)</script>", "<img src='https://evil.example/x.png'>"])
def test_that_a_page_with_parts_nobody_put_there_is_not_written(text: str) -> None:
    with pytest.raises(PlannerError):
        locked(f"<html><head></head><body><script>1</script>{text}<script></body></html>", 1)


def test_that_safe_text_has_nothing_that_means_something_to_html_script_or_template() -> None:
    said = safe("".join(HOSTILE))
    assert not set("<>`${}\\\"'\u2028\u2029\x07") & set(said)
    assert said.encode("utf-8")


@pytest.mark.parametrize("text", ["\n".join(HOSTILE[:-1])[:400], *HOSTILE[:3], HOSTILE[6]], ids=range(5))
def test_that_a_browser_runs_the_page_and_not_the_names(tmp_path: Path, text: str) -> None:
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None:
        pytest.skip("there is no Chromium on this machine")
    hostile_page(tmp_path, text)
    made = next(tmp_path.glob("*.html")).rename(tmp_path / "map.html")
    command = [
        browser, "--headless", "--no-sandbox", "--disable-gpu", "--proxy-server=127.0.0.1:1",
        "--virtual-time-budget=1500", f"--user-data-dir={tmp_path / 'browser'}", "--enable-logging=stderr",
        "--dump-dom", made.as_uri(),
    ]  # fmt: skip
    ran = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert 'data-owned="1"' not in ran.stdout
    assert "leaflet-control-layers" in ran.stdout, "the last line of the page's script ran"
    assert not [line for line in ran.stderr.splitlines() if "CONSOLE" in line]


def test_that_equal_jobs_give_equal_pages(tmp_path: Path) -> None:
    plan = jobs.plan_of(*jobs.usual())
    assert page(tmp_path, plan=plan) == page(tmp_path, plan=plan)


def test_that_the_page_is_small_enough_to_be_sent_to_a_phone(tmp_path: Path) -> None:
    assert len(page(tmp_path).encode()) < 400_000  # Leaflet is 150 000 of it


def test_that_an_empty_plan_still_makes_a_page(tmp_path: Path) -> None:
    assert jobs.TITLE in page(tmp_path, plan=jobs.plan_of(), findings=())
