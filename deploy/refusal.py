"""The one exception that set-up shows to a person, and how machine errors become its sentence.

Knows errors of the operating system and what they mean to the person at the keyboard; does not
know which step met them.
"""

import errno
import os

DISK_FULL = (
    "The disk is full, or a limit on the size of files was reached, while {doing}. "
    "Make room in {folder} and start again: what was begun is then done anew."
)
READ_ONLY = (
    "{folder} cannot be written to. Put the project in a folder of your own, "
    "or give yourself the right: sudo chown -R $(id -un) {folder}"
)
READ_ONLY_DISK = (
    "{folder} is on a disk that can only be read. Copy the project to another folder and "
    "start it there."
)
DATABASE_STUCK = (
    "The database could not be written while {doing}: the disk is full, a limit on the size of "
    "files was reached, or the disk fails. Make room in {folder} and start again."
)
NO_NETWORK = (
    "The network did not answer while {doing}. Look at the connection and start again; "
    "what is here already is used again."
)
NOT_AS_LOCKED = (
    "A package that came is not the one that was locked, so it was not installed. Start again; "
    "if it stays so, do not install it by hand: tell the people who keep this project."
)

SENTENCES = {
    errno.ENOSPC: DISK_FULL,
    errno.EDQUOT: DISK_FULL,
    errno.EFBIG: DISK_FULL,
    errno.EROFS: READ_ONLY_DISK,
    errno.EACCES: READ_ONLY,
    errno.EPERM: READ_ONLY,
}

# What programs print, and what it means. The system's own words first.
SAID = {
    os.strerror(errno.ENOSPC): DISK_FULL,
    os.strerror(errno.EDQUOT): DISK_FULL,
    os.strerror(errno.EFBIG): DISK_FULL,
    os.strerror(errno.EROFS): READ_ONLY_DISK,
    "database or disk is full": DATABASE_STUCK,
    "disk I/O error": DATABASE_STUCK,
    "do not match the hashes": NOT_AS_LOCKED,
    "Failed to establish a new connection": NO_NETWORK,
    "Max retries exceeded": NO_NETWORK,
    "Read timed out": NO_NETWORK,
    "Temporary failure resolving": NO_NETWORK,
    "Could not get lock": (
        "Another program is installing system packages. Wait until it has ended and start again."
    ),
}


class SetupError(Exception):
    """A sentence for the person who started the command: what is wrong and what helps."""


def from_error(error: OSError, *, doing: str, folder: object) -> SetupError:
    """Say in a sentence what an operating system error means."""
    sentence = SENTENCES.get(error.errno or 0)
    if sentence is None:
        return SetupError(f"Something went wrong while {doing}: {error.strerror or error}.")
    return SetupError(sentence.format(doing=doing, folder=folder))


def from_output(output: str, *, doing: str, folder: object) -> SetupError | None:
    """Find a known reason in what a program printed; None when there is none."""
    for words, sentence in SAID.items():
        if words.lower() in output.lower():
            return SetupError(sentence.format(doing=doing, folder=folder))
    return None
