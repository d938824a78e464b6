// Package lambda has the rules about Lambda functions, who may invoke them, and their URLs.
package lambda
