package edge

import (
	"cmp"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/lb"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// targetGroups makes a target group for each target. Their names are generated: a fixed one could not be replaced while
// a listener uses it.
func (b *builder) targetGroups() error {
	arns, suffixes := pulumi.StringMap{}, pulumi.StringMap{}
	for _, t := range b.args.Targets {
		name, protocol := b.name+"-"+t.Name, pulumi.String(cmp.Or(t.Protocol, TargetHTTP))
		check := t.HealthCheck.orDefault()
		args := &lb.TargetGroupArgs{
			TargetType: pulumi.String("ip"), Port: pulumi.Int(t.Port), Protocol: protocol, VpcId: b.home.VpcId,
			DeregistrationDelay: pulumi.Int(cmp.Or(t.DeregistrationSeconds, 30)),
			SlowStart:           pulumi.Int(t.SlowStartSeconds),
			Stickiness:          lb.TargetGroupStickinessArgs{Enabled: pulumi.Bool(false), Type: pulumi.String("lb_cookie")},
			HealthCheck: lb.TargetGroupHealthCheckArgs{
				Enabled: pulumi.Bool(true), Protocol: protocol, Port: pulumi.String("traffic-port"),
				Path: pulumi.String(check.Path), Matcher: pulumi.String(check.SuccessCodes),
				Interval: pulumi.Int(check.IntervalSeconds), Timeout: pulumi.Int(check.TimeoutSeconds),
				HealthyThreshold: pulumi.Int(check.HealthyThreshold), UnhealthyThreshold: pulumi.Int(check.UnhealthyThreshold),
			},
			Tags: b.args.Labels.Tags(name),
		}
		group, err := lb.NewTargetGroup(b.ctx, name, args, b.parent)
		if err != nil {
			return err
		}
		b.out.targets[t.Name] = group
		arns[t.Name], suffixes[t.Name] = group.Arn, group.ArnSuffix
	}
	b.out.TargetGroupArns, b.out.TargetGroupArnSuffixes = arns.ToStringMapOutput(), suffixes.ToStringMapOutput()
	return nil
}

// listen makes the listeners. The one on port 80 has the same name whether it redirects or serves, because a port can
// have one listener only.
func (b *builder) listen() (err error) {
	l := b.out
	l.CertificateArn = pulumi.String("").ToStringOutput()
	plain := &lb.ListenerArgs{
		LoadBalancerArn: l.LoadBalancerArn, Port: pulumi.Int(80), Protocol: pulumi.String("HTTP"),
		DefaultActions: b.defaultAction(), Tags: b.args.Labels.Tags(b.name + "-http"),
	}
	if b.args.https() {
		if l.CertificateArn, err = b.certificate(); err != nil {
			return err
		}
		l.Listener, err = lb.NewListener(b.ctx, b.name+"-https", &lb.ListenerArgs{
			LoadBalancerArn: l.LoadBalancerArn, Port: pulumi.Int(443), Protocol: pulumi.String("HTTPS"),
			SslPolicy: pulumi.String(cmp.Or(b.args.SecurityPolicy, TLS12Recommended)), CertificateArn: l.CertificateArn,
			DefaultActions: plain.DefaultActions, Tags: b.args.Labels.Tags(b.name + "-https"),
		}, b.parent)
		if err != nil {
			return err
		}
		plain.DefaultActions = lb.ListenerDefaultActionArray{lb.ListenerDefaultActionArgs{
			Type: pulumi.String("redirect"),
			Redirect: lb.ListenerDefaultActionRedirectArgs{
				Protocol: pulumi.String("HTTPS"), Port: pulumi.String("443"), StatusCode: pulumi.String("HTTP_301"),
			},
		}}
	}
	onPort80, err := lb.NewListener(b.ctx, b.name+"-http", plain, b.parent)
	if err != nil {
		return err
	}
	if b.args.https() {
		l.Redirect = onPort80
	} else {
		l.Listener = onPort80
	}
	l.ListenerArn = l.Listener.Arn
	if err := b.extraCertificates(); err != nil {
		return err
	}
	return b.rules()
}

// defaultAction is for what no rule matches.
func (b *builder) defaultAction() lb.ListenerDefaultActionArray {
	if group := b.out.targets[b.args.DefaultTarget]; group != nil {
		return lb.ListenerDefaultActionArray{lb.ListenerDefaultActionArgs{Type: pulumi.String("forward"), TargetGroupArn: group.Arn}}
	}
	return lb.ListenerDefaultActionArray{lb.ListenerDefaultActionArgs{
		Type: pulumi.String("fixed-response"),
		FixedResponse: lb.ListenerDefaultActionFixedResponseArgs{
			ContentType: pulumi.String("text/plain"), MessageBody: pulumi.String("not found"), StatusCode: pulumi.String("404"),
		},
	}}
}

func (b *builder) rules() error {
	for _, r := range b.args.Rules {
		name := b.name + "-" + r.Name
		var conditions lb.ListenerRuleConditionArray
		if len(r.Hosts) > 0 {
			conditions = append(conditions, lb.ListenerRuleConditionArgs{HostHeader: lb.ListenerRuleConditionHostHeaderArgs{Values: pulumi.ToStringArray(r.Hosts)}})
		}
		if len(r.Paths) > 0 {
			conditions = append(conditions, lb.ListenerRuleConditionArgs{PathPattern: lb.ListenerRuleConditionPathPatternArgs{Values: pulumi.ToStringArray(r.Paths)}})
		}
		_, err := lb.NewListenerRule(b.ctx, name, &lb.ListenerRuleArgs{
			ListenerArn: b.out.ListenerArn, Priority: pulumi.Int(r.Priority), Conditions: conditions,
			Actions: lb.ListenerRuleActionArray{lb.ListenerRuleActionArgs{Type: pulumi.String("forward"), TargetGroupArn: b.out.targets[r.Target].Arn}},
			Tags:    b.args.Labels.Tags(name),
		}, b.parent)
		if err != nil {
			return err
		}
	}
	return nil
}
