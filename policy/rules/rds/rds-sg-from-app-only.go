package rds

import "github.com/bulwark-iac/bulwark/policy/rule"

var rdsSgFromAppOnly = rule.Rule{
	ID:         "rds-sg-from-app-only",
	Title:      "Database ingress only from the service security group",
	Why:        "A CIDR block lets in everything that will ever have an address in it; a security group lets in the service, and nothing else that starts next to it.",
	Severity:   rule.High,
	References: rule.References{FSBP: []string{"EC2.19"}},
	Source:     "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.RDSSecurityGroups.html",
	Fix: rule.Fix{
		Bulwark: "network.Allow(ctx, service, database, 5432)",
		Plain:   "vpc.SecurityGroupIngressRuleArgs{ReferencedSecurityGroupId: app.ID(), FromPort: pulumi.Int(5432), ToPort: pulumi.Int(5432), ...}",
	},
	Types: []string{instance, cluster, securityGroup, defaultSecurityGroup, ingressRule, securityGroupRule},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(instance, cluster), func(db *rule.Resource) {
			groups := s.Referred(db, "vpcSecurityGroupIds", securityGroup, defaultSecurityGroup)
			if len(groups) == 0 {
				f.NotApplicable("its security groups are not in the stack")
				return
			}
			for _, group := range groups {
				i := ingress{stack: s, findings: f, db: db, group: group}
				i.check()
			}
		})
	},
	Good: []rule.Example{{Name: "the service's group", YAML: `
vpc:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
service:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {vpcId: "${vpc.id}"}
database:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {vpcId: "${vpc.id}"}
rule:
  type: aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule
  properties: {securityGroupId: "${database.id}", referencedSecurityGroupId: "${service.id}", ipProtocol: tcp, fromPort: 5432, toPort: 5432}
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, vpcSecurityGroupIds: ["${database.id}"]}
`}, {Name: "networks no wider than the VPC", YAML: `
vpc:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
database:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {vpcId: "${vpc.id}", ingress: [{protocol: tcp, fromPort: 3306, toPort: 3306, cidrBlocks: ["10.0.0.0/20", "10.8.0.0/24"]}]}
db:
  type: aws:rds/cluster:Cluster
  properties: {engine: aurora-mysql, vpcSecurityGroupIds: ["${database.id}"]}
`}, {Name: "a second block of the VPC", YAML: `
vpc:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
more:
  type: aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation
  properties: {vpcId: "${vpc.id}", cidrBlock: 100.64.0.0/16}
database:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {vpcId: "${vpc.id}"}
rule:
  type: aws:ec2/securityGroupRule:SecurityGroupRule
  properties: {type: ingress, securityGroupId: "${database.id}", protocol: "6", fromPort: 5432, toPort: 5432, cidrBlocks: [100.64.1.0/24]}
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, vpcSecurityGroupIds: ["${database.id}"]}
`}, {Name: "another port, and the way out", YAML: `
database:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {vpcId: vpc-0123456789abcdef0}
web:
  type: aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule
  properties: {securityGroupId: "${database.id}", cidrIpv4: 0.0.0.0/0, ipProtocol: tcp, fromPort: 443, toPort: 443}
out:
  type: aws:ec2/securityGroupRule:SecurityGroupRule
  properties: {type: egress, securityGroupId: "${database.id}", protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: [0.0.0.0/0]}
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, port: 5432, vpcSecurityGroupIds: ["${database.id}"]}
`}},
	Bad: []rule.Example{{Name: "everybody", YAML: `
database:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {vpcId: vpc-0123456789abcdef0}
rule:
  type: aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule
  properties: {securityGroupId: "${database.id}", cidrIpv4: 0.0.0.0/0, ipProtocol: tcp, fromPort: 5432, toPort: 5432}
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, vpcSecurityGroupIds: ["${database.id}"]}
`}, {Name: "everybody by IPv6", YAML: `
database:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {vpcId: vpc-0123456789abcdef0}
rule:
  type: aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule
  properties: {securityGroupId: "${database.id}", cidrIpv6: "::/0", ipProtocol: "-1"}
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, vpcSecurityGroupIds: ["${database.id}"]}
`}, {Name: "wider than the VPC", YAML: `
vpc:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/20}
database:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {vpcId: "${vpc.id}", ingress: [{protocol: tcp, fromPort: 0, toPort: 65535, cidrBlocks: [10.0.0.0/16]}]}
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, vpcSecurityGroupIds: ["${database.id}"]}
`}, {Name: "every private network", YAML: `
database:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {vpcId: vpc-0123456789abcdef0}
rule:
  type: aws:ec2/securityGroupRule:SecurityGroupRule
  properties: {type: ingress, securityGroupId: "${database.id}", protocol: tcp, fromPort: 5400, toPort: 5500, cidrBlocks: [10.0.0.0/8]}
db:
  type: aws:rds/cluster:Cluster
  properties: {engine: aurora-postgresql, port: 5433, vpcSecurityGroupIds: ["${database.id}"]}
`}, {Name: "an address of the internet", YAML: `
database:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {ingress: [{protocol: tcp, fromPort: 5432, toPort: 5432, cidrBlocks: [203.0.113.7/32]}]}
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, vpcSecurityGroupIds: ["${database.id}"]}
`}},
}
