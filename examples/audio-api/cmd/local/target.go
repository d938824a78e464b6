package main

import (
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
		// What it does meanwhile it says on stderr.
		command := exec.CommandContext(ctx, o.bulwark, "up", "--stack", o.stack, "--provider", o.provider, "--json")
		command.Stderr = os.Stderr
		raw, err = command.Output()
	}
	if err != nil {
		return nil, fmt.Errorf("the stack cannot be deployed: %w", err)
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

func (t *target) output(name string) string {
	text, _ := t.Outputs[name].Value.(string)
	return text
}

// credentials is where the sandbox hands out the credentials of the service's task, as ECS does on its own address.
func (t *target) credentials() string {
	return t.Endpoint + "/_bulwark/ecs/credentials/" + t.output(clusterOutput) + "/" + t.output(serviceOutput)
}

// role is the role of the service's task.
func (t *target) role(ctx context.Context) (string, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, t.credentials(), http.NoBody)
	if err != nil {
		return "", err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	var found struct{ RoleArn string }
	if err := json.NewDecoder(answer.Body).Decode(&found); err != nil || found.RoleArn == "" {
		return "", fmt.Errorf("no credentials for a task of service %s: %s", t.output(serviceOutput), answer.Status)
	}
	return found.RoleArn, nil
}
