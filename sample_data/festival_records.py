"""The records of the festival plan that have no place on the map. Everybody and everything in them is invented.

A link to another feature is written as (kind, name); `derive_festival.py` turns it into an id.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from venueplanner.edits.usual_tasks import USUAL, cells

Link = tuple[str, str]
Record = tuple[str, str, dict[str, Any]]
DAY = "2027-08-28"  # a Saturday
NEXT = "2027-08-29"


def barriers(*numbers: int) -> list[Link]:
    """Links to barriers by their numbers."""
    return [("barrier", f"B{number}") for number in numbers]


PHASES: list[Record] = [
    ("phase", "Setup", {"start": f"{DAY}T06:00", "end": f"{DAY}T14:00"}),
    ("phase", "Arrival", {"start": f"{DAY}T14:00", "end": f"{DAY}T17:00"}),
    ("phase", "Event", {"start": f"{DAY}T17:00", "end": f"{DAY}T22:00"}),
    ("phase", "Dispersal", {"start": f"{DAY}T22:00", "end": f"{DAY}T23:30"}),
    ("phase", "Teardown", {"start": f"{DAY}T23:30", "end": f"{NEXT}T06:00"}),
]

STAKEHOLDERS: list[Record] = [
    (
        "stakeholder",
        "City events office",
        {
            "body": "city",
            "sector": "public",
            "role": "Permit authority, chairs the safety group",
            "duties": "Leads planning, issues the permit, orders street closures, keeps this plan.",
            "contact": "Duty line 100 (fictitious)",
            "deputy": "Street maintenance office, officer on duty",
        },
    ),
    (
        "stakeholder",
        "Central police district",
        {
            "body": "police",
            "sector": "public",
            "role": "Public order, incident command",
            "duties": "Threat assessment, outer cordon, vehicle checkpoints, commands the site in an incident.",
            "contact": "Call sign PINE",
            "deputy": "Shift commander",
        },
    ),
    (
        "stakeholder",
        "City rescue service",
        {
            "body": "fire",
            "sector": "public",
            "role": "Fire and rescue",
            "duties": "Keeps both emergency routes checked, stands by with one engine, approves stage and gas store.",
            "contact": "Call sign ROWAN",
            "deputy": "Station officer, Erottaja",
        },
    ),
    (
        "stakeholder",
        "Emergency medical service",
        {
            "body": "health",
            "sector": "public",
            "role": "Ambulance and first aid lead",
            "duties": "First-aid post, one ambulance on site, hospital notice.",
            "contact": "Call sign BIRCH",
            "deputy": "Field supervisor",
        },
    ),
    (
        "stakeholder",
        "City transport authority",
        {
            "body": "transport",
            "sector": "public",
            "role": "Trams, buses, signed diversions",
            "duties": "Stops trams on Mikonkatu, moves the bus terminal, puts up and takes down the signs.",
            "contact": "Traffic control room",
            "deputy": "Network supervisor",
        },
    ),
    (
        "stakeholder",
        "Summer Square Festival Association",
        {
            "body": "organiser",
            "sector": "private",
            "role": "Organiser",
            "duties": "Answers for the event, stewards, stage, sellers, waste; asks for the permit.",
            "contact": "Event control, channel 1",
            "deputy": "Production lead",
        },
    ),
    (
        "stakeholder",
        "North Guard Services",
        {
            "body": "guards",
            "sector": "private",
            "role": "Licensed guards and stewards",
            "duties": "Search lanes, gates, stage front, counts at the gates.",
            "contact": "Channel 2",
            "deputy": "Team leader of the shift",
        },
    ),
    (
        "stakeholder",
        "Square Barrier Hire",
        {
            "sector": "private",
            "role": "Supplier of the vehicle barriers",
            "duties": "Delivers, places and signs off the barriers as tested; survey of what really stands.",
            "contact": "Site foreman, channel 4",
            "deputy": "Depot",
        },
    ),
    (
        "stakeholder",
        "National theatre house management",
        {
            "body": "venue",
            "sector": "private",
            "role": "Neighbour with a stage door on Itäinen Teatterikuja",
            "duties": "Tells its audience, keeps its fire exits free, opens the foyer as a shelter.",
            "contact": "Stage door desk",
            "deputy": "House engineer",
        },
    ),
]

RISKS: list[Record] = [
    (
        "risk",
        "R1 Vehicle into the crowd",
        {
            "owner": ("stakeholder", "Central police district"),
            "threat": "A vehicle is driven at speed towards the square, by intent or by a driver taken ill.",
            "asset": "People on the square",
            "places": [("perimeter", "A1 Railway Square"), ("crowd_area", "K1 Main crowd")],
            "likelihood": "2",
            "consequence": "5",
            "measures": barriers(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11),
            "treatment": "Rated barriers on every street mouth; survey of gaps on the morning of the event.",
            "due": f"{DAY}T12:00",
            "residual_likelihood": "1",
            "residual_consequence": "5",
        },
    ),
    (
        "risk",
        "R2 Crush at the stage front",
        {
            "owner": ("stakeholder", "Summer Square Festival Association"),
            "threat": "The crowd surges when the main act begins.",
            "asset": "People in front of the stage",
            "places": [("crowd_area", "K1 Main crowd")],
            "likelihood": "3",
            "consequence": "4",
            "measures": [("cordon", "C6"), ("post", "P6"), ("exit", "X1"), ("exit", "X2")],
            "treatment": "Entry stops at 6 500 people; stewards watch density and can stop the music.",
            "due": f"{DAY}T16:00",
            "residual_likelihood": "2",
            "residual_consequence": "4",
        },
    ),
    (
        "risk",
        "R3 Gas fire at the food court",
        {
            "owner": ("stakeholder", "City rescue service"),
            "threat": "A gas bottle leaks or burns at a food stall.",
            "asset": "Sellers, guests, the theatre",
            "places": [("crowd_area", "K2 Food court"), ("hazard", "H1 Gas bottle cage")],
            "likelihood": "2",
            "consequence": "4",
            "measures": [("standoff", "Z1"), ("post", "P8"), ("emergency_route", "E1")],
            "treatment": "One bottle a stall; spares locked in the cage away from the crowd; engine on stand-by.",
            "due": f"{DAY}T13:00",
            "residual_likelihood": "2",
            "residual_consequence": "3",
        },
    ),
    (
        "risk",
        "R4 Ambulance held up by the closures",
        {
            "owner": ("stakeholder", "Emergency medical service"),
            "threat": "Closures or guests block the way of an ambulance.",
            "asset": "Patients on the square and in the neighbourhood",
            "places": [("emergency_route", "E1"), ("emergency_route", "E2")],
            "likelihood": "3",
            "consequence": "3",
            "measures": [("emergency_route", "E1"), ("emergency_route", "E2"), ("gate", "G3"), ("gate", "G4")],
            "treatment": "Two independent ways in, both gates staffed all the time and opened within 60 seconds.",
            "due": f"{DAY}T13:00",
            "residual_likelihood": "2",
            "residual_consequence": "3",
        },
    ),
    (
        "risk",
        "R5 Thunderstorm",
        {
            "owner": ("stakeholder", "Summer Square Festival Association"),
            "threat": "Lightning or gusts above 17 m/s during the event.",
            "asset": "Guests, stage roof",
            "places": [("crowd_area", "K1 Main crowd")],
            "likelihood": "2",
            "consequence": "3",
            "measures": [("exit", f"X{number}") for number in (1, 2, 3, 4, 5)],
            "treatment": "Weather watch; show stops and the square is cleared to the station hall and the park.",
            "due": f"{DAY}T16:00",
            "residual_likelihood": "2",
            "residual_consequence": "3",
        },
    ),
]

RESTRICTIONS: list[Record] = [
    (
        "restriction",
        "RR1 Closing streets to traffic",
        {
            "owner": ("stakeholder", "City events office"),
            "measures": [("closure", f"L{number}") for number in (1, 2, 3, 4, 5)],
            "legal_basis": "Street closure order of the city, fictitious number 17/2027. Verify with a lawyer.",
            "aim": "public_order",
            "necessity": "One lane open was tried on paper: buses would pass 2 m from the queue.",
            "proportionality": "Five stretches of street for one day; all addresses stay reachable on foot; "
            "residents are let through except between 14:00 and 23:30.",
            "non_discrimination": "Applies to all private traffic alike; stewards drive disabled residents in.",
            "decided_by": "City events office, reasons published with the permit.",
            "appeal": "Administrative complaint to the city within 14 days; urgent ones answered the same day.",
            "expiry": f"{NEXT}T06:00",
        },
    ),
    (
        "restriction",
        "RR2 Bag checks at the gates",
        {
            "owner": ("stakeholder", "Central police district"),
            "measures": [("gate", "G1"), ("gate", "G2")],
            "legal_basis": "Public gatherings act, order-keeping powers (fictitious reference). Verify with a lawyer.",
            "aim": "rights_of_others",
            "necessity": "Signs and random checks alone did not keep glass out last year.",
            "proportionality": "Bags only, no records kept, a lane without check for those who carry none.",
            "non_discrimination": "Every bag or every n-th bag, never by looks; officers of both sexes.",
            "decided_by": "Police, on request of the organiser.",
            "appeal": "Complaint to the police or the ombudsman; leaflet at the gate in three languages.",
            "expiry": f"{DAY}T23:30",
        },
    ),
    (
        "restriction",
        "RR3 Keeping people out of the outer ring",
        {
            "owner": ("stakeholder", "Central police district"),
            "measures": [("cordon", "C1"), ("cordon", "C2"), ("cordon", "C3"), ("cordon", "C4")],
            "legal_basis": "Police act, isolating a place (fictitious reference). Verify with a lawyer.",
            "aim": "public_order",
            "necessity": "Used only when the square is full; counting at the gates comes first.",
            "proportionality": "Lines of police that let out at any time; station and metro stay open.",
            "non_discrimination": "A peaceful demonstration keeps sight and sound of the square on Kaivokatu.",
            "decided_by": "Incident commander, logged with time and reason.",
            "appeal": "Complaint to the police; media and observers keep access.",
            "expiry": f"{DAY}T23:30",
        },
    ),
    (
        "restriction",
        "RR4 Stage front and back of house",
        {
            "owner": ("stakeholder", "Summer Square Festival Association"),
            "measures": [("cordon", "C5"), ("cordon", "C6")],
            "legal_basis": "House rules printed on the permit (fictitious reference). Verify with a lawyer.",
            "aim": "rights_of_others",
            "necessity": "Cables, lifting gear and the push at the stage front; a painted line was not kept last year.",
            "proportionality": "A strip of 1 m and the ground behind the stage; every way out stays free.",
            "non_discrimination": "Nobody but the crew passes; a platform for wheelchairs stands in front of it.",
            "decided_by": "Organiser, agreed with the rescue service.",
            "appeal": "Event control on site; complaint to the city events office.",
            "expiry": f"{NEXT}T06:00",
        },
    ),
    (
        "restriction",
        "RR5 Cameras over the square",
        {
            "owner": ("stakeholder", "Central police district"),
            "measures": [("camera", "V1"), ("camera", "V2"), ("camera", "V3")],
            "legal_basis": "Outdoor video surveillance act (fictitious reference). Verify with a lawyer.",
            "aim": "public_order",
            "necessity": "Stewards alone saw the crush of last year too late.",
            "proportionality": "Three cameras that detect and do not identify; no homes in view.",
            "non_discrimination": "Nobody is followed or recognised.",
            "decided_by": "Police, on request of the organiser.",
            "expiry": f"{DAY}T23:30",
        },
    ),
]

BODIES = {str(values["body"]): ("stakeholder", name) for _, name, values in STAKEHOLDERS if "body" in values}
TASKS: list[Record] = [
    ("task", name, {field: [BODIES[body] for body in bodies] for field, bodies in cells(row).items()})
    for name, row in USUAL
]

RECORDS: list[Record] = [*PHASES, *STAKEHOLDERS, *RISKS, *RESTRICTIONS, *TASKS]

# Who owns and who places what has no owner or doer of its own, by kind.
OWNERS = {
    "crowd_area": "Summer Square Festival Association",
    "note": "Summer Square Festival Association",
    "hazard": "Summer Square Festival Association",
    "exit": "North Guard Services",
}
DOERS = {
    **dict.fromkeys(("perimeter", "cordon", "standoff", "emergency_route", "assembly_point"), "City events office"),
    **dict.fromkeys(("gate", "exit", "crowd_area"), "North Guard Services"),
    **dict.fromkeys(("note", "hazard", "camera"), "Summer Square Festival Association"),
    **dict.fromkeys(("closure", "diversion", "sign"), "City transport authority"),
}


def roster(rows: Iterable[tuple[str, str, Any, dict[str, Any]]]) -> list[Record]:
    """A shift for each post, gate and crowd area: one if it works in the open hours only, else three.

    The traffic post P9 goes home an hour early: the check of staffing has something to find.
    """
    day = (("early", f"{DAY}T06:00", f"{DAY}T14:00"), ("open", f"{DAY}T14:00", f"{DAY}T23:30"),
           ("late", f"{DAY}T23:30", f"{NEXT}T06:00"))  # fmt: skip
    found: list[Record] = []
    for kind, name, _, values in rows:
        if kind not in ("post", "gate", "crowd_area"):
            continue
        people = values.get("guards", values.get("people", 0))
        people = math.ceil(people / 250) if kind == "crowd_area" else people
        for part, start, end in day if "phases" not in values else day[1:2]:
            body = values.get("owner", ("stakeholder", "North Guard Services"))
            told = {"at": (kind, name), "who": f"Team {name.split()[0]} {part}", "body": body, "people": people}
            end = f"{DAY}T22:30" if name == "P9" else end
            found.append(("shift", f"{name.split()[0]} {part}", {**told, "start": start, "end": end}))
    return found
