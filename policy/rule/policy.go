package rule

import "github.com/bulwark-iac/bulwark/internal/iampolicy"

// Policy reads the value as a policy document, once per resource however many rules ask; false when there is none. What
// AWS would refuse ends the rule with a failure that says why: nobody can tell what such a document allows.
func (v Value) Policy() (iampolicy.Document, bool) {
	return Parsed(v, "a policy document", func(text string) (iampolicy.Document, error) {
		document, problems := iampolicy.Parse(text)
		return document, problems.Err()
	})
}
