package agreement

import (
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// toJSON is the function of the examples' notation that writes JSON.
const toJSON = "fn::toJSON"

// program is one example in Terraform.
type program struct {
	resources []block
	// data, variables and locals by address: data.aws_iam_policy_document.x, var.x, local.x.
	data   map[string]*hclsyntax.Body
	values map[string]hclsyntax.Expression
	names  *table
}

// block is one resource.
type block struct {
	kind, name string
	body       *hclsyntax.Body
}

// parse reads the Terraform.
func parse(source string, names *table) (*program, error) {
	file, diagnostics := hclsyntax.ParseConfig([]byte(source), "example.tf", hcl.InitialPos)
	if diagnostics.HasErrors() {
		return nil, diagnostics
	}
	p := &program{data: map[string]*hclsyntax.Body{}, values: map[string]hclsyntax.Expression{}, names: names}
	for _, b := range file.Body.(*hclsyntax.Body).Blocks {
		switch {
		case b.Type == "resource" && len(b.Labels) == 2:
			p.resources = append(p.resources, block{b.Labels[0], b.Labels[1], b.Body})
		case b.Type == "data" && len(b.Labels) == 2:
			p.data["data."+b.Labels[0]+"."+b.Labels[1]] = b.Body
		case b.Type == "variable" && len(b.Labels) == 1:
			if attribute := b.Body.Attributes["default"]; attribute != nil {
				p.values["var."+b.Labels[0]] = attribute.Expr
			}
		case b.Type == "locals":
			for name, attribute := range b.Body.Attributes {
				p.values["local."+name] = attribute.Expr
			}
		}
	}
	return p, nil
}

// body is a resource or nested block as plain values under Terraform's names; nested blocks are lists.
func (p *program) body(b *hclsyntax.Body) (map[string]any, error) {
	out := map[string]any{}
	for name, attribute := range b.Attributes {
		value, err := p.value(attribute.Expr)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if value != nil {
			out[name] = value
		}
	}
	for _, nested := range b.Blocks {
		value, err := p.body(nested.Body)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", nested.Type, err)
		}
		list, _ := out[nested.Type].([]any)
		out[nested.Type] = append(list, value)
	}
	return out, nil
}

// value is an expression in the notation of the rules' examples.
func (p *program) value(e hclsyntax.Expression) (any, error) {
	switch e := e.(type) {
	case *hclsyntax.LiteralValueExpr:
		return plain(e.Val)
	case *hclsyntax.TemplateExpr:
		return p.template(e)
	case *hclsyntax.TemplateWrapExpr:
		return p.value(e.Wrapped)
	case *hclsyntax.ParenthesesExpr:
		return p.value(e.Expression)
	case *hclsyntax.ScopeTraversalExpr:
		return p.reference(address(e.Traversal))
	case *hclsyntax.TupleConsExpr:
		list := []any{}
		for _, element := range e.Exprs {
			value, err := p.value(element)
			if err != nil {
				return nil, err
			}
			list = append(list, value)
		}
		return list, nil
	case *hclsyntax.ObjectConsExpr:
		return p.object(e)
	case *hclsyntax.FunctionCallExpr:
		return p.call(e)
	}
	value, diagnostics := e.Value(nil)
	if diagnostics.HasErrors() {
		return nil, fmt.Errorf("an expression of another kind (%T)", e)
	}
	return plain(value)
}

func (p *program) object(e *hclsyntax.ObjectConsExpr) (any, error) {
	object := map[string]any{}
	for _, item := range e.Items {
		key := hcl.ExprAsKeyword(item.KeyExpr)
		if key == "" {
			value, diagnostics := item.KeyExpr.Value(nil)
			if diagnostics.HasErrors() || value.Type() != cty.String {
				return nil, errors.New("a key that is no text")
			}
			key = value.AsString()
		}
		value, err := p.value(item.ValueExpr)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", key, err)
		}
		object[key] = value
	}
	return object, nil
}

func (p *program) template(e *hclsyntax.TemplateExpr) (any, error) {
	var b strings.Builder
	for _, part := range e.Parts {
		value, err := p.value(part)
		if err != nil {
			return nil, err
		}
		if literal, ok := part.(*hclsyntax.LiteralValueExpr); ok && literal.Val.Type() == cty.String {
			value = strings.ReplaceAll(literal.Val.AsString(), "${", "$${")
		}
		fmt.Fprint(&b, value)
	}
	return b.String(), nil
}

// call is a function that keeps what it is given, in another form.
func (p *program) call(e *hclsyntax.FunctionCallExpr) (any, error) {
	if len(e.Args) == 0 {
		return nil, fmt.Errorf("%s()", e.Name)
	}
	switch e.Name {
	case "jsonencode":
		value, err := p.value(e.Args[0])
		return map[string]any{toJSON: value}, err
	case "toset", "tolist", "tostring", "base64encode":
		return p.value(e.Args[0])
	case "file", "filebase64sha256":
		return "content of a file", nil
	}
	return nil, fmt.Errorf("the function %s", e.Name)
}

// address are the names of a traversal, without indices.
func address(t hcl.Traversal) []string {
	var parts []string
	for _, step := range t {
		switch step := step.(type) {
		case hcl.TraverseRoot:
			parts = append(parts, step.Name)
		case hcl.TraverseAttr:
			parts = append(parts, step.Name)
		}
	}
	return parts
}

// reference is what the names lead to.
func (p *program) reference(parts []string) (any, error) {
	whole := strings.Join(parts, ".")
	switch {
	case parts[0] == "var" || parts[0] == "local":
		if e := p.values[whole]; e != nil {
			return p.value(e)
		}
		return "value-of-" + parts[len(parts)-1], nil
	case parts[0] == "data" && len(parts) > 2:
		return p.lookup(parts[1], strings.Join(parts[:3], "."), parts[len(parts)-1])
	case strings.HasPrefix(parts[0], "aws_") && len(parts) > 1:
		if !p.has(parts[0], parts[1]) {
			return "outside-" + strings.Join(parts[1:], "-"), nil
		}
		output := "id"
		if len(parts) > 2 {
			output = p.names.property(p.names.token(parts[0]), p.names.fields(parts[0]), parts[2])
		}
		return "${" + logical(parts[0], parts[1]) + "." + output + "}", nil
	}
	return nil, fmt.Errorf("the reference %s", whole)
}

func (p *program) has(kind, name string) bool {
	for _, r := range p.resources {
		if r.kind == kind && r.name == name {
			return true
		}
	}
	return false
}

// lookup is what a data source finds.
func (p *program) lookup(kind, address, attribute string) (any, error) {
	switch kind + "." + attribute {
	case "aws_iam_policy_document.json":
		if body := p.data[address]; body != nil {
			return p.policyDocument(body)
		}
	case "aws_caller_identity.account_id":
		return "111122223333", nil
	case "aws_region.name":
		return "eu-west-1", nil
	case "aws_partition.partition":
		return "aws", nil
	}
	return "looked-up-" + attribute, nil
}

// plain is a value without references.
func plain(v cty.Value) (any, error) {
	switch {
	case v.IsNull():
		return nil, nil
	case v.Type() == cty.String:
		return strings.ReplaceAll(v.AsString(), "${", "$${"), nil
	case v.Type() == cty.Bool:
		return v.True(), nil
	case v.Type() == cty.Number:
		n, _ := v.AsBigFloat().Float64()
		return n, nil
	}
	return nil, fmt.Errorf("a value of type %s", v.Type().FriendlyName())
}

// logical is the name of a resource in the stack.
func logical(kind, name string) string { return kind + "_" + name }
