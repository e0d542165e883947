"""Attacks that have a name, each through the real program, within a minute and a gigabyte."""

import os
import resource
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from fasti.core.text import unsafe_character
from tests.cli.program import Done, Fasti

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="limits of memory, links and devices as on Linux"
)

HEAD = b"deck: T\nfacts:\n"
FACT = b"  - q: Why?\n    a: Because\n"
_GIB = 1 << 30


def run(fasti: Fasti, *words: str | Path, stdin: bytes = b"") -> Done:
    """Run the program with a gigabyte of memory for at most a minute; nothing that it says acts."""
    done = subprocess.run(
        [sys.executable, "-m", "fasti", *words],
        input=stdin,
        capture_output=True,
        env=fasti.environment(),
        cwd=fasti.folder,
        timeout=60,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (_GIB, _GIB)),
    )
    out, err = done.stdout.decode(), done.stderr.decode()
    assert "Traceback" not in err, err
    assert done.returncode in (0, 1, 2), err
    assert unsafe_character(out) is None
    assert unsafe_character(err) is None
    return Done(done.returncode, out, err)


def aliases() -> bytes:
    levels = [b"a%d: &a%d [*a%d, *a%d, *a%d]\n" % (n, n, n - 1, n - 1, n - 1) for n in range(1, 40)]
    return b"a0: &a0 [x, x]\n" + b"".join(levels) + HEAD + FACT


DECKS: dict[str, Callable[[], bytes]] = {
    "a bomb of aliases": aliases,
    "merge keys": lambda: b"deck: T\nb: &b {q: a, a: b}\nfacts:\n  - <<: *b\n  - <<: [*b, *b]\n",
    "a hundred thousand brackets": lambda: HEAD + b"  - q: " + b"[" * 100_000,
    "a hundred thousand dashes": lambda: HEAD + b"  " + b"- " * 100_000,
    "braces without end": lambda: b"{a: " * 50_000,
    "a line of fifty megabytes": lambda: HEAD + b"  - q: " + b"x" * 50_000_000,
    "a date of a million digits": lambda: HEAD + b"  - event: x\n    date: " + b"9" * 1_000_000,
    "a tag that makes objects": lambda: HEAD + b"  - !!python/object/apply:os.system ['touch pwned']\n",
    "UTF-16": lambda: (HEAD + FACT).decode().encode("utf-16"),
    "UTF-32": lambda: (HEAD + FACT).decode().encode("utf-32"),
    "NUL bytes": lambda: HEAD + b"  - q: a\0b\n    a: c\n",
    "nothing but chance": lambda: bytes(range(256)) * 400,
    "escapes in quotes": lambda: HEAD + b'  - q: "\\e]0;x\\a\\x9b2J {0.__class__} %s [bold]"\n    a: "\\u202eb"\n',
    "escapes as they are": lambda: HEAD + b"  - q: \x1b]0;x\x07 \xe2\x80\xae\n    a: \xc2\x9b2J\n",
    "templates that reach for attributes": lambda: b"deck: T\nkinds:\n  k: {fields: [k, s], cards: {c: {ask: '{k.__class__}',"
    b" answer: '{s!r:>999999999}'}}}\nfacts:\n  - k: a\n    s: b\n",
    "an id that leads elsewhere": lambda: b"deck: T\nid: ../../../../tmp/pwned\nfacts:\n" + FACT,
    "two ids that are one": lambda: HEAD + "  - q: a\n    id: café\n    a: b\n  - q: c\n    id: cafe\u0301\n    a: d\n".encode(),
}  # fmt: skip


@pytest.mark.parametrize("what", DECKS)
def test_a_hostile_deck_is_at_worst_refused(fasti: Fasti, what: str) -> None:
    deck = fasti.folder / "deck.yaml"
    deck.write_bytes(DECKS[what]())

    run(fasti, "add", deck)
    run(fasti, "review", "t", stdin=b"3\nquit\n")
    if what != "a line of fifty megabytes":
        run(fasti, "export", "html", deck)

    assert not list(fasti.folder.glob("**/pwned*"))
    assert {path.suffix for path in fasti.folder.iterdir()} <= {".yaml", ".html"}


NO_FILES = ["/dev/zero", "/dev/null", "/proc/self/mem", "pipe", "loop", "folder", "stdin"]
OTHERS = [["check"], ["preview"], ["import", "csv"], ["import", "anki"], ["merge"], ["sync"]]


@pytest.mark.parametrize(
    ("command", "path"),
    [
        *((["add"], path) for path in NO_FILES),
        *((each, path) for each in OTHERS for path in ("/dev/zero", "pipe")),
    ],
)
def test_what_is_no_file_is_refused_at_once(fasti: Fasti, command: list[str], path: str) -> None:
    os.mkfifo(fasti.folder / "pipe")
    (fasti.folder / "loop").symlink_to("loop")
    (fasti.folder / "folder").mkdir()
    (fasti.folder / "folder" / "back").symlink_to(fasti.folder / "folder")
    (fasti.folder / "stdin").symlink_to("/dev/stdin")

    done = run(fasti, *command, path)

    assert done.code in (1, 2)
    assert done.out + done.err


def test_a_deck_that_becomes_a_device_or_a_pipe_stops_no_review(fasti: Fasti) -> None:
    deck = fasti.folder / "deck.yaml"
    for make in (
        lambda: deck.symlink_to("/dev/zero"),
        lambda: os.mkfifo(deck),
        lambda: deck.symlink_to(deck),
    ):
        deck.unlink(missing_ok=True)
        deck.write_bytes(HEAD + FACT)
        assert run(fasti, "add", deck).code == 0
        deck.unlink()
        make()

        assert run(fasti, "review", "t", stdin=b"3\nquit\n").code in (0, 1)


def test_input_without_end_is_refused(fasti: Fasti) -> None:
    for words in (["review"], ["fact", "t.yaml"], ["new", "t.yaml", "--from", "-"]):
        run(fasti, *words, stdin=b"x" * 40_000_000)


def zipped(*members: tuple[str, bytes]) -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return data.getvalue()


def lying(size: int) -> bytes:
    """A zip file whose directory says of a member that it is so long."""
    data = bytearray(zipped(("deck.yaml", HEAD + FACT)))
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", size)
    return bytes(data)


ZIPS: dict[str, Callable[[], bytes]] = {
    "a bomb": lambda: zipped(("deck.yaml", HEAD), ("a.png", b"\0" * 200_000_000)),
    "a deck that is a bomb": lambda: zipped(("deck.yaml", b" " * 300_000_000)),
    "one in another": lambda: zipped(("inner.zip", zipped(("deck.yaml", b" " * 100_000_000)))),
    "many members": lambda: zipped(*((f"{n}.yaml", b"") for n in range(30_000))),
    "a size that is too small": lambda: lying(3),
    "a size that is too large": lambda: lying(2**32 - 2),
    "a name that leads elsewhere": lambda: zipped(("../pwned.yaml", HEAD + FACT)),
    "an absolute name": lambda: zipped(("/tmp/pwned.yaml", HEAD + FACT)),
    "a name with escapes": lambda: zipped(("\x1b[31mdeck.yaml", HEAD + FACT)),
}


@pytest.mark.parametrize("what", ZIPS)
def test_a_hostile_zip_file_is_at_worst_refused(fasti: Fasti, what: str) -> None:
    file = fasti.folder / "decks.zip"
    file.write_bytes(ZIPS[what]())

    run(fasti, "add", file)

    assert not Path("/tmp/pwned.yaml").exists()
    assert [path.name for path in fasti.folder.iterdir()] == ["decks.zip"]
    assert not list(fasti.home.glob("**/pwned*"))


def test_an_export_through_a_link_is_written_where_it_leads_and_over_nothing_else(fasti: Fasti) -> None:
    mine = fasti.write("mine.txt", "a text of my own")
    (fasti.folder / "out.html").symlink_to(mine)

    done = run(fasti, "export", "html", "cuban-missile-crisis", "-o", "out.html")

    assert done.code == 2
    assert mine.read_text() == "a text of my own"


def test_backups_that_are_links_elsewhere_are_not_written_through(fasti: Fasti) -> None:
    run(fasti, "review", stdin=b"3\nquit\n")
    elsewhere = fasti.write("elsewhere", "untouched")
    (fasti.home / "backups" / "by-hand-20260601T090000Z.db").symlink_to(elsewhere)

    assert run(fasti, "backup").code == 0
    assert elsewhere.read_text() == "untouched"
