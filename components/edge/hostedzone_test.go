package edge_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"

	"github.com/bulwark-iac/bulwark/components/edge"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/tagging"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
)

// hostedZone makes a zone, as the change says.
func hostedZone(change func(*edge.HostedZoneArgs)) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		args := &edge.HostedZoneArgs{Labels: labels, ZoneName: "acme.example"}
		change(args)
		_, err := edge.NewHostedZone(ctx, "zone", args)
		return err
	}
}

func TestHostedZoneConforms(t *testing.T) {
	minimal := hostedZone(func(*edge.HostedZoneArgs) {})
	componenttest.Conform(t, componenttest.Case{
		Token: edge.HostedZoneType, Args: edge.HostedZoneArgs{}, Component: edge.HostedZone{}, Golden: "hostedzone", Minimal: minimal, Unknown: minimal,
		Disposable: hostedZone(func(a *edge.HostedZoneArgs) { a.Lifecycle = lifecycle.Disposable }),
		NoArgs:     func(ctx *pulumi.Context) error { _, err := edge.NewHostedZone(ctx, "zone", nil); return err },
		Bad: []componenttest.Bad{
			{Name: "everything", Program: hostedZone(func(a *edge.HostedZoneArgs) {
				a.Labels, a.Lifecycle, a.ZoneName = tagging.Labels{}, "forever", "https://acme.example"
			}), Problems: []string{
				"labels.project: label-required", "labels.environment: label-required", "labels.owner: label-required",
				"labels.costCenter: label-required", "labels.repository: label-required", "labels.dataClass: label-required",
				"lifecycle: not-supported", "zoneName: domain-name",
			}},
			{Name: "a wildcard", Program: hostedZone(func(a *edge.HostedZoneArgs) { a.ZoneName = "*.acme.example" }), Problems: []string{"zoneName: domain-name"}},
		},
	})
}

func TestHostedZoneServesALoadBalancer(t *testing.T) {
	recorder := componenttest.Run(t, func(ctx *pulumi.Context) error {
		zone, err := edge.NewHostedZone(ctx, "zone", &edge.HostedZoneArgs{Labels: labels, ZoneName: "acme.example"})
		if err != nil {
			return err
		}
		return balancer(func(a *edge.LoadBalancerArgs) {
			a.CertificateArn, a.DomainNames, a.Zone = nil, []string{"app.acme.example"}, zone.Zone()
		})(ctx)
	})
	for _, record := range recorder.Find(recordType) {
		assert.Equal(t, "zone-id", record.Input("zoneId"), record.Name)
	}
	assert.NotEmpty(t, recorder.Find(recordType))
}
