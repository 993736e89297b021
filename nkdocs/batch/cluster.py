"""A cluster of computers that makes the letters of one batch: Dask, through its executor.

What is sent are answers of clients, so the line must be sealed (TLS) unless it stays on this
computer; and Dask's loggers, which would print what a task was about, are silenced.
"""

import contextlib
import ipaddress
import logging
import re
from collections.abc import Iterator
from concurrent.futures import Executor
from typing import Any

from nkdocs.errors import MissingProgramError, UsageError

_LOGGERS = ("distributed", "tornado", "asyncio", "bokeh")
_SECONDS = 30
_ADDRESS = re.compile(r"(tcp|tls)://(\[[0-9a-f:]+\]|[\w.-]+):\d+")


def checked(address: str) -> str:
    """Return the address of a scheduler to which answers may be sent.

    Raises:
        UsageError: it is no address, or the line there is not sealed.
    """
    found = _ADDRESS.fullmatch(address)
    if found is None:
        msg = "--cluster is the address of a Dask scheduler"
        raise UsageError(msg, hint="For example: --cluster tls://office-server:8786")
    if found[1] != "tls" and not _is_here(found[2].strip("[]")):
        msg = "clients' answers are sent to another computer only through a sealed line"
        hint = (
            "Start scheduler and workers with TLS certificates (distributed.comm.tls in Dask's "
            "configuration), then name it tls://…"
        )
        raise UsageError(msg, hint=hint)
    return address


def _is_here(host: str) -> bool:
    """Whether *host* is this computer, without asking any network."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@contextlib.contextmanager
def cluster(address: str) -> Iterator[tuple[Executor, int]]:
    """Give the executor of a cluster, and how many tasks it does at once.

    Every worker must see the same folders under the same paths: cases, office, templates.

    Raises:
        UsageError: the address will not do, or nobody answers there.
        MissingProgramError: Dask is not installed.
    """
    checked(address)
    try:
        from distributed import Client
    except ImportError:
        msg = "a cluster needs Dask, which is not installed"
        raise MissingProgramError(msg, hint="pip install 'nkdocs[dask]'") from None
    for name in _LOGGERS:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    try:
        open_client: Any = Client  # Dask has no types
        client = open_client(address, timeout=_SECONDS, set_as_default=False)
    except (OSError, TimeoutError):
        msg = f"no scheduler answers at {address}"
        raise UsageError(msg, hint="Start it, or run without --cluster.") from None
    with client:
        yield client.get_executor(pure=False), max(1, sum(client.nthreads().values()))
