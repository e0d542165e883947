"""One point of a date, read: a day, month, season, year, decade or century, or a part of one.

Points in ISO 8601 and EDTF notation are read whole. Those in words are first taken apart, because one
end of a span leaves out what the other says: in `16–28 October 1962` the 16 is a day.
"""

import re
from dataclasses import dataclass, replace
from typing import NamedTuple

from fasti.core import date_refusals as refusals
from fasti.core.date_words import MONTHS, SEASONS, WEEKDAYS
from fasti.core.dates import Calendar, Day, Precision, day_number, days_in_month
