package provider

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/edge"
)

var _ = addTwins(map[string]twin{
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
})
