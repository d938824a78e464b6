//go:build sandbox

package dns_test

import (
	"os"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"
	pulumiroute53 "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/route53"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/components/dns"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/internal/sandboxtest"
)

func TestMain(m *testing.M) { os.Exit(sandboxtest.Main(m)) }

func TestHostedZoneDeployed(t *testing.T) {
	env := sandboxtest.New(t)
	stack := env.Deploy(t, func(ctx *pulumi.Context) error {
		zone, err := dns.NewHostedZone(ctx, "zone", &dns.HostedZoneArgs{
			Labels: labels, Lifecycle: lifecycle.Disposable, ZoneName: "acme.example",
		})
		if err != nil {
			return err
		}
		// The zone of another team, whom the zone of the domain has to name.
		_, err = pulumiroute53.NewRecord(ctx, "delegation", &pulumiroute53.RecordArgs{
			ZoneId: zone.Zone().Id, Name: pulumi.String("eu." + zone.Zone().Name), Type: pulumi.String("NS"),
			Ttl:     pulumi.Int(300),
			Records: zone.NameServers,
		})
		ctx.Export("zone", zone.ZoneId)
		return err
	}, sandboxtest.Options{})

	stack.Lifecycle(t, func(t testing.TB, up sandboxtest.Result) {
		client, id := route53.NewFromConfig(env.AWSConfig("eu-west-1")), up.Output(t, "zone")

		found, err := client.GetHostedZone(t.Context(), &route53.GetHostedZoneInput{Id: &id})
		require.NoError(t, err)
		assert.Equal(t, "acme.example.", *found.HostedZone.Name)
		assert.False(t, found.HostedZone.Config.PrivateZone)
		assert.Equal(t, "acme-audio test", *found.HostedZone.Config.Comment)

		records, err := client.ListResourceRecordSets(t.Context(), &route53.ListResourceRecordSetsInput{HostedZoneId: &id})
		require.NoError(t, err)
		servers := map[string][]string{}
		for _, record := range records.ResourceRecordSets {
			for _, value := range record.ResourceRecords {
				if record.Type == types.RRTypeNs {
					servers[*record.Name] = append(servers[*record.Name], *value.Value)
				}
			}
		}
		assert.Len(t, servers["eu.acme.example."], len(found.DelegationSet.NameServers),
			"the output names the zone's servers")

		tags, err := client.ListTagsForResource(t.Context(), &route53.ListTagsForResourceInput{
			ResourceId: &id, ResourceType: types.TagResourceTypeHostedzone,
		})
		require.NoError(t, err)
		values := map[string]string{}
		for _, tag := range tags.ResourceTagSet.Tags {
			values[*tag.Key] = *tag.Value
		}
		assert.Equal(t, "platform@acme.example", values["Owner"])
		assert.Equal(t, "zone", values["Name"])
	})
}

// TestDisposableZoneTakesItsRecordsAlong is about records that the program does not know.
func TestDisposableZoneTakesItsRecordsAlong(t *testing.T) {
	env := sandboxtest.New(t)
	client := route53.NewFromConfig(env.AWSConfig("eu-west-1"))
	stack := env.Deploy(t, func(ctx *pulumi.Context) error {
		zone, err := dns.NewHostedZone(ctx, "zone", &dns.HostedZoneArgs{
			Labels: labels, Lifecycle: lifecycle.Disposable, ZoneName: "acme.test",
		})
		if err != nil {
			return err
		}
		ctx.Export("zone", zone.ZoneId)
		return nil
	}, sandboxtest.Options{})
	id := stack.Up(t).Output(t, "zone")
	name, value, ttl := "www.acme.test", `"by hand"`, int64(60)
	_, err := client.ChangeResourceRecordSets(t.Context(), &route53.ChangeResourceRecordSetsInput{
		HostedZoneId: &id,
		ChangeBatch: &types.ChangeBatch{Changes: []types.Change{{
			Action: types.ChangeActionCreate,
			ResourceRecordSet: &types.ResourceRecordSet{
				Name: &name, Type: types.RRTypeTxt, TTL: &ttl, ResourceRecords: []types.ResourceRecord{{Value: &value}},
			},
		}}},
	})
	require.NoError(t, err)
	stack.Destroy(t)
	_, err = client.GetHostedZone(t.Context(), &route53.GetHostedZoneInput{Id: &id})
	assert.ErrorContains(t, err, "NoSuchHostedZone")
}
