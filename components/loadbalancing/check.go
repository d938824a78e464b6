package loadbalancing

import (
	"errors"
	"regexp"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// maxName is the longest name of a load balancer or target group, less the eight characters that are generated.
// Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
const maxName = 32 - 8

// plainName is what AWS accepts in the names of load balancers and target groups.
var plainName = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$`)

// surroundings are what the checks have to know of the region. What could not be found out is empty, and not checked.
type surroundings struct {
	region string
	// zones are the availability zones of the subnets that the program wrote down, by subnet.
	zones map[string]string
}

// check asks the provider about the surroundings, and reports all problems with the arguments. If it gets no answer, it
// reports that too.
func (b *builder) check(opts []pulumi.ResourceOption) error {
	in, unanswered := b.lookUp(opts)
	problems := b.Err(b.args.check(b.Name, in))
	if unanswered != nil {
		return errors.Join(problems, unanswered)
	}
	return problems
}

func (b *builder) lookUp(opts []pulumi.ResourceOption) (in surroundings, err error) {
	ask, err := component.InvokeOptions(opts)
	if err != nil {
		return in, err
	}
	if in.region, err = component.Region(b.Ctx, ask); err != nil {
		return in, err
	}
	if ids, ok := b.args.literalSubnets(); ok && len(checkSubnets(ids)) == 0 {
		in.zones, err = lookUpZones(b.Ctx, ids, ask...)
	}
	return in, err
}

// check reports all that is wrong with the arguments of a load balancer of that name.
func (a *LoadBalancerArgs) check(name string, in surroundings) validate.Problems {
	var ps validate.Problems
	if len(name) > maxName || !plainName.MatchString(name) || strings.HasPrefix(name, "internal-") {
		ps.Add(validate.Invalid("name", name,
			"a name of 1 to 24 letters, digits and hyphens that does not begin with internal-",
			"choose such a name: it begins the load balancer's name").By("resource-name"))
	}
	ps.Add(a.Labels.Check("labels")...)
	ps.Add(a.Lifecycle.Check("lifecycle")...)
	ps.Add(a.checkNetwork(in.zones)...)
	ps.Add(a.checkClients()...)
	ps.Add(a.checkListener(in.region)...)
	ps.Add(a.checkDomains()...)
	ps.Add(a.checkTargetGroups(name)...)
	ps.Add(a.checkRules()...)
	ps.Add(a.checkLogs(name)...)
	ps.Add(validate.Enum("strictTransportSecurity", a.StrictTransportSecurity)...)
	ps.Add(validate.Enum("dropInvalidHeaderFields", a.DropInvalidHeaderFields)...)
	ps.Add(validate.Enum("desyncMitigationMode", a.DesyncMitigationMode)...)
	ps.Add(validate.OptionalRange("idleTimeoutSeconds", a.IdleTimeoutSeconds, 1, 4000, "seconds")...)
	ps.Add(validate.OptionalRange("clientKeepAliveSeconds", a.ClientKeepAliveSeconds, 60, 604800, "seconds")...)
	return ps
}

// checkName checks the name of an entry of a list, which becomes part of a resource's name. others are those before it.
func checkName(path validate.Path, name string, others []string) validate.Problems {
	if ps := validate.ResourceName(path, name, 64, "the resource's name"); len(ps) > 0 {
		return ps
	}
	if slices.Contains(others, name) {
		return validate.Problems{duplicateName(path, name)}
	}
	return nil
}

func duplicateName(path validate.Path, name string) validate.Problem {
	p := validate.Duplicate(path, name)
	p.Expected, p.Fix = "each name once", "rename one of the two"
	return p
}

func (a *LoadBalancerArgs) checkLogs(name string) validate.Problems {
	var ps validate.Problems
	ps.Add(validate.Enum("logging", a.Logging)...)
	bucket := []validate.Alternative{
		{Path: "logBucket", Given: a.LogBucket != nil},
		{Path: "logBucketName", Given: a.LogBucketName != nil},
	}
	if given := bucket[0].Given || bucket[1].Given; given && !a.Logging.On() {
		ps.Add(validate.Conflict("logging", string(a.Logging), "enabled, because a log bucket is given",
			"remove logging or the log bucket").By("logging-off"))
	} else if a.Logging.On() {
		ps.Add(validate.ExactlyOne(validate.Required("logBucketName", "a log bucket for access and connection logs",
			"give a log bucket (in Go: LogBucket), or set logging to disabled").By("logging-required"), bucket...)...)
	}
	if text, ok := component.Literal(a.LogBucketName); ok {
		ps.Add(validate.BucketName("logBucketName", text)...)
	}
	ps.Add(a.checkLogPrefix("accessLogPrefix", a.accessLogPrefix(), name)...)
	return append(ps, a.checkLogPrefix("connectionLogPrefix", a.connectionLogPrefix(), name)...)
}

// checkLogPrefix reports a prefix that ELB refuses, or that the log bucket does not accept from a load balancer of that
// name.
// Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
func (a *LoadBalancerArgs) checkLogPrefix(path validate.Path, prefix, name string) validate.Problems {
	if ps := validate.KeyPrefix(path, prefix); len(ps) > 0 {
		return ps
	}
	if strings.HasSuffix(prefix, "/") || strings.Contains(prefix, "AWSLogs") {
		return validate.Problems{validate.Invalid(path, prefix,
			"a prefix without / at its end and without AWSLogs, which ELB adds",
			"write it as in the log bucket's sources.loadBalancers.prefixes").By("load-balancer-prefix")}
	}
	if a.LogBucket == nil || a.LogBucket.AcceptsLoadBalancer(name+"-", prefix) {
		return nil
	}
	return validate.Problems{validate.Invalid("logBucketName",
		"a log bucket that refuses "+prefix+"/ of "+name+"-*", "a log bucket that accepts the logs of this load balancer",
		"add loadBalancers to the log bucket's sources, with the prefix "+validate.Show(prefix)+
			` and, where it has names, "`+name+`-*"`).By("log-bucket-source")}
}
