"""The resources that a call is about, read from its parameters by the forms of AWS's reference."""

from __future__ import annotations

from typing import Any, Callable

from moto.iam.models import iam_backends

from ...identity import PARTITION
from ...route import Call
from . import reference

EVERYTHING = "*"


def of_call(call: Call, prefix: str, action: str) -> list[str]:
    """ARNs, the innermost ones: an index, not its table too.

    An action about nothing in particular is about everything. So is one whose resource the parameters do not name,
    such as an instance of EC2 by a filter: only a Resource of * allows it.
    """
    forms = reference.forms(prefix, action)
    given = [value for value in call.params.values() if isinstance(value, str) and value.startswith("arn:")]
    found = {arn for arn in given if any(form.fits(arn) for form in forms)}
    if not found:
        values = _values(call, forms)
        found = {arn for arn in (form.fill(values) for form in forms) if arn}
    return [arn for arn in sorted(found) if not any(_is_within(other, arn) for other in found)] or [EVERYTHING]


def _is_within(inner: str, outer: str) -> bool:
    return inner != outer and inner.startswith((outer + "/", outer + ":"))


def _values(call: Call, forms: tuple[reference.Form, ...]) -> dict[str, str]:
    """The variables of ARNs by their lower-case names: parameters of that name, or of that name without its ending."""
    values = {"partition": PARTITION, "region": call.region, "account": call.account}
    params = {name.lower(): value for name, value in call.params.items() if isinstance(value, str)}
    for form in forms:
        for variable in form.variables:
            value = _value(params, variable.lower())
            if value:
                # A member that takes both takes the name at the end of the ARN.
                values[variable.lower()] = value.rpartition("/")[2] if value.startswith("arn:") else value
    values.update(_OF_SERVICES.get(call.service, _nothing)(call, params))
    return values


def _value(params: dict[str, str], variable: str) -> str:
    """clusterName for ClusterName, and cluster."""
    for ending in ("", "name", "id"):
        if variable.endswith(ending) and params.get(variable.removesuffix(ending)):
            return params[variable.removesuffix(ending)]
    return ""


def _nothing(_: Call, __: dict[str, str]) -> dict[str, str]:
    return {}


def _of_iam(call: Call, params: dict[str, str]) -> dict[str, str]:
    """Names with their paths."""
    backend = iam_backends[call.account][PARTITION]
    kinds: dict[str, Any] = {"role": backend.roles, "user": backend.users, "group": backend.groups}
    values = {}
    for kind, entities in kinds.items():
        name = params.get(f"{kind}name")
        if name:
            known = (entity for entity in entities.values() if entity.name == name)
            path = next((entity.path for entity in known), params.get("path", "/")) or "/"
            values[f"{kind}namewithpath"] = f"{path.lstrip('/')}{name}"
    for kind in ("policy", "instanceprofile"):
        if params.get(f"{kind}name"):
            values[f"{kind}namewithpath"] = f"{params.get('path', '/').lstrip('/')}{params[f'{kind}name']}"
    return values


_OF_SERVICES: dict[str, Callable[[Call, dict[str, str]], dict[str, str]]] = {"iam": _of_iam}
