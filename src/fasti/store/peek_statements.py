"""The questions of `peek`, in the SQL of SQLite; `schedules` has the same for every engine.

A test holds them to seeks in the indexes that are kept for them.
"""

from fasti.core.day_counts import REVIEWED, DayCounts
from fasti.core.entry_kinds import EntryKind
from fasti.core.exams import Exam
from fasti.store.due import NEW, REVIEW, STATE_COLUMNS
from fasti.store.faces import HAS_A_PICTURE
from fasti.store.passed_over import PassedOver

_SHELF = "learner = :learner AND deck = :deck AND shelf ="
_IS_DUE = "due_day <= :today AND buried_until <= :today"
_IS_NEW = "due_day IS NULL AND buried_until <= :today"
_QUEUE = "SELECT card, deck, fact, due_day, rank FROM schedule WHERE"
_IN_ORDER = "ORDER BY due_day, rank, card"
_STATE = ", ".join(f"s.{name}" for name in STATE_COLUMNS)

DECKS = "SELECT id, title FROM deck WHERE removed_ms IS NULL ORDER BY position, id"
FILES = "SELECT path, size, mtime_ns, digest, version FROM deck_file ORDER BY path"
FOLDERS = "SELECT path FROM deck_folder ORDER BY path"
PASSED_OVER = f"SELECT {', '.join(PassedOver._fields)} FROM passed_over ORDER BY path"
LAST_DAY = f"""
    SELECT study_day FROM daily WHERE learner = :learner AND {" + ".join(REVIEWED)} > 0
    ORDER BY study_day DESC LIMIT 1
"""
WITHOUT_PLACE = """
    SELECT 1 FROM deck d WHERE removed_ms IS NULL
    AND EXISTS (SELECT 1 FROM card WHERE deck = d.id AND retired_ms IS NULL)
    AND NOT EXISTS (SELECT 1 FROM schedule WHERE learner = :learner AND deck = d.id)
"""
DUE = f"{_QUEUE} {_SHELF} {REVIEW} AND {_IS_DUE} {_IN_ORDER} LIMIT :at_most"
NEW_ONES = f"{_QUEUE} {_SHELF} {NEW} AND {_IS_NEW} {_IN_ORDER} LIMIT :at_most"
FACTS_DUE = f"SELECT fact FROM schedule WHERE {_SHELF} {REVIEW} AND {_IS_DUE}"
DUE_AT_MOST = (
    f"SELECT count(*) FROM (SELECT 1 FROM schedule WHERE {_SHELF} {REVIEW} AND {_IS_DUE} LIMIT :at_most)"
)
NUMBER_OF_FACTS_DUE = f"SELECT count(DISTINCT fact) FROM schedule WHERE {_SHELF} {REVIEW} AND {_IS_DUE}"
_OF_THE_DECK = "SELECT count(*) FROM schedule WHERE learner = :learner AND deck = d.id AND shelf"
COUNTS = f"""
    SELECT id, title,
        ({_OF_THE_DECK} = {REVIEW} AND {_IS_DUE}),
        (SELECT count(*) FROM (
            SELECT 1 FROM schedule WHERE learner = :learner AND deck = d.id AND shelf = {NEW} AND {_IS_NEW}
            LIMIT :most_new
        )),
        cards
    FROM deck d WHERE removed_ms IS NULL ORDER BY position, id
"""
TODAY = """
    WITH RECURSIVE called(name) AS (
        SELECT card FROM review_log WHERE learner = :learner AND study_day = :today
        UNION SELECT a.card FROM alias a JOIN called ON a.key = called.name
    )
    SELECT s.card, s.deck, s.fact, s.first_day, s.owed, s.shelf, s.buried_until, d.removed_ms
    FROM called CROSS JOIN schedule s ON s.card = called.name JOIN deck d ON d.id = s.deck
    WHERE s.learner = :learner AND s.last_day = :today
    ORDER BY s.due_day, s.rank, s.card
"""
FACE = f"""
    SELECT c.key, c.deck, d.title, c.fact, c.asks, c.face,
        CASE WHEN c.face LIKE '%{HAS_A_PICTURE}%'
        THEN (SELECT path FROM fact WHERE deck = c.deck AND id = c.fact) ELSE '' END,
        {_STATE}
    FROM card c JOIN deck d ON d.id = c.deck
    LEFT JOIN schedule s ON s.card = c.key AND s.learner = :learner
    WHERE c.key = :card
"""
BY_DAY = f"""
    SELECT :today, count(*) FROM schedule WHERE {_SHELF} {REVIEW} AND due_day <= :today
    UNION ALL
    SELECT due_day, count(*) FROM schedule
    WHERE {_SHELF} {REVIEW} AND due_day > :today AND due_day <= :to_day GROUP BY due_day
"""
BURIED = f"""
    WITH RECURSIVE called(name) AS (
        SELECT card FROM review_log
        WHERE learner = :learner AND study_day >= :today AND kind = '{EntryKind.BURY}'
        UNION SELECT a.card FROM alias a JOIN called ON a.key = called.name
    )
    SELECT s.deck, s.due_day, s.buried_until
    FROM called CROSS JOIN schedule s ON s.card = called.name
    WHERE s.learner = :learner AND s.shelf = {REVIEW} AND s.due_day <= :to_day
    AND s.buried_until > max(s.due_day, :today)
"""
DAYS = f"""
    SELECT study_day, {", ".join(f"sum({name})" for name in DayCounts._fields)} FROM daily
    WHERE learner = :learner AND study_day >= :first_day {{of_the_decks}} GROUP BY study_day ORDER BY study_day
"""
STUDIED = """
    SELECT DISTINCT study_day FROM daily WHERE learner = :learner {of_the_decks} ORDER BY study_day
"""
BREAKS = "SELECT first_day, last_day FROM day_off WHERE learner = :learner AND off"
EXAMS = (
    f"SELECT {', '.join(Exam._fields)} FROM exam WHERE learner = :learner AND NOT removed ORDER BY day, name"
)
EXAM = f"""
    SELECT s.card, s.fact, c.position, s.due_day, s.first_day, s.last_day, s.ease, s.lapses, s.buried_until,
        f.content, d.content
    FROM schedule s JOIN card c ON c.key = s.card JOIN fact f ON f.deck = c.deck AND f.id = c.fact
    JOIN deck d ON d.id = c.deck
    WHERE s.learner = :learner AND s.deck = :deck AND s.shelf IN ({NEW}, {REVIEW}) AND d.removed_ms IS NULL
"""
NEXT = f"""
    SELECT due_day FROM schedule WHERE {_SHELF} {REVIEW} AND due_day > :after AND buried_until <= due_day
    ORDER BY due_day LIMIT 1
"""
UNBURIED = f"""
    SELECT min(buried_until) FROM schedule
    WHERE {_SHELF} {REVIEW} AND due_day < :before AND buried_until > due_day AND buried_until > :after
"""
ON_DAY = f"""
    SELECT count(*) FROM schedule
    WHERE {_SHELF} {REVIEW} AND due_day <= :day AND max(due_day, buried_until) = :day
"""
