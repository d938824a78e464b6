package loadbalancing

import (
	"cmp"
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/lb"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// listeners makes the listeners. The one on port 80 has the same name whether it redirects or serves, because a port
// can have only one listener.
func (b *builder) listeners() (err error) {
	l := b.out
	onPort80 := &lb.ListenerArgs{
		RoutingHttpResponseServerEnabled: pulumi.Bool(b.args.ServerHeader),
		LoadBalancerArn:                  l.LoadBalancerArn, Port: pulumi.Int(80), Protocol: pulumi.String(ListenerHTTP),
		DefaultActions: b.defaultAction(), Tags: b.args.Labels.Tags(b.Name + "-http"),
	}
	if !b.args.https() {
		l.Listener, err = lb.NewListener(b.Ctx, b.Name+"-http", onPort80, b.Parent)
		if err != nil {
			return err
		}
		l.ListenerArn = l.Listener.Arn
		return nil
	}
	l.Listener, err = lb.NewListener(b.Ctx, b.Name+"-https", &lb.ListenerArgs{
		RoutingHttpResponseServerEnabled:                      pulumi.Bool(b.args.ServerHeader),
		RoutingHttpResponseStrictTransportSecurityHeaderValue: b.args.StrictTransportSecurity.header(),

		LoadBalancerArn: l.LoadBalancerArn, Port: pulumi.Int(443), Protocol: pulumi.String(ListenerHTTPS),
		SslPolicy:      pulumi.String(cmp.Or(b.args.SecurityPolicy, TLS12Recommended)),
		CertificateArn: l.CertificateArn,
		DefaultActions: b.defaultAction(), Tags: b.args.Labels.Tags(b.Name + "-https"),
	}, b.Parent)
	if err != nil {
		return err
	}
	l.ListenerArn = l.Listener.Arn
	onPort80.DefaultActions = lb.ListenerDefaultActionArray{lb.ListenerDefaultActionArgs{
		Type: pulumi.String("redirect"),
		Redirect: lb.ListenerDefaultActionRedirectArgs{
			Protocol: pulumi.String(ListenerHTTPS), Port: pulumi.String("443"), StatusCode: pulumi.String("HTTP_301"),
		},
	}}
	l.Redirect, err = lb.NewListener(b.Ctx, b.Name+"-http", onPort80, b.Parent)
	return err
}

// defaultAction is for what no rule matches.
func (b *builder) defaultAction() lb.ListenerDefaultActionArray {
	if group := b.out.targetGroups[b.args.DefaultTargetGroup]; group != nil {
		return lb.ListenerDefaultActionArray{lb.ListenerDefaultActionArgs{
			Type: pulumi.String("forward"), TargetGroupArn: group.Arn,
		}}
	}
	return lb.ListenerDefaultActionArray{lb.ListenerDefaultActionArgs{
		Type: pulumi.String("fixed-response"),
		FixedResponse: lb.ListenerDefaultActionFixedResponseArgs{
			ContentType: pulumi.String("text/plain"), MessageBody: pulumi.String("not found"), StatusCode: pulumi.String("404"),
		},
	}}
}

// rules makes the rules of the listener that serves. AWS tells them apart by priority, and so do their names: what the
// program calls a rule may change, and two rules may swap their priorities, in place.
func (b *builder) rules() error {
	for _, r := range b.args.Rules {
		label := b.Name + "-" + r.Name
		_, err := lb.NewListenerRule(b.Ctx, fmt.Sprintf("%s-rule-%d", b.Name, r.Priority), &lb.ListenerRuleArgs{
			ListenerArn: b.out.ListenerArn, Priority: pulumi.Int(r.Priority), Conditions: r.conditions(),
			Actions: lb.ListenerRuleActionArray{lb.ListenerRuleActionArgs{
				Type: pulumi.String("forward"), TargetGroupArn: b.out.targetGroups[r.TargetGroup].Arn,
			}},
			Tags: b.args.Labels.Tags(label),
		}, b.Child(formerly(label))...)
		if err != nil {
			return err
		}
	}
	return nil
}

// formerly finds resources again that stacks know under other names.
func formerly(names ...string) pulumi.ResourceOption {
	aliases := make([]pulumi.Alias, len(names))
	for i, name := range names {
		aliases[i] = pulumi.Alias{Name: pulumi.String(name)}
	}
	return pulumi.Aliases(aliases)
}

func (r Rule) conditions() lb.ListenerRuleConditionArray {
	var conditions lb.ListenerRuleConditionArray
	if len(r.Hosts) > 0 {
		conditions = append(conditions, lb.ListenerRuleConditionArgs{
			HostHeader: lb.ListenerRuleConditionHostHeaderArgs{Values: pulumi.ToStringArray(r.Hosts)},
		})
	}
	if len(r.Paths) > 0 {
		conditions = append(conditions, lb.ListenerRuleConditionArgs{
			PathPattern: lb.ListenerRuleConditionPathPatternArgs{Values: pulumi.ToStringArray(r.Paths)},
		})
	}
	return conditions
}
