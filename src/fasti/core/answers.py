"""Judging what a student typed. The verdict suggests a grade; the student decides."""

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from fasti.core.marks import Mark, best, blank, right, wrong
from fasti.core.text_marks import mark_text
