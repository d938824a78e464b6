package validate

import (
	"regexp"
	"strings"
)

var (
	imageName   = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._/:-]*$`)
	imageTag    = regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$`)
	imageDigest = regexp.MustCompile(`^sha256:[a-f0-9]{64}$`)
)

// Image checks the reference of a container image. Only a digest names the same image for ever; what a tag names can
// change underneath, and is accepted where tags are allowed.
// Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
func Image(path Path, text string, tags bool) Problems {
	malformed := func(expected, fix string) Problems {
		return Problems{Invalid(path, text, expected, fix).By("image-form")}
	}
	const example = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/app@sha256:..."
	name, digest, hasDigest := strings.Cut(text, "@")
	tag := ""
	if colon := strings.LastIndex(name, ":"); colon > strings.LastIndex(name, "/") {
		name, tag = name[:colon], name[colon+1:]
		if !imageTag.MatchString(tag) {
			return malformed("a tag of letters, digits, underscores, dots and hyphens", "write it as in app:1.4.2")
		}
	}
	switch {
	case !imageName.MatchString(name) || len(name) > 255 || strings.Contains(name, "//") || strings.HasSuffix(name, "/"):
		return malformed("the reference of a container image, without a scheme", "write it as in "+example)
	case hasDigest && !imageDigest.MatchString(digest):
		return malformed("a digest of sha256: and 64 hexadecimal digits", "write it as in "+example)
	case hasDigest || tags:
		return nil
	}
	return Problems{Invalid(path, text, "an image by its digest: what a tag names can change between two tasks of one deployment",
		"write it as in "+example+", or set allowImageTag").By("image-digest")}
}

// ECRRepository is the ARN of the ECR repository that an image comes from; empty for images from elsewhere.
func ECRRepository(image, partition string) string {
	registry, rest, ok := strings.Cut(image, "/")
	parts := strings.Split(registry, ".")
	if !ok || len(parts) < 6 || parts[1] != "dkr" || (parts[2] != "ecr" && parts[2] != "ecr-fips") || !accountID.MatchString(parts[0]) {
		return ""
	}
	rest, _, _ = strings.Cut(rest, "@")
	rest, _, _ = strings.Cut(rest, ":")
	return ARN{Partition: partition, Service: "ecr", Region: parts[3], Account: parts[0], Resource: "repository/" + rest}.String()
}
