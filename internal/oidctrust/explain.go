package oidctrust

import (
	"fmt"
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/internal/iampolicy"
)

// explain says what the claims that missed mean. A claim that the job has to change is told before one that the trust
// policy has to.
func (a Attempt) explain(misses []Miss, trust iampolicy.Document) Diagnosis {
	d := Diagnosis{Misses: misses}
	changed := clone(trust)
	change := true
	for _, m := range misses {
		var part Diagnosis
		switch {
		case strings.EqualFold(m.Key, a.Issuer+":sub"):
			part = a.subjectMissed(m)
		case strings.EqualFold(m.Key, a.Issuer+":aud"):
			part = a.audienceMissed(m)
		case strings.EqualFold(m.Key, "sts:RoleSessionName"):
			part = Diagnosis{
				Cause:  SessionName,
				Reason: fmt.Sprintf("The session is called %s, and %s asks for %s.", m.Found, m.Path, strings.Join(m.Expected, " or ")),
				Fixes:  []string{"set role-session-name in the workflow to a name that the trust policy asks for"},
			}
		default:
			part = Diagnosis{
				Cause:  OtherCondition,
				Reason: fmt.Sprintf("%s asks for %s of %s.", m.Path, m.Key, strings.Join(m.Expected, " or ")),
				Fixes:  []string{"compare it with what the job is"},
			}
		}
		if d.Cause == "" {
			d.Cause = part.Cause
		}
		d.Reason = strings.TrimSpace(d.Reason + " " + part.Reason)
		d.Fixes = append(d.Fixes, part.Fixes...)
		d.Warnings = append(d.Warnings, part.Warnings...)
		if part.Change == "" {
			change = false
			continue
		}
		d.Change = strings.TrimPrefix(d.Change+"; "+part.Change, "; ")
		admit(&changed, m)
	}
	if !change {
		d.Change = ""
		return d
	}
	if iampolicy.Evaluate(a.request(), iampolicy.Policies{Resource: &changed}).Decision == iampolicy.Allowed {
		d.Trust = &changed
	}
	return d
}

// admit adds what was found to what a condition asks for, as one exact value.
func admit(d *iampolicy.Document, m Miss) {
	conditions := d.Statements[m.at].Conditions
	for j, c := range conditions {
		if c.Key == m.Key && c.Operator == m.operator {
			// A wildcard that means itself has never let anybody in.
			if !strings.Contains(c.Operator, "Like") {
				c.Values = slices.DeleteFunc(c.Values, wildcards)
			}
			conditions[j].Values = append(c.Values, m.Found)
		}
	}
}

func (a Attempt) audienceMissed(m Miss) Diagnosis {
	d := Diagnosis{
		Cause:  Audience,
		Reason: fmt.Sprintf("The token is for the audience %s, and %s asks for %s.", m.Found, m.Path, strings.Join(m.Expected, " or ")),
	}
	if m.Found == anAudience {
		d.Fixes = []string{"ask for " + anAudience + " in the trust policy: it is what aws-actions/configure-aws-credentials asks GitHub for"}
		d.Change = fmt.Sprintf("%s: add %s to %s", m.Path, anAudience, m.Key)
		return d
	}
	d.Fixes = []string{"leave out audience in the workflow, or set it to " + anAudience + ": the trust policy need not change"}
	return d
}

// subjectMissed compares the subject of the token with those that the trust policy names.
func (a Attempt) subjectMissed(m Miss) Diagnosis {
	d := Diagnosis{
		Cause:  SubjectClaim,
		Reason: fmt.Sprintf("The token's subject is %s, and %s asks for %s.", m.Found, m.Path, strings.Join(m.Expected, " or ")),
	}
	found, ok := ParseSubject(m.Found)
	if !ok {
		d.Reason += " It is not a subject of a repository: the organization has a template of its own for subjects."
		d.Fixes = []string{"compare the template (gh api orgs/ORG/actions/oidc/customization/sub) with the trust policy"}
		return d
	}
	near := nearest(found, m.Expected)
	if found.Context == PullRequest {
		d.Reason += " Every workflow that runs for a pull request has this subject, whoever changed it."
		d.Fixes = []string{
			"run the job in an environment that is made for previews, and trust that: repo:" + found.prefix() + ":environment:preview",
			"do not add " + m.Found + ", and no wildcard that covers it: whoever can open a pull request could take the role",
		}
		return d
	}
	if near == nil {
		d.Reason += " None of them is about the repository " + found.repository() + "."
		d.Fixes = []string{"make a role for this repository, or correct role-to-assume in its workflow; a role is shared by nobody by accident"}
		return d
	}
	return compare(found, *near, m, d)
}

// add suggests to trust the subject that was found.
func (d Diagnosis) add(m Miss, why string) Diagnosis {
	d.Reason += " " + why
	d.Change = fmt.Sprintf("%s: add %s to %s", m.Path, m.Found, m.Key)
	d.Fixes = append(d.Fixes, "add exactly "+m.Found+" to the trust policy")
	return d
}

// compare is subjectMissed for the subject that comes nearest.
func compare(found, near Subject, m Miss, d Diagnosis) Diagnosis {
	add := func(why string) Diagnosis { return d.add(m, why) }
	literal := wildcards(near.Raw) && !strings.Contains(m.operator, "Like")
	sameRepository := found.Owner == near.Owner && found.Name == near.Name
	switch {
	case literal:
		return add("A wildcard means itself with " + m.operator + ": the statement lets nobody in.")
	case found.NameID != "" && found.NameID == near.NameID && found.OwnerID == near.OwnerID && !sameRepository:
		return add(fmt.Sprintf("The ids are the same: the repository was renamed, from %s to %s.", near.repository(), found.repository()))
	case found.Immutable() && near.Immutable() && sameRepository && found.NameID != near.NameID:
		d.Reason += fmt.Sprintf(" The ids differ: %s was deleted, and somebody made another repository of its name.", found.repository())
		d.Fixes = []string{"make sure that the new repository is yours before you name its ids in the trust policy"}
		return d
	case found.OwnerID != "" && near.OwnerID != "" && found.OwnerID != near.OwnerID, found.Owner != near.Owner && !strings.EqualFold(found.Owner, near.Owner):
		d.Reason += fmt.Sprintf(" %s is another owner than %s: it is a fork, or the repository was transferred.", found.Owner, near.Owner)
		d.Fixes = []string{"a fork gets no role", "if the repository was transferred, name its new owner where the role is made"}
		return d
	case !sameRepository && strings.EqualFold(found.repository(), near.repository()):
		return add("The trust policy spells the repository in other capital letters: subjects are compared letter by letter.")
	case !sameRepository:
		// A repository that was renamed is still found under its old name.
		d.Fixes = []string{fmt.Sprintf("make sure that it was renamed: gh api repos/%s --jq .full_name answers %s", near.repository(), found.repository())}
		return add(fmt.Sprintf("Either the repository was renamed, from %s to %s, or another repository asks for this role. "+
			"A repository that is renamed or transferred after 2026-07-15 has its ids in the subject, too.", near.repository(), found.repository()))
	case found.Immutable() && !near.Immutable() && found.sameContext(near):
		return add("The trust policy names the classic form. Repositories that were made, renamed or transferred after 2026-07-15 have the ids of owner and repository in the subject.")
	case !found.Immutable() && near.Immutable() && found.sameContext(near):
		return add("The trust policy names the form with ids, and GitHub still gives this repository the classic one.")
	}
	return otherContext(found, near, m, d)
}

// otherContext is about the right repository, and a job that runs for something else.
func otherContext(found, near Subject, m Miss, d Diagnosis) Diagnosis {
	add := func(why string) Diagnosis { return d.add(m, why) }
	switch {
	case found.Context == Custom || near.Context == Custom:
		return add("The repository has a template of its own for subjects.")
	case found.Context == Environment && near.Context == Environment:
		return add(fmt.Sprintf("The job runs in %s, and the role is for %s: add it only if both may do the same.", found.what(), near.what()))
	case found.Context == Environment:
		return add(fmt.Sprintf("The job names %s, and then the subject names that instead of %s. Protect the environment in the settings of the repository.",
			found.what(), near.what()))
	case near.Context == Environment:
		d.Reason += fmt.Sprintf(" The job names no environment, and the role is for %s.", near.what())
		d.Fixes = []string{
			"add environment: " + near.Value + " to the job: its reviewers and branches are what protects the role",
			"do not add " + m.Found + ": the rules of the environment would no longer be asked",
		}
		return d
	}
	return add(fmt.Sprintf("The job runs for %s, and the role is for %s: add it only if it may deploy, too.", found.what(), near.what()))
}

// prefix is the repository as subjects of its form begin.
func (s Subject) prefix() string {
	owner, name := s.Owner, s.Name
	if s.Immutable() {
		owner, name = owner+"@"+s.OwnerID, name+"@"+s.NameID
	}
	return owner + "/" + name
}

// nearest is the expected subject that has most in common with the one that was found: nil if none has anything.
func nearest(found Subject, expected []string) *Subject {
	var best *Subject
	most := 0
	for _, text := range expected {
		s, ok := ParseSubject(text)
		if !ok {
			continue
		}
		score := 0
		same := func(points int, is bool) {
			if is {
				score += points
			}
		}
		same(8, s.NameID != "" && s.NameID == found.NameID)
		same(4, strings.EqualFold(s.Owner, found.Owner))
		same(4, strings.EqualFold(s.Name, found.Name))
		same(2, s.Context == found.Context)
		same(1, s.sameContext(found))
		// The context alone says nothing.
		if score > 3 && score > most {
			best, most = &s, score
		}
	}
	return best
}

// wide finds what a trust policy lets in that no deployment needs: pull requests, and repositories of others.
func wide(a Attempt, trust iampolicy.Document) []string {
	subject, ok := ParseSubject(a.Subject)
	if !ok || a.Issuer != githubIssuer {
		return nil
	}
	var warnings []string
	probe := func(text, what string) {
		b := a
		b.Subject, b.Audience = text, anAudience
		result := iampolicy.Evaluate(b.request(), iampolicy.Policies{Resource: &trust})
		if result.Decision == iampolicy.Allowed {
			warnings = append(warnings, fmt.Sprintf("Statement[%d] lets in %s: name exact subjects", result.Statement, what))
		}
	}
	probe("repo:"+subject.prefix()+":pull_request", "every pull request of "+subject.repository())
	probe("repo:"+subject.Owner+"/any-other:ref:refs/heads/main", "every repository of "+subject.Owner)
	probe("repo:any-owner/any-other:ref:refs/heads/main", "every repository of GitHub")
	return warnings
}
