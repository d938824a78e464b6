package encryption

import (
	"regexp"
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

var logGroup = regexp.MustCompile(`^[A-Za-z0-9_./#-]+\*?$`)

// check reports all that is wrong with the arguments of a key of that name.
func (a *KeyArgs) check(name string) validate.Problems {
	var ps validate.Problems
	ps.Add(a.Labels.Check("labels")...)
	ps.Add(a.Lifecycle.Check("lifecycle")...)
	if len(a.Uses) == 0 {
		ps.Add(validate.Required("uses", "what the key is for; nothing else can use it", "give at least one use, such as s3").By("key-uses"))
	}
	for i, use := range a.Uses {
		path := validate.Path("uses").Index(i)
		if use == "" {
			ps.Add(validate.NotSupported(path, use, use.Values()))
		}
		ps.Add(validate.OneOf(path, use, use.Values())...)
		if slices.Contains(a.Uses[:i], use) {
			ps.Add(validate.Conflict(path, string(use), "each use once", "remove one of the two").By("key-uses"))
		}
	}
	if a.RotationDays != 0 {
		ps.Add(validate.Range("rotationDays", a.RotationDays, 90, 2560, "days")...)
	}
	if len(a.Description) > 8192 {
		ps.Add(validate.Invalid("description", a.Description[:20]+"...", "at most 8192 characters", "shorten it"))
	}
	ps.Add(validate.KeyAlias("alias", a.alias(name))...)
	for i, arn := range a.Administrators {
		ps.Add(validate.PrincipalARN(validate.Path("administrators").Index(i), arn)...)
	}
	ps.Add(a.checkTrails()...)
	return append(ps, a.checkLogGroups()...)
}

func (a *KeyArgs) checkTrails() (ps validate.Problems) {
	switch serves := slices.Contains(a.Uses, UseCloudTrail); {
	case serves && len(a.TrailNames) == 0:
		ps.Add(validate.Required("trailNames", "the names of the trails that encrypt with the key", "name them: the key policy lets in exactly these").By("key-trails"))
	case !serves && len(a.TrailNames) > 0:
		ps.Add(validate.Conflict("trailNames", strings.Join(a.TrailNames, ", "), "the use cloudtrail", "add it to uses, or remove trailNames").By("key-trails"))
	}
	for i, name := range a.TrailNames {
		ps.Add(validate.TrailName(validate.Path("trailNames").Index(i), name)...)
	}
	return ps
}

func (a *KeyArgs) checkLogGroups() (ps validate.Problems) {
	if len(a.LogGroups) > 0 && !slices.Contains(a.Uses, UseLogs) {
		ps.Add(validate.Conflict("logGroups", strings.Join(a.LogGroups, ", "), "the use logs", "add it to uses, or remove logGroups").By("key-log-groups"))
	}
	for i, name := range a.LogGroups {
		if len(name) > 512 || !logGroup.MatchString(name) {
			ps.Add(validate.Invalid(validate.Path("logGroups").Index(i), name, "the name of a log group, 1 to 512 of letters, digits and _ . / # -, with * at most at the end", "use the name, not the ARN").By("key-log-groups"))
		}
	}
	return ps
}
