"""Longer campaigns, guided by coverage, on request: `python tests/fuzz/campaign.py TARGET [libFuzzer's options]`.

atheris is no dependency: `pip install atheris`. What it finds becomes a test before it is mended. What it learns about
a target is kept in `.fuzz/TARGET`, begun with the project's own decks; `-max_total_time=300` ends after five minutes.
"""

import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import atheris

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT / "src"))

with atheris.instrument_imports(include=["fasti"]):
    from fasti.configuration import options_of, read
    from fasti.core.answers import judge_date, judge_text
    from fasti.core.date_reading import read_date
    from fasti.core.dates import describe, edtf
    from fasti.core.log_lines import LineError, line_of, read_header, read_line
    from fasti.core.text import printable, slug, unsafe_character
    from fasti.decks.read import read_deck_bytes
    from fasti.errors import FastiError
    from fasti.exchange.packages.protobuf import ProtobufError, decode
    from fasti.exchange.packages.read import open_collection
    from fasti.exchange.tables.spreadsheet import facts_in_table
    from fasti.settings import read_settings
    from fasti.store.database import Database, _engine_url

FOLDER = Path(tempfile.mkdtemp(prefix="fasti-fuzz-"))


def deck(data: bytes) -> None:
    """A deck file: read, or told what is wrong, each problem in printable words."""
    reading = read_deck_bytes(data)
    assert reading.deck is not None or reading.problems
    assert all(problem.place.line >= 1 for problem in reading.problems)


def date(data: bytes) -> None:
    """A historian's date: understood, and understood again from its own EDTF, or refused."""
    with suppress(ValueError):
        read_ = read_date(_text(data))
        describe(read_)
        edtf(read_)


def answer(data: bytes) -> None:
    """What a student typed, against what was asked."""
    given, _, wanted = _text(data).partition("\n")
    judge_text(given, wanted, [wanted[::-1]])
    with suppress(ValueError):
        judge_date(given, read_date(wanted))
    assert unsafe_character(printable(given)) is None
    assert slug(slug(given)) == slug(given)


def protobuf(data: bytes) -> None:
    """The messages in Anki's newest packages."""
    with suppress(ProtobufError):
        decode(data)


def package(data: bytes) -> None:
    """A package of Anki: a collection, or a refusal."""
    path = FOLDER / "x.apkg"
    path.write_bytes(data)
    with suppress(FastiError), open_collection(path):
        pass


def table(data: bytes) -> None:
    """A spreadsheet, or Anki's text format."""
    with suppress(FastiError):
        facts_in_table(data, "x.csv")


def config(data: bytes) -> None:
    """The file of settings."""
    path = FOLDER / "config.toml"
    path.write_bytes(data)
    with suppress(FastiError):
        options_of(read(path, {}))


def log(data: bytes) -> None:
    """A line of a shared folder's log: refused, or the same when it is written and read again."""
    line = _text(data)
    with suppress(LineError):
        read_header(line)
    with suppress(LineError):
        item = read_line(line, "me")
        assert read_line(line_of(item), "me") == item


def url(data: bytes) -> None:
    """The URL of a database: understood, its password out of sight, or refused."""
    with suppress(FastiError):
        understood = _engine_url(
            read_settings({"FASTI_HOME": str(FOLDER)}, _text(data) or "x", "me").database
        )
        if understood.get_backend_name() != "sqlite" and len(str(understood.password or "")) > 12:
            with Database(understood) as database:
                assert str(understood.password) not in database.name


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


TARGETS: dict[str, Callable[[bytes], None]] = {
    target.__name__: target for target in (deck, date, answer, protobuf, package, table, config, log, url)
}
SEEDS: dict[str, list[bytes]] = {
    "date": [b"1962-10-22", b"15 March 44 BC", b"c. 1450", b"16-28 October 1962", b"1450s", b"-0043/0012~"],
    "answer": [b"oct 1962\n22 October 1962", b"Visigoths\nthe Visigoths", b"44 bc\n15 March 44 BC"],
    "config": [b'new = 5\nprofile = "reference"\n[keys]\nundo = ["u", "z"]\n'],
    "log": [
        b'{"at":1780000000000,"device":"00","seq":1,"kind":"review","card":"a/b#c","day":20602,"offset":0,"grade":4}',
        b'{"fasti":"log","version":1,"device":"00","learner":"me","machine":"m"}',
    ],
    "url": [b"postgresql://me:secret@host:5432/db?sslmode=require", b"sqlite:///x.db", b"host=h password=p"],
    "table": [b"Front,Back\nWho?,Me\n", b"#separator:tab\n#html:true\na\tb\n"],
}


def main() -> None:
    """Run the target that the command line names, from what is known about it."""
    if sys.argv[1:2] == [] or sys.argv[1] not in TARGETS:
        sys.exit(f"usage: campaign.py TARGET [OPTIONS]; the targets are {', '.join(TARGETS)}")
    name = sys.argv.pop(1)
    known = ROOT / ".fuzz" / name
    known.mkdir(parents=True, exist_ok=True)
    decks = [path.read_bytes() for path in sorted((ROOT / "decks").glob("*.yaml"))] if name == "deck" else []
    for number, seed in enumerate([*SEEDS.get(name, []), *decks]):
        (known / f"seed-{number}").write_bytes(seed)
    atheris.Setup([sys.argv[0], str(known), *sys.argv[1:]], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
