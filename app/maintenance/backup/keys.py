"""The keys of an installation as stored in a backup; encrypted if there is a passphrase."""

from __future__ import annotations

import json
import secrets
from base64 import urlsafe_b64encode
from dataclasses import asdict, dataclass, field

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from app.base.errors import BadInput
from app.maintenance.installation import Installation

# The cost recommended by OWASP: 64 MB and a fifth of a second for each guess.
SCRYPT_COST = {"n": 2**16, "r": 8, "p": 1}
SALT_BYTES, KEY_BYTES = 16, 32

KEYS_ARE_ENCRYPTED = (
    "这份备份里的密钥是加密的。请设置环境变量 BACKUP_PASSPHRASE（做备份时所用的口令），再重新运行。"
)
KEYS_NOT_DECRYPTED = "备份口令 BACKUP_PASSPHRASE 不对，解不开这份备份里的密钥。请核对做备份时所用的口令。"


@dataclass(frozen=True)
class BackupKeys:
    """Key files by name, and the secret settings, which are only stored when encrypted."""

    files: dict[str, str] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)

    def stored_bytes(self, passphrase: str) -> bytes:
        """Return the stored form; encrypted if there is a passphrase."""
        if not passphrase:
            return json.dumps({"files": self.files}, indent=1).encode()
        salt = secrets.token_bytes(SALT_BYTES)
        token = derive_cipher(passphrase, salt).encrypt(json.dumps(asdict(self)).encode())
        return json.dumps({"salt": salt.hex(), "token": token.decode()}).encode()


def keys_of_installation(installation: Installation) -> BackupKeys:
    """Return the key files and secret settings of an installation."""
    secret = {name: text for name, text in installation.setting_texts(hidden=False).items() if text}
    shown = installation.setting_texts(hidden=True)
    return BackupKeys(
        installation.read_key_files(), {name: text for name, text in secret.items() if text != shown[name]}
    )


def read_backup_keys(data: bytes, *, is_encrypted: bool, passphrase: str) -> BackupKeys:
    """Return the stored keys. Raises BadInput without the right passphrase, ValueError for malformed data."""
    values = json.loads(data)
    if not is_encrypted:
        return BackupKeys(**values)
    if not passphrase:
        raise BadInput(KEYS_ARE_ENCRYPTED)
    try:
        opened = derive_cipher(passphrase, bytes.fromhex(values["salt"])).decrypt(values["token"])
    except InvalidToken:
        raise BadInput(KEYS_NOT_DECRYPTED) from None
    return BackupKeys(**json.loads(opened))


def derive_cipher(passphrase: str, salt: bytes) -> Fernet:
    """Return a cipher whose key is deliberately slow to derive."""
    key = Scrypt(salt=salt, length=KEY_BYTES, **SCRYPT_COST).derive(passphrase.encode())
    return Fernet(urlsafe_b64encode(key))
