"""Which function answers which operation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable

if TYPE_CHECKING:
    from .answer import Answer
    from .route import Call

Handler = Callable[["Call"], Any]
Before = Callable[["Call"], None]
After = Callable[["Call", "Answer"], None]

_handlers: dict[tuple[str, str], Handler] = {}
_reads: dict[str, list[Before]] = {}
_before: dict[str, list[Before]] = {}
_after: dict[str, list[After]] = {}


def operation(service: str, *names: str) -> Callable[[Handler], Handler]:
    """Registers a handler for operations of a service (botocore's names for both).

    The handler gets the Call and returns a dictionary of the operation's output members, None for
    an empty answer, or an Answer (usually what ``call.forward()`` gave, corrected or not).
    It raises AwsError for an AWS error.
    """

    def register(handler: Handler) -> Handler:
        for name in names:
            key = (service, name)
            if key in _handlers:
                raise ValueError(f"{service}:{name} has two handlers")
            _handlers[key] = handler
        return handler

    return register


def handler_for(service: str, name: str) -> Handler | None:
    return _handlers.get((service, name))


def reads(service: str) -> Callable[[Before], Before]:
    """Registers what puts a call's request into a form that moto reads, ahead of everything else."""

    def register(read: Before) -> Before:
        _reads.setdefault(service, []).append(read)
        return read

    return register


def before(service: str) -> Callable[[Before], Before]:
    """Registers a check that runs ahead of every call of a service, after AWS's model and ahead of permissions.

    It raises AwsError to refuse the call.
    """

    def register(check: Before) -> Before:
        _before.setdefault(service, []).append(check)
        return check

    return register


def after(service: str) -> Callable[[After], After]:
    """Registers a change to every answer of a service, errors included."""

    def register(change: After) -> After:
        _after.setdefault(service, []).append(change)
        return change

    return register


def reads_of(service: str) -> list[Before]:
    return _reads.get(service, [])


def before_of(service: str) -> list[Before]:
    return _before.get(service, [])


def after_of(service: str) -> list[After]:
    return _after.get(service, [])
