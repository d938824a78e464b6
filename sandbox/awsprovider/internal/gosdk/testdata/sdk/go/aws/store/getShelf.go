package store

func LookupShelf(ctx *pulumi.Context, args *LookupShelfArgs, opts ...pulumi.InvokeOption) (*LookupShelfResult, error) {
	err := ctx.Invoke("aws:store/getShelf:getShelf", args, &rv, opts...)
}

type LookupShelfArgs struct {
	Name string `pulumi:"name"`
}

type LookupShelfResult struct {
	Height int    `pulumi:"height"`
	Name   string `pulumi:"name"`
}
