"""The daily numbers are what counting the log says, however its entries came into it."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fasti.core.day_counts import DayCounts
from fasti.core.entry_kinds import EntryKind
from fasti.core.log import Adopted, LogEntry
from fasti.store import daily, migrate, refolding, reviews
from fasti.store.database import Database
from fasti.store.enrolment import enrol
from fasti.store.names import all_names
from fasti.store.renaming import rename_cards
from tests.conftest import Blank
from tests.store.days_by_hand import counted_by_hand, daily_numbers
from tests.store.making import DAY_MS, Student, a_card, shelve

CARD = "war/somme#when"
CARDS = ("war/somme#when", "war/ypres#when", "peace/versailles#when", "peace/versailles#what", "gone/x#when")


def a_log_entry(device: str, seq: int, **changes: object) -> LogEntry:
    entry = LogEntry(device, seq, "me", CARD, EntryKind.REVIEW, 4, 4, 100 * DAY_MS, 0, 100, 900, None)
    return replace(entry, **changes)  # type: ignore[arg-type]


def days_of(database: Database, *decks: str) -> list[tuple[int, DayCounts]]:
    with database.reading() as connection:
        return daily.days(connection, "me", 0, decks or None)


def test_a_first_answer_is_new_and_a_later_one_tells_of_memory(database: Database) -> None:
    with database.writing() as connection:
        shelve(connection, "war", {"somme": ["when"]})
    student = Student(database)
    student.review(CARD, 100)
    student.review(CARD, 101, grade=2)
    student.review(CARD, 101)

    assert days_of(database) == [
        (100, DayCounts(answers=1, new=1, thinking_ms=900)),
        (101, DayCounts(answers=2, thinking_ms=1800, asked_0=1)),
    ]


def test_a_card_counts_in_the_band_of_the_interval_that_it_had(database: Database) -> None:
    with database.writing() as connection:
        shelve(connection, "war", {"somme": ["when"]})
    student = Student(database)
    for day in (100, 101, 107, 122, 160):  # after 1, 6, 15 and 38 days
        student.review(CARD, day)
    counts = [counts for _, counts in days_of(database)]

    assert [(each.kept_0, each.kept_7, each.kept_21) for each in counts] == [
        (0, 0, 0),
        (1, 0, 0),
        (1, 0, 0),
        (0, 1, 0),
        (0, 0, 1),
    ]


def test_what_is_taken_back_counts_nowhere_and_leaves_no_row(database: Database) -> None:
    with database.writing() as connection:
        shelve(connection, "war", {"somme": ["when"]})
    student = Student(database)
    student.review(CARD, 100)
    student.undo(101)

    assert daily_numbers(database, "me") == {}


def test_days_are_summed_over_decks_or_told_of_some(database: Database) -> None:
    with database.writing() as connection:
        shelve(connection, "war", {"somme": ["when"]})
        shelve(connection, "peace", {"versailles": ["when"]})
    student = Student(database)
    student.review(CARD, 100)
    student.review("peace/versailles#when", 100)
    student.review(CARD, 102)

    assert [(day, counts.answers) for day, counts in days_of(database)] == [(100, 2), (102, 1)]
    assert [(day, counts.answers) for day, counts in days_of(database, "peace")] == [(100, 1)]
    with database.reading() as connection:
        assert daily.days_studied(connection, "me") == [100, 102]
        assert daily.days_studied(connection, "me", ["peace"]) == [100]
        assert daily.days(connection, "me", 101) == days_of(database)[1:]
        assert daily.days_studied(connection, "you") == []


def test_cards_that_the_library_does_not_have_count_too_and_find_their_deck_by_name(
    database: Database,
) -> None:
    with database.writing() as connection:
        shelve(connection, "war", {"somme": ["when"]})
        reviews.insert_entries(connection, [a_log_entry("other", 1, card="war/lost#when")])
        refolding.refold(connection, "me")
        card = a_card("war", "somme")
        # The card takes the name under which the lost one was answered, in another deck of that name.
        rename_cards(connection, [(CARD, card._replace(key="war/lost#when"))], 200 * DAY_MS)

    assert list(daily_numbers(database, "me")) == [(100, "war")]


def test_a_database_from_before_the_daily_numbers_is_counted_when_it_is_upgraded(database: Database) -> None:
    with database.writing() as connection:
        shelve(connection, "war", {"somme": ["when"]})
        enrol(connection, "you")
    for student in (Student(database), Student(database, "you", "desktop")):
        student.review(CARD, 100)
        student.review(CARD, 101, grade=2)
    kept = [daily_numbers(database, learner) for learner in ("me", "you")]
    with database.migrating() as connection:
        connection.exec_driver_sql("DROP TABLE daily")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0004'")

    migrate.upgrade(database, 0)

    assert [daily_numbers(database, learner) for learner in ("me", "you")] == kept
    assert [len(each) for each in kept] == [2, 2]


kinds = st.sampled_from([EntryKind.REVIEW] * 6 + [EntryKind.DRILL, EntryKind.CRAM, EntryKind.RESET])


@st.composite
def logs(draw: st.DrawFn) -> list[LogEntry]:
    """Entries of two devices in any order, undos of each other and of nothing among them."""
    found: list[LogEntry] = []
    for seq in range(1, draw(st.integers(0, 14)) + 1):
        day = 100 + draw(st.integers(0, 40))
        entry = a_log_entry(
            draw(st.sampled_from(["abroad", "borrowed"])),
            seq,
            card=draw(st.sampled_from(CARDS)),
            answered_at_ms=day * DAY_MS + draw(st.integers(0, 3)),
            study_day=day,
            thinking_ms=draw(st.sampled_from([None, 0, 900, 10**9])),
        )
        kind = draw(st.sampled_from(["answer", "answer", "answer", "adopt", "undo"]))
        if kind == "answer":
            kind = draw(kinds)
            grade = None if kind is EntryKind.RESET else draw(st.integers(0, 5))
            entry = replace(entry, kind=kind, grade=grade)
        elif kind == "adopt":
            place = Adopted(3, draw(st.integers(1, 400)), 250, 0, draw(st.sampled_from([None, day, day + 9])))
            entry = replace(entry, kind=EntryKind.ADOPT, grade=None, adopted=place)
        elif found:
            target = draw(st.sampled_from(found))
            entry = replace(
                entry,
                kind=EntryKind.UNDO,
                grade=None,
                card=target.card,
                target_device=target.device,
                target_seq=target.seq,
            )
        found.append(entry)
    return draw(st.permutations(found))


actions = st.one_of(
    st.tuples(st.just("merge"), st.integers(1, 8)),
    st.tuples(st.just("answer"), st.sampled_from(CARDS[:4]), st.integers(0, 45), st.integers(0, 5)),
    st.tuples(st.just("reset"), st.sampled_from(CARDS[:4]), st.integers(0, 45)),
    st.tuples(st.just("undo"), st.integers(0, 45)),
)


@given(logs(), st.lists(actions, max_size=14))
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_the_daily_numbers_are_those_of_the_log(
    blank: Blank, abroad: list[LogEntry], history: list[tuple[object, ...]]
) -> None:
    with blank() as database:
        with database.writing() as connection:
            shelve(connection, "war", {"somme": ["when"], "ypres": ["when"]})
            shelve(connection, "peace", {"versailles": ["when", "what"]})
        student = Student(database)
        waiting = list(abroad)
        for name, *arguments in history:
            _act(student, waiting, str(name), arguments)

        assert daily_numbers(database, "me") == _by_hand(database)
        with database.writing() as connection:
            assert daily.rebuild(connection, "me") == 0


def _act(student: Student, waiting: list[LogEntry], name: str, arguments: list[object]) -> None:
    match name, arguments:
        case "merge", [int(number)]:
            some = waiting[:number]
            del waiting[:number]
            with student.database.writing() as connection:
                reviews.insert_entries(connection, some)
                refolding.refold(connection, "me")
        case "answer", [str(card), int(after), int(grade)]:
            student.review(card, 100 + after, grade)
        case "reset", [str(card), int(after)]:
            student.note(card, 100 + after, EntryKind.RESET)
        case "undo", [int(after)]:
            student.undo(100 + after)


def _by_hand(database: Database) -> dict[tuple[int, str], dict[str, int]]:
    with database.reading() as connection:
        names = all_names(connection)
        cards: dict[str, list[LogEntry]] = {}
        for entry in reviews.entries(connection, "me"):
            cards.setdefault(names.card_of(entry.card, entry.answered_at_ms), []).append(entry)
    return counted_by_hand(cards)
