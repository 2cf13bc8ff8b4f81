"""The key pair of an installation: it signs what leaves for another one, which knows the public half.

The private key lies in a file of its own (0600), never in the database, so that neither a backup of it nor
who reads it can sign. The public key is told to the other side together with its fingerprint, by a channel
of its own (in person, by telephone), or whoever sits between could put his own in its place.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Callable
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings

from .key_files import create_once

_RAW = 32  # bytes of a public key


class NoKey(Exception):  # noqa: N818 - a refusal with words, not a fault
    """This installation has no key pair; the message says how to make one."""


def create_key_pair() -> bool:
    """Make the pair where there is none; False where there is one already, which is never replaced."""
    path = Path(settings.SIGNING_KEY)
    if path.exists():
        return False
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return create_once(path, pem)


def passing_pair() -> tuple[str, Callable[[bytes], str]]:
    """(public key, what signs with it) of a pair that is kept nowhere: for the districts of a demonstration,
    which have no installation of their own."""
    key = Ed25519PrivateKey.generate()
    return _told(key), lambda content: _signed(key, content)


def public_key() -> str:
    """The public half in base64, to be told to the other side. Raises `NoKey`."""
    return _told(_private_key())


def _told(key: Ed25519PrivateKey) -> str:
    return base64.b64encode(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()


def sign(content: bytes) -> str:
    """The detached signature in base64. Raises `NoKey`."""
    return _signed(_private_key(), content)


def _signed(key: Ed25519PrivateKey, content: bytes) -> str:
    return base64.b64encode(key.sign(content)).decode()


def verifies(content: bytes, signature: str, key: str) -> bool:
    """Whether the signature was made of exactly this content by the holder of the public key."""
    try:
        known = Ed25519PublicKey.from_public_bytes(base64.b64decode(key, validate=True))
        known.verify(base64.b64decode(signature.strip(), validate=True), content)
    except (InvalidSignature, ValueError, binascii.Error):
        return False
    return True


def is_public_key(text: str) -> bool:
    try:
        return len(base64.b64decode(text, validate=True)) == _RAW
    except (ValueError, binascii.Error):
        return False


def fingerprint(key: str) -> str:
    """Eight groups of four, to be read out over the telephone."""
    digest = hashlib.sha256(base64.b64decode(key)).hexdigest().upper()[:32]
    return " ".join(digest[place : place + 4] for place in range(0, 32, 4))


def _private_key() -> Ed25519PrivateKey:
    try:
        pem = Path(settings.SIGNING_KEY).read_bytes()
    except FileNotFoundError:
        raise NoKey(
            "还没有报送用的密钥。请管理服务器的人运行 manage.py signing_key，并把公钥和指纹告诉市里"
        ) from None
    key = load_pem_private_key(pem, password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise NoKey("报送用的密钥文件不是 Ed25519 私钥，请检查 JIANFU_SIGNING_KEY 指的文件")
    return key
