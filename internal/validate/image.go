package validate

import (
	"regexp"
	"strings"
)

// Image is the name of a container image in its parts: registry/path:tag@digest.
type Image struct {
	Registry, Path, Tag, Digest string
}

// DockerHub is the registry of names that have none.
const DockerHub = "docker.io"

// SplitImage reads the name of an image as container runtimes do: what comes first is a registry if it has a dot or a
// port, or is localhost.
func SplitImage(name string) Image {
	var i Image
	name, i.Digest, _ = strings.Cut(name, "@")
	if colon := strings.LastIndex(name, ":"); colon > strings.LastIndex(name, "/") {
		name, i.Tag = name[:colon], name[colon+1:]
	}
	i.Registry, i.Path = DockerHub, name
	if first, rest, ok := strings.Cut(name, "/"); ok && (strings.ContainsAny(first, ".:") || first == "localhost") {
		i.Registry, i.Path = first, rest
	}
	return i
}

const (
	pathPart     = `[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*`
	registryPart = `[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?`
	exampleImage = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/acme/api"
)

var (
	imageRegistry = regexp.MustCompile(`^` + registryPart + `(\.` + registryPart + `)*(:[0-9]{1,5})?$`)
	imagePath     = regexp.MustCompile(`^` + pathPart + `(/` + pathPart + `)*$`)
	imageTag      = regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$`)
	imageDigest   = regexp.MustCompile(`^sha256:[0-9a-f]{64}$`)
	// ecrRegistry is a private registry, with its dual-stack and FIPS endpoints.
	ecrRegistry = regexp.MustCompile(`^[0-9]{12}\.dkr[.-]ecr(-fips)?\.[a-z0-9-]+\.(amazonaws\.com(\.cn)?|on\.aws|on\.amazonwebservices\.com\.cn)$`)
)

// ImageReference checks the name of an image that a container runs: registry/path, and a digest, or a tag in a stack
// that is not permanent. A tag can be moved, so that two tasks of one service run different programs, and a rollback
// brings back whatever the tag names then.
// Sources: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html,
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/container-considerations.html
func ImageReference(path Path, text string, permanent bool) Problems {
	expected := "an image such as " + exampleImage + ":1.4.0"
	if permanent {
		expected = "an image by its digest, such as " + exampleImage + "@sha256: and 64 hexadecimal digits"
	}
	invalid := func(fix string) Problems { return Problems{Invalid(path, text, expected, fix).By("image-form")} }
	i := SplitImage(text)
	before, _, byDigest := strings.Cut(text, "@")
	switch {
	case text == "":
		return Problems{Required(path, expected, "name the image")}
	case strings.Contains(text, "://"):
		return invalid("remove the scheme: a registry has none")
	case strings.TrimSpace(text) != text || strings.ContainsAny(text, " \t\n"):
		return invalid("remove the white space")
	case len(before) > 255:
		return invalid("shorten it: ECS takes at most 255 characters before the digest")
	case strings.Contains(i.Registry, ".dkr") && !ecrRegistry.MatchString(i.Registry):
		return invalid("write an ECR registry as in 123456789012.dkr.ecr.eu-west-1.amazonaws.com")
	case !imageRegistry.MatchString(i.Registry):
		return invalid("write the registry as host or host:port, without a user")
	case !imagePath.MatchString(i.Path):
		return invalid("write the path in lower-case letters, digits and single . _ - between them, in parts joined by /")
	case strings.HasSuffix(before, ":") || (i.Tag != "" && !imageTag.MatchString(i.Tag)):
		return invalid("write a tag of 1 to 128 letters, digits and _ . -, which does not begin with . or -")
	case byDigest:
		return ImageDigest(path, i.Digest)
	}
	return checkTag(path, text, i.Tag, permanent)
}

// checkTag reports an image without a digest where one is needed, or without the tag that stands for it.
func checkTag(path Path, text, tag string, permanent bool) Problems {
	switch {
	case permanent:
		return Problems{Invalid(path, text, "an image by its digest: a tag can be moved to another program",
			"add @sha256:..., which docker buildx imagetools inspect or aws ecr describe-images shows").By("image-mutable")}
	case tag == "":
		return Problems{Invalid(path, text, "an image with a digest or a tag: without one it is whatever latest names when a task starts",
			"add the tag of the version, or its digest").By("image-mutable")}
	}
	return nil
}

// ImageDigest checks the digest of an image. Runtimes compare it letter by letter: capitals match nothing.
// Source: https://github.com/opencontainers/image-spec/blob/main/descriptor.md
func ImageDigest(path Path, text string) Problems {
	if imageDigest.MatchString(text) {
		return nil
	}
	fix := "copy it from the output of the build, or from aws ecr describe-images"
	if lower := strings.ToLower(text); imageDigest.MatchString(lower) {
		fix = "write it in lower case"
	}
	return Problems{Invalid(path, text, "sha256: and 64 lower-case hexadecimal digits", fix).By("image-digest")}
}

// ImageTag checks one tag of an image.
// Source: https://github.com/opencontainers/distribution-spec/blob/main/spec.md
func ImageTag(path Path, text string) Problems {
	if imageTag.MatchString(text) {
		return nil
	}
	return Problems{Invalid(path, text, "a tag of 1 to 128 letters, digits and _ . -, which does not begin with . or -",
		"leave out the registry, the path and the colon").By("image-tag")}
}

// RepositoryURL checks the address of a private ECR repository, which names of its images begin with.
// Source: https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-create.html
func RepositoryURL(path Path, text string) Problems {
	i := SplitImage(text)
	if ecrRegistry.MatchString(i.Registry) && len(RepositoryName(path, i.Path)) == 0 && text == i.Registry+"/"+i.Path {
		return nil
	}
	return Problems{Invalid(path, text, "the address of an ECR repository, such as "+exampleImage,
		"leave out scheme, tag and digest").By("repository-url")}
}

// RepositoryName checks the name of an ECR repository.
// Sources: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html,
// https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-create.html
func RepositoryName(path Path, name string) Problems {
	expected := "a repository name of 2 to 256 lower-case letters, digits and single . _ - /, such as acme/api"
	invalid := func(fix string) Problems { return Problems{Invalid(path, name, expected, fix).By("repository-name")} }
	switch {
	case len(name) < 2, len(name) > 256:
		return invalid("choose a name of 2 to 256 characters")
	case name != strings.ToLower(name):
		return invalid("write it in lower case")
	case name[0] < 'a' || name[0] > 'z':
		return invalid("begin it with a letter")
	case !imagePath.MatchString(name):
		return invalid("use the name within the registry, without registry, tag or ARN")
	}
	return nil
}

// ECRRepository is the ARN of the ECR repository that an image comes from; empty for images from elsewhere.
func ECRRepository(image, partition string) string {
	i := SplitImage(image)
	if !ecrRegistry.MatchString(i.Registry) {
		return ""
	}
	parts := strings.FieldsFunc(i.Registry, func(r rune) bool { return r == '.' })
	region := parts[2]
	if parts[1] == "dkr" {
		region = parts[3]
	}
	return ARN{Partition: partition, Service: "ecr", Region: region, Account: parts[0], Resource: "repository/" + i.Path}.String()
}
