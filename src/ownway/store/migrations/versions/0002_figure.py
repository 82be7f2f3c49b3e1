"""Who shows the movements to a person: a woman, as long as nobody chose."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; those who are there keep all they have."""
    op.add_column("person", sa.Column("figure", sa.String(2), nullable=False, server_default="f"))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("person", "figure")
