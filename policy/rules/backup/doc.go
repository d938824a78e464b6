// Package backup has the rules about AWS Backup: vaults, what locks them and tells of failures, plans and selections.
package backup
