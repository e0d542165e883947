"""Every setting: what it may be, as text and as TOML has it."""

import pytest

from fasti.options import BY_KEY, KEYS, OPTIONS, RefusedError, conflicts, meant

NUMBERS = {
    "new": (0, 9_999),
    "limit": (1, 9_999),
    "minutes": (0, 1_440),
    "maximum-interval": (1, 36_500),
    "leech-threshold": (1, 999),
    "rollover-hour": (4, 12),
}
WORDS = {
    "grades": ["four", "six"],
    "profile": ["text", "reference"],
    "colour": ["auto", "always", "never"],
    "images": ["auto", "kitty", "iterm2", "sixel", "off"],
}
SWITCHES = ["sync-after-review", "spread", "accessible"]
TEXTS = ["learner", "sync", "editor"]
GRADING = ["reveal", "again", "hard", "good", "easy"]
COMMANDS = [key for key in BY_KEY if key.startswith(KEYS) and key.removeprefix(KEYS) not in GRADING]


def refused(key: str, raw: object) -> bool:
    with pytest.raises(RefusedError) as refusal:
        BY_KEY[key].kind.of_toml(raw)
    return str(refusal.value) == BY_KEY[key].kind.allowed


def test_every_setting_is_in_a_table_of_these_tests() -> None:
    tested = {*NUMBERS, *WORDS, *SWITCHES, *TEXTS, *COMMANDS, *(KEYS + name for name in GRADING)}

    assert tested == set(BY_KEY)


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.key)
def test_every_default_is_a_value_that_could_be_given(option) -> None:
    if option.key in {"learner", "sync", "editor"}:
        return  # nothing that could be given: it is found out, or there is none, where nothing is said
    as_toml = list(option.default) if isinstance(option.default, tuple) else option.default
    text = " ".join(option.default) if isinstance(option.default, tuple) else str(option.default).lower()

    assert option.kind.of_toml(as_toml) == option.default
    assert option.kind.of_text(text) == option.default
    assert option.about


def test_the_defaults_are_what_the_program_always_did() -> None:
    defaults = {key: BY_KEY[key].default for key in [*NUMBERS, *WORDS, *SWITCHES]}

    assert defaults == {
        "new": 10,
        "limit": 30,
        "minutes": 20,
        "maximum-interval": 3_650,
        "leech-threshold": 8,
        "rollover-hour": 4,
        "grades": "four",
        "profile": "text",
        "colour": "auto",
        "images": "auto",
        "spread": False,
        "sync-after-review": False,
        "accessible": False,
    }


@pytest.mark.parametrize(("key", "limits"), NUMBERS.items())
def test_a_number_has_limits(key: str, limits: tuple[int, int]) -> None:
    lowest, highest = limits

    assert [BY_KEY[key].kind.of_toml(value) for value in limits] == [lowest, highest]
    assert BY_KEY[key].kind.of_text(f" {highest} ") == highest
    for wrong in (lowest - 1, highest + 1, True, "7", 7.0, [7], None, {}):
        assert refused(key, wrong)


@pytest.mark.parametrize("text", ["", "ten", "1e1", "0x5", "5.0", "٥", "²", "9" * 5_000, "--5", "5 5"])
def test_a_text_that_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(RefusedError):
        BY_KEY["new"].kind.of_text(text)


@pytest.mark.parametrize(("key", "words"), WORDS.items())
def test_a_word_is_one_of_a_few(key: str, words: list[str]) -> None:
    assert [BY_KEY[key].kind.of_text(f" {word.upper()} ") for word in words] == words
    for wrong in ("", "fours", 4, True, ["four"], None):
        assert refused(key, wrong)


@pytest.mark.parametrize("key", SWITCHES)
def test_a_switch_is_on_or_off(key: str) -> None:
    kind = BY_KEY[key].kind

    assert [kind.of_toml(value) for value in (True, False)] == [True, False]
    assert {kind.of_text(text) for text in ("true", "YES", "on", "1")} == {True}
    assert {kind.of_text(text) for text in ("false", "No", "off", "0")} == {False}
    for wrong in ("true", 1, 0, None, []):
        assert refused(key, wrong)


@pytest.mark.parametrize("key", TEXTS)
def test_a_text_is_one_line_that_says_something(key: str) -> None:
    assert BY_KEY[key].kind.of_text("  code --wait ") == "code --wait"
    for wrong in ("", "  ", "two\nlines", "\x1b[31m", 3, ["vi"]):
        assert refused(key, wrong)


@pytest.mark.parametrize(
    ("raw", "keys"),
    [
        ("u", ("u",)),
        (["u", "z"], ("u", "z")),
        ("U", ("u",)),
        (["u", "U", "ｕ"], ("u",)),
        ("ж", ("ж",)),
        ("!", ("!",)),
        ("7", ("7",)),
        ([], ()),
    ],
)
def test_a_command_has_keys_of_its_own(raw: object, keys: tuple[str, ...]) -> None:
    assert BY_KEY["keys.undo"].kind.of_toml(raw) == keys


@pytest.mark.parametrize("key", COMMANDS)
@pytest.mark.parametrize(
    "raw", ["", "uu", "ctrl-z", " ", "space", "enter", "0", "5", "\t", "\x1b", "́", "½", 3, ["u", 3], None, {}]
)
def test_what_is_no_key_of_a_command_is_refused(key: str, raw: object) -> None:
    assert refused(key, raw)


@pytest.mark.parametrize("name", GRADING)
def test_a_grade_may_have_digits_space_and_enter_and_must_have_a_key(name: str) -> None:
    kind = BY_KEY[KEYS + name].kind

    assert kind.of_toml(["1", "Space", " ", "ENTER", "j"]) == ("1", "space", "enter", "j")
    assert kind.of_text("j  k") == ("j", "k")
    assert refused(KEYS + name, [])


def test_no_key_is_claimed_twice_by_default_and_none_needs_alt_gr() -> None:
    keys = {option.key: option.default for option in OPTIONS if isinstance(option.default, tuple)}

    assert conflicts(keys) == []
    for own in keys.values():
        assert all(key in {"space", "enter", "!", "?"} or (key.isascii() and key.isalnum()) for key in own)


def test_a_key_that_two_commands_claim_is_found_whatever_its_case() -> None:
    assert conflicts({"undo": ("u", "ß"), "hint": ("h",), "bury": ("U",), "quit": ("ẞ",)}) == [
        ("U", "undo", "bury"),
        ("ẞ", "undo", "quit"),
    ]


@pytest.mark.parametrize(
    ("written", "probably"),
    [
        ("color", "colour"),
        ("New", "new"),
        ("maximum_interval", "maximum-interval"),
        ("maximum-intervall", "maximum-interval"),
        ("minuts", "minutes"),
        ("undo", "keys.undo"),
        ("keys.undoo", "keys.undo"),
        ("keys.new", "new"),
        ("xyzzy", None),
        ("x" * 100_000, None),
    ],
)
def test_a_setting_that_is_none_is_taken_for_the_nearest(written: str, probably: str | None) -> None:
    assert meant(written) == probably
