package loadbalancing

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/lb"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// targetGroups makes the target groups. Their names are generated: a fixed one could not be replaced while a listener
// uses it.
func (b *builder) targetGroups() (err error) {
	arns, suffixes := pulumi.StringMap{}, pulumi.StringMap{}
	for _, asked := range b.args.TargetGroups {
		g := asked.orDefault()
		name, protocol, check := b.Name+"-"+g.Name, pulumi.String(g.Protocol), g.HealthCheck
		made, err := lb.NewTargetGroup(b.Ctx, name, &lb.TargetGroupArgs{
			TargetType: pulumi.String("ip"), Port: pulumi.Int(g.Port), Protocol: protocol, VpcId: b.vpc.VpcId,
			DeregistrationDelay: pulumi.Int(g.DeregistrationDelaySeconds),
			SlowStart:           pulumi.Int(g.SlowStartSeconds),
			Stickiness:          g.stickiness(),
			HealthCheck: lb.TargetGroupHealthCheckArgs{
				Enabled: pulumi.Bool(true), Protocol: protocol, Port: pulumi.String("traffic-port"),
				Path: pulumi.String(check.Path), Matcher: pulumi.String(check.SuccessCodes),
				Interval: pulumi.Int(check.IntervalSeconds), Timeout: pulumi.Int(check.TimeoutSeconds),
				HealthyThreshold:   pulumi.Int(check.HealthyThreshold),
				UnhealthyThreshold: pulumi.Int(check.UnhealthyThreshold),
			},
			Tags: b.args.Labels.Tags(name),
		}, b.Child(b.formerly(g.FormerNames)...)...)
		if err != nil {
			return err
		}
		b.out.targetGroups[g.Name], b.out.settings = made, append(b.out.settings, g)
		arns[g.Name], suffixes[g.Name] = made.Arn, made.ArnSuffix
	}
	b.out.TargetGroupArns, b.out.TargetGroupArnSuffixes = arns.ToStringMapOutput(), suffixes.ToStringMapOutput()
	return nil
}

// formerly finds children again that were called after other names of the program.
func (b *builder) formerly(names []string) []pulumi.ResourceOption {
	if len(names) == 0 {
		return nil
	}
	former := make([]string, len(names))
	for i, name := range names {
		former[i] = b.Name + "-" + name
	}
	return []pulumi.ResourceOption{formerly(former...)}
}

func (g TargetGroup) stickiness() lb.TargetGroupStickinessArgs {
	args := lb.TargetGroupStickinessArgs{Enabled: pulumi.Bool(g.StickinessSeconds > 0), Type: pulumi.String("lb_cookie")}
	if g.StickinessSeconds > 0 {
		args.CookieDuration = pulumi.Int(g.StickinessSeconds)
	}
	return args
}
