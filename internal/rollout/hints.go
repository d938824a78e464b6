package rollout

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/ecs/types"
)

// hintRules say what to do about what ECS, the load balancer and the container said. The first that matches counts.
var hintRules = []struct {
	sign *regexp.Regexp
	hint string
}{
	{
		regexp.MustCompile(`(?i)no matching manifest|does not contain descriptor matching platform|exec format error`),
		"The image is built for another processor: build it for the architecture of the task definition",
	},
	{
		regexp.MustCompile(`(?is)CannotPull.*(i/o timeout|dial tcp|context deadline|request canceled|connection refused)`),
		"The registry cannot be reached: the subnets need a NAT gateway, or endpoints for ECR (api and dkr) and S3",
	},
	{
		regexp.MustCompile(`(?is)CannotPull.*(not authorized|denied|403|no basic auth)`),
		"The execution role may not pull the image: grant it ecr:GetAuthorizationToken and the repository's pull actions",
	},
	{
		regexp.MustCompile(`(?i)CannotPull`),
		"Push the image, or correct its reference: the tag or digest has to be in the repository of this account and region",
	},
	{
		regexp.MustCompile(`(?is)ResourceInitializationError.*(secret|ssm).*(AccessDenied|not authorized)`),
		"The execution role may not read the secret, or not use its key: name the secret where the role is made",
	},
	{
		regexp.MustCompile(`(?is)ResourceInitializationError.*(ResourceNotFound|can't find the specified secret|invalid ssm parameters)`),
		"The secret is not there, or has no value yet: give it one before the service is deployed",
	},
	{
		regexp.MustCompile(`(?is)ResourceInitializationError.*(did not contain json key|json key|json_key)`),
		"The secret has no such JSON key: compare the suffix of its reference with the keys of its value",
	},
	{
		regexp.MustCompile(`(?is)ResourceInitializationError.*(deadline exceeded|timeout|dial tcp|connection)`),
		"Secrets Manager, Parameter Store or CloudWatch Logs cannot be reached: the subnets need a NAT gateway or endpoints for them",
	},
	{
		regexp.MustCompile(`(?i)unable to assume (the )?role|ECS was unable to assume`),
		"ECS cannot assume a role of the task: its trust must name ecs-tasks.amazonaws.com with this account and region",
	},
	{
		regexp.MustCompile(`OutOfMemory|\(out of memory\)`),
		"Give the container more memory, or make it use less",
	},
	{
		regexp.MustCompile(`(?i)read-only file system`),
		"The root file system is read-only: name a scratch volume for the path that is written to",
	},
	{
		regexp.MustCompile(`(?i)ResponseCodeMismatch|failed with these codes`),
		"The health check's path answers with an error: try it in the image, and compare path and expected codes of the target group",
	},
	{
		regexp.MustCompile(`(?i)Target\.Timeout|Request timed out`),
		"Nothing answers on the port of the health check: compare the container's port, what it listens on (0.0.0.0, not localhost) and the security groups; a slow start needs a longer grace period",
	},
	{
		regexp.MustCompile(`(?i)failed (container|ELB) health checks|fails its health check|failed its health check`),
		"The health check does not pass: try it in the image; a slow start needs a longer grace period",
	},
	{
		regexp.MustCompile(`(?i)reached the limit|above your limit`),
		"A quota of the account is used up: ask for more in Service Quotas, or run less",
	},
	{
		regexp.MustCompile(`(?i)capacity is unavailable`),
		"Fargate has no capacity there now: try again, or add an Availability Zone",
	},
	{
		regexp.MustCompile(`(?i)protected tasks`),
		"Tasks protect themselves against being stopped: wait for them, or end their protection",
	},
}

// hintsFor returns what to do about what was found.
func hintsFor(found string) []string {
	for _, r := range hintRules {
		if r.sign.MatchString(found) {
			return []string{r.hint}
		}
	}
	return nil
}

// nextStep says what to do next.
func (f *follower) nextStep(o Outcome, service types.Service, d deployment, wanted string) string {
	if f.advice != "" {
		return f.advice
	}
	switch o {
	case OutcomeSuperseded:
		return "Agree who deploys this service, and run up again to deploy the program's revision"
	case OutcomeNotDeployed:
		return fmt.Sprintf("Find out why it did not stay (aws ecs list-service-deployments --cluster %s --service %s); to deploy it again: "+
			"aws ecs update-service --cluster %s --service %s --task-definition %s", f.cluster, f.service, f.cluster, f.service, revisionName(wanted))
	case OutcomeTimeout:
		text := "Wait for ECS and run up again"
		if strings.HasPrefix(d.id, "arn:") && !d.rollingBack() {
			text += ", or go back with aws ecs stop-service-deployment --stop-type ROLLBACK --service-deployment-arn " + d.id
		}
		if c := service.DeploymentConfiguration; c == nil || c.DeploymentCircuitBreaker == nil || !c.DeploymentCircuitBreaker.Enable {
			text += "; with the circuit breaker, ECS would have given up by itself"
		}
		return text
	case OutcomeRollbackFailed:
		return "The service needs help now: fix the cause and run up again, and find out why the earlier revision does not start either"
	default:
		return "Fix the cause and run up again"
	}
}
