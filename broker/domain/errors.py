"""Refusals, each a sentence that may be shown to whoever caused it (rule 11 of the house).

Sentences are gettext ids with named placeholders; the doors translate them. ``status`` is the HTTP
status that fits; nothing else here knows of the web.
"""

from typing import ClassVar

from broker.domain.words import N_


class BrokerError(Exception):
    """Base of every refusal; never raised itself."""

    sentence: ClassVar[str] = N_("That could not be done.")
    status: ClassVar[int] = 400

    def __init__(self, **words: object) -> None:
        self.words = words
        super().__init__(self.sentence % words)


class TextRefused(BrokerError):
    """The text itself cannot be taken; the person keeps it and can change it."""

    status = 422


class TextEmpty(TextRefused):
    """Nothing but white space was written."""

    sentence = N_("There is nothing to send yet. Write your message first.")


class TextTooLong(TextRefused):
    """Over the limit of the case's terms (Unicode code points)."""

    sentence = N_(
        "This text has %(length)d characters. Up to %(limit)d can be sent. Your text is still here."
    )


class TextUnreadable(TextRefused):
    """Holds NUL, other control characters or half a surrogate pair."""

    sentence = N_(
        "This text holds a character that cannot be kept (%(what)s). Take it out and send again."
        " Your text is still here."
    )


class NotHere(BrokerError):
    """Unknown, of another case or not for this person: one answer; links reveal nothing."""

    sentence = N_("There is no such page, or it is not yours to see.")
    status = 404


class KeyReused(BrokerError):
    """The same form was sent again with other words."""

    sentence = N_(
        "This form has already sent a message. Your new text is still here;"
        " send it from a new page."
    )
    status = 422


class TakenBack(BrokerError):
    """The same form was sent again after its message had been undone."""

    sentence = N_("You took this message back. Your text is still here; send it from a new page.")
    status = 409


class TooLate(BrokerError):
    """The moment for this has passed."""

    sentence = N_("It is too late for that: the message has already gone on its way.")
    status = 409


class AlreadyDecided(BrokerError):
    """Somebody else, or the clock, decided first."""

    sentence = N_("This one has been decided already. Nothing was changed.")
    status = 409


class ReasonNeeded(BrokerError):
    """A decision that keeps a message back says why."""

    sentence = N_("Write a reason. It is kept in the log of the mediators.")
    status = 422


class NoteNeeded(BrokerError):
    """A returned message says what to change."""

    sentence = N_("Write a note to the writer. Say which words, and what would help.")
    status = 422


class NoteRefused(BrokerError):
    """The note to the writer was itself flagged by the language step (S12)."""

    sentence = N_("The note holds wording that would be flagged in a message. Change it.")
    status = 422


class NoteUnchecked(BrokerError):
    """The language step could not read the note; what is not checked is never taken as plain."""

    sentence = N_("The note could not be checked just now. Wait a minute, then save again.")
    status = 503


class MediatorNeeded(BrokerError):
    """Terms that hold messages need somebody who looks at them."""

    sentence = N_("Messages can be held only in a case with a mediator. Add a mediator first.")
    status = 422


class CaseNotOpen(BrokerError):
    """The case is paused or closed, or this member has left it."""

    sentence = N_("Messages cannot be sent in this case at the moment. Your text is still here.")
    status = 409


class CodeRefused(BrokerError):
    """Unknown, used or expired joining code: one answer for all three (S15)."""

    sentence = N_("This code cannot be used. It may have been used already, or be out of date.")
    status = 422


class SignInRefused(BrokerError):
    """One answer for every reason a sign-in can fail."""

    sentence = N_("That name and password do not match.")
    status = 422


class Throttled(BrokerError):
    """Too many tries from this place, at this account or with joining codes."""

    sentence = N_("There were too many tries. Try again in %(minutes)d minutes.")
    status = 429


class NameTaken(BrokerError):
    """A sign-in name is in use."""

    sentence = N_("That sign-in name cannot be used. Choose another one.")
    status = 422


class PasswordTooShort(BrokerError):
    """Shorter than the least length for this role."""

    sentence = N_("The password is too short. Use at least %(least)d characters.")
    status = 422


class TwoPeopleNeeded(BrokerError):
    """Two different operators or mediators must confirm."""

    sentence = N_("Two different people must confirm this. Name a second one.")
    status = 422


class FileRefused(BrokerError):
    """A file for import cannot be read."""

    sentence = N_("Line %(line)d of the file cannot be read: %(why)s. Nothing was imported.")
    status = 422


class ClockWentBack(BrokerError):
    """The server's clock stands before the last entry by more than the allowed skew."""

    sentence = N_("The clock of this service is wrong. Nothing was changed. Tell the operator.")
    status = 503


class StoreRefused(BrokerError):
    """Disk full, read-only or busy for too long: nothing was written."""

    sentence = N_("This could not be saved just now. Nothing was lost. Try again in a minute.")
    status = 503


class SettingRefused(BrokerError):
    """A value of a setting is unknown or out of range."""

    sentence = N_("%(name)s cannot be %(value)s.")
    status = 422


class RecordUnderWay(BrokerError):
    """One record at a time for each member, so that nobody can keep the machine busy."""

    sentence = N_("Another record of yours is still being made. Ask again when it is ready.")
    status = 409


class RecordNotMade(BrokerError):
    """The pages could not be set; ``why`` is the id of the reason."""

    sentence = N_("The record could not be made. Nothing was changed. You can try again.")
    status = 503


class ChoiceNeeded(BrokerError):
    """A form with a choice was sent without one."""

    sentence = N_("Choose what should happen to it.")
    status = 422
