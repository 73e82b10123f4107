"""The typeface, from the package that brings it: at the desk as on the public site, and from nowhere else."""

from __future__ import annotations

from functools import cache

from fastapi import APIRouter
from fastapi.responses import Response

from publish.fonts import STYLES, woff2
from review.errors import NotFound

router = APIRouter()
NAMES = {f"atkinson-{style.lower()}": style for style in STYLES}


@router.get("/static/{name}.woff2")
def typeface(name: str) -> Response:
    """One style of it, which holds nothing of a paper and may be asked for by anybody."""
    if name not in NAMES:
        raise NotFound("There is no such typeface here.")
    return Response(_made(NAMES[name]), media_type="font/woff2")


@cache
def _made(style: str) -> bytes:
    return woff2(style)
