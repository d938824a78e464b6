package main

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"time"
)

// target is the stack that is deployed, as bulwark up --json tells.
type target struct {
	Endpoint string `json:"endpoint"`
	Region   string `json:"region"`
	Outputs  map[string]struct {
		Value any `json:"value"`
	} `json:"outputs"`
}

// The outputs of a stack that are used. The last two are for stacks that have these secrets.
const (
	bucketOutput         = "audioBucket"
	keyOutput            = "audioKeyArn"
	clusterOutput        = "clusterName"
	serviceOutput        = "serviceName"
	jwtSecretOutput      = "jwtSecretArn"
	databaseSecretOutput = "databaseSecretArn"
)

func findTarget(ctx context.Context, o options) (*target, error) {
	raw, err := os.ReadFile(o.target)
	if o.target == "" {
		raw, err = deploy(ctx, o)
	}
	if err != nil {
		return nil, err
	}
	t := &target{}
	if err := json.Unmarshal(raw, t); err != nil {
		return nil, err
	}
	var missing []string
	for _, name := range []string{bucketOutput, keyOutput, clusterOutput, serviceOutput} {
		if t.output(name) == "" {
			missing = append(missing, name)
		}
	}
	if missing != nil {
		return nil, fmt.Errorf("the stack has no output %s: expected a service and its bucket", strings.Join(missing, ", "))
	}
	// Secrets are made and the service is called with what is found here: never in an account.
	u, err := url.Parse(t.Endpoint)
	if err != nil || !net.ParseIP(u.Hostname()).IsLoopback() {
		return nil, errors.New("the stack is not in the sandbox: expected an endpoint on the loopback interface")
	}
	return t, nil
}

// deploy deploys the stack, and returns what it says on stdout. On stderr it says what it does meanwhile.
func deploy(ctx context.Context, o options) ([]byte, error) {
	command := exec.CommandContext(ctx, o.bulwark, "up", "--stack", o.stack, "--provider", o.provider, "--json")
	command.Cancel = func() error { return command.Process.Signal(os.Interrupt) }
	var out bytes.Buffer
	command.Stdout = &out
	progress, err := command.StderrPipe()
	if err != nil {
		return nil, err
	}
	if err := command.Start(); err != nil {
		return nil, err
	}
	// The last line is the error, if there is one: it is for people here.
	var failed struct{ Error struct{ Message string } }
	lines := bufio.NewScanner(progress)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if json.Unmarshal(lines.Bytes(), &failed) != nil {
			fmt.Fprintln(os.Stderr, lines.Text())
		}
	}
	if err := command.Wait(); err != nil {
		return nil, errors.New(cmp.Or(failed.Error.Message, err.Error()))
	}
	return out.Bytes(), nil
}

func (t *target) output(name string) string {
	text, _ := t.Outputs[name].Value.(string)
	return text
}

// credentials is where the sandbox hands out the credentials of the service's task, as ECS does on its own address.
func (t *target) credentials() string {
	return t.Endpoint + "/_bulwark/ecs/credentials/" + t.output(clusterOutput) + "/" + t.output(serviceOutput)
}

// role is the role of the service's task, once there is one that runs.
func (t *target) role(ctx context.Context) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	for {
		role, err := t.askForRole(ctx)
		if err == nil {
			return role, nil
		}
		select {
		case <-ctx.Done():
			return "", fmt.Errorf("no credentials for a task of the service %s: %w", t.output(serviceOutput), err)
		case <-time.After(500 * time.Millisecond):
		}
	}
}

func (t *target) askForRole(ctx context.Context) (string, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, t.credentials(), http.NoBody)
	if err != nil {
		return "", err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	var found struct{ RoleArn, Error string }
	if err := json.NewDecoder(answer.Body).Decode(&found); err != nil || found.RoleArn == "" {
		return "", errors.New(cmp.Or(found.Error, answer.Status))
	}
	return found.RoleArn, nil
}
