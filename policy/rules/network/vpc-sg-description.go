package network

import "github.com/bulwark-iac/bulwark/policy/rule"

var vpcSgDescription = rule.Rule{
	ID:       "vpc-sg-description",
	Title:    "Security groups and rules are described",
	Why:      "A rule that nobody can explain is a rule that nobody dares to remove: groups only ever grow, until they let everybody in.",
	Severity: rule.Low,
	References: rule.References{
		Checkov: []string{"CKV_AWS_23"},
		Trivy:   []string{"AWS-0099", "AWS-0124"},
		CDKNag:  []string{"AwsSolutions-EC27"},
		Pulumi:  []string{"aws-ec2-securitygroup-missing-description", "aws-ec2-securitygroup-missing-ingress-rule-description", "aws-ec2-securitygroup-missing-egress-rule-description"},
	},
	Source: "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
	Fix: rule.Fix{
		Bulwark: "network.NewSecurityGroup and network.Allow describe group and rules; SecurityGroupArgs.Description says more",
		Plain:   "Description in ec2.SecurityGroupArgs and in each of its rules",
	},
	Types: []string{securityGroup, defaultSecurityGroup, securityGroupRule, ingressRule, egressRule},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if r.Is(securityGroup) {
			if d := r.Get("description"); d.Is("", "Managed by Pulumi", "Managed by Terraform") {
				f.Fail(d, "%s: expected what the group is for", d)
			}
		}
		for _, direction := range []string{in, out} {
			eachOpening(r, f, direction, func(o opening) { f.WantSet(o.Description, "who needs it, and what for") })
		}
	},
	Good: []rule.Example{{Name: "a group with rules", YAML: `
web:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {description: load balancer, ingress: [{protocol: tcp, fromPort: 443, toPort: 443, cidrBlocks: [0.0.0.0/0], description: HTTPS from everywhere}]}
`}, {Name: "rules of their own", YAML: `
https:
  type: aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule
  properties: {securityGroupId: sg-0123456789abcdef0, ipProtocol: tcp, fromPort: 443, toPort: 443, referencedSecurityGroupId: sg-0fedcba9876543210, description: HTTPS from the load balancer}
out:
  type: aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule
  properties: {securityGroupId: sg-0123456789abcdef0, ipProtocol: tcp, fromPort: 443, toPort: 443, referencedSecurityGroupId: sg-0fedcba9876543210, description: HTTPS to the endpoints}
self:
  type: aws:ec2/securityGroupRule:SecurityGroupRule
  properties: {securityGroupId: sg-0123456789abcdef0, type: ingress, protocol: tcp, fromPort: 443, toPort: 443, self: true, description: HTTPS among members}
`}},
	Bad: []rule.Example{{Name: "no description", YAML: `
web:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {vpcId: vpc-0123456789abcdef0}
`}, {Name: "the default description", YAML: `
web:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {description: Managed by Pulumi}
`}, {Name: "a rule inside the group", YAML: `
web:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {description: load balancer, ingress: [{protocol: tcp, fromPort: 443, toPort: 443, cidrBlocks: [0.0.0.0/0]}]}
`}, {Name: "a rule out inside the group", YAML: `
web:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {description: load balancer, egress: [{protocol: tcp, fromPort: 443, toPort: 443, cidrBlocks: [0.0.0.0/0]}]}
`}, {Name: "an ingress rule", YAML: `
https:
  type: aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule
  properties: {securityGroupId: sg-0123456789abcdef0, ipProtocol: tcp, fromPort: 443, toPort: 443, referencedSecurityGroupId: sg-0fedcba9876543210}
`}, {Name: "an egress rule", YAML: `
https:
  type: aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule
  properties: {securityGroupId: sg-0123456789abcdef0, ipProtocol: tcp, fromPort: 443, toPort: 443, referencedSecurityGroupId: sg-0fedcba9876543210}
`}, {Name: "a rule of the older kind", YAML: `
https:
  type: aws:ec2/securityGroupRule:SecurityGroupRule
  properties: {securityGroupId: sg-0123456789abcdef0, type: ingress, protocol: tcp, fromPort: 443, toPort: 443, self: true}
`}},
}
