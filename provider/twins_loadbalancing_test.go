package provider

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/dns"
	"github.com/bulwark-iac/bulwark/components/loadbalancing"
)

var _ = addTwins(map[string]twin{
	loadbalancing.LoadBalancerType: {
		inputs: object{
			"labels": labelsObject, "vpcId": someVPC, "subnetIds": []any{subnet0, subnet1}, "scheme": "internet-facing",
			"allowedClients": []any{object{"name": "office", "cidrs": []any{"198.51.100.0/24"}}},
			"domainNames":    []any{"app.acme.example"}, "hostedZone": object{"id": someZone, "name": "acme.example"},
			"additionalCertificates": []any{object{"name": "other", "arn": someCertificate}},
			"targetGroups":           []any{object{"name": "app", "port": 8080.0, "healthCheck": object{"path": "/health", "intervalSeconds": 10.0}}},
			"defaultTargetGroup":     "app", "logBucketName": "acme-logs",
			"rules": []any{object{"name": "api", "priority": 100.0, "paths": []any{"/api/*"}, "targetGroup": "app"}},
		},
		program: func(ctx *pulumi.Context) error {
			_, err := loadbalancing.NewLoadBalancer(ctx, "it", &loadbalancing.LoadBalancerArgs{
				Labels: labels, VpcId: pulumi.String(someVPC), SubnetIds: pulumi.ToStringArray([]string{subnet0, subnet1}), Scheme: loadbalancing.InternetFacing,
				AllowedClients: []loadbalancing.AllowedClient{{Name: "office", Cidrs: []string{"198.51.100.0/24"}}},
				DomainNames:    []string{"app.acme.example"}, HostedZone: &dns.Zone{Id: pulumi.String(someZone), Name: "acme.example"},
				AdditionalCertificates: []loadbalancing.Certificate{{Name: "other", Arn: pulumi.String(someCertificate)}},
				TargetGroups:           []loadbalancing.TargetGroup{{Name: "app", Port: 8080, HealthCheck: &loadbalancing.HealthCheck{Path: "/health", IntervalSeconds: 10}}},
				DefaultTargetGroup:     "app", LogBucketName: pulumi.String("acme-logs"),
				Rules: []loadbalancing.Rule{{Name: "api", Priority: 100, Paths: []string{"/api/*"}, TargetGroup: "app"}},
			})
			return err
		},
	},
})
