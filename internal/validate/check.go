package validate

import (
	"fmt"
	"slices"
	"strings"
)

// Enumeration is a string type that lists its values.
type Enumeration[T any] interface {
	~string
	Values() []T
}

// Enum returns a problem unless the value is one of its type's. The empty value stands for the default.
func Enum[T Enumeration[T]](path Path, value T) Problems {
	return OneOf(path, value, value.Values())
}

// OneOf is Enum for values that have no type of their own.
func OneOf[T ~string](path Path, value T, allowed []T) Problems {
	if value == "" || slices.Contains(allowed, value) {
		return nil
	}
	return Problems{NotSupported(path, value, allowed)}
}

// Enums checks every value of a list, none of which may be empty or there twice.
func Enums[T Enumeration[T]](path Path, list []T) Problems {
	var ps Problems
	for i, value := range list {
		if !slices.Contains(value.Values(), value) {
			ps.Add(NotSupported(path.Index(i), value, value.Values()))
		}
	}
	return append(ps, Distinct(path, list)...)
}

// Distinct reports every value of a list that was there before.
func Distinct[T comparable](path Path, list []T) Problems {
	var ps Problems
	for i, value := range list {
		if slices.Contains(list[:i], value) {
			ps.Add(Duplicate(path.Index(i), value))
		}
	}
	return ps
}

// Duplicate reports a value that its list has already.
func Duplicate(path Path, value any) Problem {
	return Conflict(path, value, "each value once", "remove one of the two").By(RuleDuplicate)
}

// Range returns a problem unless low <= value <= high. The unit ("days") completes the numbers.
func Range(path Path, value, low, high int, unit string) Problems {
	p := Problem{
		Rule: RuleOutOfRange, Path: path, Value: Show(value),
		Expected: strings.TrimSpace(fmt.Sprintf("%d to %d %s", low, high, unit)),
	}
	switch {
	case value < low:
		p.Fix = fmt.Sprintf("use at least %d", low)
	case value > high:
		p.Fix = fmt.Sprintf("use at most %d", high)
	default:
		return nil
	}
	return Problems{p}
}

// OptionalRange is Range for a number whose zero stands for the default.
func OptionalRange(path Path, value, low, high int, unit string) Problems {
	if value == 0 {
		return nil
	}
	return Range(path, value, low, high, unit)
}

// Alternative is one of several fields of which at most one may be given.
type Alternative struct {
	// Path is that of the field.
	Path Path
	// Given says whether it is.
	Given bool
}

// AtMostOne reports every field that is given beside the first one.
func AtMostOne(alternatives ...Alternative) Problems {
	var ps Problems
	first := Path("")
	for _, a := range alternatives {
		switch {
		case !a.Given:
		case first == "":
			first = a.Path
		default:
			ps.Add(Conflict(a.Path, given{}, "either "+string(first)+" or "+string(a.Path), "remove one of the two").By(RuleAlternatives))
		}
	}
	return ps
}

// ExactlyOne is AtMostOne, and the problem given unless one of the fields is.
func ExactlyOne(missing Problem, alternatives ...Alternative) Problems {
	if !slices.ContainsFunc(alternatives, func(a Alternative) bool { return a.Given }) {
		return Problems{missing}
	}
	return AtMostOne(alternatives...)
}

// given stands for a value that cannot be shown, such as a component.
type given struct{}

func (given) String() string { return "set" }
