"""The one row that describes a collection of schema 11: settings, note types, decks and options, as JSON."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from fasti.exchange.collection import AnkiDeck, Calendar, Contents, NoteField, NoteType

_PRESET = 1
"""The deck options that every deck gets: Anki keeps its own under this number."""


def collection_row(contents: Contents) -> tuple[object, ...]:
    """What the table `col` holds, from `crt` on, without the columns that are the same in every package."""
    changed_ms = 1000 * max((note_type.mod for note_type in contents.note_types), default=0)
    decks = _with_parents(contents.decks)
    parts = (
        _configuration(contents.calendar),
        {str(note_type.id): _note_type(note_type) for note_type in contents.note_types},
        {str(deck.id): _deck(deck, changed_ms // 1000) for deck in decks},
        {str(_PRESET): _preset()},
    )
    return contents.calendar.created_s, changed_ms, changed_ms, *map(json_text, parts)


def json_text(value: Mapping[str, Any]) -> str:
    """A value as Anki stores it: JSON, as short as it gets."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _configuration(calendar: Calendar) -> dict[str, Any]:
    # Without `schedVer` Anki renumbers the answers of learning cards; without `creationOffset` it is a day
    # off in some zones.
    zone = {} if calendar.minutes_west is None else {"creationOffset": calendar.minutes_west}
    return {
        "schedVer": 2,
        "sched2021": True,
        "rollover": calendar.rollover,
        **zone,
        "curDeck": 1,
        "activeDecks": [1],
        "curModel": None,
        "nextPos": 1,
        "newSpread": 0,
        "collapseTime": 1200,
        "timeLim": 0,
        "estTimes": True,
        "dueCounts": True,
        "addToCur": True,
        "sortType": "noteFld",
        "sortBackwards": False,
        "dayLearnFirst": False,
    }


def _note_type(note_type: NoteType) -> dict[str, Any]:
    return {
        "id": note_type.id,
        "name": note_type.name,
        "type": int(note_type.cloze),
        "mod": note_type.mod,
        "usn": -1,
        "sortf": 0,
        "did": None,
        "flds": [
            {"name": field.name, "ord": ord, **_id(field.id), **_FIELD_LOOK, **_folded(field)}
            for ord, field in enumerate(note_type.fields)
        ],
        "tmpls": [
            {
                "name": template.name,
                "ord": ord,
                **_id(template.id),
                "qfmt": template.question,
                "afmt": template.answer,
                **_TEMPLATE_LOOK,
            }
            for ord, template in enumerate(note_type.templates)
        ],
        "css": note_type.css,
        "latexPre": _LATEX_BEFORE,
        "latexPost": "\\end{document}",
        "latexsvg": False,
        "req": [],
    }


def _id(number: int | None) -> dict[str, int]:
    return {} if number is None else {"id": number}


def _folded(field: NoteField) -> dict[str, bool]:
    return dict.fromkeys(("collapsed", "plainText", "excludeFromSearch"), field.folded)


_FIELD_LOOK = {"sticky": False, "rtl": False, "font": "Arial", "size": 20, "description": ""}
_TEMPLATE_LOOK = {"bqfmt": "", "bafmt": "", "did": None}

# What a user who writes LaTeX into a note expects to be there, as in the note types that Anki brings along.
_LATEX_BEFORE = (
    "\\documentclass[12pt]{article}\n\\special{papersize=3in,5in}\n\\usepackage[utf8]{inputenc}\n"
    "\\usepackage{amssymb,amsmath}\n\\pagestyle{empty}\n\\setlength{\\parindent}{0in}\n\\begin{document}\n"
)


def _with_parents(decks: Sequence[AnkiDeck]) -> list[AnkiDeck]:
    """The decks with those above them, and the one that every collection has."""
    known = {deck.name.casefold() for deck in decks}
    ids = {deck.id for deck in decks}
    made: list[AnkiDeck] = []
    if 1 not in ids:
        made.append(AnkiDeck(1, "Default"))
        known.add("default")
    free = max(ids, default=1) + 1
    for deck in decks:
        parts = deck.name.split("::")
        for length in range(1, len(parts)):
            name = "::".join(parts[:length])
            if name.casefold() not in known:
                known.add(name.casefold())
                made.append(AnkiDeck(free, name))
                free += 1
    return [*made, *decks]


def _deck(deck: AnkiDeck, mod: int) -> dict[str, Any]:
    today = dict.fromkeys(("newToday", "revToday", "lrnToday", "timeToday"), (0, 0))
    return {
        "id": deck.id,
        "name": deck.name,
        "desc": deck.description,
        "mod": mod,
        "usn": -1,
        "dyn": 0,
        "conf": _PRESET,
        "collapsed": False,
        "browserCollapsed": False,
        "extendNew": 0,
        "extendRev": 0,
        **today,
    }


def _preset() -> dict[str, Any]:
    """Anki's own deck options. A starting ease of 1,300 or less would make Anki set low eases anew."""
    return {
        "id": _PRESET,
        "name": "Default",
        "mod": 0,
        "usn": 0,
        "dyn": False,
        "maxTaken": 60,
        "timer": 0,
        "autoplay": True,
        "replayq": True,
        "new": {
            "bury": False,
            "delays": [1.0, 10.0],
            "initialFactor": 2500,
            "ints": [1, 4, 0],
            "order": 1,
            "perDay": 20,
        },
        "rev": {
            "bury": False,
            "ease4": 1.3,
            "hardFactor": 1.2,
            "ivlFct": 1.0,
            "maxIvl": 36500,
            "perDay": 200,
        },
        "lapse": {"delays": [10.0], "leechAction": 1, "leechFails": 8, "minInt": 1, "mult": 0.0},
    }
