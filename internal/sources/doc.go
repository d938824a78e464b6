// Package sources holds the table of the documents that the project refers to: sources.csv. It keeps two promises: no
// address stands in code or documentation that nobody has looked up, and none stays in the table that is not used.
//
// Whoever refers to a new page opens it first, reads whether it says what is claimed, and adds a line, sorted by address:
//
//	address  without the fragment
//	title    as the page has it
//	opened   the month of the copy in which the page was looked at; empty: known by name or by quotations only, to be
//	         opened when it can be had
//	found    the month of the newest copy of the site in which the page was still there
//
// Copies are AWS's guides as text. The pages of API references count as opened by the service models (botocore), from
// which AWS makes them.
package sources
