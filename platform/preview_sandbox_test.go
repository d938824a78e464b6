//go:build sandbox

package platform

import (
	"fmt"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/service"
	"github.com/bulwark-iac/bulwark/internal/sandboxtest"
)

// BenchmarkPreview is how long the first preview of the stack prod takes, with its own service and with others beside it:
//
//	go test -tags sandbox -run '^$' -bench Preview -benchtime 1x ./platform
func BenchmarkPreview(b *testing.B) {
	env := sandboxtest.New(b)
	for _, services := range []int{1, 5, 20} {
		b.Run(fmt.Sprintf("services=%d", services), func(b *testing.B) {
			stack := env.Deploy(b, withServices(services), sandboxtest.Options{
				Stack: "prod", Project: namespace, Region: "eu-west-1", Config: stackSettings(b, "prod"),
			})
			b.ResetTimer()
			for b.Loop() {
				stack.Preview(b)
			}
		})
	}
}

// withServices is the program with that many services in all.
func withServices(services int) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		c, err := LoadConfig(ctx)
		if err != nil {
			return err
		}
		s := &stack{ctx: ctx, config: c}
		if err := s.deploy(); err != nil || services == 1 {
			return err
		}
		cluster, err := service.NewCluster(ctx, "others", &service.ClusterArgs{Labels: c.Labels, Lifecycle: c.Lifecycle})
		if err != nil {
			return err
		}
		for i := 1; i < services; i++ {
			if _, err := service.NewWebService(ctx, fmt.Sprintf("other-%d", i), &service.WebServiceArgs{
				Labels: c.Labels, Lifecycle: c.Lifecycle, Port: 8080,
				Placement:      service.Placement{Cluster: cluster, Network: s.network, SecurityGroup: s.service},
				TargetGroupArn: pulumi.String("arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/other/73e2d6bc24d8a067"),
				Task: service.TaskDefinition{Container: service.Container{
					Image: pulumi.String("123456789012.dkr.ecr.eu-west-1.amazonaws.com/other@" + c.Service.ImageDigest), User: nonRoot,
				}},
			}); err != nil {
				return err
			}
		}
		return nil
	}
}
