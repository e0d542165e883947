"""Tables of docs/language.md: `pytest tests/decks --update-language` writes them anew."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-language", action="store_true", help="write the tables of docs/language.md anew"
    )
