package deploypolicy

import (
	"maps"
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/internal/iampolicy"
)

// conditions of a need, as IAM writes them.
func (s Scope) conditions(n need) []iampolicy.Condition {
	var conditions []iampolicy.Condition
	both := func(operator, key string) {
		conditions = append(conditions,
			iampolicy.Condition{Operator: operator, Key: key + "/Environment", Values: []string{s.Environment}},
			iampolicy.Condition{Operator: operator, Key: key + "/Project", Values: []string{s.Project}})
	}
	switch n.tags {
	case requested:
		both("StringEquals", "aws:RequestTag")
	case owned:
		both("StringEquals", "aws:ResourceTag")
	case unclaimed:
		both("StringEqualsIfExists", "aws:ResourceTag")
	case claimed:
		both("StringEquals", "aws:RequestTag")
		both("StringEqualsIfExists", "aws:ResourceTag")
	}
	if n.key != "" {
		conditions = append(conditions, iampolicy.Condition{Operator: "StringEquals", Key: n.key, Values: n.values})
	}
	if s.Boundary != "" && bounded[n.action] {
		conditions = append(conditions, iampolicy.Condition{Operator: "StringEquals", Key: "iam:PermissionsBoundary", Values: []string{s.Boundary}})
	}
	return conditions
}

// group is what needs have in common that stand in one statement.
type group struct {
	document, service string
	tags              tags
	// wide groups reach further than the project.
	wide bool
	// key is the further condition; bounded says that the boundary is one.
	key     string
	bounded bool
	// action keeps an action with a further condition to itself: its values are its own.
	action string
	// resources are the same for all: an action is allowed on nothing that only its neighbour needs.
	resources string
}

// statements puts needs together: those of one service that are told apart in the same way.
func (s Scope) statements(needs []need) map[string][]iampolicy.Statement {
	groups := map[group]need{}
	actions := map[group][]string{}
	for _, n := range needs {
		g := s.groupOf(n)
		merged := groups[g]
		merged.action, merged.tags, merged.key = n.action, n.tags, n.key
		merged.resources = n.resources
		merged.values = append(merged.values, n.values...)
		groups[g] = merged
		actions[g] = append(actions[g], n.action)
	}
	documents := map[string][]iampolicy.Statement{}
	for _, g := range slices.SortedFunc(maps.Keys(groups), compareGroups) {
		n := groups[g]
		var resources []string
		for _, resource := range n.resources {
			resources = append(resources, s.arns(resource)...)
		}
		documents[g.document] = append(documents[g.document], iampolicy.Statement{
			Sid: g.sid(), Effect: iampolicy.Allow, Actions: distinct(actions[g]), Resources: distinct(resources),
			Conditions: s.conditions(n),
		})
	}
	return documents
}

func (s Scope) groupOf(n need) group {
	service, _, _ := strings.Cut(n.action, ":")
	g := group{
		document: documentOf(service), service: service, tags: n.tags, wide: n.reason != "", key: n.key,
		bounded: s.Boundary != "" && bounded[n.action], resources: strings.Join(distinct(n.resources), " "),
	}
	if slices.Contains(n.resources, "*") && n.tags == noTags {
		g.service = "" // one statement for all services of the document
	}
	if n.key != "" {
		g.action = n.action
	}
	return g
}

func compareGroups(a, b group) int { return strings.Compare(a.order(), b.order()) }

// order sorts statements by service, the widest first.
func (g group) order() string {
	return strings.Join([]string{g.document, g.service, g.sid()}, " ")
}

// sid says what the statement is about: Ec2Owned.
func (g group) sid() string {
	if g.action != "" {
		_, name, _ := strings.Cut(g.action, ":")
		return letters(g.service) + name
	}
	if g.service == "" {
		return "Everywhere"
	}
	how := string(g.tags)
	switch {
	case g.tags == noTags && g.wide:
		how = "wide"
	case g.tags == noTags:
		how = "named"
	}
	sid := letters(g.service) + letters(how)
	if g.resources != ownResources[g.service] && g.resources != named[g.service] {
		sid += kinds(g.resources)
	}
	if g.bounded {
		sid += "Bounded"
	}
	return sid
}

// kinds are the kinds of resources, as part of a Sid: SecurityGroup for ec2:security-group/*.
func kinds(resources string) string {
	var b strings.Builder
	for resource := range strings.FieldsSeq(resources) {
		_, name, _ := strings.Cut(resource, ":")
		for part := range strings.FieldsFuncSeq(name, func(r rune) bool { return r == '/' || r == ':' }) {
			if !strings.ContainsAny(part, "*{") {
				b.WriteString(letters(part))
			}
		}
	}
	return b.String()
}

// letters is a name in the letters that a Sid may have: application-autoscaling becomes ApplicationAutoscaling.
func letters(text string) string {
	var b strings.Builder
	for word := range strings.SplitSeq(text, "-") {
		if word != "" {
			b.WriteString(strings.ToUpper(word[:1]) + word[1:])
		}
	}
	return b.String()
}

// distinct is the list sorted, each once.
func distinct(list []string) []string {
	sorted := slices.Clone(list)
	slices.Sort(sorted)
	return slices.Compact(sorted)
}
