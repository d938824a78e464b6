package dns_test

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/dns"
	"github.com/bulwark-iac/bulwark/components/tagging"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
)

// A hosted zone for a domain that has none yet, and the name servers that the registrar or the parent zone needs. In a
// program of your own, pulumi.Run takes the place of pulumi.RunErr and of the mocks.
func ExampleNewHostedZone() {
	program := func(ctx *pulumi.Context) error {
		zone, err := dns.NewHostedZone(ctx, "zone", &dns.HostedZoneArgs{
			Labels: tagging.Labels{
				Project: "acme-audio", Environment: "prod", Owner: "platform@acme.example", CostCenter: "2000",
				DataClass: tagging.Confidential, Repository: "github.com/acme/infra",
			},
			ZoneName: "aws.acme.example",
		})
		if err != nil {
			return err
		}
		ctx.Export("nameServers", zone.NameServers)
		return nil
	}

	recorder := &componenttest.Recorder{}
	if err := pulumi.RunErr(program, pulumi.WithMocks("acme", "prod", recorder)); err != nil {
		fmt.Println(err)
	}
	for _, zone := range recorder.Find("aws:route53/zone:Zone") {
		fmt.Println(zone.Input("name"), "protected:", zone.Protect)
	}
	// Output:
	// aws.acme.example protected: true
}
