package platform

import (
	"encoding/json"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"

	"github.com/bulwark-iac/bulwark/components/audit"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/loadbalancing"
	"github.com/bulwark-iac/bulwark/components/network"
	"github.com/bulwark-iac/bulwark/components/service"
	"github.com/bulwark-iac/bulwark/components/tagging"
	"github.com/bulwark-iac/bulwark/components/waf"
	"github.com/bulwark-iac/bulwark/internal/netplan"
	"github.com/bulwark-iac/bulwark/internal/secretwords"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// namespace begins the stack's own settings: bulwark:owner.
const namespace = "bulwark"

// Config is what a stack wants. Pulumi.yaml documents each setting; LoadConfig reads them.
type Config struct {
	// Region is where the stack lives, aws:region.
	Region string
	// AccountID is the account that the stack belongs to; empty takes whichever the credentials are of.
	AccountID string
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
	// Service is about the application.
	Service ServiceConfig
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
	// ListenerProtocol is HTTPS unless the stack says HTTP.
	ListenerProtocol loadbalancing.ListenerProtocol
	// Domain is the name under which the service is reached; required with HTTPS.
	Domain string
	// HostedZone is the name of the hosted zone that Domain lies in; empty is Domain itself.
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

// ServiceConfig is about the application.
type ServiceConfig struct {
	// ImageDigest is the image in the stack's repository that runs, as a pipeline pushed it.
	ImageDigest string
	// AppContext is the directory from which up builds the image, instead of ImageDigest. Without either nothing runs yet.
	AppContext string
	// Cpu and MemoryMiB are the size of a task; without a memory it has the least that goes with its CPU.
	Cpu       service.Cpu
	MemoryMiB int
	// MinTasks and MaxTasks are how many tasks run.
	MinTasks, MaxTasks int
	// OfficeHours is the time zone in which tasks run from 7 to 20 o'clock on working days only; empty runs them always.
	OfficeHours string
}

// settings declares every setting of a stack: Pulumi.yaml documents them.
func (c *Config) settings() []setting {
	return []setting{
		text("accountId", &c.AccountID, "", validate.AccountID),
		required("application", &c.Labels.Project, "the name of the product, such as acme-audio", applicationName),
		required("owner", &c.Labels.Owner, "the team or address that answers for the stack", validate.TagValue),
		required("costCenter", &c.Labels.CostCenter, "where the bill goes", validate.TagValue),
		required("repository", &c.Labels.Repository, "the repository of the program, such as github.com/acme/infra", validate.TagValue),
		enum("dataClass", &c.Labels.DataClass, tagging.Confidential),
		enum("lifecycle", &c.Lifecycle, lifecycle.Permanent),
		list("audioOrigins", &c.Audio.Origins, nil, each(validate.Origin)),
		number("audioInfrequentAfterDays", &c.Audio.InfrequentAfterDays, 90, "(days)", infrequentAfter),
		number("audioNoncurrentDays", &c.Audio.NoncurrentDays, 90, "(days)", between(1, 36500, "days")),
		number("logRetentionDays", &c.LogRetentionDays, 400, "(days)", between(90, 36500, "days")),
		text("cidr", &c.Network.Cidr, "10.0.0.0/16", vpcCIDR),
		list("zones", &c.Network.Zones, []string{"a", "b"}, netplan.CheckZones),
		enum("egress", &c.Network.Egress, network.EgressEndpointsOnly),
		enum("listenerProtocol", &c.Edge.ListenerProtocol, loadbalancing.ListenerHTTPS),
		text("domain", &c.Edge.Domain, "", validate.DomainName),
		text("hostedZone", &c.Edge.HostedZone, "", validate.DomainName),
		text("hostedZoneId", &c.Edge.HostedZoneID, "", validate.HostedZoneID),
		number("servicePort", &c.Edge.ServicePort, 8080, "(port)", between(1, 65535, "")),
		text("healthPath", &c.Edge.HealthPath, "/", validate.HealthCheckPath),
		text("imageDigest", &c.Service.ImageDigest, "", validate.ImageDigest),
		text("appContext", &c.Service.AppContext, "", folder),
		enum("taskCpu", &c.Service.Cpu, service.Cpu256),
		number("taskMemoryMiB", &c.Service.MemoryMiB, 0, "(MiB)", between(0, 249856, "MiB")),
		number("minTasks", &c.Service.MinTasks, 2, "(tasks)", between(0, 5000, "tasks")),
		number("maxTasks", &c.Service.MaxTasks, 6, "(tasks)", between(1, 5000, "tasks")),
		text("officeHours", &c.Service.OfficeHours, "", validate.TimeZone),
		enum("wafMode", &c.Edge.WafMode, waf.ModeBlock),
		list("uploadPaths", &c.Edge.UploadPaths, nil, validate.RequestPaths),
		list("retiredAccessKeys", &c.RetiredAccessKeys, nil, retiredAccessKeys),
	}
}

// LoadConfig reads the settings of the stack. Its error is a [validate.Error] about every missing, malformed and unknown
// setting, and about those that do not go together.
func LoadConfig(ctx *pulumi.Context) (*Config, error) {
	c := &Config{Region: strings.TrimSpace(config.New(ctx, "aws").Get("region")), Labels: tagging.Labels{Environment: ctx.Stack()}}
	ps := append(region(c.Region), stackName(ctx.Stack())...)
	own := config.New(ctx, namespace)
	var names []string
	for _, s := range c.settings() {
		names = append(names, s.name)
		ps.Add(s.read(at(s.name), strings.TrimSpace(own.Get(s.name)))...)
	}
	ps.Add(c.together()...)
	ps.Add(unknown(names)...)
	slices.SortStableFunc(ps, func(a, b validate.Problem) int { return strings.Compare(string(a.Path), string(b.Path)) })
	if err := ps.Err("Pulumi."+ctx.Stack()+".yaml", ""); err != nil {
		return nil, err
	}
	return c, nil
}

// at is the path of a setting in errors.
func at(setting string) validate.Path { return validate.Path(namespace + ":" + setting) }

// together checks the settings that depend on one another.
func (c *Config) together() validate.Problems {
	var ps validate.Problems
	if c.Edge.ListenerProtocol == loadbalancing.ListenerHTTPS && c.Edge.Domain == "" {
		ps.Add(validate.Required(at("domain"), "the name under which the service is reached, such as app.acme.example",
			"set it, or give up encryption by name: pulumi config set bulwark:listenerProtocol HTTP").By("config-domain"))
	}
	return append(ps, c.Service.together()...)
}

var plainName = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

func region(region string) validate.Problems {
	const path, fix = validate.Path("aws:region"), "pulumi config set aws:region eu-west-1"
	if region == "" {
		return validate.Problems{validate.Required(path, "the region of the stack, such as eu-west-1", fix).By("config-required")}
	}
	ps := validate.RegionName(path, region)
	for i := range ps {
		ps[i] = ps[i].By("config-region")
		ps[i].Fix = fix
	}
	return ps
}

func stackName(name string) validate.Problems {
	if len(name) <= 16 && plainName.MatchString(name) {
		return nil
	}
	return validate.Problems{validate.Invalid("stack", name, "a stack name of 1 to 16 lower-case letters, digits and single hyphens, beginning with a letter",
		"bucket and key names contain it: choose another with pulumi stack init").By("config-stack")}
}

func applicationName(path validate.Path, name string) validate.Problems {
	if len(name) >= 2 && len(name) <= 24 && plainName.MatchString(name) {
		return nil
	}
	return validate.Problems{validate.Invalid(path, name, "2 to 24 lower-case letters, digits and single hyphens, beginning with a letter",
		"bucket and key names begin with it").By("config-application")}
}

// infrequentAfter checks the one transition that the stack makes, as the bucket will; 0 makes none.
func infrequentAfter(path validate.Path, days int) validate.Problems {
	if days == 0 {
		return nil
	}
	ps := validate.LifecycleRules([]validate.LifecycleRule{{Transitions: []validate.Transition{{Days: days, Class: validate.ClassStandardIA}}}})
	for i := range ps {
		ps[i].Path, ps[i].Fix = path, "use 30 or more, or 0 to keep recordings in Standard"
	}
	return ps
}

func retiredAccessKeys(path validate.Path, ids []string) validate.Problems {
	return validate.AccessKeyIDs(path, ids, audit.MaxRetiredAccessKeys)
}

// folder checks a directory that is there before anything is built from it.
func folder(path validate.Path, name string) validate.Problems {
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		return nil
	}
	return validate.Problems{validate.Invalid(path, name, "a directory that exists, relative to that of Pulumi.yaml",
		"give the directory with the Dockerfile").By("config-folder")}
}

func vpcCIDR(path validate.Path, text string) validate.Problems {
	_, ps := netplan.ParseVPC(path, text)
	return ps
}

// unknown reports settings that nobody reads: a typing error must not silently become a default.
func unknown(names []string) validate.Problems {
	var ps validate.Problems
	for _, key := range slices.Sorted(maps.Keys(allSettings())) {
		name, ours := strings.CutPrefix(key, namespace+":")
		if !ours || slices.Contains(names, name) {
			continue
		}
		p := validate.NotSupported(at(name), name, names)
		switch {
		case secretwords.Suspect(key) != "":
			p.Path, p.Fix = at("..."), "remove it from the file"
		case p.Fix == "":
			p.Fix = "pulumi config rm " + key
		}
		ps.Add(p.By("config-unknown"))
	}
	return ps
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
