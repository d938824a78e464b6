"""Permissions: S3 for every caller, KMS for the users and roles that the emulator's IAM and STS issued.

Everything else is left open, as is all of the account's root but S3.
"""

from __future__ import annotations

from ...route import Call
from . import kms, s3

__all__ = ["authorize"]


def authorize(call: Call) -> None:
    """Raises AccessDenied (AccessDeniedException of KMS) when the caller may not make the call."""
    if call.service == "s3":
        s3.authorize(call)
    elif call.service == "kms" and call.principal.kind in ("user", "role"):
        kms.authorize(call)
