"""The shape of the database, and nothing else. Portable SQL; times are text in UTC.

Every row of a case carries ``case_id`` in its primary key and in every foreign key, so that the
database itself refuses a row of another case. Columns of type ``Sealed`` take sealed bytes only.
"""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

from broker.store.columns import Moment, Sealed

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

ID = String(32)


def _of_member(*columns: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(columns, ["members.case_id", "members.member_id"])


def _of_message() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["case_id", "message_id"], ["messages.case_id", "messages.message_id"]
    )


keys = Table(
    "keys",
    metadata,
    Column("scope", ID, primary_key=True),
    Column("owner", ID, primary_key=True),
    Column("wrapped", LargeBinary, nullable=False),
)
"""Data keys: a scope's own key (owner = scope) is wrapped by the master key, the others by it."""

persons = Table(
    "persons",
    metadata,
    Column("person_id", ID, primary_key=True),
    Column("login_index", LargeBinary, nullable=False, unique=True),
    Column("login", Sealed, nullable=False),
    Column("name", Sealed, nullable=False),
    Column("password", String(200), nullable=False),
    Column("operator", Boolean, nullable=False),
    Column("disabled", Boolean, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("secret_hash", LargeBinary, primary_key=True),
    Column("person_id", ID, nullable=False, index=True),
    Column("started_at", Moment, nullable=False),
    Column("used_at", Moment, nullable=False),
    Column("ended_at", Moment),
    ForeignKeyConstraint(["person_id"], ["persons.person_id"]),
)

tries = Table(
    "tries",
    metadata,
    Column("try_id", Integer, primary_key=True),
    Column("pair", LargeBinary, nullable=False, index=True),
    Column("at", Moment, nullable=False),
)

cases = Table(
    "cases",
    metadata,
    Column("case_id", ID, primary_key=True),
    Column("code", String(8), nullable=False, unique=True),
    Column("about", String(12), nullable=False),
    Column("zone", String(64), nullable=False),
    Column("state", String(12), nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("demo", Boolean, nullable=False),
)

members = Table(
    "members",
    metadata,
    Column("case_id", ID, primary_key=True),
    Column("member_id", ID, primary_key=True),
    Column("person_id", ID, index=True),
    Column("role", String(12), nullable=False),
    Column("name", Sealed, nullable=False),
    Column("since", Moment, nullable=False),
    Column("until", Moment),
    Column("place", Integer, nullable=False),
    Column("shield", String(12), nullable=False),
    ForeignKeyConstraint(["case_id"], ["cases.case_id"]),
    ForeignKeyConstraint(["person_id"], ["persons.person_id"]),
    UniqueConstraint("case_id", "person_id"),
)

codes = Table(
    "codes",
    metadata,
    Column("case_id", ID, primary_key=True),
    Column("member_id", ID, primary_key=True),
    Column("code_hash", LargeBinary, nullable=False, unique=True),
    Column("until", Moment, nullable=False),
    Column("used_at", Moment),
    _of_member("case_id", "member_id"),
)

terms = Table(
    "terms",
    metadata,
    Column("case_id", ID, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("since", Moment, nullable=False),
    Column("body", String, nullable=False),
    ForeignKeyConstraint(["case_id"], ["cases.case_id"]),
)

threads = Table(
    "threads",
    metadata,
    Column("case_id", ID, primary_key=True),
    Column("thread_id", ID, primary_key=True),
    Column("topic", String(16), nullable=False),
    Column("title", Sealed),
    Column("number", Integer),
    Column("delivered", Integer, nullable=False),
    Column("imported", Integer, nullable=False),
    ForeignKeyConstraint(["case_id"], ["cases.case_id"]),
    UniqueConstraint("case_id", "number"),
)
"""``delivered`` and ``imported`` are the last numbers given in the thread."""

messages = Table(
    "messages",
    metadata,
    Column("case_id", ID, primary_key=True),
    Column("message_id", ID, primary_key=True),
    Column("thread_id", ID, nullable=False),
    Column("author", ID, nullable=False),
    Column("state", String(12), nullable=False),
    Column("commitment", LargeBinary, nullable=False),
    Column("submitted_at", Moment, nullable=False),
    Column("undo_until", Moment, nullable=False),
    Column("accepted_at", Moment),
    Column("delivered_at", Moment),
    Column("due_at", Moment),
    Column("number", Integer),
    Column("reply_to", ID),
    Column("cannot_wait", String(32)),
    Column("urgent", Boolean, nullable=False),
    Column("folded", Boolean, nullable=False),
    Column("note", Sealed),
    Column("claim", Sealed),
    ForeignKeyConstraint(["case_id", "thread_id"], ["threads.case_id", "threads.thread_id"]),
    ForeignKeyConstraint(["case_id", "reply_to"], ["messages.case_id", "messages.message_id"]),
    _of_member("case_id", "author"),
    Index("ix_messages_page", "case_id", "thread_id", "delivered_at", "number"),
    Index("ix_messages_author", "case_id", "author", "accepted_at"),
    Index("ix_messages_state", "state", "due_at"),
)

bodies = Table(
    "bodies",
    metadata,
    Column("case_id", ID, primary_key=True),
    Column("message_id", ID, primary_key=True),
    Column("body", Sealed, nullable=False),
    Column("assessment", Sealed, nullable=False),
    _of_message(),
)
"""Salt and text of a message (sealed together), and what the language step said of it."""

submissions = Table(
    "submissions",
    metadata,
    Column("case_id", ID, primary_key=True),
    Column("author", ID, primary_key=True),
    Column("form", String(64), primary_key=True),
    Column("message_id", ID),
    Column("mac", LargeBinary),
    _of_member("case_id", "author"),
)
"""One row a form: which message it sent. Of an undone message only the spent form key stays."""

holds = Table(
    "holds",
    metadata,
    Column("case_id", ID, primary_key=True),
    Column("message_id", ID, primary_key=True),
    Column("why", String(32), nullable=False),
    Column("held_at", Moment, nullable=False),
    Column("promise_at", Moment, nullable=False, index=True),
    Column("lapses_at", Moment, nullable=False),
    Column("decision", String(12)),
    Column("decided_by", ID),
    Column("effective_at", Moment),
    Column("reason", Sealed),
    Column("note", Sealed),
    _of_message(),
    _of_member("case_id", "decided_by"),
)

views = Table(
    "views",
    metadata,
    Column("case_id", ID, primary_key=True),
    Column("message_id", ID, primary_key=True),
    Column("member_id", ID, primary_key=True),
    Column("at", Moment, nullable=False),
    _of_message(),
    _of_member("case_id", "member_id"),
)

drafts = Table(
    "drafts",
    metadata,
    Column("case_id", ID, primary_key=True),
    Column("draft_id", ID, primary_key=True),
    Column("member_id", ID, nullable=False),
    Column("text", Sealed, nullable=False),
    Column("topic", String(16), nullable=False),
    Column("thread_id", ID),
    Column("reply_to", ID),
    Column("kept_until", Moment, nullable=False, index=True),
    _of_member("case_id", "member_id"),
)

entries = Table(
    "entries",
    metadata,
    Column("origin", String(80), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("data", LargeBinary, nullable=False),
    Column("leaf", LargeBinary, nullable=False),
)
"""The ledger. Append-only by trigger; holds no foreign key, so that nothing can cascade into it."""

jobs = Table(
    "jobs",
    metadata,
    Column("job_id", ID, primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("case_id", ID, nullable=False),
    Column("subject", ID, nullable=False),
    Column("due_at", Moment, nullable=False, index=True),
    Column("attempts", Integer, nullable=False),
    UniqueConstraint("kind", "case_id", "subject"),
)

notices = Table(
    "notices",
    metadata,
    Column("case_id", ID, primary_key=True),
    Column("notice_id", ID, primary_key=True),
    Column("member_id", ID, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("at", Moment, nullable=False),
    Column("about", String, nullable=False),
    Column("seen_at", Moment),
    _of_member("case_id", "member_id"),
)

exports = Table(
    "exports",
    metadata,
    Column("case_id", ID, primary_key=True),
    Column("export_id", ID, primary_key=True),
    Column("member_id", ID, nullable=False),
    Column("number", Integer, nullable=False),
    Column("thread_id", ID),
    Column("purpose", String(16), nullable=False),
    Column("page_size", String(8), nullable=False),
    Column("state", String(12), nullable=False),
    Column("step", String(40), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("pages", Integer),
    Column("sha256", String(64)),
    Column("name", String(64), nullable=False),
    Column("asked", Sealed),
    Column("file", Sealed),
    _of_member("case_id", "member_id"),
    UniqueConstraint("case_id", "member_id", "number"),
)
"""``asked``: what was typed for this record alone (names for its cover), until it is made."""
