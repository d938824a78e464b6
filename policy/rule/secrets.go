package rule

import (
	"slices"
	"strings"
)

// secretSet are the texts of secrets, in the forms in which messages are searched for them: a stack may have thousands of
// secrets and thousands of findings.
type secretSet struct {
	// texts are all of them, longest first, so that the whole goes before its parts.
	texts []string
	known map[string]bool
	// joined are all of them in one text, to find out whether something is a part of one.
	joined string
	// inArguments and inMessages take them out, of what a rule quotes, and of a whole message.
	inArguments, inMessages *strings.Replacer
}

// separator stands between secrets that are joined: a rule quotes nothing with it that counts.
const separator = "\x00"

func newSecretSet(found map[string]bool) *secretSet {
	h := &secretSet{known: found}
	for text := range found {
		h.texts = append(h.texts, text)
	}
	slices.SortFunc(h.texts, func(a, b string) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
	h.joined = strings.Join(h.texts, separator)
	h.inArguments, h.inMessages = h.replacer(minSecret), h.replacer(2*minSecret)
	return h
}

// replacer takes out the secrets that have at least so many characters.
func (h *secretSet) replacer(least int) *strings.Replacer {
	var pairs []string
	for _, text := range h.texts {
		if len(text) >= least {
			pairs = append(pairs, text, shownSecret)
		}
	}
	return strings.NewReplacer(pairs...)
}

// has tells whether a text is a secret, or a part of one that is long enough to be none by accident.
func (h *secretSet) has(text string) bool {
	return h.known[text] || len(text) >= minSecret && !strings.Contains(text, separator) && strings.Contains(h.joined, text)
}
