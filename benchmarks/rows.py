"""The rows of the table, in its order."""

from benchmarks import (
    adding,
    answers,
    counting,
    keystroke,
    memory,
    packages,
    parsing,
    reviewed,
    starting,
    system_calls,
)
from benchmarks.kit import Row, Target

_PTY = ("anki", "terminal")

ROWS = (
    Row("first-card", "start to the first card on the terminal", starting.first_card, Target(0.40), _PTY),
    Row(
        "first-card-many",
        "the same in the large library, against our own in the ordinary one",
        starting.first_card_of_many,
        Target(1.3),
        _PTY,
    ),
    Row("due", "`fasti due` as a process, against the tree of decks printed", starting.due, Target(0.30)),
    Row("due-many", "the same in the large library", starting.due_of_many, Target(0.30)),
    Row(
        "memory",
        "peak of a review of 20 cards in the large library",
        memory.review_of_many,
        Target(0.5),
        _PTY,
    ),
    Row("answers", "durable answers a second", answers.durable_answers, Target(2, at_least=True)),
    Row(
        "syncs",
        "how often an answer waits for the disk, checkpoints included",
        system_calls.synchronised,
        Target(1.05),
        ("strace",),
    ),
    Row("writes", "writes to the disk an answer", system_calls.written, Target(12), ("strace",), always=True),
    Row(
        "next-card-many",
        "next card in the large library, against our own in the ordinary one",
        counting.next_card,
        Target(2),
        (),
    ),
    Row("counts", "due cards of every deck, against deck_due_tree", counting.counts, Target(0.10)),
    Row("counts-many", "the same in the large library", counting.counts_of_many, Target(0.03)),
    Row(
        "parse",
        "a deck read with line and column, against yaml.load(CSafeLoader)",
        parsing.parse,
        Target(0.30),
        (),
    ),
    Row("add", "a deck checked and added, against import_csv of the same facts", adding.add, Target(1.0)),
    Row("add-again", "the same deck unchanged, against import_csv again", adding.add_again, Target(0.05)),
    Row(
        "keystroke",
        "grade to next card on the terminal, against a Textual app",
        keystroke.against_textual,
        Target(0.45),
        ("textual", "terminal"),
    ),
    Row(
        "keystroke-median",
        "the median of the same, against 15 ms",
        keystroke.median_in_time,
        Target(1),
        ("textual", "terminal"),
    ),
    Row(
        "keystroke-99th",
        "their 99th percentile, against 40 ms",
        keystroke.nearly_all_in_time,
        Target(1),
        ("textual", "terminal"),
    ),
    Row("stats", "the first screen of statistics, against graphs(365)", reviewed.statistics, Target(0.10)),
    Row("stats-many", "the same over ten times as many answers", reviewed.statistics_of_many, Target(0.02)),
    Row(
        "refold",
        "every schedule folded anew from the log, against reading its rows",
        reviewed.refold,
        Target(3),
        (),
    ),
    Row(
        "package",
        "an Anki package written, against genanki",
        packages.seconds,
        None,
        ("genanki", "anki", "terminal"),
    ),
    Row(
        "package-memory", "peak of memory of the same", packages.memory, None, ("genanki", "anki", "terminal")
    ),
)
