"""First tables"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    name = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    deferred = {"deferrable": True, "initially": "DEFERRED"}
    op.create_table(
        "deck",
        sa.Column("id", name, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("removed_ms", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_deck"),
    )
    op.create_table(
        "deck_file",
        sa.Column("path", name, nullable=False),
        sa.Column("deck", name, nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("mtime_ns", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("problems", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["deck"], ["deck.id"], name="fk_deck_file_deck_deck", **deferred),
        sa.PrimaryKeyConstraint("path", name="pk_deck_file"),
    )
    op.create_table(
        "fact",
        sa.Column("deck", name, nullable=False),
        sa.Column("id", name, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("key", name, nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("first_seen_ms", sa.BigInteger(), nullable=False),
        sa.Column("changed_ms", sa.BigInteger(), nullable=False),
        sa.Column("retired_ms", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["deck"], ["deck.id"], name="fk_fact_deck_deck", **deferred),
        sa.PrimaryKeyConstraint("deck", "id", name="pk_fact"),
    )
    op.create_index("ix_fact_key", "fact", ["key"], postgresql_using="hash")
    op.create_table(
        "card",
        sa.Column("key", name, nullable=False),
        sa.Column("deck", name, nullable=False),
        sa.Column("fact", name, nullable=False),
        sa.Column("asks", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("face", sa.Text(), nullable=False),
        sa.Column("retired_ms", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["deck", "fact"],
            ["fact.deck", "fact.id"],
            name="fk_card_deck_fact_fact",
            onupdate="CASCADE",
            **deferred,
        ),
        sa.PrimaryKeyConstraint("key", name="pk_card"),
    )
    op.create_index("ix_card_deck_fact", "card", ["deck", "fact"])
    op.create_table(
        "alias",
        sa.Column("key", name, nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("card", name, nullable=False),
        sa.PrimaryKeyConstraint("key", "at_ms", name="pk_alias"),
    )
    op.create_index("ix_alias_card", "alias", ["card"])
    op.create_table(
        "device",
        sa.Column("id", name, nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_device"),
        sa.UniqueConstraint("fingerprint", name="uq_device_fingerprint"),
    )
    op.create_table(
        "review_log",
        sa.Column("device", name, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("learner", name, nullable=False),
        sa.Column("card", name, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=True),
        sa.Column("scale", sa.Integer(), nullable=True),
        sa.Column("answered_at_ms", sa.BigInteger(), nullable=False),
        sa.Column("utc_offset_min", sa.Integer(), nullable=False),
        sa.Column("study_day", sa.Integer(), nullable=False),
        sa.Column("thinking_ms", sa.BigInteger(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("due_offset", sa.Integer(), nullable=False),
        sa.Column("target_device", name, nullable=True),
        sa.Column("target_seq", sa.Integer(), nullable=True),
        sa.Column("profile", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("device", "seq", name="pk_review_log"),
        sqlite_with_rowid=False,
    )
    for columns in (
        ["learner", "study_day", "answered_at_ms"],
        ["learner", "answered_at_ms"],
        ["learner", "card", "answered_at_ms"],
    ):
        op.create_index(f"ix_review_log_{'_'.join(columns)}", "review_log", columns)
    op.create_table(
        "schedule",
        sa.Column("card", name, nullable=False),
        sa.Column("learner", name, nullable=False),
        sa.Column("deck", name, nullable=False),
        sa.Column("fact", name, nullable=False),
        sa.Column("shelf", sa.Integer(), nullable=False),
        sa.Column("rank", sa.BigInteger(), nullable=False),
        sa.Column("folded_ms", sa.BigInteger(), nullable=False),
        sa.Column("repetitions", sa.Integer(), nullable=False),
        sa.Column("interval", sa.Integer(), nullable=False),
        sa.Column("ease", sa.Integer(), nullable=False),
        sa.Column("lapses", sa.Integer(), nullable=False),
        sa.Column("due_day", sa.Integer(), nullable=True),
        sa.Column("first_day", sa.Integer(), nullable=True),
        sa.Column("last_day", sa.Integer(), nullable=True),
        sa.Column("owed", sa.Boolean(), nullable=False),
        sa.Column("suspended", sa.Boolean(), nullable=False),
        sa.Column("buried_until", sa.Integer(), nullable=False),
        sa.Column("flagged", sa.Boolean(), nullable=False),
        sa.Column("reviews", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["card"], ["card.key"], name="fk_schedule_card_card", onupdate="CASCADE", **deferred
        ),
        sa.PrimaryKeyConstraint("card", "learner", name="pk_schedule"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_schedule_queue",
        "schedule",
        ["learner", "deck", "shelf", "due_day", "rank", "card", "buried_until", "fact"],
    )
    op.create_index("ix_schedule_answered", "schedule", ["learner", "last_day"])


def downgrade() -> None:
    raise NotImplementedError("what was written since would be lost; restore a copy instead")
