"""Folders that are followed"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    name = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.create_table(
        "deck_folder",
        sa.Column("path", name, nullable=False),
        sa.PrimaryKeyConstraint("path", name="pk_deck_folder"),
    )
    op.create_table(
        "passed_over",
        sa.Column("path", name, nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("mtime_ns", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("path", name="pk_passed_over"),
    )


def downgrade() -> None:
    raise NotImplementedError("what was written since would be lost; restore a copy instead")
