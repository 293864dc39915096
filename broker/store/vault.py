"""Sealing: AES-256-GCM, a data key for each owner (a message, a draft …), wrapped by its scope's
key (a case or a person), wrapped by the master key. Destroying a key destroys what it sealed.

AAD binds scope, owner, field and version, so that a row moved elsewhere does not open (attack 6).
"""

import hmac
import os
from hashlib import sha256

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Connection, delete, insert, select

from broker.domain.errors import NotHere
from broker.store.columns import Box
from broker.store.tables import keys

VERSION = b"\x01"
NONCE = 12


class Vault:
    """Opens and seals within one transaction; keys are read once and kept for its length."""

    def __init__(self, connection: Connection, master: bytes) -> None:
        self._connection = connection
        self._master = master
        self._keys: dict[tuple[str, str], bytes] = {}

    def seal(self, scope: str, owner: str, field: str, text: str | bytes) -> Box:
        """Return the text sealed for this field of this owner, making its key if there is none."""
        data = text.encode() if isinstance(text, str) else text
        return _seal(self._key(scope, owner), _aad(scope, owner, field), data)

    def open(self, scope: str, owner: str, field: str, box: Box) -> str:
        """Return the text. Raises ``InvalidTag`` if it was tampered with."""
        return self.open_bytes(scope, owner, field, box).decode()

    def open_bytes(self, scope: str, owner: str, field: str, box: Box) -> bytes:
        """Return the sealed bytes. Raises NotHere where the key has been destroyed."""
        key = self._keys.get((scope, owner)) or self._find(scope, owner)
        if key is None:
            raise NotHere
        self._keys[scope, owner] = key
        return _open(key, _aad(scope, owner, field), box)

    def learn(self, scope: str, owners: list[str]) -> None:
        """Read many keys of a scope at once, before a page or a search opens them one by one."""
        wanted = [owner for owner in owners if (scope, owner) not in self._keys]
        for start in range(0, len(wanted), 500):
            rows = self._connection.execute(
                select(keys.c.owner, keys.c.wrapped).where(
                    keys.c.scope == scope, keys.c.owner.in_(wanted[start : start + 500])
                )
            )
            for owner, wrapped in rows:
                self._keys[scope, owner] = self._unwrap(scope, owner, wrapped)

    def destroy(self, scope: str, owner: str) -> None:
        """Destroy an owner's key: what it sealed cannot be opened any more."""
        self._connection.execute(delete(keys).where(keys.c.scope == scope, keys.c.owner == owner))
        self._keys.pop((scope, owner), None)

    def mac(self, purpose: str, text: str) -> bytes:
        """Return a keyed hash, for comparing without keeping (form keys, sign-in names)."""
        return hmac.digest(derive(self._master, purpose), text.encode(), "sha256")

    def _key(self, scope: str, owner: str) -> bytes:
        if (scope, owner) not in self._keys:
            self._keys[scope, owner] = self._find(scope, owner) or self._make(scope, owner)
        return self._keys[scope, owner]

    def _find(self, scope: str, owner: str) -> bytes | None:
        wrapped = self._connection.execute(
            select(keys.c.wrapped).where(keys.c.scope == scope, keys.c.owner == owner)
        ).scalar()
        return None if wrapped is None else self._unwrap(scope, owner, wrapped)

    def _make(self, scope: str, owner: str) -> bytes:
        key = AESGCM.generate_key(256)
        wrapped = _seal(self._wrapping_key(scope, owner), _aad(scope, owner, "key"), key)
        self._connection.execute(insert(keys).values(scope=scope, owner=owner, wrapped=wrapped))
        return key

    def _unwrap(self, scope: str, owner: str, wrapped: bytes) -> bytes:
        return _open(self._wrapping_key(scope, owner), _aad(scope, owner, "key"), wrapped)

    def _wrapping_key(self, scope: str, owner: str) -> bytes:
        return derive(self._master, "wrap") if owner == scope else self._key(scope, scope)


def derive(master: bytes, purpose: str) -> bytes:
    """Return the key for one purpose (HKDF-SHA-256, RFC 5869), so that no key has two uses."""
    return HKDF(SHA256(), 32, None, f"breakwater/{purpose}".encode()).derive(master)


def fingerprint(secret: str) -> bytes:
    """Return the hash under which a random secret of at least 128 bits is looked up."""
    return sha256(secret.encode()).digest()


def _aad(scope: str, owner: str, field: str) -> bytes:
    return b"|".join([scope.encode(), owner.encode(), field.encode(), VERSION])


def _seal(key: bytes, aad: bytes, data: bytes) -> Box:
    nonce = os.urandom(NONCE)
    return Box(VERSION + nonce + AESGCM(key).encrypt(nonce, data, aad))


def _open(key: bytes, aad: bytes, box: bytes) -> bytes:
    if box[:1] != VERSION:
        raise ValueError("sealed by a later version")
    return AESGCM(key).decrypt(box[1 : 1 + NONCE], box[1 + NONCE :], aad)
