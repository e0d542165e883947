"""One writer of packages, for `packages.py`: python package_writers.py PROGRAM TEXTS COUNT FILE.

TEXTS has COUNT lines, each a note: its fields, with tabs between them. Notes are handed on as they are read.
Only what the writer needs is imported, so that a process costs what the writer costs.
"""

import sys
from collections.abc import Iterator

QUESTION, ANSWER = "{{Event}}", "{{FrontSide}}<hr id=answer>{{Date}}<br>{{Note}}"
BACK_QUESTION, BACK_ANSWER = "{{Date}}", "{{FrontSide}}<hr id=answer>{{Event}}<br>{{Note}}"
FIELDS = ("Event", "Date", "Note")
TAGS = ("cold-war", "year::1962")
NOTE_TYPE = 1_600_000_000_001
DECK = 1_600_000_000_002
FIRST_ID = 1_600_000_000_000


def texts(file: str) -> Iterator[tuple[str, ...]]:
    with open(file, encoding="utf-8") as lines:  # noqa: PTH123 - pathlib is not everybody's need
        for line in lines:
            yield tuple(line[:-1].split("\t"))


def fasti(file: str, count: str, path: str) -> None:
    from pathlib import Path

    from fasti.exchange.collection import (
        AnkiCard,
        AnkiDeck,
        AnkiNote,
        Calendar,
        Contents,
        NoteField,
        NoteType,
        Template,
    )
    from fasti.exchange.packages.write import write_package

    note_type = NoteType(
        NOTE_TYPE,
        "Benchmark",
        tuple(NoteField(name, number) for number, name in enumerate(FIELDS, 1)),
        (Template("When", QUESTION, ANSWER, 11), Template("What", BACK_QUESTION, BACK_ANSWER, 12)),
    )
    rows = (
        AnkiNote(FIRST_ID + number, f"guid-{number:08}", NOTE_TYPE, 1_600_000_000, TAGS, fields)
        for number, fields in enumerate(texts(file))
    )
    cards = (
        AnkiCard(FIRST_ID + number, FIRST_ID + number // 2, DECK, number % 2, due=number // 2)
        for number in range(2 * int(count))
    )
    calendar = Calendar(1_577_851_200, 0)
    write_package(Path(path), Contents(calendar, [note_type], [AnkiDeck(DECK, "Benchmark")], rows, cards))


def genanki(file: str, count: str, path: str) -> None:
    import genanki

    model = genanki.Model(
        NOTE_TYPE,
        "Benchmark",
        fields=[{"name": name} for name in FIELDS],
        templates=[
            {"name": "When", "qfmt": QUESTION, "afmt": ANSWER},
            {"name": "What", "qfmt": BACK_QUESTION, "afmt": BACK_ANSWER},
        ],
    )
    deck = genanki.Deck(DECK, "Benchmark")
    for number, fields in enumerate(texts(file)):
        guid = f"guid-{number:08}"
        deck.add_note(genanki.Note(model, list(fields), guid=guid, tags=list(TAGS), due=number))
    genanki.Package(deck).write_to_file(path)


def anki(file: str, count: str, path: str) -> None:
    from tempfile import TemporaryDirectory

    from anki.collection import AddNoteRequest, Collection, ExportAnkiPackageOptions

    with TemporaryDirectory() as folder:
        collection = Collection(f"{folder}/collection.anki2")
        kind = collection.models.new("Benchmark")
        for name in FIELDS:
            collection.models.add_field(kind, collection.models.new_field(name))
        for name, question, answer in (("When", QUESTION, ANSWER), ("What", BACK_QUESTION, BACK_ANSWER)):
            template = collection.models.new_template(name)
            template["qfmt"], template["afmt"] = question, answer
            collection.models.add_template(kind, template)
        collection.models.add_dict(kind)
        kind = collection.models.by_name("Benchmark")
        deck = collection.decks.add_normal_deck_with_name("Benchmark").id
        requests = []
        for number, fields in enumerate(texts(file)):
            note = collection.new_note(kind)
            note.fields, note.tags, note.guid = list(fields), list(TAGS), f"guid-{number:08}"
            requests.append(AddNoteRequest(note=note, deck_id=deck))
        collection.add_notes(requests)
        options = ExportAnkiPackageOptions(with_scheduling=False, with_media=False, legacy=True)
        collection.export_anki_package(out_path=path, options=options, limit=None)
        collection.close()


if __name__ == "__main__":
    {"fasti": fasti, "genanki": genanki, "anki": anki}[sys.argv[1]](*sys.argv[2:])
