package deploypolicy

import (
	"cmp"
	"regexp"
	"strings"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// Scope says whose stack the policy is for, and what it is kept to.
type Scope struct {
	// Partition is aws when it is empty.
	Partition string
	// Account is the twelve digits of the account that the stack lives in.
	Account string
	// Project and Environment are the labels of the stack: resources are told apart by their tags of these names, and by
	// names that begin with them.
	Project, Environment string
	// Regions are where the stack has resources: one, or two with replicas. Empty stands for every region.
	Regions []string
	// Boundary is the ARN of the permissions boundary that every role has to have which the stack makes. Empty asks for
	// none.
	Boundary string
	// RoleNames are names of roles, with wildcards or without, that the stack makes besides those that begin with
	// project and environment.
	RoleNames []string
	// Protected are names of roles, with wildcards or without, that the deployment must not change whatever else it may
	// do: its own first of all. Names without one beginning with <project>-<environment>-deploy and -preview are there.
	Protected []string
	// AllowDestroy lets the deployment delete what holds data or evidence: buckets, keys, log groups, the trail, the
	// hosted zone. Without it, such a stack can be updated and not be taken down.
	AllowDestroy bool
}

var (
	partition   = regexp.MustCompile(`^aws(-[a-z]+)*$`)
	rolePattern = regexp.MustCompile(`^[A-Za-z0-9+=,.@_*?-]{1,64}$`)
)

// Check reports everything that is wrong with the scope.
func (s Scope) Check() validate.Problems {
	ps := validate.AccountID("account", s.Account)
	if !partition.MatchString(s.partition()) {
		ps.Add(validate.Invalid("partition", s.Partition, "a partition of AWS, such as aws", "leave it out for the usual one").By("partition"))
	}
	for _, label := range []struct{ field, value string }{{"project", s.Project}, {"environment", s.Environment}} {
		path := validate.Path(label.field)
		switch {
		case label.value == "":
			ps.Add(validate.Required(path, "the label "+label.field+" of the stack", "set "+label.field).By("label-required"))
		case base(label.value) == "":
			ps.Add(validate.Invalid(path, label.value, "a name with letters or digits in it", "names are made of it").By("label-name"))
		default:
			ps.Add(validate.TagValue(path, label.value)...)
		}
	}
	for i, region := range s.Regions {
		ps.Add(validate.RegionName(validate.Path("regions").Index(i), region)...)
	}
	ps.Add(validate.Distinct("regions", s.Regions)...)
	if s.Boundary != "" {
		ps.Add(s.checkBoundary()...)
	}
	ps.Add(checkRoles("roleNames", s.RoleNames)...)
	ps.Add(checkRoles("protected", s.Protected)...)
	return ps
}

func (s Scope) checkBoundary() validate.Problems {
	arn, ok := validate.ParseARN(s.Boundary)
	if ok && arn.Service == "iam" && strings.HasPrefix(arn.Resource, "policy/") && !strings.ContainsAny(s.Boundary, "*?") &&
		(arn.Account == s.Account || arn.Account == "aws") {
		return nil
	}
	return validate.Problems{validate.Invalid("boundary", s.Boundary,
		"the ARN of one managed policy of the account, such as arn:aws:iam::"+cmp.Or(s.Account, "123456789012")+":policy/boundary",
		"create the policy first, and give its ARN").By("boundary-arn")}
}

// checkRoles asks for patterns that mean some roles, not all of them.
func checkRoles(path validate.Path, names []string) validate.Problems {
	var ps validate.Problems
	for i, name := range names {
		switch {
		case !rolePattern.MatchString(name):
			ps.Add(validate.Invalid(path.Index(i), name, "the name of a role, with wildcards or without", "name no path").By("role-name"))
		case len(strings.Trim(name, "*?")) < 3:
			ps.Add(validate.Invalid(path.Index(i), name, "a pattern that begins or ends with a name", "it would mean every role of the account").By("role-name-wide"))
		}
	}
	return ps
}

func (s Scope) partition() string { return cmp.Or(s.Partition, "aws") }

// base is the beginning of the names that are made of a label, as package naming writes it: lower-case letters, digits
// and single hyphens.
func base(text string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(text) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	return strings.Trim(b.String(), "-")
}

func (s Scope) base() string { return base(s.Project + "-" + s.Environment) }

// regions are the regions of ARNs.
func (s Scope) regions() []string {
	if len(s.Regions) == 0 {
		return []string{"*"}
	}
	return s.Regions
}

// The longest name of a bucket, and how much of it package naming gives up for the digits that tell cut names apart.
const (
	maxBucketName = 63
	hashRoom      = 7
)

// buckets are the names of the project's buckets. Package naming cuts a base that is too long, so that the pattern may
// have to be shorter than project and environment are.
func (s Scope) buckets() []string {
	var names []string
	for _, prefix := range []string{"", "aws-waf-logs-"} {
		known := s.base() + "-"
		for _, region := range s.regions() {
			if region == "*" {
				region = "ap-southeast-1" // the longest names
			}
			room := maxBucketName - len(prefix) - len("-"+s.Account+"-"+region) - hashRoom
			known = known[:min(len(known), room)]
		}
		names = append(names, prefix+known+"*-"+s.Account+"-*")
	}
	return names
}

// roles are the names of the roles that the stack makes.
func (s Scope) roles() []string { return append([]string{s.base() + "-*"}, s.RoleNames...) }

// protected are the roles that the deployment must not change.
func (s Scope) protected() []string {
	return append([]string{s.base() + "-deploy*", s.base() + "-preview*"}, s.Protected...)
}

// arns writes out a resource of a rule: "ec2:subnet/*" for each region, "s3:{bucket}" for each name.
func (s Scope) arns(resource string) []string {
	if resource == "*" {
		return []string{"*"}
	}
	service, name, _ := strings.Cut(resource, ":")
	var names []string
	switch {
	case strings.Contains(name, "{bucket}"):
		names = expand(name, "{bucket}", s.buckets())
	case strings.Contains(name, "{role}"):
		names = expand(name, "{role}", s.roles())
	case strings.Contains(name, "{log-group}"):
		// Log groups are named /<what writes there>/<project>-<environment> and what follows. Their ARNs end with :* in some calls.
		names = expand(name, "{log-group}", []string{"*/" + s.base() + ":*", "*/" + s.base() + "-*", "*/" + s.base() + "/*"})
	case strings.Contains(name, "{name}"):
		names = expand(name, "{name}", []string{s.base(), s.base() + "-*"})
	default:
		names = []string{name}
	}
	var arns []string
	for _, name := range names {
		switch service {
		case "s3", "route53":
			arns = append(arns, "arn:"+s.partition()+":"+service+":::"+name)
		case "iam":
			arns = append(arns, "arn:"+s.partition()+":iam::"+s.Account+":"+name)
		default:
			for _, region := range s.regions() {
				arns = append(arns, "arn:"+s.partition()+":"+service+":"+region+":"+s.Account+":"+name)
			}
		}
	}
	return arns
}

func expand(text, placeholder string, values []string) []string {
	names := make([]string, len(values))
	for i, value := range values {
		names[i] = strings.Replace(text, placeholder, value, 1)
	}
	return names
}
