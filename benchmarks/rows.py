"""The rows of the table, in its order."""

from benchmarks import adding, answers, counting
from benchmarks.kit import Row, Target

ROWS = (
    Row("answers", "durable answers a second", answers.durable_answers, Target(2, at_least=True)),
    Row(
        "next-card-many",
        "next card in the large library, against the ordinary one",
        counting.next_card,
        Target(2),
        (),
    ),
    Row("counts", "due cards of every deck, against deck_due_tree", counting.counts, Target(0.10)),
    Row("counts-many", "the same in the large library", counting.counts_of_many, Target(0.03)),
    Row("add", "a deck checked and added, against import_csv of the same facts", adding.add, Target(1.0)),
    Row("add-again", "the same deck unchanged, against import_csv again", adding.add_again, Target(0.05)),
)
