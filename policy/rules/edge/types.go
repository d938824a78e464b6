package edge

import (
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/openings"
)

// The type tokens that several rules share. Those of the module alb are older names of the same resources.
const (
	loadBalancer         = "aws:lb/loadBalancer:LoadBalancer"
	albLoadBalancer      = "aws:alb/loadBalancer:LoadBalancer"
	listener             = "aws:lb/listener:Listener"
	albListener          = "aws:alb/listener:Listener"
	targetGroup          = "aws:lb/targetGroup:TargetGroup"
	albTargetGroup       = "aws:alb/targetGroup:TargetGroup"
	certificate          = "aws:acm/certificate:Certificate"
	webACL               = "aws:wafv2/webAcl:WebAcl"
	association          = "aws:wafv2/webAclAssociation:WebAclAssociation"
	loggingConfiguration = "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration"
	securityGroup        = openings.SecurityGroup
	defaultSecurityGroup = openings.DefaultSecurityGroup
	securityGroupRule    = openings.SecurityGroupRule
	ingressRule          = openings.IngressRule
	ruleGroup            = "aws:wafv2/ruleGroup:RuleGroup"
)

// application tells whether a load balancer is an Application Load Balancer, the default.
func application(lb *rule.Resource) bool {
	kind := lb.Get("loadBalancerType")
	return kind.Empty() || kind.Is("application")
}
