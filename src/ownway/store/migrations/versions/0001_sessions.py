"""The first diary: a person, their sessions, the events of each, and what hurt."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the four tables."""
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("height_cm", sa.Float()),
        sa.Column("units", sa.String(2), nullable=False),
        sa.Column("height_asked", sa.Boolean(), nullable=False),
    )
    op.create_table(
        "session",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("exercise_id", sa.String(64), nullable=False),
        sa.Column("exercise_version", sa.Integer(), nullable=False),
        sa.Column("mode", sa.String(16), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), index=True),
        sa.Column("ending", sa.String(16)),
        sa.Column("height_cm", sa.Float()),
        sa.Column("pain_before", sa.Integer()),
        sa.Column("pain_after", sa.Integer()),
        sa.Column("begun", sa.Boolean(), nullable=False),
        sa.Column("good_s", sa.Float(), nullable=False),
        sa.Column("counted_sets", sa.Integer(), nullable=False),
        sa.Column("swings_left", sa.Integer(), nullable=False),
        sa.Column("swings_right", sa.Integer(), nullable=False),
        sa.CheckConstraint("pain_before BETWEEN 0 AND 10", name="pain_before"),
        sa.CheckConstraint("pain_after BETWEEN 0 AND 10", name="pain_after"),
    )
    op.create_index("ix_session_person_started", "session", ["person_id", "started_at"])
    op.create_table(
        "event",
        sa.Column("session_id", sa.String(32), sa.ForeignKey("session.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("t_s", sa.Float(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
    )
    op.create_table(
        "hurt",
        sa.Column("session_id", sa.String(32), sa.ForeignKey("session.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("where", sa.String(32)),
        sa.Column("pain", sa.Integer()),
        sa.Column("down_leg", sa.Boolean()),
        sa.Column("numb", sa.String(16)),
        sa.CheckConstraint("pain BETWEEN 0 AND 10", name="pain"),
    )


def downgrade() -> None:
    """Drop them, the referring ones first."""
    for table in ("hurt", "event", "session", "person"):
        op.drop_table(table)
