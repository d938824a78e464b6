package edge

import "github.com/bulwark-iac/bulwark/policy/rule"

var elbSgOnlyWebPorts = rule.Rule{
	ID:         "elb-sg-only-web-ports",
	Title:      "Public ALB security group opens only 80/443",
	Why:        "Whatever else listens behind a public load balancer, an admin page or a metrics port, is one open port away from everybody.",
	Severity:   rule.High,
	References: rule.References{FSBP: []string{"EC2.18"}, Checkov: []string{"CKV_AWS_260"}, CDKNag: []string{"AwsSolutions-EC23"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-18",
	Fix: rule.Fix{
		Bulwark: "loadbalancing.NewLoadBalancer opens 443, and 80 for the redirect",
		Plain:   "an ingress rule of 0.0.0.0/0 on ports 443 and 80 only",
	},
	Types: []string{loadBalancer, albLoadBalancer, securityGroup, defaultSecurityGroup, securityGroupRule, ingressRule},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(loadBalancer, albLoadBalancer), func(lb *rule.Resource) {
			if lb.Get("internal").Bool() {
				f.NotApplicable("internal: the internet does not reach it")
				return
			}
			for _, group := range s.Referred(lb, "securityGroups", securityGroup, defaultSecurityGroup) {
				wantWebPorts(s, f, group)
			}
		})
	},
	Good: []rule.Example{{YAML: `
web:
  type: aws:lb/loadBalancer:LoadBalancer
  properties: {internal: false, securityGroups: ["${group.id}"]}
group:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {vpcId: vpc-0123456789abcdef0}
open:
  type: aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule
  properties: {securityGroupId: "${group.id}", ipProtocol: tcp, fromPort: 443, toPort: 443, cidrIpv4: 0.0.0.0/0}
`}, {Name: "inline", YAML: `
web:
  type: aws:lb/loadBalancer:LoadBalancer
  properties: {internal: false, securityGroups: ["${group.id}"]}
group:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {vpcId: vpc-0123456789abcdef0, ingress: [{protocol: tcp, fromPort: 443, toPort: 443, cidrBlocks: [0.0.0.0/0]}]}
`}, {Name: "an office may reach more", YAML: `
web:
  type: aws:lb/loadBalancer:LoadBalancer
  properties: {internal: false, securityGroups: ["${group.id}"]}
group:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {vpcId: vpc-0123456789abcdef0}
open:
  type: aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule
  properties: {securityGroupId: "${group.id}", ipProtocol: tcp, fromPort: 9000, toPort: 9000, cidrIpv4: 203.0.113.0/24}
`}},
	Bad: []rule.Example{{Name: "another port", YAML: `
web:
  type: aws:lb/loadBalancer:LoadBalancer
  properties: {internal: false, securityGroups: ["${group.id}"]}
group:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {vpcId: vpc-0123456789abcdef0}
open:
  type: aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule
  properties: {securityGroupId: "${group.id}", ipProtocol: tcp, fromPort: 9000, toPort: 9000, cidrIpv4: 0.0.0.0/0}
`}, {Name: "inline", YAML: `
web:
  type: aws:lb/loadBalancer:LoadBalancer
  properties: {internal: false, securityGroups: ["${group.id}"]}
group:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {vpcId: vpc-0123456789abcdef0, ingress: [{protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: [0.0.0.0/0]}]}
`}, {Name: "by a rule of its own", YAML: `
web:
  type: aws:lb/loadBalancer:LoadBalancer
  properties: {internal: false, securityGroups: ["${group.id}"]}
group:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {vpcId: vpc-0123456789abcdef0}
more:
  type: aws:ec2/securityGroupRule:SecurityGroupRule
  properties: {securityGroupId: "${group.id}", type: ingress, protocol: tcp, fromPort: 0, toPort: 65535, ipv6CidrBlocks: ["::/0"]}
`}},
}
