// Package image makes the repositories in which container images lie, and builds images into them.
//
// A repository, and what a service runs from it when CI builds and pushes:
//
//	repository, err := image.NewRepository(ctx, "api", &image.RepositoryArgs{Labels: labels})
//	...
//	reference := repository.Image(pulumi.String("sha256:9f86d081..."))
//
// Where the deployment itself builds, with a Docker daemon at hand:
//
//	built, err := image.NewImage(ctx, "api", &image.ImageArgs{Repository: repository, Context: "./app"})
//	...
//	reference := built.ImageRef
//
// # What it decides
//
// A tag is pushed once and never moves, every image is scanned when it is pushed, and images are encrypted with a key of
// the account, whose policy lets ECR in and nobody else. The 100 newest images with a tag stay, and those without one
// for 14 days. A permanent repository is protected and retained, and cannot be deleted with images in it. Nobody but
// the own account can pull, unless RepositoryArgs.PullAccess names others.
//
// An image is named by its digest everywhere. NewImage pushes under a tag that follows from what is built, so that the
// same content is built once, and an immutable repository takes every push; it builds for ARM64, and leaves in the
// registry what it pushed before. Secrets among the build arguments, and files with credentials in the context, are
// refused: they would stay in the image.
//
// # Grants
//
// Pull and Push return statements for the IAM policy of a role. Both need ecr:GetAuthorizationToken, which ECR gives for
// all repositories or for none: it is a login, and opens nothing by itself. Neither needs the key.
//
// # What it does not do
//
// The registry's own settings are one for each account and region, and belong to whoever owns the account: continuous
// scanning, replication, pull-through caches, signing. Tags that are immutable but for some cannot be set with pulumi-aws
// v6. NewImage builds with awsx's plugin, and for one platform: docs/image.md says what that needs. It knows no secrets
// of the build; what needs them is built by CI.
//
// # Upgrades
//
// Names, tokens and outputs do not change without an alias. No upgrade replaces a repository: neither its name nor its
// key can be changed in place. An upgrade that changes how the tag follows from the content builds every image once
// more.
package image
