"""The one room of MkDocs: the shell and the hand-written pages, built once; decisions are written into its frames.

Material's support ends in May 2027, so only this file, `mkdocs.yml` and `site/overrides/` know of it.
"""

from __future__ import annotations

import logging
import os
import shutil
from pathlib import Path

from publish.body import SITE, body
from publish.errors import PublishError
from publish.fonts import write_fonts

CONFIG = SITE.parent / "mkdocs.yml"
FRAMES = {
    "home": "index.html",
    "list": "decisions/index.html",
    "decision": "decisions/frame/index.html",
    "withheld": "withheld/index.html",
    "places": "withheld/frame/index.html",
}


class ShellFailed(PublishError):
    """MkDocs warned or stopped: a link or a page of the hand-written part of the site is wrong."""

    exit_code = 4


def build_shell(target: Path) -> None:
    """Builds the shell into `target`, which is emptied first.

    The theme's own scripts, styles and pictures are left out; only what lies in `site/assets` and the two fonts ship,
    so that the list of what a release may contain stays short enough to read.
    """
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    details = body()
    try:
        config = load_config(
            str(CONFIG),
            site_dir=str(target.resolve()),
            site_name=details.register_name,
            site_url=details.site_address,
            strict=True,
        )
        config.extra["body"] = {**details.model_dump(), "the_recommendations": details.the_recommendations}
        build(config)
    except MkDocsException as problem:
        raise ShellFailed(f"The shell of the site was not built: {problem}. See site/docs and mkdocs.yml.") from None
    for left_out in ("sitemap.xml", "sitemap.xml.gz"):
        (target / left_out).unlink(missing_ok=True)
    assets = target / "assets"
    shutil.rmtree(assets, ignore_errors=True)
    shutil.copytree(SITE / "assets", assets)
    write_fonts(assets)


def shipped(shell: Path) -> tuple[str, ...]:
    """The files of a built shell that are released as they are: all but the frames, which `render_site` fills."""
    files = (path.relative_to(shell).as_posix() for path in shell.rglob("*") if path.is_file())
    return tuple(sorted(name for name in files if name not in FRAMES.values()))
