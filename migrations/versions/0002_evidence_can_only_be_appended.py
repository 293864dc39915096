"""Evidence can only be appended: triggers that refuse every other statement (SQLite)

Revision: 0002, after: 0001
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TRIGGERS = {
    "entries_no_update": "CREATE TRIGGER entries_no_update BEFORE UPDATE ON entries"
    " BEGIN SELECT RAISE(ABORT, 'entries: evidence can only be appended'); END",
    "entries_no_delete": "CREATE TRIGGER entries_no_delete BEFORE DELETE ON entries"
    " BEGIN SELECT RAISE(ABORT, 'entries: evidence can only be appended'); END",
    "bodies_no_update": "CREATE TRIGGER bodies_no_update BEFORE UPDATE ON bodies"
    " BEGIN SELECT RAISE(ABORT, 'bodies: evidence can only be appended'); END",
    "messages_frozen": "CREATE TRIGGER messages_frozen BEFORE UPDATE OF"
    " case_id, message_id, thread_id, author, commitment, submitted_at, claim ON messages"
    " BEGIN SELECT RAISE(ABORT, 'messages: what was written is never rewritten'); END",
}


def upgrade() -> None:
    if op.get_context().dialect.name == "sqlite":
        for trigger in TRIGGERS.values():
            op.execute(trigger)


def downgrade() -> None:
    if op.get_context().dialect.name == "sqlite":
        for name in TRIGGERS:
            op.execute(f"DROP TRIGGER {name}")
