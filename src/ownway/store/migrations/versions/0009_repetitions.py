"""How many repetitions of a session were done well."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; no session before had a dose of repetitions, and so nothing is to be counted for it."""
    op.add_column("session", sa.Column("repetitions", sa.Integer()))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("session", "repetitions")
