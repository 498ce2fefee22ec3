"""The keys of an installation as a backup holds them: encrypted where there is a passphrase."""

from __future__ import annotations

import json
import secrets
from base64 import urlsafe_b64encode
from dataclasses import asdict, dataclass, field

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from app.base.errors import BadInput

# As OWASP has it: 64 MB and a fifth of a second for each guess.
COST = {"n": 2**16, "r": 8, "p": 1}
SALT_BYTES, KEY_BYTES = 16, 32

NEEDED = "这份备份里的密钥是加密的。请设置环境变量 BACKUP_PASSPHRASE（做备份时所用的口令），再重新运行。"
WRONG = "备份口令 BACKUP_PASSPHRASE 不对，解不开这份备份里的密钥。请核对做备份时所用的口令。"


@dataclass(frozen=True)
class Vault:
    """Key files by name, and the secret settings, which only an encrypted vault holds."""

    files: dict[str, str] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)

    def as_bytes(self, passphrase: str) -> bytes:
        """Return it as it is stored, encrypted where there is a passphrase."""
        if not passphrase:
            return json.dumps({"files": self.files}, indent=1).encode()
        salt = secrets.token_bytes(SALT_BYTES)
        token = cipher(passphrase, salt).encrypt(json.dumps(asdict(self)).encode())
        return json.dumps({"salt": salt.hex(), "token": token.decode()}).encode()


def read_vault(data: bytes, *, is_encrypted: bool, passphrase: str) -> Vault:
    """Return what is stored. Raises BadInput without the right passphrase, ValueError for what is none."""
    values = json.loads(data)
    if not is_encrypted:
        return Vault(**values)
    if not passphrase:
        raise BadInput(NEEDED)
    try:
        opened = cipher(passphrase, bytes.fromhex(values["salt"])).decrypt(values["token"])
    except InvalidToken:
        raise BadInput(WRONG) from None
    return Vault(**json.loads(opened))


def cipher(passphrase: str, salt: bytes) -> Fernet:
    """Return what encrypts and signs with a key that takes long to derive."""
    key = Scrypt(salt=salt, length=KEY_BYTES, **COST).derive(passphrase.encode())
    return Fernet(urlsafe_b64encode(key))
