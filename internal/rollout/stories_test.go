package rollout_test

import (
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecs/types"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"

	"github.com/bulwark-iac/bulwark/internal/rollout"
)

// story is a change of a service, and how it goes on.
type story struct {
	name string
	// play writes the script.
	play func(w *world)
	// request differs from a marked change to revision 2.
	request func(r *rollout.Request)
	// outcome of a failure, or of a success.
	outcome rollout.Outcome
	// without is the outcome where service deployments cannot be read, if that differs.
	without rollout.Outcome
}

var (
	succeedsAt = func(n int, at time.Duration) func(w *world) {
		return func(w *world) {
			w.at(0, deploys(n)).at(at/2, running(n, 1)).at(at, completes(n))
		}
	}
	mismatch = func(w *world) {
		unhealthy("10.0.1.17", elbtypes.TargetHealthReasonEnumResponseCodeMismatch, "Health checks failed with these codes: [503]")(w)
	}
)

var stories = []story{
	{name: "success", outcome: rollout.OutcomeSucceeded, play: succeedsAt(2, time.Minute)},
	{
		// A service is stable with its old tasks for a moment, and in progress for a moment after it is stable.
		name: "late start", outcome: rollout.OutcomeSucceeded,
		play: func(w *world) {
			w.at(3*time.Second, deploys(2)).at(time.Minute, running(2, 2)).at(2*time.Minute, completes(2))
		},
	},
	{
		name: "first deployment", outcome: rollout.OutcomeSucceeded,
		play: func(w *world) {
			w.history, w.service.Deployments = nil, nil
			succeedsAt(2, time.Minute)(w)
		},
		request: func(r *rollout.Request) { r.Before, r.Created = nil, true },
	},
	{
		name: "crash loop", outcome: rollout.OutcomeRolledBack,
		play: func(w *world) {
			w.at(0, deploys(2)).at(5*time.Second, crashed("aaa1", revision2, nil)).
				at(10*time.Second, of(2, func(d *types.ServiceDeployment) { d.DeploymentCircuitBreaker.FailureCount = 1 })).
				at(20*time.Second, crashed("aaa2", revision2, nil)).
				at(40*time.Second, crashed("aaa3", revision2, nil)).at(45*time.Second, fails(2)).
				at(90*time.Second, back(2, types.ServiceDeploymentStatusRollbackSuccessful))
			w.logs["/acme/web app/app/aaa3"] = []string{
				"starting", "", "listening on :8080", `level=error msg="cannot migrate" DB_PASSWORD=horse`,
				"dial postgres://app:battery@db.internal:5432/acme: no route", "\x1b[31mpanic\x1b[0m: database is needed",
			}
		},
	},
	{
		name: "out of memory", outcome: rollout.OutcomeRolledBack,
		play: func(w *world) {
			w.at(0, deploys(2)).at(5*time.Second, crashed("aaa1", revision2, func(t *types.Task) {
				t.StoppedReason = aws.String("OutOfMemoryError: container killed due to memory usage")
				t.Containers[1].ExitCode, t.Containers[1].Reason = aws.Int32(137), aws.String("OutOfMemoryError: Container killed due to memory usage")
			})).at(45*time.Second, fails(2)).at(90*time.Second, back(2, types.ServiceDeploymentStatusRollbackSuccessful))
		},
	},
	{
		name: "failing health check", outcome: rollout.OutcomeRolledBack,
		play: func(w *world) {
			failing := func(t *types.Task) {
				t.StopCode, t.StoppedReason = types.TaskStopCodeServiceSchedulerInitiated, aws.String("Task failed ELB health checks in (target-group "+group+")")
				t.Containers[1].ExitCode = aws.Int32(0)
			}
			w.at(0, deploys(2)).at(10*time.Second, mismatch).at(12*time.Second, unhealthy("10.0.1.99", elbtypes.TargetHealthReasonEnumTimeout, "Request timed out")).
				at(20*time.Second, crashed("aaa1", revision2, failing)).
				// The target is gone with its task, before anybody asks why.
				at(21*time.Second, func(w *world) { w.targets = nil }).
				at(45*time.Second, fails(2)).at(90*time.Second, back(2, types.ServiceDeploymentStatusRollbackSuccessful))
		},
	},
	{
		// Nobody looked while the target was there; the events of the service say why.
		name: "failing health check unseen", outcome: rollout.OutcomeRolledBack,
		play: func(w *world) {
			w.at(0, deploys(2)).at(0, crashed("aaa1", revision2, func(t *types.Task) {
				t.StopCode, t.StoppedReason = types.TaskStopCodeServiceSchedulerInitiated, aws.String("Task failed ELB health checks in (target-group "+group+")")
			})).at(0, fails(2)).at(0, func(w *world) {
				w.service.Events = append([]types.ServiceEvent{
					{Message: aws.String("(service web) (task bbb) (port 8080) is unhealthy in (target-group " + group + ") due to (reason Request timed out).")},
					{Message: aws.String("(service web) (task aaa1) (port 8080) is unhealthy in (target-group " + group + ") due to (reason Health checks failed with these codes: [503]).")},
				}, w.service.Events...)
			}).at(time.Second, back(2, types.ServiceDeploymentStatusRollbackSuccessful))
		},
	},
	{
		name: "failing container health check", outcome: rollout.OutcomeRolledBack,
		play: func(w *world) {
			w.at(0, deploys(2)).at(20*time.Second, crashed("aaa1", revision2, func(t *types.Task) {
				t.StopCode, t.StoppedReason = types.TaskStopCodeServiceSchedulerInitiated, aws.String("Task failed container health checks")
				t.Containers[1].ExitCode, t.Containers[1].HealthStatus = aws.Int32(137), types.HealthStatusUnhealthy
			})).at(45*time.Second, fails(2)).at(90*time.Second, back(2, types.ServiceDeploymentStatusRollbackSuccessful))
		},
	},
	{
		name: "missing image", outcome: rollout.OutcomeRolledBack,
		play: func(w *world) {
			w.at(0, deploys(2)).at(20*time.Second, crashed("aaa1", revision2, func(t *types.Task) {
				reason := "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref 111122223333.dkr.ecr.eu-west-1.amazonaws.com/acme-web@sha256:0: not found"
				t.StopCode, t.StoppedReason, t.StartedAt = types.TaskStopCodeTaskFailedToStart, aws.String(reason), nil
				t.Containers[0].ExitCode, t.Containers[1].ExitCode, t.Containers[1].Reason = nil, nil, aws.String(reason)
			})).at(45*time.Second, fails(2)).at(90*time.Second, back(2, types.ServiceDeploymentStatusRollbackSuccessful))
		},
	},
	{
		name: "missing secret", outcome: rollout.OutcomeRolledBack,
		play: func(w *world) {
			w.at(0, deploys(2)).at(20*time.Second, crashed("aaa1", revision2, func(t *types.Task) {
				reason := "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: " +
					"service call has been retried 1 time(s): failed to fetch secret arn:aws:secretsmanager:eu-west-1:111122223333:secret:acme/db-AbCdEf from secrets manager: " +
					"ResourceNotFoundException: Secrets Manager can't find the specified secret."
				t.StopCode, t.StoppedReason, t.StartedAt = types.TaskStopCodeTaskFailedToStart, aws.String(reason), nil
				t.Containers[0].ExitCode, t.Containers[1].ExitCode = nil, nil
			})).at(45*time.Second, fails(2)).at(90*time.Second, back(2, types.ServiceDeploymentStatusRollbackSuccessful))
		},
	},
	{
		name: "alarm", outcome: rollout.OutcomeRolledBack,
		play: func(w *world) {
			w.at(0, deploys(2)).at(45*time.Second, fails(2)).at(45*time.Second, of(2, func(d *types.ServiceDeployment) {
				d.DeploymentCircuitBreaker.Status, d.DeploymentCircuitBreaker.FailureCount = types.ServiceDeploymentRollbackMonitorsStatusMonitoring, 0
				d.Alarms = &types.ServiceDeploymentAlarms{
					Status: types.ServiceDeploymentRollbackMonitorsStatusTriggered, AlarmNames: []string{"acme-web-5xx", "acme-web-latency"}, TriggeredAlarmNames: []string{"acme-web-5xx"},
				}
			})).at(90*time.Second, back(2, types.ServiceDeploymentStatusRollbackSuccessful))
		},
	},
	{
		// An alarm that is in alarm when the deployment begins guards nothing, and nobody would know.
		name: "alarm ignored", outcome: rollout.OutcomeSucceeded,
		play: func(w *world) {
			succeedsAt(2, time.Minute)(w)
			w.at(0, of(2, func(d *types.ServiceDeployment) {
				d.Alarms = &types.ServiceDeploymentAlarms{Status: types.ServiceDeploymentRollbackMonitorsStatusDisabled, AlarmNames: []string{"acme-web-5xx"}}
			}))
			w.script[1], w.script[3] = w.script[3], w.script[1]
			w.script[2], w.script[3] = w.script[3], w.script[2]
		},
	},
	{
		name: "stopped by somebody", outcome: rollout.OutcomeRolledBack,
		play: func(w *world) {
			w.at(0, deploys(2)).at(20*time.Second, of(2, func(d *types.ServiceDeployment) { d.Status = types.ServiceDeploymentStatusRollbackRequested })).
				at(21*time.Second, fails(2)).at(21*time.Second, of(2, func(d *types.ServiceDeployment) {
				d.StatusReason, d.Rollback.Reason = nil, aws.String("Service deployment rollback requested by user.")
				d.DeploymentCircuitBreaker.Status, d.DeploymentCircuitBreaker.FailureCount = types.ServiceDeploymentRollbackMonitorsStatusMonitoring, 0
			})).at(90*time.Second, back(2, types.ServiceDeploymentStatusRollbackSuccessful))
		},
	},
	{
		// What a comparison of task definitions cannot see: the service runs the old one, badly.
		name: "rollback failed", outcome: rollout.OutcomeRollbackFailed,
		play: func(w *world) {
			w.at(0, deploys(2)).at(5*time.Second, crashed("aaa1", revision2, nil)).at(45*time.Second, fails(2)).
				at(90*time.Second, back(2, types.ServiceDeploymentStatusRollbackFailed))
		},
	},
	{
		name: "rollback switched off", outcome: rollout.OutcomeFailed,
		play: func(w *world) {
			w.at(0, deploys(2)).at(5*time.Second, crashed("aaa1", revision2, nil)).at(45*time.Second, of(2, func(d *types.ServiceDeployment) {
				d.Status = types.ServiceDeploymentStatusStopRequested
				d.DeploymentCircuitBreaker.Status, d.DeploymentCircuitBreaker.FailureCount = types.ServiceDeploymentRollbackMonitorsStatusTriggered, 3
			})).at(50*time.Second, func(w *world) {
				of(2, func(d *types.ServiceDeployment) { d.Status = types.ServiceDeploymentStatusStopped })(w)
				w.service.DeploymentConfiguration.DeploymentCircuitBreaker.Rollback = false
				w.primary(2).RolloutState, w.primary(2).RolloutStateReason = types.DeploymentRolloutStateFailed, aws.String("ECS deployment circuit breaker: tasks failed to start.")
			})
		},
	},
	{
		// The circuit breaker finds nothing to go back to and leaves the service deployment in progress for ever.
		name: "first deployment fails", outcome: rollout.OutcomeFailed,
		play: func(w *world) {
			w.history, w.service.Deployments, w.service.RunningCount = nil, nil, 0
			w.at(0, deploys(2)).at(5*time.Second, crashed("aaa1", revision2, nil)).at(45*time.Second, func(w *world) {
				of(2, func(d *types.ServiceDeployment) {
					d.DeploymentCircuitBreaker.Status, d.DeploymentCircuitBreaker.FailureCount = types.ServiceDeploymentRollbackMonitorsStatusTriggered, 3
				})(w)
				w.primary(2).RolloutState = types.DeploymentRolloutStateFailed
			})
		},
		request: func(r *rollout.Request) { r.Before, r.Created = nil, true },
	},
	{
		name: "nothing to go back to", outcome: rollout.OutcomeFailed,
		play: func(w *world) {
			w.history, w.service.Deployments, w.service.RunningCount = nil, nil, 0
			w.at(0, deploys(2)).at(5*time.Second, crashed("aaa1", revision2, nil)).at(45*time.Second, func(w *world) {
				of(2, func(d *types.ServiceDeployment) {
					d.Status, d.StatusReason = types.ServiceDeploymentStatusRollbackFailed, aws.String("No rollback candidate was found to run the rollback.")
					d.DeploymentCircuitBreaker.Status, d.DeploymentCircuitBreaker.FailureCount = types.ServiceDeploymentRollbackMonitorsStatusTriggered, 3
				})(w)
				w.primary(2).RolloutState = types.DeploymentRolloutStateFailed
			})
		},
		request: func(r *rollout.Request) { r.Before, r.Created = nil, true },
	},
	{
		name: "superseded", outcome: rollout.OutcomeSuperseded,
		play: func(w *world) {
			w.at(0, deploys(2)).at(20*time.Second, deploys(3)).
				at(20*time.Second, of(2, func(d *types.ServiceDeployment) { d.Status = types.ServiceDeploymentStatusStopRequested })).
				at(25*time.Second, of(2, func(d *types.ServiceDeployment) { d.Status = types.ServiceDeploymentStatusStopped }))
		},
	},
	{
		// A secret that rotates forces a new deployment of the same revision.
		name: "superseded by the same revision", outcome: rollout.OutcomeSucceeded,
		play: func(w *world) {
			w.revisions[serviceRevision(3)] = revision2
			w.at(0, deploys(2)).at(20*time.Second, deploys(3)).
				at(20*time.Second, of(2, func(d *types.ServiceDeployment) { d.Status = types.ServiceDeploymentStatusStopped })).
				at(60*time.Second, completes(3))
		},
	},
	{
		name: "timeout", outcome: rollout.OutcomeTimeout,
		play: func(w *world) {
			w.at(0, deploys(2)).at(5*time.Second, func(w *world) {
				crashed("aaa1", revision2, func(t *types.Task) {
					t.StopCode, t.StoppedReason, t.StoppedAt, t.StartedAt = "", nil, nil, nil
					t.LastStatus, t.DesiredStatus = aws.String("PENDING"), aws.String("RUNNING")
					t.Containers[0].ExitCode, t.Containers[1].ExitCode = nil, nil
				})(w)
				w.service.Events = []types.ServiceEvent{
					{CreatedAt: aws.Time(start.Add(time.Minute)), Message: aws.String("(service web) has started 1 tasks: (task aaa1).")},
					{
						CreatedAt: aws.Time(start.Add(30 * time.Second)),
						Message:   aws.String("(service web) was unable to place a task. Reason: You've reached the limit on the number of vCPUs you can run concurrently."),
					},
				}
			})
		},
		request: func(r *rollout.Request) { r.Timeout = 5 * time.Minute },
	},
	{
		// Without a circuit breaker a crash loop goes on for ever.
		name: "endless crash loop", outcome: rollout.OutcomeTimeout,
		play: func(w *world) {
			w.service.DeploymentConfiguration = nil
			w.at(0, deploys(2)).at(5*time.Second, crashed("aaa1", revision2, nil))
		},
	},
	{
		name: "desired count 0", outcome: rollout.OutcomeNothingRuns,
		play: func(w *world) {
			w.service.DesiredCount, w.service.RunningCount = 0, 0
			succeedsAt(2, 10*time.Second)(w)
		},
	},
	{
		name: "tags only", outcome: rollout.OutcomeNoDeployment, play: func(*world) {},
		request: func(r *rollout.Request) { r.TaskDefinitionArn = revision1 },
	},
	{
		// An earlier up has failed, and this one changes tags only: what the program wants still does not run.
		name: "tags only after a rollback", outcome: rollout.OutcomeNotDeployed,
		play: func(w *world) {
			w.history = append(w.history, serviceDeployment(2, types.ServiceDeploymentStatusRollbackSuccessful, -time.Minute))
			w.revisions[serviceRevision(2)] = ""
		},
		request: func(r *rollout.Request) { r.Before.ServiceDeploymentArn = deploymentArn(2) },
	},
	{
		// An up was interrupted; the next one, which changes nothing that is deployed, is only as good as its deployment.
		name: "tags only while a deployment goes on", outcome: rollout.OutcomeRolledBack,
		play: func(w *world) {
			deploys(2)(w)
			w.at(45*time.Second, fails(2)).at(90*time.Second, back(2, types.ServiceDeploymentStatusRollbackSuccessful))
		},
		request: func(r *rollout.Request) {
			r.Before = &rollout.Mark{DeploymentId: "ecs-svc/2", ServiceDeploymentArn: deploymentArn(2)}
		},
	},
	{
		// The image belongs to CI: the program wants no revision in particular.
		name: "revision of somebody else", outcome: rollout.OutcomeSucceeded, play: succeedsAt(3, time.Minute),
		request: func(r *rollout.Request) { r.TaskDefinitionArn = "" },
	},
	{
		// Without a mark, the last deployment may be an old one: the new one has to show up first.
		name: "without a mark", outcome: rollout.OutcomeRolledBack,
		play: func(w *world) {
			w.revisions[serviceRevision(1)] = revision2
			w.at(2*time.Second, deploys(2)).at(45*time.Second, fails(2)).at(90*time.Second, back(2, types.ServiceDeploymentStatusRollbackSuccessful))
		},
		request: func(r *rollout.Request) { r.Before = nil },
	},
	{
		// It was over before anybody looked.
		name: "rolled back at once", outcome: rollout.OutcomeRolledBack, without: rollout.OutcomeNotDeployed,
		play: func(w *world) {
			w.at(0, deploys(2)).at(0, fails(2)).at(0, back(2, types.ServiceDeploymentStatusRollbackSuccessful))
		},
	},
	{
		// Somebody deploys between the mark and the change.
		name: "deployment before ours", outcome: rollout.OutcomeSucceeded,
		play: func(w *world) {
			w.at(0, deploys(3)).at(2*time.Second, of(3, func(d *types.ServiceDeployment) { d.Status = types.ServiceDeploymentStatusStopped })).
				at(2*time.Second, deploys(2)).at(time.Minute, completes(2))
		},
	},
	{
		name: "history lags", outcome: rollout.OutcomeSucceeded,
		play: func(w *world) {
			w.at(0, deploys(2)).at(0, func(w *world) { w.history = w.history[1:] }).at(15*time.Second, func(w *world) {
				w.history = append(w.history, serviceDeployment(2, types.ServiceDeploymentStatusInProgress, 0))
			}).at(time.Minute, completes(2))
		},
	},
	{
		name: "history never comes", outcome: rollout.OutcomeRolledBack,
		play: func(w *world) {
			w.at(0, deploys(2)).at(0, func(w *world) { w.history = w.history[1:] }).
				at(45*time.Second, fails(2)).at(90*time.Second, back(2, types.ServiceDeploymentStatusRollbackSuccessful))
		},
	},
	{
		name: "service deleted", outcome: rollout.OutcomeServiceGone,
		play: func(w *world) { w.at(0, deploys(2)).at(20*time.Second, func(w *world) { w.gone = true }) },
	},
	{
		name: "nothing else may be read", outcome: rollout.OutcomeRolledBack,
		play: func(w *world) {
			w.at(0, deploys(2)).at(5*time.Second, crashed("aaa1", revision2, nil)).
				at(45*time.Second, fails(2)).at(90*time.Second, back(2, types.ServiceDeploymentStatusRollbackSuccessful))
			for operation, action := range map[string]string{
				"ListTasks": "ecs:ListTasks", "DescribeTaskDefinition": "ecs:DescribeTaskDefinition", "DescribeTargetHealth": "elasticloadbalancing:DescribeTargetHealth",
				"DescribeServiceRevisions": "ecs:DescribeServiceRevisions",
			} {
				w.forever[operation] = []error{accessDenied(action)}
			}
		},
	},
	{
		name: "logs may not be read", outcome: rollout.OutcomeRolledBack,
		play: func(w *world) {
			w.at(0, deploys(2)).at(5*time.Second, crashed("aaa1", revision2, nil)).
				at(45*time.Second, fails(2)).at(90*time.Second, back(2, types.ServiceDeploymentStatusRollbackSuccessful))
			w.forever["GetLogEvents"] = []error{accessDenied("logs:GetLogEvents")}
		},
	},
	{
		name: "busy", outcome: rollout.OutcomeSucceeded,
		play: func(w *world) {
			succeedsAt(2, time.Minute)(w)
			w.errs["DescribeServices"] = []error{throttled, throttled, apiError("ServerException", "try later")}
			w.errs["ListServiceDeployments"] = []error{throttled}
			w.errs["DescribeServiceDeployments"] = []error{throttled, apiError("ServiceUnavailable", "busy"), throttled, throttled}
		},
	},
}
