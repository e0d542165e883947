"""What is promised says itself what is not so."""

import pytest

pytest.register_assert_rewrite("tests.life.promises", "tests.life.computer")
