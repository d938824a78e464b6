package policydoc

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

var errNoGrant = errors.New("the grant is empty: take grants from components, such as bucket.Read(\"uploads/\")")

// CheckGrants reports the grants of one identity that are broken, empty, or there twice. The path is that of the list.
func CheckGrants(path validate.Path, grants []Grant) validate.Problems {
	var ps validate.Problems
	var seen []Grant
	for i, g := range grants {
		at := path.Index(i)
		if err := g.Err(); err != nil {
			ps.Add(g.problems(at, err)...)
			continue
		}
		if slices.ContainsFunc(seen, g.same) {
			ps.Add(validate.Conflict(at, g, "each grant once", "remove one of the two").By(validate.RuleDuplicate))
		}
		seen = append(seen, g)
	}
	return ps
}

// problems are the reasons why there is no such grant, at its place in a list.
func (g Grant) problems(at validate.Path, err error) validate.Problems {
	var invalid *validate.Error
	if !errors.As(err, &invalid) {
		return validate.Problems{validate.Required(at, "a grant that a component handed out",
			`such as bucket.Read("uploads/")`).By("grant")}
	}
	var ps validate.Problems
	for _, p := range invalid.Problems {
		p.Path = at + validate.Path(strings.TrimPrefix(string(p.Path), "grant"))
		if p.Value != "" {
			p.Value += " in " + g.String()
		}
		ps.Add(p)
	}
	return ps
}

// same says whether two grants are the same words of the same component.
func (g Grant) same(other Grant) bool {
	return g.words == other.words && g.source.Type == other.source.Type && g.source.Name == other.source.Name &&
		g.source.Location.OutputState == other.source.Location.OutputState && g.words != ""
}

// Part is some of the statements of one policy.
type Part struct {
	// Path leads to where they come from, such as grants[0]; Name says the same in the words of the program.
	Path validate.Path
	Name string
	// Location is where the component is that grants them. The zero value is nowhere.
	Location account.Output
	// Accounts are the accounts, beside the identity's own, whose resources they may name.
	Accounts []string
	// Statements are the statements.
	Statements Statements
}

// Parts are the grants as parts of a policy. The path is that of the list.
func Parts(path validate.Path, grants []Grant) []Part {
	parts := make([]Part, len(grants))
	for i, g := range grants {
		parts[i] = Part{
			Path: path.Index(i), Name: g.String(), Location: g.source.Location, Accounts: g.accounts,
			Statements: g.statements,
		}
	}
	return parts
}

// Composition is the policy of one identity.
type Composition struct {
	// Kind is what the policy is attached to.
	Kind iampolicy.Kind
	// In is where the identity is.
	In account.Output
	// Parts are what it consists of.
	Parts []Part
	// Closing are statements beside the parts: they are not merged, and stand at the end.
	Closing func(account.Info) []iampolicy.Statement
	// Forbidden says which actions no part may allow, because Closing denies them; nil if there are none.
	Forbidden func(action string) bool
	// Err makes an error of problems: component.Base.Err.
	Err func(validate.Problems) error
}

// JSON is the policy: the statements of all parts, merged, in canonical order. It fails with all problems if parts are
// about another account than the identity's, or if the policy is longer than AWS accepts.
func (c Composition) JSON() pulumi.StringOutput {
	known := []any{c.accounts()}
	for _, p := range c.Parts {
		known = append(known, p.Statements)
	}
	return pulumi.All(known...).ApplyT(func(values []any) (string, error) {
		in := values[0].(account.Info)
		var ps validate.Problems
		var all []iampolicy.Statement
		statements := make([][]iampolicy.Statement, len(c.Parts))
		for i, p := range c.Parts {
			statements[i] = values[i+1].([]iampolicy.Statement)
			all = append(all, statements[i]...)
			ps.Add(p.checkResources(statements[i], in)...)
			ps.Add(c.checkActions(p, statements[i])...)
		}
		if err := c.Err(ps); err != nil {
			return "", err
		}
		d := iampolicy.Document{Statements: iampolicy.Union(all...)}
		if c.Closing != nil {
			d.Statements = append(d.Statements, c.Closing(in)...)
		}
		text, err := d.Render()
		if err != nil {
			return "", err
		}
		return text, c.Err(c.checkSize(text, statements))
	}).(pulumi.StringOutput)
}

// accounts is where the identity is, or the error about all parts that components of other accounts grant. It is known
// in previews, when the statements are not.
func (c Composition) accounts() account.Output {
	known := []any{c.In}
	var located []Part
	for _, p := range c.Parts {
		if p.Location.OutputState != nil {
			known, located = append(known, p.Location), append(located, p)
		}
	}
	return pulumi.All(known...).ApplyT(func(values []any) (account.Info, error) {
		in := values[0].(account.Info)
		var ps validate.Problems
		for i, p := range located {
			if of := values[i+1].(account.Info); of.ID != in.ID || of.Partition != in.Partition {
				ps.Add(otherAccount(p.Path, p.Name+" in account "+of.ID, in))
			}
		}
		return in, c.Err(ps)
	}).(account.Output)
}

// checkActions reports what a part allows in vain.
func (c Composition) checkActions(p Part, statements []iampolicy.Statement) validate.Problems {
	var ps validate.Problems
	for _, s := range statements {
		for _, action := range s.Actions {
			if c.Forbidden != nil && c.Forbidden(action) {
				ps.Add(validate.Forbidden(p.Path, text(action+" in "+p.Name), "no action that hands out permissions or credentials",
					"give the grant to the role of a pipeline, not of an application").By("grant-escalation"))
			}
		}
	}
	return ps
}

// checkResources reports resources of other accounts among statements, by their ARNs. The ARNs of buckets name none.
func (p Part) checkResources(statements []iampolicy.Statement, in account.Info) validate.Problems {
	var ps validate.Problems
	var seen []string
	for _, s := range statements {
		for _, resource := range s.Resources {
			arn, ok := validate.SplitARN(resource)
			if !ok || slices.Contains(seen, resource) {
				continue
			}
			seen = append(seen, resource)
			if arn.Account != "" && arn.Account != in.ID && !slices.Contains(p.Accounts, arn.Account) {
				ps.Add(otherAccount(p.Path, resource+" in "+p.Name, in))
			} else if arn.Partition != in.Partition {
				ps.Add(validate.Invalid(p.Path, text(resource+" in "+p.Name), "a resource of the partition "+in.Partition,
					"begin the ARN with arn:"+in.Partition).By("partition"))
			}
		}
	}
	return ps
}

func otherAccount(path validate.Path, found string, in account.Info) validate.Problem {
	return validate.Invalid(path, text(found), "resources of account "+in.ID+", that of the role: "+
		"in another account the policies of bucket and key would have to let the role in as well, and they do not",
		"make the role with the provider of that account, or assume a role there").By("grant-account")
}

// text is shown without quotes.
type text string

func (t text) String() string { return string(t) }

// checkSize reports a policy that is too long: by how much, and which parts take most of it.
func (c Composition) checkSize(document string, statements [][]iampolicy.Statement) validate.Problems {
	limit, n := c.Kind.Limit(), c.Kind.Length(document)
	if limit.Max == 0 || n <= limit.Max {
		return nil
	}
	type share struct {
		name string
		size int
	}
	shares := make([]share, len(c.Parts))
	for i, p := range c.Parts {
		if alone, err := (iampolicy.Document{Statements: statements[i]}).Render(); err == nil {
			shares[i] = share{p.Name, c.Kind.Length(alone)}
		}
	}
	slices.SortStableFunc(shares, func(a, b share) int { return cmp.Compare(b.size, a.size) })
	const most = 3
	var biggest []string
	for _, s := range shares[:min(most, len(shares))] {
		biggest = append(biggest, fmt.Sprintf("%s (%d)", s.name, s.size))
	}
	return validate.Problems{validate.Invalid(c.path(), text(fmt.Sprintf("a policy of %d characters", n)),
		fmt.Sprintf("at most %d, as AWS accepts (%s); it is %d too long", limit.Max, limit.Source, n-limit.Max),
		"grant a common prefix instead of many, or make two roles; most of it takes "+strings.Join(biggest, ", "),
	).By(iampolicy.RuleSize)}
}

// path is the list that the first part stands in.
func (c Composition) path() validate.Path {
	list, _, _ := strings.Cut(string(c.Parts[0].Path), "[")
	return validate.Path(list)
}
