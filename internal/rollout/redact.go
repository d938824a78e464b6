package rollout

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"github.com/bulwark-iac/bulwark/internal/secretwords"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// How much of a text is shown, in characters: of a line of a log, and of what AWS says.
const (
	maxLine   = 200
	maxReason = 600
)

var (
	// escapes are the colours of terminals.
	escapes = regexp.MustCompile("\x1b\\[[0-9;?]*[A-Za-z]")
	// assigned is a name with its value: PASSWORD=x, "password": "x", password: x.
	assigned = regexp.MustCompile(`([A-Za-z][A-Za-z0-9_.-]*)("?\s*[=:]\s*)("[^"]*"|'[^']*'|[^\s,;&}"']+)`)
	// credentials follow the word that names their scheme.
	credentials = regexp.MustCompile(`(?i)\b(bearer|basic)(\s+)[A-Za-z0-9+/=._~-]{8,}`)
)

const hidden = "(hidden)"

// shown is a text of somebody else's, such as a line of a log, as a message may quote it: in one piece, without control
// characters, and without what may be a secret.
func shown(text string) string { return shownTo(maxReason, text) }

func shownTo(most int, text string) string {
	text = escapes.ReplaceAllString(text, "")
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, text)
	text = strings.Join(strings.Fields(text), " ")
	text = credentials.ReplaceAllString(text, "${1}${2}"+hidden)
	text = assigned.ReplaceAllStringFunc(text, func(pair string) string {
		parts := assigned.FindStringSubmatch(pair)
		value := strings.Trim(parts[3], `"'`)
		if value != hidden && secretwords.Named(parts[1], value) {
			return parts[1] + parts[2] + hidden
		}
		return pair
	})
	if secretwords.Suspect(text) != "" {
		words := strings.Split(text, " ")
		for i, word := range words {
			if secretwords.Suspect(word) != "" {
				words[i] = hidden
			}
		}
		text = strings.Join(words, " ")
	}
	// What is a secret only as a whole.
	if secretwords.Suspect(text) != "" {
		return validate.Show(text)
	}
	if runes := []rune(text); len(runes) > most {
		text = string(runes[:most]) + "…"
	}
	return text
}

// quoted is a text of somebody else's in quotes.
func quoted(text string) string {
	safe := shownTo(maxLine, text)
	if strings.Contains(safe, "not shown: it may be") {
		return safe
	}
	return fmt.Sprintf("%q", safe)
}
