"""What the story needs from the world, as small protocols.

`broker.store` and others implement them. Values that cross are the frozen ones of `broker.domain`.
"""

from broker.ports.due import Exports, Jobs, Outbox
from broker.ports.evidence import Log, Logs
from broker.ports.messages import Drafts, Holds, Messages, TermsBook, Threads
from broker.ports.people import Hasher, People, Sessions
from broker.ports.work import Assessor, Clock, Parts, Work

__all__ = [
    "Assessor",
    "Clock",
    "Drafts",
    "Exports",
    "Hasher",
    "Holds",
    "Jobs",
    "Log",
    "Logs",
    "Messages",
    "Outbox",
    "Parts",
    "People",
    "Sessions",
    "TermsBook",
    "Threads",
    "Work",
]
