package rollout

import (
	"cmp"
	"context"
	"errors"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	logtypes "github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs/types"
	"github.com/aws/aws-sdk-go-v2/service/ecs/types"
)

const (
	// logEvents are read, logLines of them shown.
	logEvents = 20
	logLines  = 5
)

// logText says what a container wrote last; empty when there is nothing to say.
func (e *evidence) logText(ctx context.Context, task types.Task, definition *types.TaskDefinition, container string) string {
	c, ok := containerOf(definition, container)
	if !ok || e.f.c.Logs == nil {
		return ""
	}
	if c.LogConfiguration == nil {
		return "Container " + container + " writes no log"
	}
	options := c.LogConfiguration.Options
	if c.LogConfiguration.LogDriver != types.LogDriverAwslogs {
		return "The log of container " + container + " goes through " + string(c.LogConfiguration.LogDriver) + ", look for it there"
	}
	group, prefix := options["awslogs-group"], options["awslogs-stream-prefix"]
	if group == "" || prefix == "" {
		return ""
	}
	stream := strings.Join([]string{prefix, container, lastPart(aws.ToString(task.TaskArn))}, "/")
	lines, why := e.lastLines(ctx, group, stream, options["awslogs-region"])
	switch {
	case why != "":
		return "The log of container " + container + " could not be read (" + why + ")"
	case len(lines) == 0:
		return "Container " + container + " logged nothing (log group " + group + ")"
	}
	return "Last log lines of container " + container + " (log group " + group + ", stream " + stream + "): " + strings.Join(lines, ", ")
}

// lastLines reads the end of a log stream, or says why not. A stream that is not there is an empty one.
func (e *evidence) lastLines(ctx context.Context, group, stream, region string) (lines []string, why string) {
	const action = "logs:GetLogEvents"
	var absent *logtypes.ResourceNotFoundException
	out, ok := ask(ctx, e, action, func(ctx context.Context) (*cloudwatchlogs.GetLogEventsOutput, error) {
		out, err := e.f.c.Logs.GetLogEvents(ctx, &cloudwatchlogs.GetLogEventsInput{
			LogGroupName: &group, LogStreamName: &stream, Limit: aws.Int32(logEvents), StartFromHead: aws.Bool(false),
		}, func(o *cloudwatchlogs.Options) {
			if region != "" {
				o.Region = region
			}
		})
		if errors.As(err, &absent) {
			return &cloudwatchlogs.GetLogEventsOutput{}, nil
		}
		return out, err
	})
	if !ok {
		return nil, cmp.Or(e.unread[action], "the policy of the role that deploys lacks "+action)
	}
	for _, event := range out.Events {
		if text := aws.ToString(event.Message); strings.TrimSpace(text) != "" {
			lines = append(lines, quoted(text))
		}
	}
	return lines[max(0, len(lines)-logLines):], ""
}
