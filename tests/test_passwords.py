"""The hash of a password, as it is really made."""

from broker.passwords import Argon2Hasher


def test_the_real_hasher_is_argon2id_and_refuses_what_it_did_not_hash() -> None:
    hasher = Argon2Hasher()
    stored = hasher.hash("words")
    assert stored.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert hasher.verify(stored, "words")
    assert not hasher.verify(stored, "other")
    assert not hasher.verify(None, "nobody's password")
    assert not hasher.verify("nonsense", "words")
