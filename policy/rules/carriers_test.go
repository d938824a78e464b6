package rules

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/bulwark-iac/bulwark/policy/internal/schema"
	"github.com/bulwark-iac/bulwark/policy/rule"
)

// judges are rules that judge what a carrier carries: each looks at every type that can carry it, but for those below.
var judges = map[string][]string{
	"attached-policies":  {"iam-no-administrator-access", "iam-no-aws-managed", "iam-no-cloudshell-full", "iam-no-full-iam"},
	"identity-documents": {"iam-no-admin-policy", "iam-no-wildcard-resource", "iam-passrole-scoped", "iam-no-privilege-escalation", "iam-no-data-exfiltration"},
	"network-acl-rules":  {"vpc-nacl-no-open-admin", "vpc-nacl-no-all-ports"},
	"security-group-rules": {
		"vpc-sg-no-open-ssh", "vpc-sg-no-open-rdp", "vpc-sg-no-open-cifs", "vpc-sg-no-open-all", "vpc-sg-high-risk-ports",
		"vpc-sg-authorized-ports", "vpc-sg-no-open-egress", "vpc-sg-description", "vpc-sg-no-rule-conflict",
	},
	"runtimes":        {"lambda-runtime"},
	"engine-versions": {"rds-engine-version-supported"},
	"listeners":       {"elb-http-redirect", "elb-secure-protocols", "elb-tls-policy"},
}

// notJudged are types that a carrier has and its rules do not look at, with the reason.
var notJudged = map[string]string{
	"aws:eks/accessPolicyAssociation:AccessPolicyAssociation":                                 "policies of Kubernetes, which are none of IAM",
	"aws:quicksight/iamPolicyAssignment:IamPolicyAssignment":                                  "gives users of QuickSight what a policy says that is judged where it is made",
	"aws:rolesanywhere/profile:Profile":                                                       "its policies only limit the sessions of roles, which are judged themselves",
	"aws:appsync/function:Function":                                                           "AppSync's own runtimes, which AWS updates",
	"aws:appsync/resolver:Resolver":                                                           "AppSync's own runtimes, which AWS updates",
	"aws:cloudfront/function:Function":                                                        "CloudFront's own runtimes, which AWS updates",
	"aws:rds/customDbEngineVersion:CustomDbEngineVersion":                                     "an engine that the user brings and supports",
	"aws:ec2/securityGroupAssociation:SecurityGroupAssociation":                               "refers to a group, and has no rules",
	"aws:vpc/securityGroupVpcAssociation:SecurityGroupVpcAssociation":                         "refers to a group, and has no rules",
	"aws:ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment": "refers to a group, and has no rules",

	"aws:ec2/instance:Instance":                       "no component and no control is about instances of EC2; the subnets and groups around them are judged",
	"aws:ec2/launchConfiguration:LaunchConfiguration": "no component and no control is about instances of EC2; the subnets and groups around them are judged",
	"aws:ec2/spotInstanceRequest:SpotInstanceRequest": "no component and no control is about instances of EC2; the subnets and groups around them are judged",
	"aws:ec2/defaultSubnet:DefaultSubnet":             "always public: that nothing runs in one is asked of what runs there",
	"aws:rds/shardGroup:ShardGroup":                   "Aurora Limitless, which no control of the catalogue is about yet",

	"aws:cloudwatch/eventBusPolicy:EventBusPolicy":                                        "no control of the catalogue is about event buses yet",
	"aws:cloudwatch/logAccountPolicy:LogAccountPolicy":                                    "settings of log groups, and no grants",
	"aws:cloudwatch/logDataProtectionPolicy:LogDataProtectionPolicy":                      "what to mask in logs, and no grants",
	"aws:cloudwatch/logDestinationPolicy:LogDestinationPolicy":                            "no control of the catalogue is about log destinations yet",
	"aws:cloudwatch/logIndexPolicy:LogIndexPolicy":                                        "settings of log groups, and no grants",
	"aws:cloudwatch/logResourcePolicy:LogResourcePolicy":                                  "no control of the catalogue is about the log groups' policies yet",
	"aws:ecr/registryPolicy:RegistryPolicy":                                               "lets registries replicate, and images be pulled through; no control of the catalogue is about it yet",
	"aws:s3control/accessGrantsInstanceResourcePolicy:AccessGrantsInstanceResourcePolicy": "S3 Access Grants, which no control of the catalogue is about yet",
	"aws:s3control/accessPointPolicy:AccessPointPolicy":                                   "an access point that is public is asked for by its public access block",
	"aws:s3control/bucketPolicy:BucketPolicy":                                             "buckets on Outposts, which no control of the catalogue is about",
	"aws:s3control/objectLambdaAccessPointPolicy:ObjectLambdaAccessPointPolicy":           "AWS takes no new users of S3 Object Lambda",
	"aws:sns/dataProtectionPolicy:DataProtectionPolicy":                                   "what to mask in messages, and no grants",
}

// directions are types that only some rules of a carrier are about.
func otherDirection(id, token string) bool {
	outward := strings.Contains(id, "egress")
	switch token {
	case "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule":
		return !outward && id != "vpc-sg-description" && id != "vpc-sg-no-rule-conflict"
	case "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule":
		return outward
	}
	return false
}

// Every type of the SDK that can carry what a rule judges is judged, or has a reason why not.
func TestEveryTypeThatCarriesItIsJudged(t *testing.T) {
	byID := map[string]*rule.Rule{}
	for _, r := range All() {
		byID[r.ID] = r
	}
	used := map[string]bool{}
	carriers := schema.Carriers()
	assert.NotEmpty(t, carriers)
	for _, what := range slices.Sorted(maps.Keys(carriers)) {
		for _, token := range carriers[what] {
			if notJudged[token] != "" {
				used[token] = true
				continue
			}
			if judges[what] == nil { // any rule will do
				looks := slices.ContainsFunc(All(), func(r *rule.Rule) bool { return slices.Contains(r.Types, token) })
				assert.True(t, looks, "no rule looks at %s, which can carry %s: add it to the Types of those that judge that, or a reason to notJudged", token, what)
				continue
			}
			for _, id := range judges[what] {
				if assert.Contains(t, byID, id) && !otherDirection(id, token) {
					assert.True(t, byID[id].Looks(token), "%s does not look at %s, which can carry %s: add it to its Types, or a reason to notJudged", id, token, what)
				}
			}
		}
	}
	for token, reason := range notJudged {
		assert.True(t, reason == "" || used[token], "%s: the SDK has no such type any more: take its reason out", token)
	}
}

// pulumi-aws has the load balancers under two names: a rule that looks at one looks at the other.
func TestRulesLookAtBothNamesOfLoadBalancers(t *testing.T) {
	for _, r := range All() {
		for _, token := range r.Types {
			other := ""
			if rest, ok := strings.CutPrefix(token, "aws:lb/"); ok {
				other = "aws:alb/" + rest
			} else if rest, ok := strings.CutPrefix(token, "aws:alb/"); ok {
				other = "aws:lb/" + rest
			}
			assert.True(t, other == "" || slices.Contains(r.Types, other), "%s looks at %s and not at %s", r.ID, token, other)
		}
	}
}
