import pytest

from fasti.page.language import Language, language_of, runs_left


@pytest.mark.parametrize(
    ("tag", "direction"),
    [
        ("en", "ltr"),
        ("de-AT", "ltr"),
        ("ar", "rtl"),
        ("ar_EG", "rtl"),
        ("he", "rtl"),
        ("fa-IR", "rtl"),
        ("ur-Latn", "ltr"),
        ("az", "ltr"),
        ("az-Arab", "rtl"),
        ("zh-Hant-TW", "ltr"),
    ],
)
def test_a_language_is_written_from_the_side_that_its_script_is(tag: str, direction: str) -> None:
    language = language_of(tag)

    assert language is not None
    assert language.direction == direction


@pytest.mark.parametrize("tag", ["", "Deutsch", "english", "e", 'en"', "en us", "../x", "de-"])
def test_what_is_no_tag_is_no_language(tag: str) -> None:
    assert language_of(tag) is None


def test_our_words_are_marked_as_english_in_other_languages_only() -> None:
    assert Language("en-GB").words("When?") == "When?"
    assert Language("de").words("When?") == '<span lang="en" dir="ltr">When?</span>'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("plain & simple", "plain &amp; simple"),
        ("one\ntwo\n", "one<br>two"),
        ("an Arabic word: فتح", "<bdi>an Arabic word: فتح</bdi>"),
    ],
)
def test_a_text_keeps_its_lines_and_what_runs_the_other_way_to_itself(text: str, html: str) -> None:
    assert Language().text(text) == html


@pytest.mark.parametrize(
    ("text", "left"), [("29 May 1453", False), ("فتح 1453", True), ("1453", True), ("(فتح) x", True)]
)
def test_the_first_letter_says_which_way_a_line_runs(text: str, left: bool) -> None:
    assert runs_left(text, Language("ar", right_to_left=True)) is left
