"""What a test asks the next deployments of a service to do, and how fast time passes.

``POST /_bulwark/ecs/outcomes`` takes a JSON object: cluster and service (names or ARNs), outcome, count (1), and what the
outcome says: exitCode, logs (lines), reason (of the health check), image, secret.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ...store import table

OUTCOMES = (
    "success",
    "crash-loop",
    "failing-health-check",
    "missing-image",
    "missing-secret",
    "stuck",
    "rollback-failed",
    "alarm-triggered",
)
# Seconds between two steps of ECS's scheduler.
DEFAULT_PACE = 0.2

_FIELDS: dict[str, tuple[type, ...]] = {
    "cluster": (str,),
    "service": (str,),
    "outcome": (str,),
    "count": (int,),
    "exitCode": (int,),
    "logs": (list,),
    "reason": (str,),
    "secret": (str,),
}


class BadOutcome(ValueError):
    """A request for an outcome that cannot be."""


@dataclass(frozen=True)
class Outcome:
    """How the tasks of a deployment end.

    ``exit_code`` and ``logs`` belong to a crash, ``reason`` is why a load balancer's health check fails, ``secret`` the
    reference that cannot be read (empty: the first one of the task definition).
    """

    kind: str = "success"
    exit_code: int = 1
    logs: tuple[str, ...] = (
        "starting",
        "fatal: cannot start: required environment variable is not set",
    )
    reason: str = "Health checks failed with these codes: [503]"
    secret: str = ""

    @property
    def crashes(self) -> bool:
        return self.kind in ("crash-loop", "rollback-failed")


SUCCESS = Outcome()


@dataclass
class _Planned:
    outcome: Outcome
    remaining: int = field(default=1)


def _plans(account: str) -> dict[tuple[str, str], list[_Planned]]:
    """Outcomes that were asked for, by names of cluster and service, in whatever region these are."""
    return table("ecs outcomes", account)


def plan(account: str, wanted: Any) -> None:
    """Remembers an outcome for the next deployments of a service, which need not exist yet."""
    if not isinstance(wanted, dict):
        raise BadOutcome("the body is a JSON object with cluster, service and outcome")
    unknown = sorted(set(wanted) - set(_FIELDS))
    if unknown:
        raise BadOutcome(f"unknown: {', '.join(unknown)}; there is {', '.join(_FIELDS)}")
    for name, value in wanted.items():
        if not isinstance(value, _FIELDS[name]) or isinstance(value, bool):
            raise BadOutcome(f"{name} is a {_FIELDS[name][0].__name__}, not {value!r}")
    for name in ("cluster", "service", "outcome"):
        if not wanted.get(name):
            raise BadOutcome(f"{name} is missing")
    if wanted["outcome"] not in OUTCOMES:
        raise BadOutcome(f"no outcome {wanted['outcome']!r}; there is {', '.join(OUTCOMES)}")
    if wanted.get("count", 1) < 1:
        raise BadOutcome(f"count is at least 1, not {wanted['count']}")
    details = {
        "exit_code": wanted.get("exitCode", Outcome.exit_code),
        "logs": tuple(str(line) for line in wanted.get("logs", Outcome.logs)),
        "reason": wanted.get("reason", Outcome.reason),
        "secret": wanted.get("secret", Outcome.secret),
    }
    planned = _Planned(Outcome(wanted["outcome"], **details), wanted.get("count", 1))
    _plans(account).setdefault((_name(wanted["cluster"]), _name(wanted["service"])), []).append(planned)


def take(account: str, cluster: str, service: str) -> Outcome:
    """The outcome of a deployment that begins: the oldest that was asked for, or success."""
    planned = _plans(account).get((_name(cluster), _name(service)), [])
    if not planned:
        return SUCCESS
    planned[0].remaining -= 1
    outcome = planned[0].outcome
    if planned[0].remaining == 0:
        planned.pop(0)
    return outcome


def planned(account: str) -> list[dict[str, Any]]:
    """The outcomes that are still to come."""
    return [
        {"cluster": cluster, "service": service, "outcome": item.outcome.kind, "remaining": item.remaining}
        for (cluster, service), items in _plans(account).items()
        for item in items
    ]


def forget(account: str) -> None:
    _plans(account).clear()


def pace(account: str) -> float:
    """Seconds between two steps; 0 makes every call to ECS a step."""
    return float(table("ecs pace", account).get("seconds", DEFAULT_PACE))


def set_pace(account: str, wanted: Any) -> None:
    seconds = wanted.get("seconds") if isinstance(wanted, dict) else None
    if not isinstance(seconds, (int, float)) or isinstance(seconds, bool) or not 0 <= seconds <= 60:
        raise BadOutcome('the body is {"seconds": n}, n from 0 to 60; with 0 every call to ECS is a step')
    table("ecs pace", account)["seconds"] = float(seconds)


def _name(name_or_arn: str) -> str:
    return name_or_arn.rpartition("/")[2]
