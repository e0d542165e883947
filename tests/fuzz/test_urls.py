"""URLs of databases: none is more than refused, and of none is the password ever said."""

from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fasti.errors import FastiError
from fasti.settings import SettingError, read_settings
from fasti.store.database import connect
from tests.fuzz.inside import calm, run
from tests.fuzz.strategies import arguments, words

# Long enough not to be found by chance in a sentence of ours.
passwords = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=6, max_size=20).filter(
    lambda text: len(set(text)) > 3 and not text.isspace()
)
parts = st.one_of(
    words, st.sampled_from(["postgresql", "[::1", "[::1]:1", "127.0.0.1:1", ":port", "%00", "%zz", "@", ""])
)


def refusal(url: str) -> str:
    """What is said of a URL behind which there is nothing."""
    with pytest.raises(FastiError) as caught:
        connect(read_settings({"FASTI_HOME": "/nonexistent", "USER": "me"}, url, "me").database).close()
    return f"{caught.value} {caught.value.hint}"


def unencoded(text: str) -> list[str]:
    """The pieces of a password that a URL is parted at, where its author did not encode it."""
    return [
        piece
        for piece in text.replace("@", "/").replace("?", "/").replace("#", "/").split("/")
        if len(piece) > 4
    ]


@given(st.sampled_from(["postgresql", "postgres", "postgresql+psycopg", "mysql", "oracle+x"]), passwords)
@settings(max_examples=60, deadline=None)
def test_a_password_is_never_said_encoded_or_not(engine: str, password: str) -> None:
    there = "127.0.0.1:1/db"
    for url in (
        f"{engine}://me:{quote(password, safe='')}@{there}",
        f"{engine}://me@{there}?password={quote(password, safe='')}",
        f"{engine}://me@{there}?sslpassword={quote(password, safe='')}&options=x",
    ):
        said = refusal(url)
        assert password not in said
        assert quote(password, safe="") not in said


@given(passwords)
@settings(max_examples=60, deadline=None)
def test_of_a_password_that_its_author_did_not_encode_no_piece_is_said(password: str) -> None:
    said = refusal(f"postgresql://me:{password}@127.0.0.1:1/db")

    assert [piece for piece in unencoded(password) if piece in said] == []


@pytest.mark.parametrize("password", ["p", "1", "Connection", "refused", "127.0.0.1", "server"])
def test_a_short_or_plain_password_is_not_given_away_by_what_is_put_in_its_place(password: str) -> None:
    said = refusal(f"postgresql://me:{password}@127.0.0.1:1/db")

    assert "***ort" not in said
    assert said.startswith(
        "the database server of `postgresql+psycopg://me:***@127.0.0.1:1/db` cannot be reached"
    )
    assert "refused" not in said


@given(parts, parts, parts, parts)
@settings(max_examples=100, deadline=None)
def test_whatever_stands_in_a_url_it_is_refused_in_a_sentence(
    user: str, secret: str, host: str, rest: str
) -> None:
    # A host that the tests' machine would look up is no part of this.
    url = f"postgresql://{user}:{secret}@{host}/{rest}?host=/nonexistent&port=1"

    assert refusal(url)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://h:port/x",
        "postgresql://u:p@[::1/x",
        "postgresql://u:a@b@127.0.0.1:1/x",
        "postgresql://a b/x",
    ],
)
def test_a_url_that_cannot_be_taken_apart_says_how_it_is_written(url: str) -> None:
    assert "`@` is `%40`" in refusal(url)


@pytest.mark.parametrize(
    "text",
    ["host=h password=secret dbname=x", "postgresql:me:secret@h/x", "postgres:/me:secret@h/x", "sqlite:x.db"],
)
def test_what_was_meant_as_a_server_does_not_become_a_file(text: str) -> None:
    with pytest.raises(SettingError) as caught:
        read_settings({}, text, "me")

    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "command",
    [
        ["due"],
        ["review"],
        ["decks", "--json"],
        ["config"],
        ["doctor"],
        ["doctor", "--json"],
        ["backup"],
        ["backup", "list", "--json"],
        ["stats"],
        ["database", "upgrade"],
    ],
)
def test_no_command_says_the_password(tmp_path: Path, command: list[str]) -> None:
    url = "postgresql://me:s%2Fcr%40t-w0rd@127.0.0.1:1/db?sslpassword=s3condary"

    for words_of, environment in ((command, {"FASTI_DATABASE": url}), (["--database", url, *command], {})):
        done = calm(run(tmp_path, *words_of, environment=environment))
        for secret in ("s/cr@t-w0rd", "s%2Fcr%40t-w0rd", "s3condary", "cr@t", "cr%40t"):
            assert secret not in done.out + done.err


@given(st.one_of(arguments, arguments.map("sqlite:///{}".format), arguments.map("sqlite://{}".format)))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_name_is_a_file_below_the_folder_or_refused(tmp_path: Path, name: str) -> None:
    if "/" in name.removeprefix("sqlite://").lstrip("/") or "~" in name:
        return
    name = name if "://" in name else f"{tmp_path}/{name}"

    calm(run(tmp_path / "home", "decks", "--json", environment={"FASTI_DATABASE": name}))
