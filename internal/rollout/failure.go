package rollout

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecs/types"
)

// fail makes the error of a deployment that did not do what it should. It looks at the evidence once more; whatever
// cannot be read is left out or named, and never takes the place of the failure itself.
func (f *follower) fail(ctx context.Context, o Outcome, service types.Service, d deployment) error {
	if fresh, err := do(ctx, attempts{most: 1}, "ecs:DescribeServices", func(ctx context.Context) (types.Service, error) {
		return f.describeService(ctx)
	}); err == nil {
		service = fresh
	}
	wanted := d.taskDefinition
	if wanted == "" {
		wanted = f.r.TaskDefinitionArn
	}
	failure := &Failure{
		Outcome: o, Service: f.service, Cluster: f.cluster,
		DeploymentArn: d.id, TaskDefinitionArn: wanted, Running: aws.ToString(primary(service).TaskDefinition),
	}
	ctx, cancel := context.WithTimeout(ctx, evidenceTime)
	defer cancel()

	sentences := []string{f.headline(o, service, d, wanted)}
	var hints []string
	if o != OutcomeSuperseded && o != OutcomeNotDeployed {
		f.evidence.read(ctx, service, d)
		sentences, hints = f.evidence.explain(ctx, o, service, sentences, wanted)
	}
	sentences = append(sentences, f.nowText(ctx, o, service, wanted))
	sentences = append(sentences, f.evidence.unreadText())
	sentences = append(sentences, hints...)
	sentences = append(sentences, f.nextStep(o, service, d, wanted))
	failure.text = paragraph(sentences)
	return failure
}

// paragraph joins sentences.
func paragraph(sentences []string) string {
	var all []string
	for _, s := range sentences {
		if s != "" {
			all = append(all, strings.TrimSuffix(s, "."))
		}
	}
	return strings.Join(all, ". ") + "."
}

// headline says what became of which deployment, and what decided it.
func (f *follower) headline(o Outcome, service types.Service, d deployment, wanted string) string {
	where := fmt.Sprintf("service %s of cluster %s: ", f.service, f.cluster)
	which := fmt.Sprintf("deployment %s of revision %s ", deploymentName(d.id), revisionName(wanted))
	switch o {
	case OutcomeRolledBack:
		return where + which + "was rolled back" + because(f.cause(d))
	case OutcomeRollbackFailed:
		return where + which + "failed, and so did going back to the earlier revision" + because(f.cause(d))
	case OutcomeTimeout:
		return where + which + fmt.Sprintf("was not finished after %s, it is %s", time.Since(f.started).Round(time.Second), stateText(d)) + because(f.cause(d))
	case OutcomeSuperseded:
		now := primary(service)
		return where + fmt.Sprintf("the deployment of revision %s gave way to one of revision %s, which somebody else started at %s",
			revisionName(wanted), revisionName(aws.ToString(now.TaskDefinition)), clock(now.CreatedAt))
	case OutcomeNotDeployed:
		return where + fmt.Sprintf("it does not run revision %s, as it should, and no deployment of that revision goes on: the change started none, or it was rolled back",
			revisionName(wanted))
	default:
		return where + which + "failed, and ECS does not go back to an earlier revision" + because(f.cause(d))
	}
}

// stateText says in words in which state a deployment is that is not over.
func stateText(d deployment) string {
	switch {
	case d.rollingBack():
		return "being rolled back"
	case d.status == types.ServiceDeploymentStatusStopRequested:
		return "being stopped"
	default:
		return "still in progress"
	}
}

func because(cause string) string {
	if cause == "" {
		return ""
	}
	return ": " + cause
}

// cause is what made ECS give up on a deployment; empty when it has not.
func (f *follower) cause(d deployment) string {
	said := d.rollback
	if said == "" {
		said = d.reason
	}
	switch {
	case len(d.triggeredAlarms) > 0:
		return listed(d.triggeredAlarms) + " went off"
	case d.breakerTriggered && d.failures > 0:
		return fmt.Sprintf("the circuit breaker counted %s", count(d.failures, "failed task"))
	case d.breakerTriggered || byBreaker(said):
		return "the circuit breaker counted too many failed tasks"
	case !d.over() && !d.rollingBack():
		return ""
	case strings.Contains(strings.ToLower(said), "alarm"):
		return "an alarm of the deployment went off (" + shown(said) + ")"
	case said != "":
		return "neither the circuit breaker nor an alarm did it, so somebody stopped it; ECS says " + quoted(said)
	default:
		return "neither the circuit breaker nor an alarm did it, so somebody stopped it"
	}
}

func listed(alarms []string) string {
	if len(alarms) == 1 {
		return "alarm " + alarms[0]
	}
	return "alarms " + strings.Join(alarms, ", ")
}

// nowText says what the service runs.
func (f *follower) nowText(ctx context.Context, o Outcome, service types.Service, wanted string) string {
	now := primary(service)
	revision := aws.ToString(now.TaskDefinition)
	running := fmt.Sprintf("%d of %s", service.RunningCount, count(int(service.DesiredCount), "task"))
	if sameRevision(revision, wanted) && o == OutcomeFailed {
		if service.RunningCount == 0 {
			return "No task of the service runs: there is no earlier revision to go back to"
		}
		return "The service has " + running + " running"
	}
	image := f.evidence.image(ctx, service, revision)
	if image != "" {
		image = " with image " + shown(image)
	}
	if o == OutcomeTimeout {
		return fmt.Sprintf("The service has %s running, of all revisions, and ECS goes on; the newest revision is %s%s", running, revisionName(revision), image)
	}
	return fmt.Sprintf("Now the service runs revision %s%s, %s", revisionName(revision), image, running)
}

// image is that of the container behind the load balancer, or of the first essential one.
func (e *evidence) image(ctx context.Context, service types.Service, revision string) string {
	definition := e.definition(ctx, revision)
	if definition == nil {
		return ""
	}
	c, ok := containerOf(definition, mainContainer(service, definition))
	if !ok {
		return ""
	}
	return aws.ToString(c.Image)
}

// mainContainer is the name of the container that a service is about.
func mainContainer(service types.Service, definition *types.TaskDefinition) string {
	for _, lb := range service.LoadBalancers {
		if lb.ContainerName != nil {
			return *lb.ContainerName
		}
	}
	if definition != nil {
		for _, c := range definition.ContainerDefinitions {
			if c.Essential == nil || *c.Essential {
				return aws.ToString(c.Name)
			}
		}
	}
	return ""
}

func clock(t *time.Time) string {
	if t == nil {
		return "an unknown time"
	}
	return t.UTC().Format("15:04:05 UTC")
}
