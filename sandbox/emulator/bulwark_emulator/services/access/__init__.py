"""Permissions: S3 for every caller, everything else for the users and role sessions that the emulator issued.

What the account's root does elsewhere, and so the deployer with keys that nobody issued, is left open.
"""

from __future__ import annotations

from ...route import Call
from . import credentials, general, kms, s3

__all__ = ["authorize"]


def authorize(call: Call) -> None:
    """Raises the service's AccessDenied when the caller may not make the call."""
    credentials.check(call)
    if call.service == "s3":
        s3.authorize(call)
    elif call.principal.kind in ("user", "role"):
        (kms if call.service == "kms" else general).authorize(call)
