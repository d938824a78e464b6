package waf

import (
	"slices"

	"github.com/bulwark-iac/bulwark/components/internal/component"
)

// uploadRules are the rules that AWS names as blocking uploads.
// Source: https://repost.aws/knowledge-center/waf-upload-blocked-files
var uploadRules = []string{
	"SizeRestrictions_BODY", "CrossSiteScripting_BODY", "GenericLFI_BODY", "SQLi_BODY", "WindowsShellCommands_BODY",
}

// counted are the rules of a rule group that have to let uploads pass.
func (u *Uploads) counted(g ruleGroup) []RuleOverride {
	if u == nil {
		return nil
	}
	wanted := component.OrDefault(u.Rules, uploadRules...)
	var out []RuleOverride
	for _, name := range g.rules {
		if _, body := g.bodies[name]; body && slices.Contains(wanted, name) {
			out = append(out, RuleOverride{Rule: name, Mode: ModeCount})
		}
	}
	return out
}

// elsewhere is the rule behind a rule group that still blocks what the counted rules found, except on the upload paths.
// Managed rules label what they match, counted or not, and the rules after them see the labels.
// Source: https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-label-match-examples.html
func (u *Uploads) elsewhere(g ruleGroup, mode Mode, counted []RuleOverride) rule {
	found := each(counted, func(o RuleOverride) term { return labelled(g.labels + g.bodies[o.Rule]) })
	t := allOf(anyOf(found...), not(anyOf(each(u.Paths, pathIs)...)))
	return rule{
		name: string(g.name) + "-outside-uploads", priority: g.priority + 1, path: "uploads", effect: block, mode: mode,
		capacity: t.capacity, statement: fixed(t),
	}
}
