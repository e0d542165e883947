"""Daily roll-up"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    name = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    bands = (0, 7, 21, 90, 365)
    op.create_table(
        "daily",
        sa.Column("learner", name, nullable=False),
        sa.Column("study_day", sa.Integer(), nullable=False),
        sa.Column("deck", name, nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("thinking_ms", sa.BigInteger(), nullable=False),
        *(
            sa.Column(f"{what}_{band}", sa.Integer(), nullable=False)
            for band in bands
            for what in ("asked", "kept")
        ),
        sa.PrimaryKeyConstraint("learner", "study_day", "deck", name="pk_daily"),
        sqlite_with_rowid=False,
    )
    # It is filled from the log once all migrations have run: `fasti.store.daily.fill`.


def downgrade() -> None:
    raise NotImplementedError("what was written since would be lost; restore a copy instead")
