"""What a planner can do to a plan: pure functions `plan -> plan`, named by verbs.

May import: domain, kinds, engine. An edit contains no undo code; undo is the difference of two plans turned round.
Several changes made by one function are one step. To add one: a function here and, when findings may offer it as a
fix or the command line may call it by name, a line in BY_NAME.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from venueplanner.domain.plan import Plan

from . import closing, facts, features, layers, places, threats, usual_tasks, vertices, waivers

Edit = Callable[..., Plan]

BY_NAME: Mapping[str, Edit] = {
    "add": features.add,
    "remove": features.remove,
    "change": features.change,
    "paste": features.paste,
    "move": places.move,
    "turn": places.turn,
    "reshape": places.reshape,
    "move_vertex": vertices.move,
    "insert_vertex": vertices.insert,
    "remove_vertex": vertices.remove,
    "waive": waivers.waive,
    "unwaive": waivers.take_back,
    "set_facts": facts.put,
    "close_lines": closing.close_lines,
    "add_layers": layers.add,
    "remove_layers": layers.remove,
    "take_threat": threats.take,
    "add_usual_tasks": usual_tasks.add_usual,
}
