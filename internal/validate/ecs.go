package validate

import (
	"regexp"
	"slices"
	"strings"
)

// ecsName is what ECS accepts as the names of clusters, services, containers and families of task definitions.
// Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCluster.html
var ecsName = regexp.MustCompile(`^[A-Za-z0-9_-]{1,255}$`)

// ECSName checks the name of a cluster, a service, a container or a family of task definitions; what says which.
func ECSName(path Path, name, what string) Problems {
	if ecsName.MatchString(name) {
		return nil
	}
	return Problems{Invalid(path, name, "the name of a "+what+": 1 to 255 letters, digits, hyphens and underscores",
		"replace the other characters").By("ecs-name")}
}

// ClusterARN checks the ARN of an ECS cluster.
func ClusterARN(path Path, text string) Problems {
	return regionalARN(path, text, "ecs", "cluster/",
		"the ARN of an ECS cluster, such as arn:aws:ecs:eu-west-1:123456789012:cluster/acme-prod",
		"give the cluster's ARN, not its name", "cluster-arn")
}

// TargetGroupARN checks the ARN of a load balancer's target group.
func TargetGroupARN(path Path, text string) Problems {
	return regionalARN(path, text, "elasticloadbalancing", "targetgroup/", "the ARN of a target group, such as "+
		"arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/app/73e2d6bc24d8a067",
		"give the target group's ARN, not that of the load balancer", "target-group-arn")
}

// QueueARN checks the ARN of a standard SQS queue.
func QueueARN(path Path, text string) Problems {
	arn, ok := ParseARN(text)
	if ok && arn.regional("sqs", "") && !strings.ContainsAny(arn.Resource, ":*?/") && !strings.HasSuffix(arn.Resource, ".fifo") {
		return nil
	}
	return Problems{Invalid(path, text, "the ARN of a standard SQS queue, such as arn:aws:sqs:eu-west-1:123456789012:failed-tasks",
		"give the queue's ARN, not its URL").By("queue-arn")}
}

// TaskRoleARN checks the ARN of the role that a task runs under, or that Fargate starts it with.
func TaskRoleARN(path Path, text string) Problems {
	arn, _ := ParseARN(text)
	if len(PrincipalARN(path, text)) == 0 && strings.HasPrefix(arn.Resource, "role/") {
		return nil
	}
	return Problems{Invalid(path, text, "the ARN of an IAM role, such as arn:aws:iam::123456789012:role/app",
		"give the ARN of the role, not its name").By("role-arn")}
}

// KeyIsSingleRegion reports a multi-Region key, by the ARN of a key, where it cannot be used.
func KeyIsSingleRegion(path Path, text, whose string) Problems {
	arn, ok := ParseARN(text)
	if !ok || !strings.HasPrefix(arn.Resource, "key/mrk-") {
		return nil
	}
	return Problems{Invalid(path, text, "a single-Region key: "+whose+" cannot be encrypted with a multi-Region key",
		"name a key of this region whose id does not begin with mrk-").By("key-multi-region")}
}

// containerUser is user, user:group, uid, uid:gid and mixtures of them, as ECS accepts them.
var containerUser = regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9_.-]*(:[A-Za-z0-9_][A-Za-z0-9_.-]*)?$`)

// ContainerUser checks the user that a container runs as. Root is refused unless it is allowed.
// Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
func ContainerUser(path Path, user string, root bool) Problems {
	name, _, _ := strings.Cut(user, ":")
	isRoot := name == "root" || strings.Trim(name, "0") == ""
	switch {
	case root && (user == "" || isRoot):
		return nil
	case user == "":
		return Problems{Required(path, "the user that the container runs as, because images run as root by default",
			"name a user of the image, as in 65532:65532, or set runAsRoot").By("container-user")}
	case !containerUser.MatchString(user):
		return Problems{Invalid(path, user, "user, user:group, or the numbers of both",
			"write it as in 65532:65532").By("container-user")}
	case isRoot:
		return Problems{Forbidden(path, user, "a user that is not root",
			"name another user of the image, as in 65532:65532, or set runAsRoot").By("container-root")}
	case root:
		return Problems{Conflict(path, user, "root, as runAsRoot says", "remove one of the two").By("container-root")}
	}
	return nil
}

// ContainerPath checks an absolute path in a container.
func ContainerPath(path Path, text string) Problems {
	clean := strings.HasPrefix(text, "/") && len(text) > 1 && !strings.HasSuffix(text, "/") && !strings.Contains(text, "//") &&
		!strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r == 0x7f || r == ':' })
	if clean && !slices.ContainsFunc(strings.Split(text, "/"), func(part string) bool { return part == "." || part == ".." }) {
		return nil
	}
	return Problems{Invalid(path, text, "an absolute path below /, without blanks, colons and . or .. parts",
		"write it as in /tmp").By("container-path")}
}

// HealthCommand checks the command of a container's health check.
// Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html
func HealthCommand(path Path, command []string) Problems {
	switch {
	case len(command) == 0:
		return Problems{Required(path, "a command that says whether the container is healthy",
			`give it as in ["CMD", "/app", "health"]`).By("health-command")}
	case command[0] != "CMD" && command[0] != "CMD-SHELL":
		return Problems{Invalid(path.Index(0), command[0], "CMD, which runs a program, or CMD-SHELL, which needs a shell in the image",
			`begin the command with it, as in ["CMD", "/app", "health"]`).By("health-command")}
	case len(command) == 1:
		return Problems{Required(path.Index(1), "the program to run", "name it after "+command[0]).By("health-command")}
	case command[0] == "CMD-SHELL" && len(command) > 2:
		return Problems{Invalid(path, Show(len(command)-1)+" parts after CMD-SHELL", "one line for the shell",
			"join them, or use CMD").By("health-command")}
	}
	return nil
}
