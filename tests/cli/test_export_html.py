"""`fasti export html`: what it writes, what it says, what it refuses."""

import base64

import pytest

from tests.cli.program import Fasti

DECK = "deck: Small\nfacts:\n  - {q: Why?, a: So}\n"
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def test_a_deck_of_the_library_becomes_a_page_named_after_it(fasti: Fasti) -> None:
    fasti.write("decks/my.yaml", DECK)
    fasti("add", "decks/my.yaml")

    done = fasti("export", "html", "small")

    assert done.code == 0
    assert done.out.startswith("small.html  1 fact, 0.1 MB\n")
    assert (fasti.folder / "small.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_a_deck_that_comes_with_the_program_needs_no_library(fasti: Fasti) -> None:
    assert fasti("export", "html", "cold-war-origins").code == 0


def test_a_file_needs_no_library_and_makes_none(fasti: Fasti) -> None:
    fasti.write("my.yaml", DECK)

    assert fasti("export", "html", "my.yaml").code == 0
    assert not (fasti.home / "fasti.db").exists()


def test_the_page_of_a_file_is_that_of_the_library(fasti: Fasti) -> None:
    fasti.write("my.yaml", DECK.replace("{q", "{id: x, q"))
    fasti("add", "my.yaml")

    fasti("export", "html", "small", "-o", "one.html")
    fasti("export", "html", "my.yaml", "-o", "other.html")

    assert (fasti.folder / "one.html").read_bytes() == (fasti.folder / "other.html").read_bytes()


@pytest.mark.parametrize("how", ["html", "anki", "csv"])
def test_what_has_an_error_is_not_left_out_in_silence(fasti: Fasti, how: str) -> None:
    path = fasti.write("my.yaml", f"{DECK}  - {{event: Wall, date: 31 February 1961}}\n")
    fasti("add", "my.yaml")

    done = fasti("export", how, "small", "--json")

    assert done.code == 0
    (said,) = done.json["exported"][0]["left_out"]
    assert said.startswith(f"what cannot be read in `{path}`")
    assert "1 problem," in said
    assert "Left out: what cannot be read" in " ".join(fasti("export", how, "small").out.split())


def test_programs_are_told_what_was_written(fasti: Fasti) -> None:
    fasti.write("my.yaml", DECK)
    (fasti.folder / "pages").mkdir()

    done = fasti("export", "html", "my.yaml", "-o", "pages", "--json")

    size = (fasti.folder / "pages" / "small.html").stat().st_size
    assert done.json == {
        "version": 1,
        "exported": [
            {
                "deck": "small",
                "title": "Small",
                "path": str((fasti.folder / "pages" / "small.html").relative_to(fasti.folder)),
                "facts": 1,
                "pictures": 0,
                "size": size,
                "left_out": [],
                "remarks": [],
            }
        ],
    }


def test_a_page_of_ours_is_written_over_and_another_file_only_when_told(fasti: Fasti) -> None:
    fasti.write("my.yaml", DECK)
    fasti.write("other.html", "<p>mine</p>")

    assert [fasti("export", "html", "my.yaml").code for _ in range(2)] == [0, 0]
    refused = fasti("export", "html", "my.yaml", "-o", "other.html")
    assert refused.code == 2
    assert "`other.html` is there already" in refused.err
    assert (fasti.folder / "other.html").read_text(encoding="utf-8") == "<p>mine</p>"
    assert fasti("export", "html", "my.yaml", "-o", "other.html", "--replace").code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("my.yaml", "-o", "page.pdf"), 2, "`page.pdf` is not a name for a web page"),
        (("my.yaml", "other.yaml", "-o", "page.html"), 2, "one file, `page.html`, cannot hold 2 decks"),
        (("my.yaml", "-o", "nowhere/page.html"), 1, "there is no such folder"),
        (("nothing.yaml",), 1, "there is no file or folder `nothing.yaml`"),
        (("nothing",), 1, "no deck `nothing` in your library"),
        (("notes.yaml",), 1, "`notes.yaml` is not a deck"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(
    fasti: Fasti, arguments: tuple[str, ...], code: int, said: str
) -> None:
    fasti.write("my.yaml", DECK)
    fasti.write("other.yaml", DECK)
    fasti.write("notes.yaml", "just some notes\n")

    done = fasti("export", "html", *arguments)

    assert done.code == code
    assert said in done.err


def test_what_has_an_error_is_left_out_and_said(fasti: Fasti) -> None:
    fasti.write("my.yaml", DECK + "  - {q: Without an answer?}\n")

    done = fasti("export", "html", "my.yaml")

    assert done.code == 0
    assert "Left out: 1 fact with an error" in done.out


def test_pictures_go_along_and_what_cannot_is_said(fasti: Fasti) -> None:
    facts = "".join(
        f"  - {{q: Q{name}?, a: A, image: {name}}}\n" for name in ("a.png", "b.png", "c.png", "../d.png")
    )
    fasti.write("deck/my.yaml", f"deck: Small\nlanguage: Deutsch\nfacts:\n{facts}")
    (fasti.folder / "deck" / "a.png").write_bytes(PNG)
    (fasti.folder / "deck" / "b.png").write_bytes(b"no picture at all")
    (fasti.folder / "deck" / "c.png").write_bytes(PNG + b"\0" * 4 * 1024 * 1024)
    (fasti.folder / "d.png").write_bytes(PNG)

    done = fasti("export", "html", "deck/my.yaml", "--json")

    [exported] = done.json["exported"]
    assert exported["pictures"] == 1
    # A deck must not name pictures elsewhere; the fact that does so has an error.
    assert [sentence.split(",")[0] for sentence in exported["left_out"]] == [
        "1 fact with an error; `fasti check` says where",
        "a picture: `b.png` is nothing that browsers show; make it a PNG or a JPEG",
        "a picture: `c.png` has 4.0 MiB",
    ]
    assert "`language: Deutsch` is no short name of a language" in exported["remarks"][0]
    html = (fasti.folder / "small.html").read_text(encoding="utf-8")
    assert base64.b64encode(PNG).decode() in html
