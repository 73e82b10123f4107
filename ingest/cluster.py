"""The one room of dask: an existing cluster of it as an executor, for papers by the thousand.

A paper's bytes go out and its whole record, withheld text included, comes back: the connection must be private or TLS,
and the cluster trusted like this machine (docs/decisions/0008).
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from ingest.errors import PartOneError

SECONDS = 10  # to find the cluster


@contextmanager
def cluster(address: str, edition: Callable[[], str]) -> Iterator[tuple[Executor, int]]:
    """The cluster at an address such as `tcp://127.0.0.1:8786`, and how many papers it can read at once.

    Every worker must read as this machine would: `edition` says how, and is asked of each of them. Raises PartOneError
    where there is no such cluster, or it cannot be used, in words that say what to do.
    """
    try:
        from distributed import Client
    except ModuleNotFoundError:
        message = "Reading on a cluster needs dask.distributed. Install partone with its extra `cluster`."
        raise PartOneError(message) from None
    try:
        client = Client(address, timeout=SECONDS, set_as_default=False)
    except (OSError, ValueError, TypeError):  # TimeoutError is an OSError
        client = None
    if client is None:
        gc.collect()  # such a client ends its thread when it is collected: by chance that is while the next one starts
        message = f"There is no dask scheduler at {address}. Name one that runs, such as tcp://127.0.0.1:8786."
        raise PartOneError(message)
    try:
        try:
            editions = client.run(edition)
        except Exception as error:  # whatever a worker raises that has no partone, or an old one
            message = f"The workers at {address} cannot run partone ({type(error).__name__}). Install it there too."
            raise PartOneError(message) from None
        if not editions:
            raise PartOneError(f"The cluster at {address} has no workers. Start some, then try again.")
        if set(editions.values()) != {edition()}:
            raise PartOneError(f"The workers at {address} run another version of partone. Install the same there.")
        yield client.get_executor(pure=False), max(1, sum(client.nthreads().values()))
    finally:
        client.close(timeout=SECONDS)
