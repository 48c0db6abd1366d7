"""The envelope: what is sealed opens with its own key, under its own name, and in no other way."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import unicodedata

import msgspec
import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from iop_tui.records import envelope
from iop_tui.records.envelope import KINDS, Kind, Opaque
from iop_tui.records.errors import Damaged, Newer, NoMemory, WeakPassphrase, WrongPassphrase
from iop_tui.records.passphrase import check_new
from tests.records.made import OTHER, SECRET

names = st.text(max_size=20)
versions = st.integers(min_value=0, max_value=1 << 40)
kinds = st.sampled_from(KINDS)


@given(plain=st.binary(max_size=5000), kind=kinds, name=names, version=versions)
def test_what_is_sealed_comes_back(plain: bytes, kind: Kind, name: str, version: int) -> None:
    keys = envelope.made(SECRET)
    assert keys.unseal(kind, name, version, keys.seal(kind, name, version, plain)) == plain


@given(one=st.tuples(kinds, names, versions), other=st.tuples(kinds, names, versions))
def test_a_record_opens_under_its_own_name_alone(one: tuple[Kind, str, int], other: tuple[Kind, str, int]) -> None:
    keys = envelope.made(SECRET)
    sealed = keys.seal(*one, b"plain")
    if one == other:
        assert keys.unseal(*other, sealed) == b"plain"
    else:
        with pytest.raises(Opaque):
            keys.unseal(*other, sealed)


@given(place=st.integers(min_value=0), bit=st.integers(min_value=0, max_value=7))
def test_no_bit_of_a_sealed_record_can_change(place: int, bit: int) -> None:
    keys = envelope.made(SECRET)
    sealed = bytearray(keys.seal("call", "a", 1, b"plain"))
    sealed[place % len(sealed)] ^= 1 << bit
    with pytest.raises(Opaque):
        keys.unseal("call", "a", 1, bytes(sealed))


@given(st.binary(max_size=60))
def test_what_was_never_sealed_does_not_open(bytes_: bytes) -> None:
    with pytest.raises(Opaque):
        envelope.made(SECRET).unseal("call", "a", 1, bytes_)


def test_the_length_of_a_sealed_record_says_little() -> None:
    keys = envelope.made(SECRET)
    lengths = {len(keys.seal("call", "a", 1, bytes(size))) for size in range(1000)}
    assert len(lengths) == 1


def test_the_same_contents_are_never_sealed_alike() -> None:
    keys = envelope.made(SECRET)
    assert keys.seal("call", "a", 1, b"plain") != keys.seal("call", "a", 1, b"plain")


def test_another_passphrase_is_told_from_damage() -> None:
    written = envelope.written(envelope.made(SECRET).header)
    with pytest.raises(WrongPassphrase):
        envelope.derived(OTHER, written)
    place = written.index('"salt":"') + 9
    flipped = "B" if written[place] != "B" else "C"
    with pytest.raises(Damaged):
        envelope.derived(SECRET, written[:place] + flipped + written[place + 1 :])


@given(place=st.integers(min_value=0), bit=st.integers(min_value=0, max_value=6))
def test_a_damaged_head_is_never_taken_for_a_wrong_passphrase(place: int, bit: int) -> None:
    written = bytearray(envelope.written(envelope.made(SECRET).header).encode())
    written[place % len(written)] ^= 1 << bit
    with pytest.raises((Damaged, Newer)):
        envelope.derived(SECRET, written.decode())


def test_a_head_of_a_newer_format_says_so() -> None:
    header = envelope.made(SECRET).header
    newer = envelope.Header(2, *(getattr(header, name) for name in header.__struct_fields__[1:]))
    newer = envelope.Header(*[*(getattr(newer, name) for name in newer.__struct_fields__[:-1]), envelope._sum(newer)])
    with pytest.raises(Newer):
        envelope.derived(SECRET, envelope.written(newer))


def test_a_passphrase_is_the_same_however_its_letters_are_composed() -> None:
    typed = "käse und brot für alle"
    written = envelope.written(envelope.made(unicodedata.normalize("NFD", typed)).header)
    assert envelope.derived(unicodedata.normalize("NFC", typed), written).audit
    assert envelope.derived(typed.replace("brot", "ｂｒｏｔ"), written).audit, "an East Asian keyboard's broad letters"  # noqa: RUF001  # what is tested


@pytest.mark.parametrize(
    "weak", ["", "tooshort", "elevenchars", "aaaaaaaaaaaaaaaaaa", "two lines\nof words", "\ud800" * 12]
)
def test_a_new_passphrase_that_is_weak_or_cannot_be_typed_is_refused_with_the_reason(weak: str) -> None:
    with pytest.raises(WeakPassphrase) as told:
        check_new(weak)
    assert weak not in str(told.value) or not weak


@pytest.mark.usefixtures("costly")
def test_a_key_costs_memory_and_time() -> None:
    header = envelope.made(SECRET).header
    assert header.n * header.r * 128 == 128 << 20


def test_too_little_memory_for_the_key_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    written = envelope.written(envelope.made(SECRET).header)

    def fail(*_: object) -> bytes:
        raise MemoryError

    monkeypatch.setattr("iop_tui.records.envelope.Scrypt.derive", fail)
    with pytest.raises(NoMemory, match="too little memory"):
        envelope.derived(SECRET, written)


@pytest.mark.parametrize(("n", "r", "p"), [(1 << 21, 1, 1), (1 << 20, 9, 1), (4, -1, -1), (4, 1 << 40, 0), (4, 1, 33)])
def test_a_head_cannot_ask_for_all_of_the_memory(n: int, r: int, p: int) -> None:
    header = msgspec.structs.replace(envelope.made(SECRET).header, n=n, r=r, p=p)
    header = msgspec.structs.replace(header, sum=envelope._sum(header))
    with pytest.raises(Newer):
        envelope.derived(SECRET, envelope.written(header))


def test_a_head_whose_check_is_no_text_is_damaged() -> None:
    header = msgspec.structs.replace(envelope.made(SECRET).header, check="AAAAA")
    header = msgspec.structs.replace(header, sum=envelope._sum(header))
    with pytest.raises(Damaged):
        envelope.derived(SECRET, envelope.written(header))


@pytest.mark.parametrize("kind", KINDS)
def test_who_has_the_passphrase_and_the_docs_can_open_a_record_without_this_program(kind: Kind) -> None:
    """docs/records.md, step by step: what is saved today must open in twenty years."""
    keys = envelope.made(SECRET)
    header, sealed = json.loads(envelope.written(keys.header)), keys.seal(kind, "a1b2", 7, b"plain")
    salt = base64.b64decode(header["salt"])
    key = hashlib.scrypt(SECRET.encode(), salt=salt, n=header["n"], r=header["r"], p=header["p"], dklen=32)

    def derived(use: str) -> bytes:
        return hmac.digest(key, f"iop-tui records 1 {use}".encode() + b"\x01", "sha256")

    bound = json.dumps(["iop-tui records", 1, kind, "a1b2", 7, header["key"]], separators=(",", ":")).encode()
    padded = AESGCM(derived(kind)).decrypt(sealed[1:13], sealed[13:], bound)
    assert sealed[0] == 1
    assert len(padded) == 1024
    assert padded[4 : 4 + int.from_bytes(padded[:4], "big")] == b"plain"
    assert keys.audit == derived("audit")
