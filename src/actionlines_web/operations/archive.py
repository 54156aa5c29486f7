"""A backup as a folder: `manifest.json`, the database and the files, each with its checksum, encrypted on request.

The folder has its name only when everything in it is complete and on the disk; what is being written stands in
`<name>.partial`, which nothing reads and the next backup removes. Encryption is that of age (age-encryption.org): with
recipients alone, the machine that writes backups cannot read them, and `age --decrypt` opens them without us.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from django.core.management.base import CommandError

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
PREFIX: Final = "actionlines-"
PARTIAL: Final = ".partial"
AGE: Final = ".age"


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a backup as it lies on the disk: its size in bytes and the SHA-256 of them."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds.

    Attributes:
        made_at: moment of the database's snapshot, in UTC.
        version: of the product that wrote it.
        vendor: 'sqlite' or 'postgresql'; a backup is restored into a database of the same kind.
        tables: rows of each table at that moment.
        files: how many files the archive of files holds.
        members: the backup's own files.
    """

    made_at: str
    version: str
    vendor: str
    tables: dict[str, int]
    files: int
    members: dict[str, Member] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def moment(self) -> datetime:
        """`made_at` as a moment."""
        return datetime.fromisoformat(self.made_at)


def recipients_of(keys: Sequence[str]) -> list[object]:
    """Public age keys as the library wants them.

    Raises:
        CommandError: a key is none, or the extra `operations` is not installed.
    """
    if not keys:
        return []
    age = _age()
    try:
        return [age.x25519.Recipient.from_str(key) for key in keys]
    except age.RecipientError as error:
        raise CommandError(f"--encrypt-to: expected a public key such as age1…: {error}") from error


def identities_of(path: Path) -> list[object]:
    """The secret keys of an identity file, as `age-keygen` writes it."""
    age = _age()
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}") from error
    try:
        return [
            age.x25519.Identity.from_str(line) for line in map(str.strip, lines) if line and line[0] != "#"
        ]
    except age.IdentityError as error:
        raise CommandError(f"{path}: expected secret keys such as AGE-SECRET-KEY-1…: {error}") from error


def _age() -> Any:
    try:
        import pyrage
    except ImportError as error:
        raise CommandError("encryption needs an extra part: pip install 'actionlines[operations]'") from error
    return pyrage


@contextmanager
def new_backup(folder: Path, moment: datetime) -> Iterator[Path]:
    """A folder to write into; it gets its name when the block ends well, and is removed when it does not."""
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob(f"{PREFIX}*{PARTIAL}"):
        shutil.rmtree(left, ignore_errors=True)
    final = folder / f"{PREFIX}{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    if final.exists():
        raise CommandError(f"{final} exists already")
    partial = final.with_name(final.name + PARTIAL)
    partial.mkdir(mode=0o700)
    try:
        yield partial
        _to_disk(partial)
        partial.rename(final)
        _to_disk(folder)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise


def finish_member(path: Path, recipients: Sequence[object]) -> tuple[str, Member]:
    """Encrypt a finished file where asked, and measure it; gives its name in the manifest."""
    if recipients:
        locked = path.with_name(path.name + AGE)
        with path.open("rb") as plain, locked.open("wb") as target:
            _age().encrypt_io(plain, target, list(recipients))
        path.unlink()
        path = locked
    path.chmod(0o600)
    return path.name, measure(path)


def measure(path: Path) -> Member:
    """Size and checksum of a file."""
    with path.open("rb") as handle:
        digest = hashlib.file_digest(handle, "sha256")
        os.fsync(handle.fileno())
    return Member(path.stat().st_size, digest.hexdigest())


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write it as the last file."""
    with (folder / MANIFEST).open("w", encoding="utf-8") as handle:
        json.dump(asdict(manifest), handle, indent=1)
        handle.write("\n")
        handle.flush()
        os.fsync(handle.fileno())


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a backup.

    Raises:
        CommandError: there is none, or it is of another format.
    """
    try:
        values = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        members = {name: Member(**member) for name, member in values.pop("members").items()}
        manifest = Manifest(members=members, **values)
    except FileNotFoundError as error:
        raise CommandError(f"{folder} is not a backup: it holds no {MANIFEST}") from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise CommandError(f"{folder / MANIFEST} cannot be read: {error}") from error
    if manifest.format != FORMAT:
        raise CommandError(f"{folder}: format {manifest.format}; this version reads format {FORMAT}")
    return manifest


def check_members(folder: Path, manifest: Manifest, told: Callable[[str], None]) -> None:
    """Compare every file of a backup with its checksum.

    Raises:
        CommandError: one is missing or was changed; all of them are named.
    """
    faults = []
    for name, member in manifest.members.items():
        told(f"Checking {name} …")
        path = folder / name
        if Path(name).name != name or not path.is_file():
            faults.append(f"{name} is missing")
        elif measure(path) != member:
            faults.append(f"{name} was changed: its checksum differs")
    if faults:
        raise CommandError(f"{folder} is damaged, nothing was restored: {'; '.join(faults)}")


def opened(folder: Path, name: str, manifest: Manifest, identities: Sequence[object], to: Path) -> Path:
    """The plain file of a member: itself, or decrypted into the folder `to`."""
    if name in manifest.members:
        return folder / name
    if name + AGE not in manifest.members:
        raise CommandError(f"{folder} holds no {name}")
    if not identities:
        raise CommandError(f"{folder} is encrypted: give the secret key with --identity FILE")
    age = _age()
    target = to / name
    try:
        with (folder / (name + AGE)).open("rb") as locked, target.open("wb") as plain:
            age.decrypt_io(locked, plain, list(identities))
    except age.DecryptError as error:
        raise CommandError(f"{folder} cannot be decrypted with this key: {error}") from error
    return target


def backups(folder: Path) -> list[Path]:
    """The complete backups of a folder, the oldest first."""
    return sorted(path for path in folder.glob(f"{PREFIX}*") if path.is_dir() and path.suffix != PARTIAL)


def _to_disk(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
