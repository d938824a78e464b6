package validate_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

const (
	ecrImage = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/acme/api"
	digest   = "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
)

func TestSplitImage(t *testing.T) {
	for name, want := range map[string]validate.Image{
		"nginx":                          {Registry: "docker.io", Path: "nginx"},
		"library/nginx:1.27":             {Registry: "docker.io", Path: "library/nginx", Tag: "1.27"},
		"localhost/nginx":                {Registry: "localhost", Path: "nginx"},
		"registry.example:5000/api":      {Registry: "registry.example:5000", Path: "api"},
		"registry.example:5000/a/b:1":    {Registry: "registry.example:5000", Path: "a/b", Tag: "1"},
		"public.ecr.aws/a/b:1@sha256:ab": {Registry: "public.ecr.aws", Path: "a/b", Tag: "1", Digest: "sha256:ab"},
		"":                               {Registry: "docker.io"},
	} {
		assert.Equal(t, want, validate.SplitImage(name), name)
	}
}

// What a permanent stack may run, and what a disposable one may: the rule that refuses, empty for none.
func TestImageReference(t *testing.T) {
	for name, want := range map[string][2]string{
		ecrImage + "@" + digest:        {"", ""},
		ecrImage + ":1.4.0@" + digest:  {"", ""},
		"nginx@" + digest:              {"", ""},
		"registry.example:5000/api:1":  {"image-mutable", ""},
		ecrImage + ":1.4.0":            {"image-mutable", ""},
		"nginx:latest":                 {"image-mutable", ""},
		"nginx":                        {"image-mutable", "image-mutable"},
		ecrImage:                       {"image-mutable", "image-mutable"},
		"":                             {"required", "required"},
		ecrImage + "@sha256:9f86":      {"image-digest", "image-digest"},
		ecrImage + "@":                 {"image-digest", "image-digest"},
		ecrImage + "@sha512:" + digest: {"image-digest", "image-digest"},
		ecrImage + "@" + strings.Replace(digest, "9f86d", "9F86D", 1): {"image-digest", "image-digest"},
		"https://" + ecrImage + ":1":                                  {"image-form", "image-form"},
		ecrImage + ":":                                                {"image-form", "image-form"},
		ecrImage + ":-1":                                              {"image-form", "image-form"},
		ecrImage + ": 1":                                              {"image-form", "image-form"},
		"Acme/api:1":                                                  {"image-form", "image-form"},
		"acme//api:1":                                                 {"image-form", "image-form"},
		"12345.dkr.ecr.eu-west-1.amazonaws.com/api:1":                 {"image-form", "image-form"},
		"123456789012.dkr.eu-west-1.amazonaws.com/api:1":              {"image-form", "image-form"},
		"123456789012.dkr-ecr.eu-west-1.on.aws/api@" + digest:         {"", ""},
		"registry_1.example/api:1":                                    {"image-form", "image-form"},
		strings.Repeat("a", 256) + "@" + digest:                       {"image-form", "image-form"},
	} {
		check(t, name, want[0], validate.ImageReference("image", name, true))
		check(t, name, want[1], validate.ImageReference("image", name, false))
	}
}

func TestTheMessageSaysHowToPin(t *testing.T) {
	problems := validate.ImageReference("image", ecrImage+":latest", true)
	if assert.Len(t, problems, 1) {
		assert.Equal(t, `image: "`+ecrImage+`:latest": expected an image by its digest: a tag can be moved to another program; `+
			`fix: add @sha256:..., which docker buildx imagetools inspect or aws ecr describe-images shows`, problems[0].String())
	}
}

func TestALoginIsNotQuoted(t *testing.T) {
	secret := "Zm9vYmFyQmF6MTIzNDU2Nzg5MHF1eA"
	for _, text := range []string{"https://AWS:" + secret + "@registry.example/api:1", "AWS:" + secret + "@registry.example/api:1"} {
		for _, p := range validate.ImageReference("image", text, false) {
			assert.NotContains(t, p.String(), secret)
		}
	}
}

func FuzzImageReference(f *testing.F) {
	for _, seed := range []string{ecrImage + "@" + digest, "nginx:1", "a@b@c", ":", "/", "registry:1/a"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(validate.ImageReference("image", text, true)) > 0 {
			return
		}
		i := validate.SplitImage(text)
		assert.Empty(t, validate.ImageDigest("digest", i.Digest), "what a permanent stack runs has a digest")
		assert.Empty(t, validate.ImageReference("image", text, false), "a disposable stack takes no less")
	})
}

func TestImageTag(t *testing.T) {
	for tag, want := range map[string]string{
		"1.4.0": "", "latest": "", "_": "", strings.Repeat("a", 128): "",
		"": "image-tag", "-1": "image-tag", "a:b": "image-tag", strings.Repeat("a", 129): "image-tag", "a+b": "image-tag",
	} {
		check(t, tag, want, validate.ImageTag("tag", tag))
	}
}

func TestRepositoryName(t *testing.T) {
	for name, want := range map[string]string{
		"api": "", "acme/api": "", "acme-audio/web_1.x": "", "a--b": "", strings.Repeat("a", 256): "",
		"a": "repository-name", "": "repository-name", strings.Repeat("a", 257): "repository-name", "Acme": "repository-name",
		"1api": "repository-name", "acme//api": "repository-name", "/api": "repository-name", "api/": "repository-name",
		"api:1": "repository-name", "a..b": "repository-name", ecrImage + ":1": "repository-name",
	} {
		check(t, name, want, validate.RepositoryName("repositoryName", name))
	}
}

func TestRepositoryURL(t *testing.T) {
	for text, want := range map[string]string{
		ecrImage: "", "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/api": "",
		"": "repository-url", ecrImage + ":1": "repository-url", ecrImage + "@" + digest: "repository-url", ecrImage + ":": "repository-url",
		"https://" + ecrImage: "repository-url", "public.ecr.aws/acme/api": "repository-url", "acme/api": "repository-url",
		"123456789012.dkr.ecr.eu-west-1.amazonaws.com/": "repository-url",
	} {
		check(t, text, want, validate.RepositoryURL("repositoryUrl", text))
	}
}

func TestOrganizationID(t *testing.T) {
	for text, want := range map[string]string{"o-a1b2c3d4e5": "", "": "organization-id", "o-1": "organization-id", "r-a1b2c3d4e5": "organization-id"} {
		check(t, text, want, validate.OrganizationID("organizationId", text))
	}
}
