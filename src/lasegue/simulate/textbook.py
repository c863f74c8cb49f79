"""The textbook's tables, worked out from the wiring, beside what the origin documents print."""

from collections.abc import Callable
from typing import Any, Final

from lasegue.errors import InputError
from lasegue.knowledge import KNOWLEDGE_VERSION, load
from lasegue.simulate import printed
from lasegue.simulate.queries import (
    Shares,
    branch_shares,
    cut_of_nerve,
    fibres_of_nerve,
    led_by,
    movement_losses,
    muscle_losses,
    reflex_losses,
    root_shares,
    roots_of_nerve,
    site_losses,
)

WEAK: Final = 0.15
"""A movement is listed under a root or nerve that holds this share of it."""
GONE: Final = 0.25
"""A reflex is listed under a root that takes this share of its arc."""
MOST: Final = 7
PLEXUS: Final = ("lumbar", "sacral")
TABLES: Final = ("roots", "nerves", "reflexes", "myotomes")


def table(name: str) -> dict[str, Any]:
    """One table as data: `columns` and `lines`, each line a dict by column; what the documents print stands under `printed`."""
    if name not in TABLES:
        raise InputError(f"{name}: choose one of {', '.join(TABLES)}")
    title, columns, sources, lines = _MAKERS[name]()
    return {
        "format": 1,
        "knowledge_version": KNOWLEDGE_VERSION,
        "table": name,
        "title": title,
        "columns": columns,
        "sources": sources,
        "lines": lines,
    }


Made = tuple[str, list[str], list[str], list[dict[str, Any]]]


def _top(losses: Shares, least: float, most: int = MOST) -> dict[str, float]:
    return {name: round(share, 3) for name, share in list(losses.items())[:most] if share >= least}


def _roots() -> Made:
    lines = []
    for root in load().roots:
        cut = {f"root.{root.id}": 1.0}
        line = printed.printed_root(root.id)
        movements = movement_losses(cut)
        strongest = _top(movements, WEAK) or _top(movements, 0.0, 2)
        lines.append(
            {
                "root": root.id,
                "movements": strongest,
                "skin": list(led_by(root.id))[:MOST],
                "reflexes": _top(reflex_losses(cut), GONE),
                "disc_paracentral": root.disc_paracentral,
                "disc_foraminal": root.disc_foraminal,
                "printed": line and _printed(line),
            }
        )
    columns = ["root", "movements", "skin", "reflexes", "disc_paracentral", "disc_foraminal", "printed"]
    return "What the full loss of one root takes", columns, ["doc_tables"], lines


def _printed(line: printed.PrintedRoot) -> dict[str, Any]:
    return {
        "roots": list(line.roots),
        "pain": line.pain,
        "sensation": line.sensation,
        "weakness": line.weakness,
        "reflexes": line.reflexes,
        "note": line.note,
    }


def _nerves() -> Made:
    lines = []
    for nerve in load().nerves:
        muscles, branches = fibres_of_nerve(nerve.id)
        if nerve.plexus not in PLEXUS or not (muscles or branches):
            continue
        cut = cut_of_nerve(nerve)
        lines.append(
            {
                "nerve": nerve.id,
                "roots": list(roots_of_nerve(nerve.id)),
                "parent": nerve.parent,
                "movements": _top(movement_losses(cut), WEAK) if cut else {},
                "muscles": _top(muscle_losses(cut), 0.5, 30) if cut else dict.fromkeys(muscles, 1.0),
                "skin": _top(site_losses(cut), 0.5, 12) if cut else {},
                "reflexes": _top(reflex_losses(cut), GONE) if cut else {},
                "printed": printed.NERVES.get(nerve.id),
            }
        )
    columns = ["nerve", "roots", "parent", "movements", "muscles", "skin", "reflexes", "printed"]
    return "What the full loss of one nerve, at its uppermost site, takes", columns, ["doc_revision"], lines


def _reflexes() -> Made:
    lines = []
    for reflex in load().reflexes:
        lost = {root.id: reflex_losses({f"root.{root.id}": 1.0}).get(reflex.id, 0.0) for root in load().roots}
        takes = {root: round(share, 3) for root, share in sorted(lost.items(), key=lambda item: -item[1]) if share >= 0.05}
        lines.append(
            {
                "reflex": reflex.id,
                "roots": _top(root_shares("motor", reflex.effectors), 0.05),
                "lost_with_root": takes,
                "nerves": _top(branch_shares("motor", reflex.effectors), 0.05),
                "absent_when_old": reflex.absent_when_old,
                "printed": list(printed.REFLEXES.get(reflex.id, ())),
                "printed_nerve": printed.REFLEX_NERVES.get(reflex.id),
            }
        )
    columns = ["reflex", "roots", "lost_with_root", "nerves", "absent_when_old", "printed", "printed_nerve"]
    return "Roots and nerves of the reflexes", columns, ["doc_revision"], lines


def _myotomes() -> Made:
    lines = [
        {
            "movement": movement.id,
            "roots": _top(root_shares("motor", movement.muscles), 0.05),
            "nerves": _top(branch_shares("motor", movement.muscles), 0.05),
            "printed": list(printed.MYOTOMES.get(movement.id, ())),
        }
        for movement in load().movements
    ]
    return "Roots and nerves of the movements", ["movement", "roots", "nerves", "printed"], ["doc_revision"], lines


_MAKERS: Final[dict[str, Callable[[], Made]]] = {"roots": _roots, "nerves": _nerves, "reflexes": _reflexes, "myotomes": _myotomes}
