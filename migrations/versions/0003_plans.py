"""Exams and days off"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    name = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.create_table(
        "exam",
        sa.Column("learner", name, nullable=False),
        sa.Column("name", name, nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("deck", name, nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("learner", "name", name="pk_exam"),
    )
    op.create_table(
        "day_off",
        sa.Column("learner", name, nullable=False),
        sa.Column("first_day", sa.Integer(), nullable=False),
        sa.Column("last_day", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("learner", "first_day", name="pk_day_off"),
    )


def downgrade() -> None:
    raise NotImplementedError("what was written since would be lost; restore a copy instead")
