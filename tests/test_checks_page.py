"""`docs/checks.md` has a section on every code, and each of its examples shows what it says."""

import re
from pathlib import Path

import pytest

from fasti.checking import KNOWN_CODES, check
from fasti.core.facts import Problem
from fasti.explaining import UnknownCodeError, explanation, sections
from fasti.lints.lint import Speller

SECTIONS = sections()
PARTS = ("**Why.** ", "**Example.**", "**Mend.** ", "**Silence.** ")
DEGREES = {
    "An error.": {"error"},
    "A warning.": {"warning"},
    "Advice.": {"advice"},
    "An error or a warning.": {"error", "warning"},
    "A warning or advice.": {"warning", "advice"},
}


def test_every_code_has_a_section_and_no_other_has() -> None:
    assert set(SECTIONS) == set(KNOWN_CODES)


@pytest.mark.parametrize("code", KNOWN_CODES)
def test_a_section_says_what_why_how_to_mend_and_how_to_silence(code: str) -> None:
    first, *parts = re.split(r"\n\n(?=\*\*)", SECTIONS[code])
    about, degree = next(
        (first.removesuffix(f" {each}"), each) for each in DEGREES if first.endswith(f". {each}")
    )

    assert about.removesuffix(".").casefold() == KNOWN_CODES[code].casefold()
    assert [next(part for part in PARTS if text.startswith(part)) for text in parts] == list(PARTS)
    assert (degree == "An error.") == parts[-1].startswith("**Silence.** Never")


@pytest.mark.parametrize("code", KNOWN_CODES)
def test_an_example_shows_its_code(code: str, tmp_path: Path) -> None:
    speller = _speller() if code == "misspelt" else None
    first = SECTIONS[code].split("\n\n")[0]
    degree = next(severities for name, severities in DEGREES.items() if first.endswith(f". {name}"))
    found = example(code, tmp_path, speller)

    assert {problem.severity for problem in found if problem.code == code} <= degree
    assert code in {problem.code for problem in found}


@pytest.mark.parametrize(
    "code",
    [code for code, text in SECTIONS.items() if "`# fasti: ignore" in text.partition("**Silence.**")[2]],
)
def test_an_example_is_silenced_by_a_comment_at_its_place(code: str, tmp_path: Path) -> None:
    speller = _speller() if code == "misspelt" else None
    for path in written(code, tmp_path):
        lines = path.read_text(encoding="utf-8").split("\n")
        (checked,) = [each for each in check([tmp_path], spelling=speller) if each.path == path]
        places = {p.place.line for p in checked.problems if p.code == code and p.severity != "error"}
        for line in places:
            lines[line - 1] += f"  # fasti: ignore[{code}]"
        path.write_text("\n".join(lines), encoding="utf-8")
    left = [p for each in check([tmp_path], spelling=speller) for p in each.problems]

    assert {problem.code for problem in left if problem.severity != "error"} <= {"no-source"} - {code}


def test_a_section_is_read_alone() -> None:
    text = explanation("second-colon")

    assert "second-colon" not in text.splitlines()[0]
    assert text.count("**Why.**") == 1
    assert "## " not in explanation("misspelt")


def test_a_code_that_is_none_is_refused_with_the_one_that_was_meant() -> None:
    with pytest.raises(UnknownCodeError) as refused:
        explanation("second_colon")

    assert refused.value.hint == "did you mean `second-colon`?"


def _speller() -> Speller:
    pytest.importorskip("spellchecker")
    from fasti.spellcheck import speller

    return speller()


FENCE = re.compile(r"^```yaml([^\n]*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def written(code: str, folder: Path) -> list[Path]:
    """The example of a section as files: `repeat` repeats its last line, `width` fills it, `encoding` writes it."""
    paths = []
    for number, (how, text) in enumerate(FENCE.findall(SECTIONS[code])):
        options = dict(option.split("=") for option in how.split())
        last = text.splitlines(keepends=True)[-1]
        text += last * (int(options.get("repeat", "1")) - 1)
        text = text.rstrip("\n") + "x" * int(options.get("width", "0")) + "\n"
        path = folder / f"{number}.yaml"
        path.write_bytes(text.encode(options.get("encoding", "utf-8")))
        paths.append(path)
    return paths


def example(code: str, folder: Path, speller: Speller | None) -> list[Problem]:
    assert written(code, folder)
    return [problem for each in check([folder], spelling=speller) for problem in each.problems]
