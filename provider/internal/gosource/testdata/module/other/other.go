// Package other has a constant.
package other

// First is used in package part.
const First = "one"
