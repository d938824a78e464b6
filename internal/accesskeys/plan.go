package accesskeys

import (
	"cmp"
	"fmt"
	"slices"
)

// Stage is how far the retirement of a key has come.
type Stage string

// The stages, in the order in which keys are worked on.
const (
	// DeleteNow: it is inactive, and was not used for long enough.
	DeleteNow Stage = "delete"
	// DeactivateNow: nobody is found holding it, and it was not used for long enough.
	DeactivateNow Stage = "deactivate"
	// Watch: it is inactive or has no holder, and was used a short time ago.
	Watch Stage = "watch"
	// Replace: a container holds it.
	Replace Stage = "replace"
	// FindHolder: it is used, and no container holds it.
	FindHolder Stage = "find-holder"
	// OwnKey: this command runs with it.
	OwnKey Stage = "own"
)

// Stages lists the stages in their order.
func Stages() []Stage { return []Stage{DeleteNow, DeactivateNow, Watch, Replace, FindHolder, OwnKey} }

// Step is what to do next with one key.
type Step struct {
	KeyID string `json:"keyId"`
	User  string `json:"user"`
	Stage Stage  `json:"stage"`
	// Text says what to do and why.
	Text string `json:"text"`
	// Command does it, where one command does.
	Command string `json:"command,omitempty"`
}

// Stage is what comes next for a key.
func (i *Inventory) Stage(k Key) Stage {
	switch {
	case k.Own:
		return OwnKey
	case len(k.Holders) > 0:
		return Replace
	case !k.Active && i.quiet(k):
		return DeleteNow
	case !k.Active:
		return Watch
	case k.LastUse == nil && !i.quiet(k):
		return Watch
	case i.quiet(k):
		return DeactivateNow
	}
	return FindHolder
}

// Plan is the next step for every key: what is safe first, what takes work last.
func (i *Inventory) Plan() []Step {
	steps := []Step{}
	for _, k := range i.Keys {
		steps = append(steps, i.step(k))
	}
	order := Stages()
	slices.SortStableFunc(steps, func(a, b Step) int { return cmp.Compare(slices.Index(order, a.Stage), slices.Index(order, b.Stage)) })
	return steps
}

func (i *Inventory) step(k Key) Step {
	s := Step{KeyID: k.ID, User: k.User, Stage: i.Stage(k)}
	switch s.Stage {
	case DeleteNow:
		s.Text = fmt.Sprintf("Inactive, and unused for %s: delete it. Nothing brings a deleted key back.", count(i.Idle(k), "day"))
		s.Command = "bulwark keys delete " + k.ID
	case DeactivateNow:
		s.Text = fmt.Sprintf("No container holds it, and it %s: name it in bulwark:retiredAccessKeys, so that a later use raises an alarm, and deactivate it.", i.unused(k))
		s.Command = "bulwark keys deactivate " + k.ID
	case Watch:
		s.Text = fmt.Sprintf("Inactive, and it has to be quiet for %s: calls with it are refused, and recorded nowhere; whoever misses it has to say so.",
			count(i.QuietDays-i.Idle(k), "more day"))
		if k.Active {
			s.Text = fmt.Sprintf("New and never used: name it in bulwark:retiredAccessKeys, so that its use raises an alarm, and look again in %s.",
				count(i.QuietDays-i.Idle(k), "day"))
		}
	case Replace:
		s.Text = fmt.Sprintf("%s it: give the service a task role with the grants that it needs, take the variables out, deploy. %s",
			holds(k.Holders), "Then name it in bulwark:retiredAccessKeys, and look again.")
		if !k.Active {
			s.Text += " It is inactive: the containers that hold it fail already."
		}
	case FindHolder:
		s.Text = fmt.Sprintf("It is used (%s), and no container in %s holds it: CloudTrail knows from which address and with which program.", k.LastUse, list(i.Regions))
		s.Command = "aws cloudtrail lookup-events --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=" + k.ID
		if region := k.LastUse.Region; region != "" {
			s.Command += " --region " + region
		}
	case OwnKey:
		s.Text = "This command runs with it: sign in with a role (aws sso login), and look again."
	}
	return s
}

// unused says for how long a key has not been used.
func (i *Inventory) unused(k Key) string {
	if k.LastUse == nil {
		return fmt.Sprintf("was never used in %s", count(i.Age(k), "day"))
	}
	return fmt.Sprintf("was not used for %s", count(i.Idle(k), "day"))
}

// String is the call in words.
func (u *Use) String() string {
	if u == nil {
		return "never"
	}
	text := u.Time.UTC().Format("2006-01-02 15:04")
	if u.Service != "" {
		text += ", " + u.Service
	}
	if u.Region != "" {
		text += " in " + u.Region
	}
	return text
}

// holds begins the sentence about who holds a key.
func holds(holders []Holder) string {
	var names []string
	for _, h := range holders {
		name := cmp.Or(h.Environment, h.Cluster) + " (" + cmp.Or(h.Service, h.TaskDefinition) + ")"
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if len(names) == 1 {
		return names[0] + " holds"
	}
	return list(names) + " hold"
}

// list joins names as a sentence does.
func list(names []string) string {
	switch len(names) {
	case 0:
		return "no region"
	case 1:
		return names[0]
	}
	text := names[0]
	for _, name := range names[1 : len(names)-1] {
		text += ", " + name
	}
	return text + " and " + names[len(names)-1]
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
