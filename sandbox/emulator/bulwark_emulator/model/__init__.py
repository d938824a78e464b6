"""What AWS's own service models ask of a call, checked ahead of everything else.

The models are those that AWS publishes for its SDKs, as botocore carries them: required members, enumerations, lengths,
ranges, patterns, unions, and the members that there are at all. AWS checks most of them before it looks at anything
else; moto checks nearly none. What the schemas of CloudFormation's registry say beyond, for the resources in use, is in
``schemas``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .constraints import broken
from .refusal import Refused, refusal
from .schemas import beyond
from .violation import Violation
from .wire import misread

if TYPE_CHECKING:
    from ..route import Call

__all__ = ["Refused", "Violation", "check"]


def check(call: Call) -> None:
    """Raises Refused, in the form of the service, for a call that breaks its model."""
    shape = call.operation.input_shape
    if shape is None:
        return
    # What cannot be read as the model says has no members that could be checked.
    violations = misread(call, shape) or broken(call.service, shape, call.params) or beyond(call, shape)
    if violations:
        raise refusal(call, shape, violations)
