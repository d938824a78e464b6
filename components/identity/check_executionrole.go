package identity

import (
	"maps"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// arnList is one of the lists of ARNs that an execution role is given.
type arnList struct {
	path validate.Path
	arns pulumi.StringArrayInput
	// form checks one ARN.
	form func(validate.Path, string) validate.Problems
	// accounts are further accounts whose resources may be in it, in any region.
	accounts []string
	// known are the ARNs once they are known.
	known []string
}

func (a *ExecutionRoleArgs) lists() []arnList {
	return []arnList{
		{path: "logGroupArns", arns: a.LogGroupArns, form: validate.ExactLogGroupARN},
		{path: "repositoryArns", arns: a.RepositoryArns, form: validate.RepositoryARN, accounts: a.RegistryAccountIds},
		{path: "secretArns", arns: a.SecretArns, form: validate.SecretARN},
		{path: "parameterArns", arns: a.ParameterArns, form: validate.ParameterARN},
		{path: "keyArns", arns: a.KeyArns, form: validate.KeyARN},
		{path: "logKeyArns", arns: a.LogKeyArns, form: validate.KeyARN},
	}
}

// The places of the lists.
const (
	logGroupList = iota
	repositoryList
	secretList
	parameterList
	keyList
	logKeyList
)

// given says whether there may be ARNs in the list: one that the program wrote down empty has none.
func (l arnList) given() bool {
	texts, whole := component.Literals(l.arns)
	return l.arns != nil && (!whole || len(texts) > 0)
}

// empty says whether the role may do nothing.
func (a *ExecutionRoleArgs) empty() bool {
	return !slices.ContainsFunc(a.lists(), func(l arnList) bool { return l.given() })
}

// check reports all that is wrong with the arguments of an execution role of that name.
func (a *ExecutionRoleArgs) check(name string) validate.Problems {
	ps := checkRole(a.Labels, a.roleName(name), a.PermissionsBoundaryArn)
	for _, list := range a.lists() {
		texts, _ := component.Literals(list.arns)
		var arns []string
		for _, i := range slices.Sorted(maps.Keys(texts)) {
			ps.Add(list.form(list.path.Index(i), texts[i])...)
			if slices.Contains(arns, texts[i]) {
				ps.Add(validate.Duplicate(list.path.Index(i), texts[i]))
			}
			arns = append(arns, texts[i])
		}
	}
	for i, id := range a.RegistryAccountIds {
		ps.Add(validate.AccountID(validate.Path("registryAccountIds").Index(i), id)...)
	}
	ps.Add(validate.Distinct("registryAccountIds", a.RegistryAccountIds)...)
	lists := a.lists()
	if lists[logKeyList].given() && !lists[logGroupList].given() {
		ps.Add(validate.Conflict("logKeyArns", "set", "logGroupArns, which the keys encrypt",
			"name the log groups, or remove logKeyArns").By("execution-keys"))
	}
	if lists[keyList].given() && !lists[secretList].given() && !lists[parameterList].given() {
		ps.Add(validate.Conflict("keyArns", "set", "secretArns or parameterArns, which the keys encrypt",
			"name what is encrypted, or remove keyArns").By("execution-keys"))
	}
	return ps
}

// checkForSomething reports every list that is given, where all of them turn out to be empty: some may, such as the
// repositories of images that come from elsewhere.
func checkForSomething(lists []arnList) validate.Problems {
	var ps validate.Problems
	for _, l := range lists {
		if len(l.known) > 0 {
			return nil
		}
		if l.given() {
			ps.Add(validate.Required(l.path, "at least one ARN", "leave the list out if there is none"))
		}
	}
	return ps
}

// check reports ARNs that are malformed, or of another account or region than the role's.
func (l arnList) check(arns []string, in account.Info) validate.Problems {
	var ps validate.Problems
	for i, text := range arns {
		at := l.path.Index(i)
		if malformed := l.form(at, text); len(malformed) > 0 {
			ps.Add(malformed...)
			continue
		}
		arn, _ := validate.ParseARN(text)
		switch {
		case slices.Contains(l.accounts, arn.Account):
		case arn.Account != in.ID:
			ps.Add(validate.Invalid(at, text, "one of account "+in.ID+", that of the role", l.otherAccountFix()).
				By("arn-account"))
		default:
			ps.Add(validate.SameRegion(at, text, in.Region, "the role's tasks")...)
		}
	}
	return ps
}

func (l arnList) otherAccountFix() string {
	if l.path == "repositoryArns" {
		return "add its account to registryAccountIds if its policy lets this account in"
	}
	return "keep it in the account of the tasks that use it"
}
