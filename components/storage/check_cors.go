package storage

import (
	"regexp"
	"strings"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

var headerName = regexp.MustCompile(`^[A-Za-z0-9-]*\*?[A-Za-z0-9-]*$`)

func (c CorsRule) check(path validate.Path) validate.Problems {
	origins := path.Field("origins")
	ps := validate.ExactlyOne(
		validate.Required(origins, "exact origins, such as https://app.example.com",
			"list the origins of your pages, or set anyOrigin").By("cors-origins"),
		validate.Alternative{Path: origins, Given: len(c.Origins) > 0},
		validate.Alternative{Path: path.Field("anyOrigin"), Given: c.AnyOrigin},
	)
	for i, origin := range c.Origins {
		ps.Add(validate.Origin(origins.Index(i), origin)...)
	}
	ps.Add(validate.Enums(path.Field("methods"), c.Methods)...)
	for i, h := range c.Headers {
		if h == "" || !headerName.MatchString(h) {
			ps.Add(validate.Invalid(path.Field("headers").Index(i), h, "the name of a header, with at most one *",
				"write it as in content-type or x-amz-*").By("cors-header"))
		}
	}
	for i, h := range c.ExposeHeaders {
		if h == "" || !headerName.MatchString(h) || strings.Contains(h, "*") {
			ps.Add(validate.Invalid(path.Field("exposeHeaders").Index(i), h, "the full name of a header",
				"write it as in ETag").By("cors-header"))
		}
	}
	return append(ps, validate.OptionalRange(path.Field("maxAgeSeconds"), c.MaxAgeSeconds, 1, 86400, "seconds")...)
}
