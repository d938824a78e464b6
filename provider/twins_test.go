package provider

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/audit"
	"github.com/bulwark-iac/bulwark/components/edge"
	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/network"
	"github.com/bulwark-iac/bulwark/components/storage"
	"github.com/bulwark-iac/bulwark/components/tagging"
	"github.com/bulwark-iac/bulwark/components/waf"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
)

var (
	labels = tagging.Labels{
		Project: "acme-audio", Environment: "test", Owner: "platform@acme.example", CostCenter: "1000",
		DataClass: tagging.Confidential, Repository: "github.com/acme/infra", Extra: map[string]string{"Purpose": "test"},
	}
	labelsObject = object{
		"project": "acme-audio", "environment": "test", "owner": "platform@acme.example", "costCenter": "1000",
		"dataClass": "confidential", "repository": "github.com/acme/infra", "extra": object{"Purpose": "test"},
	}
)

const (
	someKey          = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
	someVPC          = "vpc-0123456789abcdef0"
	someGroup        = "sg-0123456789abcdef0"
	someTable        = "rtb-0123456789abcdef0"
	someZone         = "Z0123456789ABCDEFGHIJ"
	someCertificate  = "arn:aws:acm:eu-west-1:123456789012:certificate/1234abcd-12ab-34cd-56ef-1234567890ab"
	someLoadBalancer = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/acme/50dc6c495c0c9188"
	someRuleGroup    = "arn:aws:wafv2:eu-west-1:123456789012:regional/rulegroup/acme/1234abcd-12ab-34cd-56ef-1234567890ab"
	someTopic        = "arn:aws:sns:eu-west-1:123456789012:alarms"

	subnet0 = componenttest.ExistingSubnet + "0"
	subnet1 = componenttest.ExistingSubnet + "1"
)

// twins are the same component in both forms, by its token. Together they use every kind of value: texts, numbers, enums,
// lists, maps, nested objects, inputs.
var twins = map[string]struct {
	inputs  object
	program pulumi.RunFunc
}{
	audit.AccountBaselineType: {
		inputs: object{
			"labels": labelsObject, "lifecycle": "disposable", "ebsEncryption": "off", "maxPasswordAgeDays": 30.0, "unusedAccessDays": 180.0,
		},
		program: func(ctx *pulumi.Context) error {
			_, err := audit.NewAccountBaseline(ctx, "it", &audit.AccountBaselineArgs{
				Labels: labels, Lifecycle: lifecycle.Disposable, EbsEncryption: audit.SwitchOff, MaxPasswordAgeDays: 30, UnusedAccessDays: 180,
			})
			return err
		},
	},
	audit.TrailType: {
		inputs: object{
			"labels": labelsObject, "logBucketName": "acme-trails", "keyArn": someKey,
			"dataEvents": []any{object{"bucketArn": "arn:aws:s3:::acme-audio", "events": "write"}}, "insights": []any{"ApiCallRateInsight"},
			"leaveOut": []any{"vpc-changes"}, "alarmActions": []any{someTopic}, "alarmThresholds": object{"unauthorized-calls": 10.0},
		},
		program: func(ctx *pulumi.Context) error {
			_, err := audit.NewTrail(ctx, "it", &audit.TrailArgs{
				Labels: labels, LogBucketName: pulumi.String("acme-trails"), KeyArn: pulumi.String(someKey),
				DataEvents: []audit.DataEvents{{BucketArn: pulumi.String("arn:aws:s3:::acme-audio"), Events: audit.ObjectEventsWrite}},
				Insights:   []audit.Insight{audit.InsightCallRate}, LeaveOut: []audit.Event{audit.EventVPCChanges},
				AlarmActions:    pulumi.ToStringArray([]string{someTopic}),
				AlarmThresholds: map[string]int{string(audit.EventUnauthorizedCalls): 10},
			})
			return err
		},
	},
	edge.HostedZoneType: {
		inputs: object{"labels": labelsObject, "zoneName": "acme.example"},
		program: func(ctx *pulumi.Context) error {
			_, err := edge.NewHostedZone(ctx, "it", &edge.HostedZoneArgs{Labels: labels, ZoneName: "acme.example"})
			return err
		},
	},
	edge.LoadBalancerType: {
		inputs: object{
			"labels": labelsObject, "vpcId": someVPC, "subnetIds": []any{subnet0, subnet1}, "scheme": "internet-facing",
			"clients":     []any{object{"name": "office", "cidrs": []any{"198.51.100.0/24"}}},
			"domainNames": []any{"app.acme.example"}, "zone": object{"id": someZone, "name": "acme.example"},
			"extraCertificates": []any{object{"name": "other", "arn": someCertificate}},
			"targets":           []any{object{"name": "app", "port": 8080.0, "healthCheck": object{"path": "/health", "intervalSeconds": 10.0}}},
			"defaultTarget":     "app", "logBucketName": "acme-logs",
			"rules": []any{object{"name": "api", "priority": 100.0, "paths": []any{"/api/*"}, "target": "app"}},
		},
		program: func(ctx *pulumi.Context) error {
			_, err := edge.NewLoadBalancer(ctx, "it", &edge.LoadBalancerArgs{
				Labels: labels, VpcId: pulumi.String(someVPC), SubnetIds: pulumi.ToStringArray([]string{subnet0, subnet1}), Scheme: edge.InternetFacing,
				Clients:     []edge.Clients{{Name: "office", Cidrs: []string{"198.51.100.0/24"}}},
				DomainNames: []string{"app.acme.example"}, Zone: &edge.Zone{Id: pulumi.String(someZone), Name: "acme.example"},
				ExtraCertificates: []edge.Certificate{{Name: "other", Arn: pulumi.String(someCertificate)}},
				Targets:           []edge.Target{{Name: "app", Port: 8080, HealthCheck: &edge.HealthCheck{Path: "/health", IntervalSeconds: 10}}},
				DefaultTarget:     "app", LogBucketName: pulumi.String("acme-logs"),
				Rules: []edge.Rule{{Name: "api", Priority: 100, Paths: []string{"/api/*"}, Target: "app"}},
			})
			return err
		},
	},
	encryption.KeyType: {
		inputs: object{
			"labels": labelsObject, "uses": []any{"s3", "cloudtrail"}, "trailNames": []any{"audit"}, "rotationDays": 180.0,
			"lifecycle": "disposable",
		},
		program: func(ctx *pulumi.Context) error {
			_, err := encryption.NewKey(ctx, "it", &encryption.KeyArgs{
				Labels: labels, Uses: []encryption.Use{encryption.UseS3, encryption.UseCloudTrail}, TrailNames: []string{"audit"},
				RotationDays: 180, Lifecycle: lifecycle.Disposable,
			})
			return err
		},
	},
	network.EndpointsType: {
		inputs: object{
			"labels": labelsObject, "vpcId": someVPC, "routeTableIds": []any{someTable}, "subnetIds": []any{subnet0, subnet1},
			"features": []any{"ecr", "secretsManager"}, "trustedAccounts": []any{"210987654321"},
		},
		program: func(ctx *pulumi.Context) error {
			_, err := network.NewEndpoints(ctx, "it", &network.EndpointsArgs{
				Labels: labels, VpcId: pulumi.String(someVPC), RouteTableIds: pulumi.ToStringArray([]string{someTable}),
				SubnetIds: pulumi.ToStringArray([]string{subnet0, subnet1}),
				Features:  []network.Feature{network.FeatureECR, network.FeatureSecretsManager}, TrustedAccounts: []string{"210987654321"},
			})
			return err
		},
	},
	network.ExistingVpcType: {
		inputs: object{"vpcId": someVPC, "privateSubnetIds": []any{subnet0, subnet1}, "endpointSecurityGroupId": someGroup, "publicPorts": []any{443.0}},
		program: func(ctx *pulumi.Context) error {
			_, err := network.NewExistingVpc(ctx, "it", &network.ExistingVpcArgs{
				VpcId: pulumi.String(someVPC), PrivateSubnetIds: pulumi.ToStringArray([]string{subnet0, subnet1}),
				EndpointSecurityGroupId: pulumi.String(someGroup), PublicPorts: []int{443},
			})
			return err
		},
	},
	network.SecurityGroupType: {
		inputs: object{"labels": labelsObject, "vpcId": someVPC, "description": "The workers"},
		program: func(ctx *pulumi.Context) error {
			_, err := network.NewSecurityGroup(ctx, "it", &network.SecurityGroupArgs{Labels: labels, VpcId: pulumi.String(someVPC), Description: "The workers"})
			return err
		},
	},
	network.VpcType: {
		inputs: object{
			"labels": labelsObject, "cidr": "10.1.0.0/16", "peerCidrs": []any{"10.2.0.0/16"}, "zones": []any{"a", "c"}, "ipv6": true,
			"egress": "natSingleAndEndpoints", "features": []any{"ecr", "logs"}, "publicPorts": []any{443.0}, "networkAcls": "perTier",
			"flowLogs": object{"keyArn": someKey, "retentionDays": 30.0},
		},
		program: func(ctx *pulumi.Context) error {
			_, err := network.NewVpc(ctx, "it", &network.VpcArgs{
				Labels: labels, Cidr: "10.1.0.0/16", PeerCidrs: []string{"10.2.0.0/16"}, Zones: []string{"a", "c"}, Ipv6: true,
				Egress: network.EgressNATSingleAndEndpoints, Features: []network.Feature{network.FeatureECR, network.FeatureLogs},
				PublicPorts: []int{443}, NetworkAcls: network.NetworkAclsPerTier,
				FlowLogs: &network.FlowLogs{KeyArn: pulumi.String(someKey), RetentionDays: 30},
			})
			return err
		},
	},
	storage.BucketType: {
		inputs: object{
			"labels": labelsObject, "keyArn": someKey, "logBucketName": "acme-logs", "eventBridge": true,
			"retention":  object{"transitions": []any{object{"days": 30.0, "class": "STANDARD_IA"}}, "noncurrentExpiryDays": 60.0},
			"objectLock": object{"mode": "GOVERNANCE", "days": 1.0},
			"cors":       []any{object{"origins": []any{"https://app.acme.example"}, "methods": []any{"GET"}}},
			"policyStatements": []any{object{
				"sid": "Reports", "effect": "Allow", "services": []any{"reports.amazonaws.com"}, "actions": []any{"s3:GetObject"},
				"onObjects":  []any{"reports/*"},
				"conditions": []any{object{"operator": "StringEquals", "key": "aws:SourceAccount", "values": []any{"123456789012"}}},
			}},
		},
		program: func(ctx *pulumi.Context) error {
			_, err := storage.NewBucket(ctx, "it", &storage.BucketArgs{
				Labels: labels, KeyArn: pulumi.String(someKey), LogBucketName: pulumi.String("acme-logs"), EventBridge: true,
				Retention:  &storage.Retention{Transitions: []storage.Transition{{Days: 30, Class: storage.StandardIA}}, NoncurrentExpiryDays: 60},
				ObjectLock: &storage.ObjectLock{Mode: storage.Governance, Days: 1},
				Cors:       []storage.CorsRule{{Origins: []string{"https://app.acme.example"}, Methods: []storage.CorsMethod{storage.CorsGet}}},
				PolicyStatements: []storage.PolicyStatement{{
					Sid: "Reports", Effect: storage.Allow, Services: []string{"reports.amazonaws.com"}, Actions: []string{"s3:GetObject"},
					OnObjects:  []string{"reports/*"},
					Conditions: []storage.PolicyCondition{{Operator: "StringEquals", Key: "aws:SourceAccount", Values: pulumi.ToStringArray([]string{"123456789012"})}},
				}},
			})
			return err
		},
	},
	storage.LogBucketType: {
		inputs: object{
			"labels": labelsObject, "retentionDays": 30.0,
			"sources": object{"accessLogs": object{"buckets": []any{"audio"}}, "waf": object{"global": true}, "flowLogs": object{}},
		},
		program: func(ctx *pulumi.Context) error {
			_, err := storage.NewLogBucket(ctx, "it", &storage.LogBucketArgs{Labels: labels, RetentionDays: 30, Sources: storage.LogSources{
				AccessLogs: &storage.AccessLogSource{Buckets: []string{"audio"}}, Waf: &storage.WafSource{Global: true}, FlowLogs: &storage.FlowLogSource{},
			}})
			return err
		},
	},
	storage.ReplicaBucketType: {
		inputs: object{"labels": labelsObject, "accessLogs": "off"},
		program: func(ctx *pulumi.Context) error {
			_, err := storage.NewReplicaBucket(ctx, "it", &storage.ReplicaBucketArgs{Labels: labels, AccessLogs: storage.AccessLogsOff})
			return err
		},
	},
	waf.WebAclType: {
		inputs: object{
			"labels": labelsObject, "loadBalancerArn": someLoadBalancer, "mode": "count", "logBucketName": "aws-waf-logs-acme",
			"groups": []any{object{
				"group": "AWSManagedRulesCommonRuleSet", "mode": "block", "overrides": []any{object{"rule": "NoUserAgent_HEADER", "mode": "count"}},
			}},
			"leaveOut": []any{"AWSManagedRulesSQLiRuleSet"}, "rateLimit": object{"limit": 1000.0, "windowSeconds": 60.0},
			"deny": object{"addresses": []any{"203.0.113.0/24"}}, "uploads": object{"paths": []any{"/recordings/"}},
			"rules": []any{
				object{"name": "admin", "priority": 100.0, "when": object{"paths": []any{"/admin/"}, "methods": []any{"POST"}}, "unless": object{"countries": []any{"DE"}}},
				object{"name": "ours", "priority": 200.0, "ruleGroupArn": someRuleGroup, "capacity": 50.0},
			},
			"botControl": object{"level": "COMMON"}, "accountTakeover": object{"loginPath": "/login", "usernameField": "/user", "passwordField": "/password"},
			"loggedRequests": "matched", "redactedFields": []any{waf.RedactQueryString},
		},
		program: func(ctx *pulumi.Context) error {
			_, err := waf.NewWebAcl(ctx, "it", &waf.WebAclArgs{
				Labels: labels, LoadBalancerArn: pulumi.String(someLoadBalancer), Mode: waf.ModeCount, LogBucketName: pulumi.String("aws-waf-logs-acme"),
				Groups: []waf.ManagedGroup{{
					Group: waf.CommonRuleSet, Mode: waf.ModeBlock, Overrides: []waf.RuleOverride{{Rule: "NoUserAgent_HEADER", Mode: waf.ModeCount}},
				}},
				LeaveOut: []waf.Group{waf.SQLInjection}, RateLimit: &waf.RateLimit{Limit: 1000, WindowSeconds: 60},
				Deny: &waf.AddressList{Addresses: []string{"203.0.113.0/24"}}, Uploads: &waf.Uploads{Paths: []string{"/recordings/"}},
				Rules: []waf.Rule{
					{Name: "admin", Priority: 100, When: &waf.Match{Paths: []string{"/admin/"}, Methods: []waf.Method{waf.MethodPost}}, Unless: &waf.Match{Countries: []string{"DE"}}},
					{Name: "ours", Priority: 200, RuleGroupArn: pulumi.String(someRuleGroup), Capacity: 50},
				},
				BotControl:      &waf.BotControl{Level: waf.BotLevelCommon},
				AccountTakeover: &waf.AccountTakeover{LoginPath: "/login", UsernameField: "/user", PasswordField: "/password"},
				LoggedRequests:  waf.LoggedMatched, RedactedFields: []string{waf.RedactQueryString},
			})
			return err
		},
	},
}
