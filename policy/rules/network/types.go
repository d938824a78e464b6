package network

import (
	"github.com/bulwark-iac/bulwark/policy/rules/internal/openings"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/subnets"
)

// The type tokens that several rules share.
const (
	vpc                  = subnets.Vpc
	defaultVpc           = "aws:ec2/defaultVpc:DefaultVpc"
	defaultSecurityGroup = openings.DefaultSecurityGroup
	securityGroup        = "aws:ec2/securityGroup:SecurityGroup"
	securityGroupRule    = "aws:ec2/securityGroupRule:SecurityGroupRule"
	ingressRule          = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
	egressRule           = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
	networkACL           = "aws:ec2/networkAcl:NetworkAcl"
	networkACLRule       = "aws:ec2/networkAclRule:NetworkAclRule"
	networkACLUse        = "aws:ec2/networkAclAssociation:NetworkAclAssociation"
	defaultNetworkACL    = "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl"
	endpoint             = "aws:ec2/vpcEndpoint:VpcEndpoint"
	endpointPolicy       = "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy"
	endpointService      = "aws:ec2/vpcEndpointService:VpcEndpointService"
	endpointRouteTable   = "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation"
	flowLog              = "aws:ec2/flowLog:FlowLog"
	logGroup             = "aws:cloudwatch/logGroup:LogGroup"
	natGateway           = "aws:ec2/natGateway:NatGateway"
	elasticIP            = "aws:ec2/eip:Eip"
	publicAccessOptions  = "aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions"
	instance             = "aws:ec2/instance:Instance"
	launchTemplate       = "aws:ec2/launchTemplate:LaunchTemplate"
	loadBalancer         = "aws:lb/loadBalancer:LoadBalancer"
	loadBalancerAlias    = "aws:alb/loadBalancer:LoadBalancer"
	listener             = "aws:lb/listener:Listener"
	listenerAlias        = "aws:alb/listener:Listener"
)

// openingTypes are the types that let somebody in.
var openingTypes = []string{securityGroup, defaultSecurityGroup, securityGroupRule, ingressRule}
