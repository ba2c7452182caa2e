"""New, open, save, recover: from a plan file to a session and back. Every session with a journal survives a crash."""

from __future__ import annotations

import gc
import logging
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from venueplanner.domain.errors import BadFile, NewerFile, UnknownName
from venueplanner.domain.plan import Plan
from venueplanner.domain.rules import Rules
from venueplanner.domain.site import Layer
from venueplanner.domain.words import N_, Words
from venueplanner.storage import journal as journals
from venueplanner.storage import plan_file, profiles
from venueplanner.storage.city import store
from venueplanner.storage.coordinates import PlanCoordinates

from .places import journal_folder, resources
from .session import Session

if TYPE_CHECKING:
    from .inspector import Inspector

Leftover = journals.Leftover
log = logging.getLogger("venueplanner.app")
DEFAULT_CRS = "EPSG:32643"  # UTM zone 43N: Bishkek and Osh; used only until the first data says where the plan is


def profile_ids() -> list[str]:
    """The ids of the rule profiles that come with the program."""
    return sorted(each.stem for each in (resources() / "rules").glob("*.toml"))


def profile_named(profile_id: str) -> Rules:
    """A rule profile that comes with the program. Raises `UnknownName` with the list of profiles."""
    path = resources() / "rules" / f"{profile_id}.toml"
    if profile_id not in profile_ids():
        known = ", ".join(profile_ids())
        sentence = Words(N_("There is no rule profile “{profile}”."), {"profile": profile_id})
        raise UnknownName(sentence, Words(N_("The profiles are: {known}."), {"known": known}))
    return profiles.load_profile(path)


def coordinates_of(plan: Plan) -> PlanCoordinates:
    """The plan's coordinate system, with its transforms."""
    return PlanCoordinates(plan.fact("crs", DEFAULT_CRS))


def empty_plan(title: str = "", crs: str = "", profile: str = "kg") -> Plan:
    """A plan with nothing in it yet."""
    facts = {
        "title": title,
        "crs": crs,
        "profile": profile,
        "made": datetime.now().astimezone().isoformat("T", "minutes"),
    }
    if crs:
        PlanCoordinates(crs)  # refuses what is no metric coordinate system
    return Plan(facts=MappingProxyType({key: value for key, value in facts.items() if value}))


def new_session(plan: Plan | None = None, *, keep_journal: bool = True) -> Session:
    """A session on a new, untitled plan; journalled from the first click."""
    plan = plan if plan is not None else empty_plan()
    session = Session(plan, profile_named(plan.fact("profile", "kg")))
    if keep_journal:
        session.journal = journals.Journal.start(journal_folder(), plan, None)
    return session


def create(path: Path, *, title: str = "", crs: str = "", profile: str = "kg", replace: bool = False) -> None:
    """Write an empty plan file. Raises `BadFile` when there is one already and `replace` is not set."""
    if path.exists() and not replace:
        sentence = Words(N_("{file} is there already."), {"file": str(path)})
        raise BadFile(sentence, Words(N_("Choose another name, or say --force to replace it.")))
    plan = empty_plan(title or path.stem, crs, profile)
    plan_file.save_plan(path, plan, rules=profile_named(profile))


def open_session(path: Path, *, to_change: bool = True, keep_journal: bool = False) -> Session:
    """A session on a plan file, with its city layers loaded. Raises `BadFile` or `NewerFile` in plain words."""
    opened = plan_file.open_plan(path)
    session = Session(opened.plan, profile_named(opened.plan.fact("profile", "kg")), path=path)
    session.layers.update(load_layers(path, opened.plan))
    settle()
    if keep_journal:
        begin_journal(session)
    return session


def begin_journal(session: Session) -> None:
    """Keep a journal of a session from now on, so that it survives a crash. Raises `NoRoom`."""
    session.journal = journals.Journal.start(journal_folder(), session.plan, session.path)


def settle() -> None:
    """Tell Python that what is loaded stays: call it after city data came in.

    Python looks for unreachable cycles among all objects, and a city is hundreds of thousands of shapes that are in
    none. Each look holds its lock, so the window and the checks stood still for a tenth of a second at every third
    edit. Layers let go of are still freed: they are counted, not searched for.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def is_plan(path: Path) -> bool:
    """Whether a file is a plan, of this version or a newer one; a city's GeoPackage has the same ending."""
    try:
        plan_file.open_plan(path)
    except NewerFile:
        return True
    except BadFile:
        return False
    return True


def load_layers(path: Path, plan: Plan) -> Mapping[str, Layer]:
    """The city layers of a plan from its package folder, by id; those whose file is gone are left out.

    The planner's own work comes first: checks say what they lack, and the data can be added again. Raises `BadFile`
    for a file that is there and cannot be read.
    """
    folder = store.folder_of(path)
    there = [each for each in plan.layers.values() if store.is_there(folder, each)]
    return {layer.id: layer for layer in store.load_layers(folder, there)}


def missing_data(session: Session) -> Words | None:
    """Which city data the plan stands on and cannot find, in a sentence, or None."""
    gone = [each.name for key, each in session.plan.layers.items() if key not in session.layers]
    if not gone or session.path is None:
        return None
    values = {"names": ", ".join(gone), "folder": store.folder_of(session.path).name}
    text = N_("City data is missing: {names}. Put the folder {folder} beside the plan, or add the city data again.")
    return Words(text, values)


def save(session: Session, path: Path | None = None, inspector: Inspector | None = None) -> Path:
    """Write the plan to its file, or to another one (its city data goes along). The file is whole, old or new."""
    target = path or session.path
    if target is None:
        raise BadFile(Words(N_("The plan has no file yet.")), Words(N_("Choose where to save it.")))
    if session.path is not None and session.path != target:
        store.copy_folder(store.folder_of(session.path), store.folder_of(target))
    findings = tuple(inspector.findings) if inspector else ()
    states = inspector.states if inspector else {}
    steps = [(step.label, step.change, step.when) for step in session.history]
    plan_file.save_plan(target, session.plan, rules=session.rules, findings=findings, states=states, log=steps)
    session.mark_saved(target)
    if isinstance(session.journal, journals.Journal):
        session.journal.rebase(session.plan, target)
    return target


def close(session: Session) -> None:
    """End a session that needs no recovery: its journal goes."""
    if isinstance(session.journal, journals.Journal):
        session.journal.close()
        session.journal = None


def leftovers() -> list[Leftover]:
    """Journals of sessions that were cut off: what can be recovered."""
    return journals.leftovers(journal_folder())


def recover(leftover: Leftover) -> Session:
    """The session as it was when it was cut off, with a fresh journal."""
    session = recovered(leftover)
    take_up(session, leftover)
    return session


def recovered(leftover: Leftover) -> Session:
    """The session as it was when it was cut off. Only reads: the leftover stays until it is taken up."""
    plan, path, _ = journals.recover(leftover)
    session = Session(plan, profile_named(plan.fact("profile", "kg")), path=path)
    if path is not None and plan.layers:
        try:
            session.layers.update(load_layers(path, plan))
        except BadFile as error:  # the planner's own work comes first: checks say what they lack
            log.warning("Recovered without its city data: %s", error)
        settle()
    session.mark_unsaved()
    return session


def take_up(session: Session, leftover: Leftover) -> None:
    """Go on with a recovered session: it gets a journal of its own, then the old one goes. Raises `NoRoom`."""
    begin_journal(session)
    leftover.discard()


def phase_named(plan: Plan, name: str) -> str:
    """The id of a phase by its name or id. Raises `UnknownName` with the list of phases."""
    phases = plan.of("phase")
    for phase in phases:
        if name in (phase.id, phase.name):
            return phase.id
    sentence = Words(N_("There is no phase “{name}”."), {"name": name})
    known = ", ".join(phase.name for phase in phases) or "–"
    raise UnknownName(sentence, Words(N_("The phases are: {known}."), {"known": known}))
