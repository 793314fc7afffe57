"""Giving up what is not needed any more, once the sockets are open: the user, capabilities, new programs, the file system.

Source: capabilities(7), prctl(2), landlock(7).
"""

import contextlib
import ctypes
import os
import pwd
import struct
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

from wiretruth.errors import WiretruthError

CAP_NET_ADMIN, CAP_NET_RAW = 12, 13

_SET_KEEPCAPS, _CAPBSET_DROP, _SET_NO_NEW_PRIVS = 8, 24, 38
_CAP_AMBIENT, _CAP_AMBIENT_CLEAR_ALL, _CAPABILITY_VERSION = 47, 4, 0x20080522
_LAST_CAPABILITY: Final = 63
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION_FLAG, _PATH_BENEATH = 1, 1
_O_PATH: Final = 0x200000

_EXECUTE, _WRITE, _READ, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_OF_FILES: Final = _EXECUTE | _WRITE | _READ | 1 << 14 | 1 << 15
_BY_VERSION: Final = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1, 5: (1 << 16) - 1}
"""What each version of Landlock can forbid in the file system."""
_LATEST: Final = max(_BY_VERSION)


class Given(NamedTuple):
    """What was given up, in words."""

    user: str
    confined: bool
    """Landlock holds."""


def drop(
    user: str, readable: Iterable[Path], writable: Iterable[Path], *, owned: Iterable[Path] = (), confine: bool = True
) -> Given:
    """Give up everything that reading packets from sockets that are open does not need.

    Args:
        user: to become, where the process is root.
        readable: what must still be opened for reading: files, or folders with everything in them.
        writable: folders that must still be written to.
        owned: files, and folders with what is in them, that are given to the user.
        confine: forbid new rights, and everything else in the file system where the kernel can. Not where commands of the
            user's are run: they may need either.

    Raises:
        WiretruthError: there is no such user, or the kernel refuses.
    """
    became = _become(user, owned) if os.geteuid() == 0 else pwd_name()
    _drop_capabilities()
    if not confine:
        return Given(became, confined=False)
    _no_new_privileges()
    return Given(became, _confine(readable, writable))


def pwd_name() -> str:
    """Name the user of this process."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return str(os.geteuid())


def effective() -> int:
    """Give the effective capabilities of this process, as bits."""
    with contextlib.suppress(OSError, ValueError), Path("/proc/self/status").open(encoding="ascii") as stream:
        for line in stream:
            if line.startswith("CapEff:"):
                return int(line.split()[1], 16)
    return 0


def landlock_version() -> int:
    """Tell which version of Landlock the kernel offers; 0 for none."""
    found: int = _libc().syscall(_CREATE_RULESET, None, 0, _VERSION_FLAG)
    return max(found, 0)


def _become(user: str, owned: Iterable[Path]) -> str:
    try:
        entry = pwd.getpwnam(user)
    except KeyError:
        raise WiretruthError(f"--user {user}: there is no such user; useradd --system {user}") from None
    try:
        for path in owned:
            _give(path, entry.pw_uid, entry.pw_gid)
        libc = _libc()
        for capability in range(_LAST_CAPABILITY + 1):
            libc.prctl(_CAPBSET_DROP, capability, 0, 0, 0)
        os.setgroups(os.getgrouplist(user, entry.pw_gid))
        os.setresgid(entry.pw_gid, entry.pw_gid, entry.pw_gid)
        os.setresuid(entry.pw_uid, entry.pw_uid, entry.pw_uid)
    except OSError as error:
        raise WiretruthError(f"--user {user}: cannot become this user: {error.strerror}") from error
    return user


def _give(path: Path, user: int, group: int) -> None:
    """Give a folder and what is in it to a user; links are not followed."""
    for one in (path, *path.rglob("*")) if path.is_dir() else (path,):
        os.chown(one, user, group, follow_symlinks=False)


def _drop_capabilities() -> None:
    """Give up what a service was given (AmbientCapabilities), too: the sockets are open."""
    libc = _libc()
    libc.prctl(_CAP_AMBIENT, _CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)
    libc.capset(struct.pack("=Ii", _CAPABILITY_VERSION, 0), bytes(24))


def _no_new_privileges() -> None:
    if _libc().prctl(_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        raise WiretruthError("the kernel refuses no_new_privs")


def _confine(readable: Iterable[Path], writable: Iterable[Path]) -> bool:
    """Forbid the rest of the file system; tell whether the kernel does."""
    version = min(landlock_version(), _LATEST)
    if not version:
        return False
    handled, libc = _BY_VERSION[version], _libc()
    attributes = struct.pack("=Q", handled)
    ruleset = libc.syscall(_CREATE_RULESET, attributes, len(attributes), 0)
    if ruleset < 0:
        return False
    try:
        for path in readable:
            _allow(libc, ruleset, path, handled & (_READ | _READ_DIR | _EXECUTE))
        for path in writable:
            _allow(libc, ruleset, path, handled & ~_EXECUTE)
        restricted: int = libc.syscall(_RESTRICT_SELF, ruleset, 0)
        return restricted == 0
    finally:
        os.close(ruleset)


def _allow(libc: ctypes.CDLL, ruleset: int, path: Path, access: int) -> None:
    with contextlib.suppress(OSError):  # what is not there cannot be opened either
        place = os.open(path, _O_PATH | os.O_CLOEXEC)
        try:
            rights = access if path.is_dir() else access & _OF_FILES
            libc.syscall(_ADD_RULE, ruleset, _PATH_BENEATH, struct.pack("=Qi", rights, place), 0)
        finally:
            os.close(place)


def _libc() -> ctypes.CDLL:
    library = ctypes.CDLL(None, use_errno=True)
    library.syscall.restype = ctypes.c_long
    return library
