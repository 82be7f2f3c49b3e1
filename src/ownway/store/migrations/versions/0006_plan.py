"""What the plan remembers: how the mornings were, which levels were chosen, what was left out on a day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the three tables."""
    op.create_table(
        "morning",
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("person.id"), primary_key=True),
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("feeling", sa.String(8), nullable=False),
    )
    op.create_table(
        "level_choice",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("exercise_id", sa.String(64), nullable=False),
        sa.Column("level_id", sa.String(32), nullable=False),
        sa.Column("chosen_at", sa.DateTime(), nullable=False),
    )
    op.create_table(
        "mark",
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("person.id"), primary_key=True),
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("item", sa.String(64), primary_key=True),
        sa.Column("mark", sa.String(8), nullable=False),
    )


def downgrade() -> None:
    """Drop them."""
    for table in ("mark", "level_choice", "morning"):
        op.drop_table(table)
