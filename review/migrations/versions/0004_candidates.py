"""What the split of each paper came to, kept so that a list of thousands need not split them all again.

Drawn from the papers and what people said of them, so it is not logged, and whoever drops its rows loses time only.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "candidates",
        sa.Column("paper", sa.String(64), sa.ForeignKey("papers.sha256"), primary_key=True),
        sa.Column("made_of", sa.String(64), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
