package rollout

import (
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecs/types"
	"github.com/stretchr/testify/assert"
)

// TestShown quotes what somebody else wrote, and no secret of it.
func TestShown(t *testing.T) {
	for text, want := range map[string]string{
		"panic: no such file":                                             "panic: no such file",
		"\x1b[31mERROR\x1b[0m\tcannot\r\nconnect":                         "ERROR cannot connect",
		`{"level":"error","password":"horse","msg":"refused"}`:            `{"level":"error","password":(hidden),"msg":"refused"}`,
		"DB_PASSWORD=horse JWT_SECRET='battery staple' LOG_LEVEL=debug":   "DB_PASSWORD=(hidden) JWT_SECRET=(hidden) LOG_LEVEL=debug",
		"secret: arn:aws:secretsmanager:eu-west-1:111122223333:secret:db": "secret: arn:aws:secretsmanager:eu-west-1:111122223333:secret:db",
		"Authorization: Bearer abcdefghijkl":                              "Authorization: Bearer (hidden)",
		"dial postgres://app:horse@db.internal/acme: timeout":             "dial (hidden) timeout",
		"using AKIA" + "IOSFODNN7EXAMPLE":                                 "using (hidden)",
		"token expired":                                                   "token expired",
		"failed to pull 111122223333.dkr.ecr.eu-west-1.amazonaws.com/acme@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08": "failed to pull " +
			"111122223333.dkr.ecr.eu-west-1.amazonaws.com/acme@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
		"-----BEGIN RSA PRIVATE KEY-----": "a text of 31 characters (not shown: it may be a private key)",
	} {
		assert.Equal(t, want, shown(text))
	}
	assert.Equal(t, maxReason+1, len([]rune(shown(strings.Repeat("ä ", 2000)))))
	assert.Equal(t, `"say \"hello\""`, quoted(`say "hello"`))
	assert.Equal(t, "a text of 31 characters (not shown: it may be a private key)", quoted("-----BEGIN RSA PRIVATE KEY-----"))
}

// FuzzShown: a text of somebody else's stays on one line and within its length, and never panics.
func FuzzShown(f *testing.F) {
	f.Add("PASSWORD=\"horse\" \x1b[0m\x00")
	f.Fuzz(func(t *testing.T, text string) {
		out := shown(text)
		if strings.ContainsAny(out, "\n\r\x1b\x00") || len([]rune(out)) > maxReason+1 {
			t.Fatalf("%q", out)
		}
	})
}

func TestHints(t *testing.T) {
	for found, want := range map[string]string{
		"CannotPullContainerError: image Manifest does not contain descriptor matching platform 'linux/arm64'": "another processor",
		"exec /app: exec format error": "another processor",
		"CannotPullContainerError: ref pull has been retried 5 time(s): failed to copy: httpReadSeeker: failed open: dial tcp 52.1.2.3:443: i/o timeout": "cannot be reached",
		"CannotPullContainerError: pull access denied, not authorized to perform: ecr:BatchGetImage":                                                     "may not pull",
		"CannotPullContainerError: manifest unknown": "Push the image",
		"ResourceInitializationError: unable to retrieve secret from asm: AccessDeniedException: not authorized to perform secretsmanager:GetSecretValue":   "may not read the secret",
		"ResourceInitializationError: unable to retrieve secret from asm: ResourceNotFoundException: Secrets Manager can't find the specified secret value": "no value yet",
		"ResourceInitializationError: retrieved secret from Secrets Manager did not contain json key username":                                              "no such JSON key",
		"ResourceInitializationError: unable to pull secrets or registry auth: context deadline exceeded":                                                   "cannot be reached",
		"ECS was unable to assume the role 'arn:aws:iam::111122223333:role/app'":                                                                            "trust",
		"container app exited with code 137 (out of memory)":                                                                                                "more memory",
		"container app exited with code 137 (killed: out of memory, or it did not stop in time)":                                                            "",
		"open /var/cache/x: read-only file system":                                                                                                          "scratch volume",
		"unhealthy, Target.ResponseCodeMismatch: Health checks failed with these codes: [503]":                                                              "answers with an error",
		"unhealthy, Target.Timeout: Request timed out":                                                                                                      "Nothing answers",
		"Task failed container health checks":                                                                                                               "grace period",
		"You've reached the limit on the number of vCPUs you can run concurrently":                                                                          "quota",
		"Capacity is unavailable at this time":                                                                                                              "no capacity",
		"Essential container in task exited":                                                                                                                "",
	} {
		got := strings.Join(hintsFor(found), "")
		if want == "" {
			assert.Empty(t, got, found)
			continue
		}
		assert.Contains(t, got, want, found)
	}
}

// TestCulprit finds the container that ended the others.
func TestCulprit(t *testing.T) {
	container := func(name string, code int32, reason string) types.Container {
		c := types.Container{Name: aws.String(name)}
		if code >= 0 {
			c.ExitCode = aws.Int32(code)
		}
		if reason != "" {
			c.Reason = aws.String(reason)
		}
		return c
	}
	definition := &types.TaskDefinition{ContainerDefinitions: []types.ContainerDefinition{
		{Name: aws.String("app")}, {Name: aws.String("proxy"), Essential: aws.Bool(true)}, {Name: aws.String("traces"), Essential: aws.Bool(false)},
	}}
	for name, c := range map[string]struct {
		stop       types.TaskStopCode
		containers []types.Container
		want       string
	}{
		"failed by itself":            {types.TaskStopCodeEssentialContainerExited, []types.Container{container("traces", 143, ""), container("app", 2, "")}, "app"},
		"essential before others":     {types.TaskStopCodeEssentialContainerExited, []types.Container{container("traces", 1, ""), container("app", 2, "")}, "app"},
		"out of memory":               {types.TaskStopCodeEssentialContainerExited, []types.Container{container("app", 2, ""), container("proxy", 137, "OutOfMemoryError: x")}, "proxy"},
		"ended well, but ended":       {types.TaskStopCodeEssentialContainerExited, []types.Container{container("app", 0, ""), container("traces", -1, "")}, "app"},
		"never started":               {types.TaskStopCodeTaskFailedToStart, []types.Container{container("app", -1, ""), container("proxy", -1, "CannotPullContainerError")}, "proxy"},
		"stopped by the scheduler":    {types.TaskStopCodeServiceSchedulerInitiated, []types.Container{container("app", 0, ""), container("traces", 143, "")}, ""},
		"nobody knows":                {types.TaskStopCodeTaskFailedToStart, []types.Container{container("app", -1, "")}, ""},
		"failed while it was stopped": {types.TaskStopCodeServiceSchedulerInitiated, []types.Container{container("app", 3, "")}, "app"},
	} {
		t.Run(name, func(t *testing.T) {
			got, ok := culprit(types.Task{StopCode: c.stop, Containers: c.containers}, definition)
			assert.Equal(t, c.want, aws.ToString(got.Name))
			assert.Equal(t, c.want != "", ok)
		})
	}
}

func TestSameRevision(t *testing.T) {
	const web1, web2, other1 = "arn:aws:ecs:eu-west-1:111122223333:task-definition/web:1", "arn:aws:ecs:eu-west-1:111122223333:task-definition/web:2",
		"arn:aws:ecs:eu-west-1:444455556666:task-definition/web:1"
	assert.True(t, sameRevision(web1, web1))
	assert.False(t, sameRevision(web1, web2))
	assert.False(t, sameRevision(web1, other1))
	assert.True(t, sameRevision(web1, "web:1"))
	assert.False(t, sameRevision(web1, "web:2"))
	assert.True(t, sameRevision("web", web2))
	assert.False(t, sameRevision("web-worker", web2))
}
