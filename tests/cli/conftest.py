"""The program for a test: nothing reviewed yet, nothing in its folder."""

from pathlib import Path

import pytest

from tests.cli.program import Fasti


@pytest.fixture
def fasti(tmp_path: Path) -> Fasti:
    folder = tmp_path / "work"
    folder.mkdir()
    return Fasti(tmp_path / "home", folder)
