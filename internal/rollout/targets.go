package rollout

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecs/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
)

// answer is what a load balancer says of a target that is not healthy.
type answer struct {
	state       elbtypes.TargetHealthStateEnum
	reason      elbtypes.TargetHealthReasonEnum
	description string
}

func (a answer) String() string {
	text := string(a.state)
	if a.reason != "" {
		text += ", " + string(a.reason)
	}
	if a.description != "" {
		text += ": " + strings.TrimSuffix(a.description, ".")
	}
	return text
}

// readTargets notes what the health checks of the service's target groups answered.
func (e *evidence) readTargets(ctx context.Context, service types.Service) {
	if e.f.c.ELB == nil {
		return
	}
	for _, lb := range service.LoadBalancers {
		if lb.TargetGroupArn == nil {
			continue
		}
		out, ok := ask(ctx, e, "elasticloadbalancing:DescribeTargetHealth", func(ctx context.Context) (*elb.DescribeTargetHealthOutput, error) {
			return e.f.c.ELB.DescribeTargetHealth(ctx, &elb.DescribeTargetHealthInput{TargetGroupArn: lb.TargetGroupArn})
		})
		if !ok {
			continue
		}
		for _, t := range out.TargetHealthDescriptions {
			e.noteTarget(t)
		}
	}
}

func (e *evidence) noteTarget(t elbtypes.TargetHealthDescription) {
	if t.Target == nil || t.TargetHealth == nil || t.TargetHealth.State != elbtypes.TargetHealthStateEnumUnhealthy {
		return
	}
	address := fmt.Sprintf("%s:%d", aws.ToString(t.Target.Id), aws.ToInt32(t.Target.Port))
	e.targets[address] = answer{state: t.TargetHealth.State, reason: t.TargetHealth.Reason, description: aws.ToString(t.TargetHealth.Description)}
}

// targetOf is the answer to the health check of a task's address; for no task, of any task of the deployment.
func (e *evidence) targetOf(task types.Task) (address string, a answer, found bool) {
	own := addresses(task)
	for _, address := range slices.Sorted(maps.Keys(e.targets)) {
		host := address[:strings.LastIndex(address, ":")]
		if slices.Contains(own, host) {
			return address, e.targets[address], true
		}
	}
	var all []string
	for _, t := range e.tasks {
		all = append(all, addresses(t)...)
	}
	for _, address := range slices.Sorted(maps.Keys(e.targets)) {
		host := address[:strings.LastIndex(address, ":")]
		// Without any address of a task, an unhealthy target is a better guess than none.
		if slices.Contains(all, host) || len(all) == 0 {
			return address, e.targets[address], true
		}
	}
	return "", answer{}, false
}

// addresses are those of a task's network interface.
func addresses(task types.Task) []string {
	var all []string
	for _, a := range task.Attachments {
		for _, d := range a.Details {
			if name := aws.ToString(d.Name); name == "privateIPv4Address" || name == "privateIPv6Address" {
				all = append(all, aws.ToString(d.Value))
			}
		}
	}
	return all
}
