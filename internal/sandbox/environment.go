package sandbox

import (
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

const (
	// Pace divides the delays of the provider's waiters, which are made for AWS's pace, in the embedded sandbox.
	Pace = 25
	// passphrase protects nothing: the sandbox's state holds a made-up world.
	passphrase = "bulwark-sandbox"
	// AccountID is the embedded emulator's AWS account.
	AccountID = "123456789012"
)

// EnvironmentOptions say what the engine shall see.
type EnvironmentOptions struct {
	// Base is the environment to start from; nil means the process's own.
	Base []string
	// Endpoint is where AWS is; Embedded, whether it is the sandbox's own emulator.
	Endpoint string
	Embedded bool
	// BulwarkEmulator says that the endpoint, whoever started it, is an emulator of Bulwark: it answers S3 Control.
	BulwarkEmulator bool
	// Region is the stack's aws:region; empty leaves AWS_REGION unset.
	Region string
	// Backend is the folder of the state; PulumiHome the engine's home.
	Backend, PulumiHome string
	// Engine and Provider are the programs; their folders come first in PATH.
	Engine, Provider string
	// Passphrase of the stack's secrets; empty takes the sandbox's own.
	Passphrase string
}

// EngineEnvironment is the whole environment of the engine and of what it starts. Everything is on the loopback
// interface: no profile, no credentials and no endpoint of the user gets through, save those that belong to an endpoint
// which the user named.
func EngineEnvironment(o EnvironmentOptions) map[string]string {
	base := o.Base
	if base == nil {
		base = os.Environ()
	}
	env := map[string]string{}
	for _, entry := range base {
		name, value, _ := strings.Cut(entry, "=")
		if keepVariable(name, o.Embedded) {
			env[name] = value
		}
	}
	env["AWS_ENDPOINT_URL"] = o.Endpoint
	if o.Region != "" {
		env["AWS_REGION"], env["AWS_DEFAULT_REGION"] = o.Region, o.Region
	}
	if o.Embedded {
		env["AWS_ACCESS_KEY_ID"], env["AWS_SECRET_ACCESS_KEY"] = "test", "test"
		// The files in ~/.aws may name endpoints, profiles and regions of their own.
		env["AWS_CONFIG_FILE"], env["AWS_SHARED_CREDENTIALS_FILE"] = os.DevNull, os.DevNull
		env["AWS_EC2_METADATA_DISABLED"] = "true"
		env["BULWARK_PACE"] = strconv.Itoa(Pace)
	} else if !hasCredentials(env) {
		env["AWS_ACCESS_KEY_ID"], env["AWS_SECRET_ACCESS_KEY"] = "test", "test"
	}
	if o.Embedded || o.BulwarkEmulator {
		// S3 Control puts the account in front of the host name (123456789012.127.0.0.1), which no resolver knows. As
		// the proxy for plain HTTP the emulator gets those requests too; Go asks no proxy for the loopback host itself.
		for _, name := range []string{"HTTP_PROXY", "http_proxy"} {
			env[name] = o.Endpoint
		}
		for _, name := range []string{"NO_PROXY", "no_proxy"} {
			env[name] = "localhost,127.0.0.1,::1"
		}
	}
	env["PULUMI_BACKEND_URL"] = "file://" + filepath.ToSlash(o.Backend)
	env["PULUMI_HOME"] = o.PulumiHome
	env["PULUMI_SKIP_UPDATE_CHECK"] = "true"
	env["PULUMI_CONFIG_PASSPHRASE"] = o.Passphrase
	if o.Passphrase == "" {
		env["PULUMI_CONFIG_PASSPHRASE"] = passphrase
	}
	env["PATH"] = strings.Join([]string{
		filepath.Dir(o.Provider), filepath.Dir(o.Engine), env["PATH"],
	}, string(os.PathListSeparator))
	return env
}

// keepVariable leaves out what would make the engine or the provider talk to somebody else.
func keepVariable(name string, embedded bool) bool {
	switch {
	case strings.HasPrefix(name, "PULUMI_"), name == "BULWARK_PACE", name == "":
		return false
	case strings.HasPrefix(name, "AWS_"):
		return !embedded
	default:
		return true
	}
}

// hasCredentials reports whether the environment names credentials in one of the ways of the AWS SDKs.
func hasCredentials(env map[string]string) bool {
	for _, name := range []string{
		"AWS_ACCESS_KEY_ID", "AWS_PROFILE", "AWS_WEB_IDENTITY_TOKEN_FILE",
		"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI",
	} {
		if env[name] != "" {
			return true
		}
	}
	return false
}

// environmentList is the environment as os/exec wants it.
func environmentList(env map[string]string) []string {
	list := make([]string, 0, len(env))
	for name, value := range env {
		list = append(list, name+"="+value)
	}
	return list
}

// checkEndpoint refuses what is not a URL that an AWS SDK could use.
func checkEndpoint(endpoint string) error {
	u, err := url.Parse(endpoint)
	if err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" {
		return nil
	}
	return &Problem{
		Kind: KindUsage,
		What: "AWS_ENDPOINT_URL is " + strconv.Quote(endpoint) + ", and that is no address",
		Fix: []string{
			"give it as http://host:port, for example http://localhost:4566",
			"or unset it, and the embedded emulator is used",
		},
	}
}

// targetName is the folder name of an endpoint's state: readable, and different for different endpoints.
func targetName(endpoint string) string {
	u, err := url.Parse(endpoint)
	if err != nil {
		return hashKey(endpoint)
	}
	host := strings.Map(func(r rune) rune {
		if r == '.' || r == '-' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' {
			return r
		}
		return '-'
	}, strings.ToLower(u.Host))
	return host + "-" + hashKey(endpoint)[:6]
}
