"""What a call of any service but S3 demands."""

from __future__ import annotations

from dataclasses import dataclass, field

from moto.kms.models import Key

from ...policy import Context, Document


@dataclass(frozen=True)
class KeyUse:
    """An action on a key that the service uses for the caller."""

    action: str
    key: Key
    encryption_context: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Demand:
    """An action on a resource. ``policy`` is the resource's, ``owner`` its account (empty: the caller's).

    ``keys`` are used once the action is allowed. ``shown`` is the resource as the message names it.
    """

    action: str
    resource: str
    context: Context
    policy: Document | None = None
    owner: str = ""
    keys: tuple[KeyUse, ...] = ()
    shown: str = ""
