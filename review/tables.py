"""The register's tables. `log`, `claims`, `releases` and `versions` only ever grow: triggers refuse the rest.

Times are ISO 8601 text in UTC and values are JSON text, both exactly as they were hashed, on either database.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
)

HEAD = "0006"
"""The migration this code is written for; a test holds it equal to the newest one in `review/migrations`."""

APPEND_ONLY = ("log", "claims", "releases", "versions")
DERIVED = frozenset({"candidates"})
"""What is made of the other tables, and anew wherever it is missing: no backup needs it."""

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
    }
)

papers = Table(
    "papers", metadata,
    Column("sha256", String(64), primary_key=True),
    Column("file_name", Text, nullable=False),
    Column("reference", Text),
    Column("title", Text),
    Column("form", Text),
    Column("entered_by", Text),
    Column("entered_at", String(40), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("record", Text, nullable=False),
    Column("record_digest", String(64), nullable=False),
    Column("rules_digest", String(64), nullable=False),
    Column("findings", Text, nullable=False),
    Column("drafting", Text, nullable=False),
)  # fmt: skip

paper_references = Table(
    "paper_references", metadata,
    Column("paper", String(64), ForeignKey("papers.sha256"), nullable=False),
    Column("key", String(200), nullable=False),
    PrimaryKeyConstraint("paper", "key"),
    Index(None, "key"),
)  # fmt: skip

# Drawn from the records, so that it is made anew and not logged: which papers have which runs of words.
paper_runs = Table(
    "paper_runs", metadata,
    Column("run", BigInteger, nullable=False),
    Column("paper", String(64), ForeignKey("papers.sha256"), nullable=False),
    PrimaryKeyConstraint("run", "paper"),
    Index(None, "paper"),
)  # fmt: skip

# What the split of a paper came to, kept under a digest of all that it is made of (`review.standings`); not logged.
candidates = Table(
    "candidates", metadata,
    Column("paper", String(64), ForeignKey("papers.sha256"), primary_key=True),
    Column("made_of", String(64), nullable=False),
    Column("body", Text, nullable=False),
)  # fmt: skip

people = Table(
    "people", metadata,
    Column("key", String(200), primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", String(20), nullable=False),
    Column("added_at", String(40), nullable=False),
    Column("closed_at", String(40)),
)  # fmt: skip

# How a person signs in at the desk: the hash of a password, the digest of a one-time word, the subject of a provider.
accounts = Table(
    "accounts", metadata,
    Column("person", String(200), ForeignKey("people.key"), primary_key=True),
    Column("password", Text),
    Column("word", String(64)),
    Column("word_until", String(40)),
    Column("subject", String(64), unique=True),
    Column("changed_at", String(40), nullable=False),
)  # fmt: skip

# Who sits at the desk, under the digest of a token that only their browser has. Not logged: a session says nothing.
sessions = Table(
    "sessions", metadata,
    Column("digest", String(64), primary_key=True),
    Column("person", String(200), ForeignKey("people.key"), nullable=False),
    Column("started_at", String(40), nullable=False),
    Column("seen_at", String(40), nullable=False),
    Index(None, "person"),
)  # fmt: skip

# Sign-ins that failed lately: a row for the name that was typed, as a digest, and one for the address it came from.
attempts = Table(
    "attempts", metadata,
    Column("n", Integer, primary_key=True),
    Column("about", String(80), nullable=False),
    Column("at", String(40), nullable=False),
    Index(None, "about"),
)  # fmt: skip

# The calendar feed of a person, under the digest of a key that stands in its address and nowhere else.
feeds = Table(
    "feeds", metadata,
    Column("person", String(200), ForeignKey("people.key"), primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("made_at", String(40), nullable=False),
)  # fmt: skip

log = Table(
    "log", metadata,
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("at", String(40), nullable=False),
    Column("by", Text),
    Column("what", String(40), nullable=False),
    Column("paper", String(64)),
    Column("body", Text, nullable=False),
    Column("body_digest", String(64), nullable=False),
    Column("previous", String(64), nullable=False),
    Column("digest", String(64), nullable=False, unique=True),
)  # fmt: skip

# A claim bears the number of its log entry, so that neither can be there without the other.
claims = Table(
    "claims", metadata,
    Column("n", Integer, ForeignKey("log.n"), primary_key=True, autoincrement=False),
    Column("paper", String(64), ForeignKey("papers.sha256"), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("by", Text, nullable=False),
    Column("at", String(40), nullable=False),
    Column("because", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("record_digest", String(64), nullable=False),
    Column("rules_digest", String(64), nullable=False),
    Index(None, "paper"),
)  # fmt: skip

releases = Table(
    "releases", metadata,
    Column("n", Integer, ForeignKey("log.n"), primary_key=True, autoincrement=False),
    Column("at", String(40), nullable=False),
    Column("by", Text),
    Column("certificate_digest", String(64), nullable=False),
)  # fmt: skip

versions = Table(
    "versions", metadata,
    Column("release", Integer, ForeignKey("releases.n"), nullable=False),
    Column("paper", String(64), ForeignKey("papers.sha256"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("published_on", String(10), nullable=False),
    Column("note", Text, nullable=False),
    PrimaryKeyConstraint("paper", "number"),
)  # fmt: skip
