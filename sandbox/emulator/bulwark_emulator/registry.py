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


def before(service: str) -> Callable[[Before], Before]:
    """Registers a check that runs ahead of every call of a service, permissions included.

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


def before_of(service: str) -> list[Before]:
    return _before.get(service, [])


def after_of(service: str) -> list[After]:
    return _after.get(service, [])
