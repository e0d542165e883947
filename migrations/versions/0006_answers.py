"""Fewer pages for an answer to write, and the number of a deck's cards kept with it"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.drop_index("ix_review_log_learner_answered_at_ms", "review_log")
    op.drop_index("ix_schedule_answered", "schedule")
    with op.batch_alter_table("deck", recreate="auto") as batch:
        batch.add_column(sa.Column("cards", sa.Integer(), nullable=False, server_default="0"))
    op.execute(
        "UPDATE deck SET cards = (SELECT count(*) FROM card WHERE card.deck = deck.id AND card.retired_ms IS NULL)"
    )


def downgrade() -> None:
    raise NotImplementedError("what was written since would be lost; restore a copy instead")
