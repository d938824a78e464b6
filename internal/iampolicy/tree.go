package iampolicy

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// Documents are read in two steps: text or a decoded value becomes a tree of nodes, which keeps what encoding/json would
// drop (the order of members, duplicates, the spelling of numbers), and the tree becomes a Document.

type nodeKind int

const (
	// nodeNone is no value at all.
	nodeNone nodeKind = iota
	nodeNull
	nodeBool
	nodeNumber
	nodeText
	nodeList
	nodeObject
	// nodeDeep stands for a value that lies too deep, nodeAlien for one that no JSON document holds.
	nodeDeep
	nodeAlien
)

// String is the kind as messages call it.
func (k nodeKind) String() string {
	return [...]string{"nothing", "null", "a boolean", "a number", "text", "a list", "an object", "a value nested too deep", "a value that is not JSON"}[k]
}

// node is a value of a document. Members of an object have their names in keys, in step with items.
type node struct {
	kind  nodeKind
	text  string
	keys  []string
	items []node
}

const (
	// maxText bounds the text that is read, in bytes. The longest policy that AWS accepts has 32 KiB, to which whitespace
	// may come.
	maxText = 256 << 10
	// maxDepth bounds the nesting. A policy has five levels: document, statements, statement, condition, operator, values.
	maxDepth = 16
	// maxNodes bounds decoded values, which can refer to themselves.
	maxNodes = 1 << 18
)

// readTree reads JSON text. With a problem there may be a tree all the same.
func readTree(text string) (node, *validate.Problem) {
	if len(text) > maxText {
		return node{}, &validate.Problem{
			Rule: RuleSize, Value: fmt.Sprintf("%d bytes", len(text)), Expected: fmt.Sprintf("a policy document, which has at most %d", maxText),
			Fix: "check that it is the right text",
		}
	}
	if strings.TrimSpace(text) == "" {
		return node{}, &validate.Problem{Rule: RuleJSON, Expected: "a policy document in JSON", Fix: `start with {"Version":"2012-10-17","Statement":[...]}`}
	}
	if raw := []byte(text); !json.Valid(raw) {
		err := json.Unmarshal(raw, new(json.RawMessage))
		return node{}, &validate.Problem{Rule: RuleJSON, Value: err.Error() + position(text, err), Expected: "JSON", Fix: "correct the text there"}
	}
	if !utf8.ValidString(text) {
		r := reader{text: strings.ToValidUTF8(text, "\uFFFD")}
		return r.value(0), &validate.Problem{Rule: RuleCharacters, Value: "bytes that are no characters", Expected: "text in UTF-8", Fix: "write it in UTF-8"}
	}
	r := reader{text: text}
	return r.value(0), nil
}

// position tells where a syntax error lies.
func position(text string, err error) string {
	var syntax *json.SyntaxError
	if !errors.As(err, &syntax) {
		return ""
	}
	before := text[:min(int(syntax.Offset), len(text))]
	line := strings.Count(before, "\n") + 1
	column := len(before) - strings.LastIndexByte(before, '\n') - 1
	return fmt.Sprintf(" (line %d, column %d)", line, max(column, 1))
}

// reader builds the tree from text that is known to be valid JSON.
type reader struct {
	text string
	at   int
}

func (r *reader) space() {
	for r.at < len(r.text) && strings.IndexByte(" \t\r\n", r.text[r.at]) >= 0 {
		r.at++
	}
}

// next is the next character that is not whitespace.
func (r *reader) next() byte {
	r.space()
	return r.text[r.at]
}

func (r *reader) value(depth int) node {
	switch c := r.next(); {
	case c == '"':
		return node{kind: nodeText, text: r.str()}
	case c == '{' || c == '[':
		if depth >= maxDepth {
			r.skip()
			return node{kind: nodeDeep}
		}
		if c == '{' {
			return r.object(depth)
		}
		return r.list(depth)
	case c == 't' || c == 'f':
		return node{kind: nodeBool, text: r.literal()}
	case c == 'n':
		r.literal()
		return node{kind: nodeNull}
	default:
		return node{kind: nodeNumber, text: r.literal()}
	}
}

func (r *reader) object(depth int) node {
	n := node{kind: nodeObject}
	r.at++
	for r.next() != '}' {
		if r.text[r.at] == ',' {
			r.at++
			continue
		}
		n.keys = append(n.keys, r.str())
		r.next()
		r.at++ // the colon
		n.items = append(n.items, r.value(depth+1))
	}
	r.at++
	return n
}

func (r *reader) list(depth int) node {
	n := node{kind: nodeList}
	r.at++
	for r.next() != ']' {
		if r.text[r.at] == ',' {
			r.at++
			continue
		}
		n.items = append(n.items, r.value(depth+1))
	}
	r.at++
	return n
}

// str reads a string. Escapes are rare, and left to encoding/json.
func (r *reader) str() string {
	start := r.at
	escaped := false
	for r.at++; r.text[r.at] != '"'; r.at++ {
		if r.text[r.at] == '\\' {
			escaped = true
			r.at++
		}
	}
	r.at++
	if !escaped {
		return r.text[start+1 : r.at-1]
	}
	var s string
	_ = json.Unmarshal([]byte(r.text[start:r.at]), &s) // valid, as the whole text is
	return s
}

// literal reads a number, true, false or null.
func (r *reader) literal() string {
	start := r.at
	for r.at < len(r.text) && strings.IndexByte(" \t\r\n,]}", r.text[r.at]) < 0 {
		r.at++
	}
	return r.text[start:r.at]
}

// skip passes over an object or list without recursion.
func (r *reader) skip() {
	depth := 0
	for {
		switch r.text[r.at] {
		case '"':
			r.str()
			continue
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		}
		r.at++
		if depth == 0 {
			return
		}
	}
}

// treeOf turns a decoded value into a tree: what encoding/json makes of a document, and the Go types that stand for the
// same.
func treeOf(value any) node {
	c := converter{left: maxNodes}
	return c.value(value, 0)
}

type converter struct{ left int }

func (c *converter) value(value any, depth int) node {
	c.left--
	if c.left < 0 || depth > maxDepth {
		return node{kind: nodeDeep}
	}
	switch v := value.(type) {
	case nil:
		return node{kind: nodeNull}
	case string:
		return node{kind: nodeText, text: strings.ToValidUTF8(v, "\uFFFD")}
	case bool:
		return node{kind: nodeBool, text: strconv.FormatBool(v)}
	case int:
		return node{kind: nodeNumber, text: strconv.Itoa(v)}
	case int64:
		return node{kind: nodeNumber, text: strconv.FormatInt(v, 10)}
	case json.Number:
		return node{kind: nodeNumber, text: v.String()}
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return node{kind: nodeAlien}
		}
		return node{kind: nodeNumber, text: strconv.FormatFloat(v, 'f', -1, 64)}
	case []any:
		n := node{kind: nodeList, items: make([]node, 0, min(len(v), c.left+1))}
		for _, item := range v {
			if c.left < 0 {
				break
			}
			n.items = append(n.items, c.value(item, depth+1))
		}
		return n
	case []string:
		n := node{kind: nodeList}
		for _, item := range v {
			n.items = append(n.items, node{kind: nodeText, text: strings.ToValidUTF8(item, "\uFFFD")})
		}
		return n
	case map[string]any:
		n := node{kind: nodeObject}
		for _, key := range slices.Sorted(maps.Keys(v)) {
			if c.left < 0 {
				break
			}
			n.keys = append(n.keys, strings.ToValidUTF8(key, "\uFFFD"))
			n.items = append(n.items, c.value(v[key], depth+1))
		}
		return n
	default:
		return node{kind: nodeAlien, text: fmt.Sprintf("%T", value)}
	}
}
