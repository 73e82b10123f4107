"""The command that opens the officers' desk."""

from __future__ import annotations

from typing import Annotated

import typer

from review.commands.options import HOME, Home, opened


def add_to(app: typer.Typer) -> None:
    """Give the command line `partone review`."""
    app.command("review")(review)


def review(
    home: Home = HOME,
    host: Annotated[str | None, typer.Option(help="Where to listen.", show_default="127.0.0.1")] = None,
    port: Annotated[int | None, typer.Option(help="The port there.", show_default="8571")] = None,
) -> None:
    """Open the officers' desk in the browser; on this machine alone, unless HOME/desk.toml says otherwise."""
    import logging

    import uvicorn

    from review import console
    from review.desk import drawings
    from review.desk.app import desk
    from review.desk.settings import read_settings
    from review.office import today

    # One line of JSON for each request, on standard error: for the journal of whatever runs the desk.
    requests = logging.getLogger("partone.desk.requests")
    requests.addHandler(logging.StreamHandler())
    requests.setLevel(logging.INFO)
    requests.propagate = False
    with opened(home) as register:
        settings = read_settings(home, host=host, port=port)
        app = desk(register, settings)
        # After an update every paper is weighed anew, once: better before the doors open than in front of somebody.
        app.state.standings.of(today())
        console.say(f"The desk is open at {settings.origin or f'http://{settings.host}:{settings.port}/'}")
        drawings.warm()  # so that the first paper opens as quickly as the next
        uvicorn.run(
            app, host=settings.host, port=settings.port, access_log=False, server_header=False,
            log_level="warning", proxy_headers=bool(settings.proxies), forwarded_allow_ips=list(settings.proxies),
            timeout_keep_alive=15, limit_concurrency=256, timeout_graceful_shutdown=10, ws="none",
        )  # fmt: skip
