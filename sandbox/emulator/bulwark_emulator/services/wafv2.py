"""WAF: what AWS refuses, what rules need (WCU), what comes back changed, and what stays because it is in use.

Errors: https://docs.aws.amazon.com/waf/latest/APIReference/CommonErrors.html and the pages of the operations.
"""

from __future__ import annotations

from typing import Any, Iterator

from moto.elbv2.models import FakeLoadBalancer, elbv2_backends
from moto.logs.models import logs_backends
from moto.s3.models import s3_backends
from moto.wafv2.models import GLOBAL_REGION, FakeWebACL, WAFV2Backend, wafv2_backends

from ..answer import Answer
from ..errors import AwsError
from ..registry import operation
from ..route import Call

# https://docs.aws.amazon.com/waf/latest/developerguide/limits.html
_MOST_CAPACITY = 5000
_MOST_RATE_RULES = 10

# https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
_MANAGED_GROUPS = {
    "AWSManagedRulesACFPRuleSet": 50,
    "AWSManagedRulesATPRuleSet": 50,
    "AWSManagedRulesAdminProtectionRuleSet": 100,
    "AWSManagedRulesAmazonIpReputationList": 25,
    "AWSManagedRulesAnonymousIpList": 50,
    "AWSManagedRulesBotControlRuleSet": 50,
    "AWSManagedRulesCommonRuleSet": 700,
    "AWSManagedRulesKnownBadInputsRuleSet": 200,
    "AWSManagedRulesLinuxRuleSet": 200,
    "AWSManagedRulesPHPRuleSet": 100,
    "AWSManagedRulesSQLiRuleSet": 200,
    "AWSManagedRulesUnixRuleSet": 100,
    "AWSManagedRulesWindowsRuleSet": 200,
    "AWSManagedRulesWordPressRuleSet": 100,
}

# What a statement needs, by its match.
# https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statements-match.html
_STATEMENTS = {
    "GeoMatchStatement": 1,
    "IPSetReferenceStatement": 1,
    "LabelMatchStatement": 1,
    "RegexMatchStatement": 3,
    "RegexPatternSetReferenceStatement": 25,
    "SizeConstraintStatement": 1,
    "XssMatchStatement": 40,
}
_BYTE_MATCH = {"EXACTLY": 2, "STARTS_WITH": 2, "ENDS_WITH": 2, "CONTAINS": 10, "CONTAINS_WORD": 10}
_GROUPS = ("ManagedRuleGroupStatement", "RuleGroupReferenceStatement")

# https://docs.aws.amazon.com/waf/latest/APIReference/API_LoggingConfiguration.html
_REDACTABLE = ("UriPath", "QueryString", "SingleHeader", "Method")
_LOG_PREFIX = "aws-waf-logs-"

_BAD_ARN = (
    "The ARN isn't valid. A valid ARN begins with arn: and includes other information separated by colons or "
    "slashes."
)


def invalid(reason: str, field: str, parameter: str = "") -> AwsError:
    message = f"Error reason: {reason}, field: {field}, parameter: {parameter}"
    return AwsError(
        "WAFInvalidParameterException", message, 400, Field=field, Parameter=parameter, Reason=reason
    )


def missing() -> AwsError:
    message = "AWS WAF couldn’t perform the operation because your resource doesn’t exist."
    return AwsError("WAFNonexistentItemException", message, 400)


def _duplicate() -> AwsError:
    message = (
        "AWS WAF couldn’t perform the operation because some resource in your request is a duplicate of an "
        "existing one."
    )
    return AwsError("WAFDuplicateItemException", message, 400)


def in_use() -> AwsError:
    message = (
        "AWS WAF couldn’t perform the operation because your resource is being used by another resource or "
        "it’s associated with another resource."
    )
    return AwsError("WAFAssociatedItemException", message, 400)


def backend_of(call: Call) -> WAFV2Backend:
    """The account's WAF of the call's scope."""
    region = GLOBAL_REGION if call.params.get("Scope") == "CLOUDFRONT" else call.region
    return wafv2_backends[call.account][region]


def _web_acl(call: Call) -> FakeWebACL:
    """The web ACL that a call names."""
    params = call.params
    for acl in backend_of(call).wacls.values():
        if acl.arn in (params.get("ARN"), params.get("WebACLArn")) or (
            acl.id == params.get("Id") and acl.name == params.get("Name")
        ):
            return acl
    raise missing()


def check_new(call: Call, existing: Any) -> None:
    """Names are unique within account, region and scope, per kind."""
    if any(item.name == call.params["Name"] for item in existing.values()):
        raise _duplicate()


# Rules


def nested(statement: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The statement and all inside of it."""
    yield statement
    for inner in statement.values():
        for child in (inner.get("Statement"), inner.get("ScopeDownStatement"), *inner.get("Statements", ())):
            if child:
                yield from nested(child)


def _capacity(backend: WAFV2Backend, statement: dict[str, Any]) -> int:
    """The text transformation NONE changes nothing, and costs nothing.

    https://docs.aws.amazon.com/waf/latest/developerguide/aws-waf-capacity-units.html
    """
    (kind, body), *_ = statement.items()
    inner = (body.get("Statement"), body.get("ScopeDownStatement"), *body.get("Statements", ()))
    sum_inside = sum(_capacity(backend, child) for child in inner if child)
    if kind == "ManagedRuleGroupStatement":
        return _MANAGED_GROUPS.get(body["Name"], 0) + sum_inside
    if kind == "RuleGroupReferenceStatement":
        return int(backend.rule_groups[body["ARN"]].capacity)
    if kind == "RateBasedStatement":
        return 2 + 30 * len(body.get("CustomKeys", ())) + sum_inside
    if kind in ("AndStatement", "OrStatement", "NotStatement"):
        return sum_inside
    base = _STATEMENTS.get(kind, 0)
    if kind == "ByteMatchStatement":
        base = _BYTE_MATCH[body["PositionalConstraint"]]
    if kind == "SqliMatchStatement":
        base = 30 if body.get("SensitivityLevel") == "HIGH" else 20
    if "JsonBody" in body.get("FieldToMatch", {}):
        base *= 2
    if "AllQueryArguments" in body.get("FieldToMatch", {}):
        base += 10
    if body.get("IPSetForwardedIPConfig", {}).get("Position") == "ANY":
        base += 4
    changes = [step for step in body.get("TextTransformations", ()) if step["Type"] != "NONE"]
    return base + 10 * len(changes)


def _capacity_of(backend: WAFV2Backend, rules: list[dict[str, Any]]) -> int:
    return sum(_capacity(backend, rule["Statement"]) for rule in rules)


def _check_rules(backend: WAFV2Backend, rules: list[dict[str, Any]]) -> None:
    """What AWS refuses in the rules of a web ACL.

    https://docs.aws.amazon.com/waf/latest/APIReference/API_Rule.html
    https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-processing-order.html
    """
    for member in ("Name", "Priority"):
        values = [rule[member] for rule in rules]
        if len(set(values)) < len(values):
            reason = f"You have used the same {member.lower()} for more than one rule"
            raise invalid(reason, "RULE", f"{member.upper()}")
    for rule in rules:
        _check_rule(backend, rule)
    rate_rules = [rule for rule in rules if "RateBasedStatement" in rule["Statement"]]
    if len(rate_rules) > _MOST_RATE_RULES or _capacity_of(backend, rules) > _MOST_CAPACITY:
        message = "AWS WAF couldn’t perform the operation because you exceeded your resource limit."
        raise AwsError("WAFLimitsExceededException", message, 400)


def _check_rule(backend: WAFV2Backend, rule: dict[str, Any]) -> None:
    statement = rule["Statement"]
    if len(statement) != 1:
        raise invalid("You have specified none or more than one statement", "STATEMENT", rule["Name"])
    (kind,) = statement
    # A group's rules have actions; the rule that refers to it can only override the result.
    wanted, other = ("OverrideAction", "Action") if kind in _GROUPS else ("Action", "OverrideAction")
    if len(rule.get(wanted) or {}) != 1 or rule.get(other):
        reason = f"The rule needs {wanted} with one setting, and no {other}"
        raise invalid(reason, "RULE_ACTION" if wanted == "Action" else "OVERRIDE_ACTION", rule["Name"])
    for part in nested(statement):
        for inner, body in part.items():
            _check_statement(backend, rule["Name"], inner, body)


def _check_statement(backend: WAFV2Backend, rule: str, kind: str, body: dict[str, Any]) -> None:
    dangling = "A reference in your rule statement is not valid"
    if kind == "ManagedRuleGroupStatement" and (
        body["VendorName"] != "AWS" or body["Name"] not in _MANAGED_GROUPS
    ):
        raise invalid(dangling, "MANAGED_RULE_SET_STATEMENT", body["Name"])
    if kind == "IPSetReferenceStatement" and body["ARN"] not in backend.ip_sets:
        raise invalid(dangling, "IP_SET_REFERENCE_STATEMENT", body["ARN"])
    if kind == "RuleGroupReferenceStatement" and body["ARN"] not in backend.rule_groups:
        raise invalid(dangling, "RULE_GROUP_REFERENCE_STATEMENT", body["ARN"])
    if kind == "RateBasedStatement":
        # https://docs.aws.amazon.com/waf/latest/APIReference/API_RateBasedStatement.html
        if not 10 <= body["Limit"] <= 2_000_000_000:
            raise invalid("The limit is out of range", "RATE_BASED_STATEMENT", str(body["Limit"]))
        if body.setdefault("EvaluationWindowSec", 300) not in (60, 120, 300, 600):
            window = str(body["EvaluationWindowSec"])
            raise invalid("The window is not one of 60, 120, 300, 600", "RATE_BASED_STATEMENT", window)
    if kind in ("AndStatement", "OrStatement") and len(body.get("Statements", ())) < 2:
        field = "AND_STATEMENT" if kind == "AndStatement" else "OR_STATEMENT"
        raise invalid("You need at least two nested statements", field, rule)
    if kind == "ByteMatchStatement" and len(body["SearchString"]) > 200:
        raise invalid("The search string is longer than 200 bytes", "BYTE_MATCH_STATEMENT", rule)


@operation("wafv2", "CheckCapacity")
def check_capacity(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/waf/latest/APIReference/API_CheckCapacity.html"""
    rules = call.params["Rules"]
    _check_rules(backend_of(call), rules)
    return {"Capacity": _capacity_of(backend_of(call), rules)}


# Web ACLs


@operation("wafv2", "CreateWebACL")
def create_web_acl(call: Call) -> Answer:
    """https://docs.aws.amazon.com/waf/latest/APIReference/API_CreateWebACL.html"""
    backend, rules = backend_of(call), call.params.get("Rules", [])
    check_new(call, backend.wacls)
    _check_rules(backend, rules)
    answer = call.forward()
    if answer.ok:
        acl = next(acl for acl in backend.wacls.values() if acl.name == call.params["Name"])
        _settle(acl, rules, _capacity_of(backend, rules))
    return answer


@operation("wafv2", "UpdateWebACL")
def update_web_acl(call: Call) -> Answer:
    """Replaces everything: what the call leaves out is gone. moto keeps it.

    https://docs.aws.amazon.com/waf/latest/APIReference/API_UpdateWebACL.html
    """
    backend, params = backend_of(call), call.params
    rules = params.get("Rules", [])
    acl = _web_acl(call)
    _check_rules(backend, rules)
    answer = call.forward()
    if answer.ok:
        if not rules:
            acl.rules = []
        acl.description = params.get("Description", "")
        acl.association_config = params.get("AssociationConfig")
        acl.captcha_config = params.get("CaptchaConfig")
        acl.challenge_config = params.get("ChallengeConfig")
        acl.custom_response_bodies = params.get("CustomResponseBodies")
        acl.token_domains = params.get("TokenDomains")
        _settle(acl, rules, _capacity_of(backend, rules))
    return answer


def _settle(acl: FakeWebACL, rules: list[dict[str, Any]], capacity: int) -> None:
    """Capacity, and the defaults that AWS gives back: rules have been checked, and filled in."""
    acl.capacity = capacity
    windows = {
        rule["Name"]: rule["Statement"]["RateBasedStatement"]["EvaluationWindowSec"]
        for rule in rules
        if "RateBasedStatement" in rule["Statement"]
    }
    for rule in acl.rules:
        if rule.name in windows:
            rule.statement["RateBasedStatement"]["EvaluationWindowSec"] = windows[rule.name]


@operation("wafv2", "DeleteWebACL")
def delete_web_acl(call: Call) -> Answer:
    """A web ACL that guards something stays; its logging goes with it.

    https://docs.aws.amazon.com/waf/latest/APIReference/API_DeleteWebACL.html
    """
    backend = backend_of(call)
    acl = _web_acl(call)
    if _guarded(call, acl):
        raise in_use()
    answer = call.forward()
    if answer.ok:
        backend.logging_configurations.pop(acl.arn, None)
    return answer


# Associations


def _load_balancer(call: Call, arn: str) -> FakeLoadBalancer | None:
    return elbv2_backends[call.account][call.region].load_balancers.get(arn)


def _guarded(call: Call, acl: FakeWebACL) -> list[str]:
    """What the web ACL guards. A load balancer that was deleted takes its association along."""
    acl.associated_resources = [
        arn
        for arn in acl.associated_resources
        if ":loadbalancer/" not in arn or _load_balancer(call, arn) is not None
    ]
    return acl.associated_resources


@operation("wafv2", "AssociateWebACL")
def associate_web_acl(call: Call) -> Answer:
    """A resource has one web ACL: the new one takes the place of the old one. Load balancers have to exist.

    https://docs.aws.amazon.com/waf/latest/APIReference/API_AssociateWebACL.html
    """
    resource = call.params["ResourceArn"]
    backend = wafv2_backends[call.account][call.region]
    if call.params["WebACLArn"] not in backend.wacls:
        raise missing()
    if ":loadbalancer/" in resource:
        load_balancer = _load_balancer(call, resource)
        if load_balancer is None:
            raise missing()
        if load_balancer.type != "application":
            raise invalid(_BAD_ARN, "RESOURCE_ARN", resource)
    for acl in backend.wacls.values():
        acl.associated_resources = [arn for arn in acl.associated_resources if arn != resource]
    return call.forward()


@operation("wafv2", "GetWebACLForResource")
def get_web_acl_for_resource(call: Call) -> Answer:
    """https://docs.aws.amazon.com/waf/latest/APIReference/API_GetWebACLForResource.html"""
    resource = call.params["ResourceArn"]
    if ":loadbalancer/" in resource and _load_balancer(call, resource) is None:
        raise missing()
    return call.forward()


@operation("wafv2", "ListResourcesForWebACL")
def list_resources_for_web_acl(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/waf/latest/APIReference/API_ListResourcesForWebACL.html"""
    acl = _web_acl(call)
    kinds = {
        "APPLICATION_LOAD_BALANCER": ":loadbalancer/app/",
        "API_GATEWAY": ":apigateway:",
        "APPSYNC": ":appsync:",
        "COGNITO_USER_POOL": ":cognito-idp:",
        "APP_RUNNER_SERVICE": ":apprunner:",
        "VERIFIED_ACCESS_INSTANCE": ":verified-access-instance/",
        "AMPLIFY": ":amplify:",
    }
    part = kinds[call.params.get("ResourceType", "APPLICATION_LOAD_BALANCER")]
    return {"ResourceArns": [arn for arn in _guarded(call, acl) if part in arn]}


# Logging


@operation("wafv2", "PutLoggingConfiguration")
def put_logging_configuration(call: Call) -> Answer:
    """One destination whose name begins with aws-waf-logs-, and redaction of four kinds of fields.

    Whether WAF may write to the destination is not looked at: for a caller with the rights to, AWS adds what is
    missing to the destination's policy.

    https://docs.aws.amazon.com/waf/latest/APIReference/API_PutLoggingConfiguration.html
    https://docs.aws.amazon.com/waf/latest/developerguide/logging-destinations.html
    """
    configuration = call.params["LoggingConfiguration"]
    backend = wafv2_backends[call.account][_region_of(configuration["ResourceArn"])]
    if configuration["ResourceArn"] not in backend.wacls:
        raise missing()
    destinations = configuration["LogDestinationConfigs"]
    if len(destinations) != 1:
        raise invalid("You can define one destination", "LOG_DESTINATION", ", ".join(destinations))
    _check_destination(call, destinations[0])
    redacted = configuration.get("RedactedFields", [])
    for field in redacted:
        if len(field) != 1 or next(iter(field)) not in _REDACTABLE:
            raise invalid("You can't redact this field", "FIELD_TO_MATCH", ", ".join(field))
    answer = call.forward()
    if answer.ok:
        kept = backend.logging_configurations[configuration["ResourceArn"]]
        # Header names come back in lower case.
        kept.redacted_fields = [
            {kind: {name: text.lower() for name, text in part.items()} for kind, part in field.items()}
            for field in redacted
        ]
    return answer


def _region_of(arn: str) -> str:
    """Where moto keeps a web ACL."""
    parts = arn.split(":")
    return GLOBAL_REGION if parts[5].startswith("global/") else parts[3]


def _check_destination(call: Call, arn: str) -> None:
    """Buckets and log groups have to exist, log groups in the account and region of the call."""
    parts = arn.split(":", 5)
    name = parts[5].removeprefix("log-group:").removeprefix("deliverystream/") if len(parts) == 6 else ""
    if not name.startswith(_LOG_PREFIX) or parts[2] not in ("s3", "logs", "firehose"):
        raise invalid(_BAD_ARN, "LOG_DESTINATION", arn)
    found = True
    if parts[2] == "s3":
        found = name in s3_backends.bucket_accounts
    elif parts[2] == "logs":
        here = parts[3:5] == [call.region, call.account]
        found = here and name in logs_backends[call.account][call.region].groups
    if not found:
        raise invalid("The log destination doesn't exist", "LOG_DESTINATION", arn)
