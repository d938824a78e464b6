package platform

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/netip"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"

	"github.com/bulwark-iac/bulwark/components/edge"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/network"
	"github.com/bulwark-iac/bulwark/components/tagging"
	"github.com/bulwark-iac/bulwark/components/waf"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// namespace begins the stack's own settings: bulwark:owner.
const namespace = "bulwark"

// Config is what a stack wants. Pulumi.yaml documents each setting; LoadConfig reads them.
type Config struct {
	// Region is where the stack lives, aws:region.
	Region string
	// Labels become tags. The environment is the name of the stack.
	Labels tagging.Labels
	// Lifecycle is Permanent unless the stack says disposable.
	Lifecycle lifecycle.Lifecycle
	// Audio is about the bucket for recordings.
	Audio AudioConfig
	// Network is about the VPC.
	Network NetworkConfig
	// Edge is about what the internet sees: load balancer, domain, web ACL.
	Edge EdgeConfig
	// RetiredAccessKeys are the ids of IAM access keys whose use is recorded as a metric of its own.
	RetiredAccessKeys []string
	// LogRetentionDays is for how many days the log archive keeps logs; at least 90.
	LogRetentionDays int
}

// AudioConfig is about the bucket for recordings.
type AudioConfig struct {
	// Origins are the web origins whose pages may upload and play.
	Origins []string
	// InfrequentAfterDays is the age at which recordings move to Standard-IA; 0 keeps them in Standard.
	InfrequentAfterDays int
	// NoncurrentDays is for how many days a replaced or deleted recording can be brought back.
	NoncurrentDays int
}

// NetworkConfig is about the VPC.
type NetworkConfig struct {
	// Cidr is the block of private addresses.
	Cidr string
	// Zones are the letters of the availability zones.
	Zones []string
	// Egress is how workloads reach AWS and the internet.
	Egress network.Egress
}

// EdgeConfig is about what the internet sees.
type EdgeConfig struct {
	// Listener is HTTPS unless the stack says httpOnly.
	Listener edge.Listener
	// Domain is the name under which the service is reached; required with HTTPS.
	Domain string
	// HostedZone is the name of the hosted zone that Domain lies in; empty is Domain without its first label.
	HostedZone string
	// HostedZoneID is the id of the hosted zone; empty has the stack make it.
	HostedZoneID string
	// ServicePort is the port on which the service answers.
	ServicePort int
	// HealthPath is what the load balancer asks the service for.
	HealthPath string
	// WafMode is whether the rules of the web ACL block or count.
	WafMode waf.Mode
	// UploadPaths are the paths to which recordings are sent.
	UploadPaths []string
}

// ConfigError is everything that is wrong with the configuration of one stack.
type ConfigError struct {
	Stack    string
	Problems validate.Problems
}

// Error lists every problem on a line of its own.
func (e *ConfigError) Error() string {
	noun := "problems"
	if len(e.Problems) == 1 {
		noun = "problem"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "Pulumi.%s.yaml: %d %s", e.Stack, len(e.Problems), noun)
	for _, p := range e.Problems {
		b.WriteString("\n  - " + p.String())
	}
	return b.String()
}

// settings are the names behind the namespace, as Pulumi.yaml declares them.
var settings = []string{
	"application", "owner", "costCenter", "repository", "dataClass", "lifecycle",
	"audioOrigins", "audioInfrequentAfterDays", "audioNoncurrentDays", "logRetentionDays",
	"cidr", "zones", "egress", "listener", "domain", "hostedZone", "hostedZoneId", "servicePort", "healthPath",
	"wafMode", "uploadPaths", "retiredAccessKeys",
}

// LoadConfig reads the settings of the stack. Its error is a *ConfigError with every missing, malformed and unknown
// setting.
func LoadConfig(ctx *pulumi.Context) (*Config, error) {
	r := &reader{own: config.New(ctx, namespace)}
	c := &Config{
		Region: r.region(config.New(ctx, "aws").Get("region")),
		Labels: tagging.Labels{
			Project:     r.text("application"),
			Environment: ctx.Stack(),
			Owner:       r.text("owner"),
			CostCenter:  r.text("costCenter"),
			Repository:  r.text("repository"),
			DataClass:   tagging.DataClass(r.textOr("dataClass", string(tagging.Confidential))),
		},
		Lifecycle: lifecycle.Lifecycle(r.textOr("lifecycle", string(lifecycle.Permanent))),
		Audio: AudioConfig{
			Origins:             r.list("audioOrigins"),
			InfrequentAfterDays: r.number("audioInfrequentAfterDays", 90, "days"),
			NoncurrentDays:      r.number("audioNoncurrentDays", 90, "days"),
		},
		LogRetentionDays: r.number("logRetentionDays", 400, "days"),
		Network: NetworkConfig{
			Cidr:   r.textOr("cidr", "10.0.0.0/16"),
			Zones:  r.listOr("zones", []string{"a", "b"}),
			Egress: network.Egress(r.textOr("egress", string(network.EgressEndpointsOnly))),
		},
		Edge: EdgeConfig{
			Listener:     edge.Listener(r.textOr("listener", string(edge.HTTPS))),
			Domain:       r.textOr("domain", ""),
			HostedZone:   r.textOr("hostedZone", ""),
			HostedZoneID: r.textOr("hostedZoneId", ""),
			ServicePort:  r.number("servicePort", 8080, "port"),
			HealthPath:   r.textOr("healthPath", "/"),
			WafMode:      waf.Mode(r.textOr("wafMode", string(waf.ModeBlock))),
			UploadPaths:  r.list("uploadPaths"),
		},
		RetiredAccessKeys: r.list("retiredAccessKeys"),
	}
	r.check(c)
	r.unknown()
	if len(r.problems) > 0 {
		return nil, &ConfigError{Stack: ctx.Stack(), Problems: r.problems}
	}
	return c, nil
}

// reader reads settings, and collects what is wrong with them.
type reader struct {
	own      *config.Config
	problems validate.Problems
}

func at(setting string) validate.Path { return validate.Path(namespace + ":" + setting) }

// text is a setting that has to be there.
func (r *reader) text(setting string) string {
	value := strings.TrimSpace(r.own.Get(setting))
	if value == "" {
		r.problems.Add(validate.Required(at(setting), expectations[setting], "pulumi config set "+namespace+":"+setting+" <value>").By("config-required"))
	}
	return value
}

// expectations complete "expected ..." for settings that are missing.
var expectations = map[string]string{
	"application": "the name of the product, such as acme-audio",
	"owner":       "the team or address that answers for the stack",
	"costCenter":  "where the bill goes",
	"repository":  "the repository of the program, such as github.com/acme/infra",
}

func (r *reader) textOr(setting, byDefault string) string {
	if value := strings.TrimSpace(r.own.Get(setting)); value != "" {
		return value
	}
	return byDefault
}

// number is a whole number; what it counts completes the error.
func (r *reader) number(setting string, byDefault int, counts string) int {
	text := strings.TrimSpace(r.own.Get(setting))
	if text == "" {
		return byDefault
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		r.problems.Add(validate.Invalid(at(setting), text, "a whole number ("+counts+")", "write it as in "+strconv.Itoa(byDefault)).By("config-number"))
		return byDefault
	}
	return n
}

func (r *reader) list(setting string) []string {
	text := strings.TrimSpace(r.own.Get(setting))
	if text == "" {
		return nil
	}
	var values []string
	if err := json.Unmarshal([]byte(text), &values); err != nil {
		r.problems.Add(validate.Invalid(at(setting), text, "a list of texts", "write one - <text> a line").By("config-list"))
	}
	return values
}

// listOr is a list, or its default when the stack sets none or an empty one.
func (r *reader) listOr(setting string, byDefault []string) []string {
	if values := r.list(setting); len(values) > 0 {
		return values
	}
	return byDefault
}

var regionName = regexp.MustCompile(`^[a-z]{2,3}(-[a-z]+){1,3}-[1-9]$`)

func (r *reader) region(region string) string {
	const path, fix = validate.Path("aws:region"), "pulumi config set aws:region eu-west-1"
	switch {
	case region == "":
		r.problems.Add(validate.Required(path, "the region of the stack, such as eu-west-1", fix).By("config-required"))
	case !regionName.MatchString(region):
		r.problems.Add(validate.Invalid(path, region, "the name of an AWS region, such as eu-west-1", fix).By("config-region"))
	}
	return region
}

var (
	application = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)
	stackName   = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)
)

// check holds the values against what the components will ask, in the names of the settings.
func (r *reader) check(c *Config) {
	if name := c.Labels.Project; name != "" && (len(name) < 2 || len(name) > 24 || !application.MatchString(name)) {
		r.problems.Add(validate.Invalid(at("application"), name, "2 to 24 lower-case letters, digits and single hyphens, beginning with a letter", "bucket and key names begin with it").By("config-application"))
	}
	if name := c.Labels.Environment; len(name) > 16 || !stackName.MatchString(name) {
		r.problems.Add(validate.Invalid("stack", name, "a stack name of 1 to 16 lower-case letters, digits and single hyphens, beginning with a letter", "bucket and key names contain it: choose another with pulumi stack init").By("config-stack"))
	}
	for setting, value := range map[string]string{"owner": c.Labels.Owner, "costCenter": c.Labels.CostCenter, "repository": c.Labels.Repository} {
		r.problems.Add(validate.TagValue(at(setting), value)...)
	}
	r.problems.Add(validate.Enum(at("dataClass"), c.Labels.DataClass)...)
	r.problems.Add(validate.Enum(at("lifecycle"), c.Lifecycle)...)
	for i, origin := range c.Audio.Origins {
		r.problems.Add(validate.Origin(at("audioOrigins").Index(i), origin)...)
	}
	if days := c.Audio.InfrequentAfterDays; days != 0 && days < 30 {
		r.problems.Add(validate.Problem{
			Path: at("audioInfrequentAfterDays"), Value: strconv.Itoa(days), Rule: "s3-lifecycle-class-minimum",
			Expected: "at least 30 days, the earliest at which S3 moves objects to Standard-IA, or 0 to keep them in Standard", Fix: "use 30 or more, or 0",
		})
	}
	r.problems.Add(validate.Range(at("audioNoncurrentDays"), c.Audio.NoncurrentDays, 1, 36500, "days")...)
	r.problems.Add(validate.Range(at("logRetentionDays"), c.LogRetentionDays, 90, 36500, "days")...)
	r.checkNetwork(c.Network)
	r.checkEdge(c.Edge)
	for i, id := range c.RetiredAccessKeys {
		if !accessKeyID.MatchString(id) {
			r.problems.Add(validate.Invalid(at("retiredAccessKeys").Index(i), id, "the id of an access key: AKIA and 16 capitals or digits, never the secret", "look it up with aws iam list-access-keys").By("config-access-key"))
		}
	}
	slices.SortStableFunc(r.problems, func(a, b validate.Problem) int { return strings.Compare(string(a.Path), string(b.Path)) })
}

var accessKeyID = regexp.MustCompile(`^AKIA[A-Z0-9]{16}$`)

// checkNetwork leaves to the component what only it knows: sizes, slots, the zones of the region.
func (r *reader) checkNetwork(n NetworkConfig) {
	if _, err := netip.ParsePrefix(n.Cidr); err != nil {
		r.problems.Add(validate.Invalid(at("cidr"), n.Cidr, "a block of private addresses, such as 10.0.0.0/16", "write address and length").By("config-cidr"))
	}
	for i, zone := range n.Zones {
		if len(zone) != 1 || zone < "a" || zone > "z" {
			r.problems.Add(validate.Invalid(at("zones").Index(i), zone, "the letter of an availability zone, such as a", "write the letter alone").By("config-zone"))
		}
	}
	r.problems.Add(validate.Enum(at("egress"), n.Egress)...)
}

func (r *reader) checkEdge(e EdgeConfig) {
	r.problems.Add(validate.Enum(at("listener"), e.Listener)...)
	if e.Listener == edge.HTTPS && e.Domain == "" {
		r.problems.Add(validate.Required(at("domain"), "the name under which the service is reached, such as app.acme.example",
			"set it, or give up encryption by name: pulumi config set bulwark:listener httpOnly").By("config-domain"))
	}
	if e.Domain != "" && !strings.Contains(e.Domain, ".") {
		r.problems.Add(validate.Invalid(at("domain"), e.Domain, "a full name, such as app.acme.example", "add the domain").By("config-domain"))
	}
	r.problems.Add(validate.Range(at("servicePort"), e.ServicePort, 1, 65535, "")...)
	if !strings.HasPrefix(e.HealthPath, "/") {
		r.problems.Add(validate.Invalid(at("healthPath"), e.HealthPath, "a path that begins with /", "put a / in front").By("config-path"))
	}
	r.problems.Add(validate.Enum(at("wafMode"), e.WafMode)...)
	for i, path := range e.UploadPaths {
		if !strings.HasPrefix(path, "/") {
			r.problems.Add(validate.Invalid(at("uploadPaths").Index(i), path, "a path that begins with /", "put a / in front").By("config-path"))
		}
	}
}

// unknown reports settings that nobody reads: a typing error must not silently become a default.
func (r *reader) unknown() {
	for _, key := range slices.Sorted(maps.Keys(allSettings())) {
		name, ours := strings.CutPrefix(key, namespace+":")
		if !ours || slices.Contains(settings, name) {
			continue
		}
		p := validate.NotSupported(at(name), name, settings)
		if p.Fix == "" {
			p.Fix = "pulumi config rm " + key
		}
		r.problems.Add(p.By("config-unknown"))
	}
}

// allSettings is the whole configuration as the engine hands it to a program that runs on its own, under `pulumi up`.
// A program that runs in the sandbox's process has none: there the sandbox compares the stack file with Pulumi.yaml.
func allSettings() map[string]string {
	var all map[string]string
	if json.Unmarshal([]byte(os.Getenv(pulumi.EnvConfig)), &all) != nil {
		return nil
	}
	return all
}
