"""Plans as what was decided when, so that what was taken back stays so on every machine"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    name = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    connection = op.get_bind()
    exams = connection.execute(sa.text("SELECT learner, name, day, deck, unit, tag, days FROM exam")).all()
    days_off = connection.execute(sa.text("SELECT learner, first_day, last_day FROM day_off")).all()
    # Made anew, for a column that is added gets other words than one that was there from the start.
    op.drop_table("exam")
    op.drop_table("day_off")
    exam = op.create_table(
        "exam",
        sa.Column("learner", name, nullable=False),
        sa.Column("name", name, nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("deck", name, nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("decided_ms", sa.BigInteger(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("learner", "name", name="pk_exam"),
    )
    day_off = op.create_table(
        "day_off",
        sa.Column("learner", name, nullable=False),
        sa.Column("first_day", sa.Integer(), nullable=False),
        sa.Column("last_day", sa.Integer(), nullable=False),
        sa.Column("decided_ms", sa.BigInteger(), nullable=False),
        sa.Column("off", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("learner", "first_day", name="pk_day_off"),
    )
    # When these were decided nobody wrote down: whatever is decided from now on counts more.
    op.bulk_insert(exam, [{**row._asdict(), "decided_ms": 0, "removed": False} for row in exams])
    op.bulk_insert(day_off, [{**row._asdict(), "decided_ms": 0, "off": True} for row in days_off])


def downgrade() -> None:
    raise NotImplementedError("what was written since would be lost; restore a copy instead")
