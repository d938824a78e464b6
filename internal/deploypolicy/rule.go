package deploypolicy

import (
	"fmt"
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/internal/iamref"
)

// tags says what the tags Project and Environment have to be.
type tags string

const (
	// noTags asks for none: the resource is told apart by its name, or not at all.
	noTags tags = ""
	// requested: the call sets them.
	requested tags = "requested"
	// owned: the resource has them.
	owned tags = "owned"
	// unclaimed: the resource has them, or has no such tags.
	unclaimed tags = "unclaimed"
	// claimed: the call sets them, on a resource that has them or has none.
	claimed tags = "claimed"
)

// need is one authorization that AWS asks for: an action, on resources of one kind. A call has one or more.
type need struct {
	// action is named as policies name it: s3:PutEncryptionConfiguration.
	action string
	// resources are as Scope.arns reads them.
	resources []string
	tags      tags
	// key and values are one more condition: the service that a role is passed to.
	key    string
	values []string
	// reason is why the action is allowed on resources of others too.
	reason string
}

// on is an action on resources.
func on(t tags, resources ...string) need { return need{tags: t, resources: resources} }

// anywhere is an action that cannot be kept to resources.
func anywhere() need { return need{resources: []string{"*"}, reason: noResource} }

// as gives the need the name of another action than the operation's.
func (n need) as(action string) need {
	n.action = action
	return n
}

// when adds a condition.
func (n need) when(key string, values ...string) need {
	n.key, n.values = key, values
	return n
}

// because says why the need reaches further than the project.
func (n need) because(reason string) need {
	n.reason = reason
	return n
}

// Reasons why an action is allowed on everything.
const (
	noResource = "AWS knows no resource for it"
	// Where a resource is gone, it has no tags, and AWS refuses the call instead of saying so.
	readGone = "a refresh has to learn that a resource is gone, which has no tags any more"
)

// secretReads are the actions that read what is secret: they are kept to the project's resources.
var secretReads = map[string]bool{
	"kms:Decrypt": true, "secretsmanager:GetSecretValue": true, "secretsmanager:BatchGetSecretValue": true, "ssm:GetParameter": true,
	"ssm:GetParameters": true, "ssm:GetParametersByPath": true, "ssm:GetParameterHistory": true, "sqs:ReceiveMessage": true,
	"dynamodb:GetItem": true, "dynamodb:BatchGetItem": true, "dynamodb:Query": true, "dynamodb:Scan": true,
}

// looks tells whether an action shows how a resource is set up, and nothing that is in it.
func looks(a iamref.Action) bool {
	return (a.Level == iamref.Read || a.Level == iamref.List) && !secretReads[a.String()]
}

// prefixes are the prefixes of IAM actions where they differ from the name of the endpoint.
var prefixes = map[string]string{"elbv2": "elasticloadbalancing", "elb": "elasticloadbalancing", "email": "ses", "states": "states", "cognitoidp": "cognito-idp"}

// rules are the operations whose needs do not follow from the reference, by service and operation.
var rules = map[string]map[string][]need{
	"acm":                     acmRules,
	"application-autoscaling": scalingRules,
	"cloudtrail":              cloudtrailRules,
	"ec2":                     ec2Rules,
	"ecr":                     ecrRules,
	"ecs":                     ecsRules,
	"elasticloadbalancing":    balancerRules,
	"iam":                     iamRules,
	"kms":                     kmsRules,
	"logs":                    logsRules,
	"route53":                 route53Rules,
	"s3":                      s3Rules,
	"scheduler":               schedulerRules,
	"sts":                     stsRules,
	"wafv2":                   wafRules,
}

// ownResources are the resources of a service that carry the project's tags, in one pattern.
var ownResources = map[string]string{
	"acm": "acm:certificate/*", "ec2": "ec2:*/*", "ecr": "ecr:repository/*", "ecs": "ecs:*/*", "elasticloadbalancing": "elasticloadbalancing:*/*",
	"kms": "kms:key/*", "wafv2": "wafv2:regional/*", "secretsmanager": "secretsmanager:secret:*", "cloudwatch": "cloudwatch:alarm:*",
	"sqs": "sqs:*", "sns": "sns:*", "rds": "rds:*", "dynamodb": "dynamodb:table/*", "ssm": "ssm:parameter/*",
	"application-autoscaling": "application-autoscaling:scalable-target/*",
}

// named are services whose resources have names that the project chooses: a name is asked for, and no tag.
var named = map[string]string{
	"cloudtrail": "cloudtrail:trail/{name}", "iam": "iam:role/{role}", "logs": "logs:log-group:{log-group}", "s3": "s3:{bucket}",
	"events": "events:rule/{name}",
}

// prefix is the prefix of the call's IAM actions.
func (c Call) prefix() string {
	if prefix, ok := prefixes[c.Service]; ok {
		return prefix
	}
	return c.Service
}

// needs are the authorizations that a call asks for.
func (c Call) needs() ([]need, error) {
	service := c.prefix()
	found, ok := rules[service][c.Operation]
	if !ok {
		derived, err := derive(service + ":" + c.Operation)
		if err != nil {
			return nil, fmt.Errorf("%s: %w; say so in the rules of %s", c, err, service)
		}
		found = []need{derived}
	}
	needs := slices.Clone(found)
	for i, n := range needs {
		if n.action == "" {
			needs[i].action = service + ":" + c.Operation
		}
	}
	return needs, nil
}

// derive finds what an action can be kept to in AWS's reference: names first, then tags.
func derive(name string) (need, error) {
	a, ok := iamref.Lookup(name)
	if !ok {
		return need{}, fmt.Errorf("AWS has no action %s", name)
	}
	const own = "aws:ResourceTag/Project"
	asked, has := a.Knows("aws:RequestTag/Project"), a.Knows(own)
	pattern, byName := named[a.Service]
	switch {
	case len(a.Types) == 0 && asked:
		return on(requested, "*").as(a.String()), nil
	case len(a.Types) == 0:
		return anywhere().as(a.String()), nil
	case byName && takesSome(a, pattern) && a.Service == "iam" && has && !looks(a):
		return on(owned, pattern).as(a.String()), nil
	case byName && takesSome(a, pattern):
		return on(noTags, pattern).as(a.String()), nil
	case a.Level == iamref.Tagging && has && ownResources[a.Service] != "":
		return on(owned, ownResources[a.Service]).as(a.String()), nil
	case strings.HasPrefix(a.Name, "Create") && ownResources[a.Service] != "" && asked:
		return need{}, fmt.Errorf("%s makes a resource: which of the resources that it takes carries the new tags is not in the data", a)
	case has && ownResources[a.Service] != "" && looks(a):
		return on(noTags, ownResources[a.Service]).as(a.String()).because(readGone), nil
	case has && ownResources[a.Service] != "":
		return on(owned, ownResources[a.Service]).as(a.String()), nil
	}
	return need{}, fmt.Errorf("%s: neither names nor tags are known that it can be kept to", a)
}

// takesSome tells whether an action takes a resource of that pattern.
func takesSome(a iamref.Action, pattern string) bool {
	some := Scope{Account: "123456789012", Project: "project", Environment: "environment"}
	return slices.ContainsFunc(some.arns(pattern), a.Takes)
}
