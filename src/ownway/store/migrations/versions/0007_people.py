"""Several people, each with a diary and settings of their own; and the dose that a session was given."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ADDED = {
    "person": (
        ("name", sa.String(40)),
        ("pin", sa.String(200)),
        ("calendar_key", sa.String(32)),
        ("birth_year", sa.Integer()),
        ("language", sa.String(8)),
        ("voice", sa.String(200)),
        ("half_period_s", sa.Float()),
        ("range_deg", sa.Float()),
    ),
    "session": (("dose_sets", sa.Integer()), ("dose_s", sa.Float())),
}


def upgrade() -> None:
    """Add the columns and make the table; whoever is there keeps all they have, and is asked for no name yet."""
    for table, columns in ADDED.items():
        for name, kind in columns:
            op.add_column(table, sa.Column(name, kind))
    op.create_table(
        "visit",
        sa.Column("token", sa.String(64), primary_key=True),
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("person.id", ondelete="CASCADE"), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("visit")
    for table, columns in ADDED.items():
        for name, _kind in columns:
            op.drop_column(table, name)
