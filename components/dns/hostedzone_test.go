package dns_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"

	"github.com/bulwark-iac/bulwark/components/dns"
	"github.com/bulwark-iac/bulwark/components/internal/fixture"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/tagging"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
)

var labels = fixture.Labels

// hostedZone makes a zone, as the change says.
func hostedZone(change func(*dns.HostedZoneArgs)) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		args := &dns.HostedZoneArgs{Labels: labels, ZoneName: "acme.example"}
		change(args)
		_, err := dns.NewHostedZone(ctx, "zone", args)
		return err
	}
}

func TestHostedZoneConforms(t *testing.T) {
	minimal := hostedZone(func(*dns.HostedZoneArgs) {})
	componenttest.Conform(t, componenttest.Case{
		Token: dns.HostedZoneType, Args: dns.HostedZoneArgs{}, Component: dns.HostedZone{}, Golden: "hostedzone",
		Minimal: minimal, Unknown: minimal,
		Disposable: hostedZone(func(a *dns.HostedZoneArgs) { a.Lifecycle = lifecycle.Disposable }),
		NoArgs:     func(ctx *pulumi.Context) error { _, err := dns.NewHostedZone(ctx, "zone", nil); return err },
		Bad: []componenttest.Bad{
			{Name: "everything", Program: hostedZone(func(a *dns.HostedZoneArgs) {
				a.Labels, a.Lifecycle, a.ZoneName = tagging.Labels{}, "forever", "https://acme.example"
			}), Problems: []string{
				"labels.project: label-required", "labels.environment: label-required", "labels.owner: label-required",
				"labels.costCenter: label-required", "labels.repository: label-required", "labels.dataClass: label-required",
				"lifecycle: not-supported", "zoneName: domain-name",
			}},
			{
				Name:     "a domain of everybody",
				Program:  hostedZone(func(a *dns.HostedZoneArgs) { a.ZoneName = "co.uk" }),
				Problems: []string{"zoneName: zone-suffix"},
			},
			{
				Name:     "a wildcard",
				Program:  hostedZone(func(a *dns.HostedZoneArgs) { a.ZoneName = "*.acme.example" }),
				Problems: []string{"zoneName: domain-name"},
			},
		},
	})
}

func TestZoneContainsItsNames(t *testing.T) {
	zone := &dns.Zone{Name: "acme.example"}
	for name, want := range map[string]bool{
		"acme.example": true, "app.acme.example": true, "a.b.acme.example": true, "*.acme.example": true,
		"*.eu.acme.example": true,
		"notacme.example":   false, "acme.test": false, "example": false, "*.example": false,
	} {
		assert.Equal(t, want, zone.Contains(name), name)
	}
}
