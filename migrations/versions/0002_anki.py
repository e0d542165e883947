"""Anki: what was exported, and places taken over from there"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    name = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    deferred = {"deferrable": True, "initially": "DEFERRED"}
    # Made anew on SQLite, so that a migrated file is word for word a new one; altered in place on a server.
    with op.batch_alter_table(
        "review_log",
        recreate="auto",
        table_kwargs={"sqlite_with_rowid": False},
    ) as log:
        log.alter_column("seq", existing_type=sa.Integer(), type_=sa.BigInteger(), existing_nullable=False)
        log.alter_column("target_seq", existing_type=sa.Integer(), type_=sa.BigInteger())
        log.add_column(sa.Column("adopted", sa.Text(), nullable=True))
    op.create_table(
        "anki_note",
        sa.Column("guid", name, nullable=False),
        sa.Column("deck", name, nullable=False),
        sa.Column("fact", name, nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("changed_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deck", "fact"],
            ["fact.deck", "fact.id"],
            name="fk_anki_note_deck_fact_fact",
            onupdate="CASCADE",
            **deferred,
        ),
        sa.PrimaryKeyConstraint("guid", name="pk_anki_note"),
    )
    op.create_index("ix_anki_note_deck_fact", "anki_note", ["deck", "fact"])
    op.create_table(
        "anki_card",
        sa.Column("card", name, nullable=False),
        sa.Column("guid", name, nullable=False),
        sa.Column("ord", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["card"], ["card.key"], name="fk_anki_card_card_card", onupdate="CASCADE", **deferred
        ),
        sa.PrimaryKeyConstraint("card", name="pk_anki_card"),
    )


def downgrade() -> None:
    raise NotImplementedError("what was written since would be lost; restore a copy instead")
