"""A paper's revision also counts the holds laid on it and lifted, and its withdrawals and returns.

So a step that was prepared before one of them is refused, as it always was before a change of the text.
"""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.execute(
        "UPDATE papers SET revision = revision + (SELECT count(*) FROM claims "
        "WHERE claims.paper = papers.sha256 AND claims.kind IN ('hold', 'lift', 'withdraw', 'reinstate'))"
    )
