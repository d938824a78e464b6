// Package iampolicy is the one home of AWS policy documents: it writes them, reads them, and knows what they mean.
//
// Components build a Document from typed statements and Render it; the text is canonical, in the form that AWS returns, so
// that a refresh finds no difference. Policies read a document with Parse, which takes every form that AWS takes and
// reports everything that is wrong, and then ask it questions:
//
//	d, problems := iampolicy.Parse(text)
//	if err := problems.Err(); err != nil {
//		return err // each problem with its path, such as Statement[2].Action[0]
//	}
//	for _, f := range d.Public() {
//		report(f.Path, f.Reason)
//	}
//
// The package is pure: it imports the standard library only, keeps no state, reads no clock, and never panics, whatever
// it is given. All values can be used by several goroutines, as long as nobody changes them.
//
// # Form
//
// What a document must look like depends on what it is attached to: Kind. Check judges the elements, CheckSize the length,
// ParseAs does it all. Which actions, resource types and condition keys exist is not known here: AWS adds some every week.
// Package iamref knows, and checks a document for them.
//
// # Meaning
//
// Each question is a method of Document that returns findings: the statement, the path to the value that is the reason,
// and a sentence. No finding means no. Questions about what a policy gives away (Public, CrossAccount, FullAdmin,
// ConfusedDeputy, ...) look at statements that allow; a condition counts if it really narrows them down. They would rather
// find too much than too little, and say so where it matters. FindEscalations takes the policies of one identity together.
//
// # Decisions
//
// Evaluate decides on one request as AWS does, from all policies that apply to it, and says which statement decided. What
// a request leaves open is named in Request.Unknown; the decision is Undetermined only where it could matter.
//
// # Conventions
//
// Lists stand for the elements of the same name in the singular: Actions for Action. An empty list is an element that is
// not there. Paths count from zero, and call the elements by their names in JSON. The rules follow the documentation of
// AWS, which each of them cites.
package iampolicy
