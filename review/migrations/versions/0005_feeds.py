"""The keys of people's calendar feeds, as digests: a calendar program cannot sign in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "feeds",
        sa.Column("person", sa.String(200), sa.ForeignKey("people.key"), primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False, unique=True),
        sa.Column("made_at", sa.String(40), nullable=False),
    )
