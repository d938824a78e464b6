package iampolicy

import (
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// Parse reads a policy document as leniently in form as AWS does: one statement instead of a list, text instead of lists
// of one, numbers and booleans as the values of conditions, any order of elements. It is strict in meaning and reports
// everything that is wrong on its own account, whatever the policy is attached to; Check knows what the attachment adds.
//
// The document holds all that was understood, even if there are problems: a misspelt element counts as the one that was
// probably meant, an unknown one is left out. Parse never panics. It takes texts up to 256 KiB.
//
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
func Parse(text string) (Document, validate.Problems) {
	p := parser{at: documentLevel}
	d := p.parse(text)
	return d, p.report()
}

// ParseValue reads a document that is decoded already, as maps, lists and plain values. Text in place of the document is
// parsed.
func ParseValue(value any) (Document, validate.Problems) {
	if text, ok := value.(string); ok {
		return Parse(text)
	}
	p := parser{at: documentLevel}
	d := p.tree(treeOf(value))
	return d, p.report()
}

// ParseAs is Parse and Check: all that is wrong with the text as a policy of a kind, its size included.
func ParseAs(kind Kind, text string) (Document, validate.Problems) {
	p := parser{at: documentLevel}
	d := p.parse(text)
	for _, problem := range slices.Concat(d.check(kind), kind.CheckSize(text)) {
		p.add(problem)
	}
	return d, p.report()
}

// parser collects problems while it reads a tree. Paths are put together only for problems, which most documents do not
// have: at holds the statement that is being read.
type parser struct {
	problems validate.Problems
	// more counts the problems that there is no room for.
	more int
	at   int
}

// documentLevel is the value of at outside of statements.
const documentLevel = -1

func (p *parser) parse(text string) Document {
	tree, problem := readTree(text)
	if problem != nil {
		p.add(*problem)
	}
	if tree.kind == nodeNone {
		return Document{}
	}
	return p.tree(tree)
}

func (p *parser) tree(tree node) Document {
	d := p.document(tree)
	p.checkVariables(d)
	return d
}

// report is what was found, cut down to what somebody can read.
func (p *parser) report() validate.Problems {
	if p.more == 0 {
		return p.problems
	}
	return append(p.problems, more(p.more))
}

func (p *parser) path(element string) string {
	if p.at == documentLevel {
		return element
	}
	return statementPath(p.at, element)
}

func (p *parser) found(rule, element, value, expected, fix string) {
	p.add(validate.Problem{Rule: rule, Path: validate.Path(p.path(element)), Value: value, Expected: expected, Fix: fix})
}

func (p *parser) add(problem validate.Problem) {
	if len(p.problems) >= maxProblems {
		p.more++
		return
	}
	p.problems.Add(problem)
}

func (p *parser) wrongType(element string, n node, expected string) {
	found := n.kind.String()
	if n.kind == nodeAlien && n.text != "" {
		found += " (" + n.text + ")"
	}
	p.found(RuleElement, element, found, expected, "")
}

var (
	documentElements  = []string{"Version", "Id", "Statement"}
	statementElements = []string{"Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"}
	principalKinds    = []string{"AWS", "Service", "Federated", "CanonicalUser"}
)

// element finds which element a name stands for. Names are case sensitive; another spelling is reported and understood.
func (p *parser) element(name string, known []string, seen map[string]bool, prefix string) (string, bool) {
	meant := name
	if !slices.Contains(known, name) {
		i := slices.IndexFunc(known, func(k string) bool {
			return strings.EqualFold(k, strings.TrimSuffix(name, "s")) || strings.EqualFold(k, name)
		})
		if i < 0 {
			p.found(RuleElement, prefix+name, "an unknown element", "one of "+strings.Join(known, ", "), "remove it")
			return "", false
		}
		meant = known[i]
		p.found(RuleElement, prefix+name, "an unknown element", "one of "+strings.Join(known, ", "), "did you mean "+validate.Show(meant)+"?")
	}
	if seen[meant] {
		p.found(RuleElement, prefix+meant, "an element that is there twice", "each element once", "put both into one")
		return "", false
	}
	seen[meant] = true
	return meant, true
}

func (p *parser) document(tree node) Document {
	d := Document{Version: Version2008}
	if tree.kind != nodeObject {
		p.wrongType("", tree, "a policy document, which is an object")
		return d
	}
	seen := make(map[string]bool, len(documentElements))
	var statements *node
	for i, name := range tree.keys {
		element, ok := p.element(name, documentElements, seen, "")
		if !ok {
			continue
		}
		value := tree.items[i]
		switch element {
		case "Version":
			d.Version = p.version(value)
		case "Id":
			d.ID = p.text("Id", value)
		case "Statement":
			statements = &tree.items[i]
		}
	}
	switch {
	case statements == nil:
		p.found(RuleElement, "Statement", "", "a list of statements", "add one")
	case statements.kind == nodeObject:
		d.Statements = []Statement{p.statement(0, *statements)}
	case statements.kind != nodeList:
		p.wrongType("Statement", *statements, "a list of statements")
	case len(statements.items) == 0:
		p.found(RuleElement, "Statement", "an empty list", "at least one statement", "add one")
	default:
		d.Statements = make([]Statement, len(statements.items))
		for i, s := range statements.items {
			d.Statements[i] = p.statement(i, s)
		}
	}
	p.at = documentLevel
	return d
}

func (p *parser) version(n node) string {
	if n.kind == nodeText && (n.text == Version2012 || n.text == Version2008) {
		return n.text
	}
	if n.kind != nodeText {
		p.wrongType("Version", n, "the text "+validate.Show(Version2012))
		return Version2012
	}
	p.found(RuleVersion, "Version", validate.Show(n.text), Version2012+", the version of the policy language", "write "+validate.Show(Version2012))
	return Version2012
}

// text is a plain text.
func (p *parser) text(element string, n node) string {
	if n.kind != nodeText {
		p.wrongType(element, n, "text")
		return ""
	}
	return n.text
}

func (p *parser) statement(i int, n node) Statement {
	p.at = i
	var s Statement
	if n.kind != nodeObject {
		p.wrongType("", n, "a statement, which is an object")
		return s
	}
	seen := make(map[string]bool, len(n.keys))
	for j, name := range n.keys {
		element, ok := p.element(name, statementElements, seen, "")
		if !ok {
			continue
		}
		value := n.items[j]
		switch element {
		case "Sid":
			s.Sid = p.text("Sid", value)
		case "Effect":
			s.Effect = p.effect(value)
		case "Principal":
			s.Principals = p.principals(element, value)
		case "NotPrincipal":
			s.NotPrincipals = p.principals(element, value)
		case "Action":
			s.Actions = p.strings(element, value, judgeAction)
		case "NotAction":
			s.NotActions = p.strings(element, value, judgeAction)
		case "Resource":
			s.Resources = p.strings(element, value, judgeResource)
		case "NotResource":
			s.NotResources = p.strings(element, value, judgeResource)
		case "Condition":
			s.Conditions = p.conditions(value)
		}
	}
	if !seen["Effect"] {
		p.found(RuleEffect, "Effect", "", "Allow or Deny", "add it")
	}
	for _, element := range []string{"Principal", "Action", "Resource"} {
		if seen[element] && seen["Not"+element] {
			p.found(RuleElement, element, "both "+element+" and Not"+element, "one of the two", "remove one, or make two statements")
		}
	}
	if !seen["Action"] && !seen["NotAction"] {
		p.found(RuleAction, "Action", "", "Action or NotAction", "add one")
	}
	return s
}

func (p *parser) effect(n node) Effect {
	if n.kind != nodeText {
		p.wrongType("Effect", n, "the text Allow or Deny")
		return ""
	}
	switch e := Effect(n.text); {
	case e == Allow || e == Deny:
		return e
	case strings.EqualFold(n.text, string(Allow)):
		p.found(RuleEffect, "Effect", validate.Show(n.text), "Allow or Deny, in this spelling", "write "+validate.Show(string(Allow)))
		return Allow
	case strings.EqualFold(n.text, string(Deny)):
		p.found(RuleEffect, "Effect", validate.Show(n.text), "Allow or Deny, in this spelling", "write "+validate.Show(string(Deny)))
		return Deny
	default:
		p.found(RuleEffect, "Effect", validate.Show(n.text), "Allow or Deny", "")
		return ""
	}
}

// strings reads a list of texts, or one text, each of which a rule judges. What is no text is reported and left out.
func (p *parser) strings(element string, n node, judge func(string) (validate.Problem, bool)) []string {
	switch n.kind {
	case nodeText:
		p.judge(element, 0, n.text, judge)
		return []string{n.text}
	case nodeList:
		if len(n.items) == 0 {
			p.found(RuleElement, element, "an empty list", "at least one value: without one the statement does nothing", "add one, or remove the statement")
			return nil
		}
		values := make([]string, 0, len(n.items))
		for i, item := range n.items {
			if item.kind != nodeText {
				p.wrongType(indexed(element, i), item, "text")
				continue
			}
			p.judge(element, i, item.text, judge)
			values = append(values, item.text)
		}
		return values
	default:
		p.wrongType(element, n, "text or a list of texts")
		return nil
	}
}

// judge reports a value that a rule finds wrong.
func (p *parser) judge(element string, i int, value string, rule func(string) (validate.Problem, bool)) {
	if problem, wrong := rule(value); wrong {
		problem.Path, problem.Value = validate.Path(p.path(indexed(element, i))), validate.Show(value)
		p.add(problem)
	}
}

func (p *parser) principals(element string, n node) Principals {
	var out Principals
	switch {
	case n.kind == nodeText && n.text == "*":
		out.Any = true
	case n.kind == nodeText:
		p.found(RulePrincipal, element, validate.Show(n.text), `"*" or an object such as {"AWS": "arn:aws:iam::123456789012:root"}`, "name the kind of principal")
	case n.kind != nodeObject:
		p.wrongType(element, n, `"*" or an object such as {"AWS": "arn:aws:iam::123456789012:root"}`)
	case len(n.keys) == 0:
		p.found(RulePrincipal, element, "an empty object", "at least one principal", "name whom the statement is about")
	default:
		seen := make(map[string]bool, len(n.keys))
		for i, name := range n.keys {
			kind, ok := p.element(name, principalKinds, seen, element+".")
			if !ok {
				continue
			}
			path := element + "." + kind
			switch kind {
			case "AWS":
				out.AWS = p.strings(path, n.items[i], awsPrincipal)
			case "Service":
				out.Service = p.strings(path, n.items[i], servicePrincipal)
			case "Federated":
				out.Federated = p.strings(path, n.items[i], federatedPrincipal)
			case "CanonicalUser":
				out.CanonicalUser = p.strings(path, n.items[i], canonicalUser)
			}
		}
	}
	return out
}

func (p *parser) conditions(n node) []Condition {
	if n.kind != nodeObject {
		p.wrongType("Condition", n, `an object such as {"StringEquals": {"aws:SourceAccount": "123456789012"}}`)
		return nil
	}
	var out []Condition
	seen := make(map[string]bool, len(n.keys))
	for i, name := range n.keys {
		path := "Condition." + name
		if seen[name] {
			p.found(RuleCondition, path, "an operator that is there twice", "each operator once", "put the keys of both into one")
			continue
		}
		seen[name] = true
		judge := func(string) (validate.Problem, bool) { return validate.Problem{}, false }
		if operator, known := ParseOperator(name); known {
			judge = operator.judge
		} else {
			p.found(RuleCondition, path, "an unknown operator", "an IAM condition operator such as StringEquals", operatorFix(name))
		}
		switch keys := n.items[i]; {
		case keys.kind != nodeObject:
			p.wrongType(path, keys, `an object such as {"aws:SourceAccount": "123456789012"}`)
		case len(keys.keys) == 0:
			p.found(RuleCondition, path, "an empty object", "at least one condition key", "remove the operator")
		default:
			out = append(out, p.conditionKeys(name, keys, judge)...)
		}
	}
	return out
}

// conditionKeys reads the conditions of one operator.
func (p *parser) conditionKeys(operator string, n node, judge func(string) (validate.Problem, bool)) []Condition {
	out := make([]Condition, 0, len(n.keys))
	seen := make(map[string]bool, len(n.keys))
	for i, key := range n.keys {
		path := "Condition." + operator + "[" + validate.Show(key) + "]"
		folded := strings.ToLower(key)
		if seen[folded] {
			p.found(RuleCondition, path, "a key that is there twice", "each key once, whatever its case", "put the values of both into one")
			continue
		}
		seen[folded] = true
		p.judgeKey(path, key)
		out = append(out, Condition{Operator: operator, Key: key, Values: p.conditionValues(path, n.items[i], judge)})
	}
	return out
}

// conditionValues reads the values of a condition, among which numbers and booleans need no quotes.
func (p *parser) conditionValues(path string, n node, judge func(string) (validate.Problem, bool)) []string {
	plain := func(n node) bool { return n.kind == nodeText || n.kind == nodeNumber || n.kind == nodeBool }
	switch {
	case plain(n):
		p.judge(path, 0, n.text, judge)
		return []string{n.text}
	case n.kind == nodeList && len(n.items) == 0:
		p.found(RuleCondition, path, "an empty list", "at least one value", "add one, or remove the condition")
		return nil
	case n.kind == nodeList:
		values := make([]string, 0, len(n.items))
		for i, item := range n.items {
			if !plain(item) {
				p.wrongType(indexed(path, i), item, "text, a number or a boolean")
				continue
			}
			p.judge(path, i, item.text, judge)
			values = append(values, item.text)
		}
		return values
	default:
		p.wrongType(path, n, "a value or a list of values")
		return nil
	}
}
