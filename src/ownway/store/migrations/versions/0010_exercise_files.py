"""The exercise files as sessions used them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table and add the column; earlier sessions get theirs at the next start, where the file is still the same."""
    op.create_table(
        "exercise_file",
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("person.id"), primary_key=True),
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("text", sa.Text(), nullable=False),
    )
    op.add_column("session", sa.Column("exercise_file", sa.String(64)))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("session", "exercise_file")
    op.drop_table("exercise_file")
