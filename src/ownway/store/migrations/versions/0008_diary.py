"""The diary: entries, questionnaires, and what was measured in a session."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and add the columns; what was measured in earlier sessions is read from their events at the next start."""
    op.create_table(
        "entry",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        *(sa.Column(name, sa.Integer()) for name in ("pain_now", "pain_worst", "pain_average")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("areas", "feels", "note")),
        *(sa.Column(name, sa.Integer()) for name in ("sleep", "active_min")),
        sa.Column("medicine", sa.Text(), nullable=False),
        *(
            sa.CheckConstraint(f"{name} BETWEEN 0 AND 10", name=op.f(f"ck_entry_{name}"))
            for name in ("pain_now", "pain_worst", "pain_average", "sleep")
        ),
    )
    op.create_index("ix_entry_person_at", "entry", ["person_id", "at"])
    op.create_table(
        "filled",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("ticked", sa.Text(), nullable=False),
        sa.Column("activities", sa.Text(), nullable=False),
    )
    op.create_index("ix_filled_person_at", "filled", ["person_id", "at"])
    op.add_column("person", sa.Column("extras", sa.String(60)))
    op.add_column("session", sa.Column("measured", sa.Text()))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("session", "measured")
    op.drop_column("person", "extras")
    op.drop_table("filled")
    op.drop_table("entry")
