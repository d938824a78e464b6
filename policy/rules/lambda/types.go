package lambda

// The type tokens that several rules share.
const (
	function    = "aws:lambda/function:Function"
	permission  = "aws:lambda/permission:Permission"
	functionURL = "aws:lambda/functionUrl:FunctionUrl"
)
