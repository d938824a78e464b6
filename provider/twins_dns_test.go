package provider

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/dns"
)

var _ = addTwins(map[string]twin{
	dns.HostedZoneType: {
		inputs: object{"labels": labelsObject, "zoneName": "acme.example"},
		program: func(ctx *pulumi.Context) error {
			_, err := dns.NewHostedZone(ctx, "it", &dns.HostedZoneArgs{Labels: labels, ZoneName: "acme.example"})
			return err
		},
	},
})
