import pulumi
import pulumi_alicloud as ali

core = ali.cen.Instance("core")


def owned(args):
    args.props["description"] = "owned"
    return pulumi.ResourceTransformResult(args.props, args.opts)


def tagged(args):
    if not args.type_.startswith("alicloud:"):
        return None
    args.props["tags"] = {"by": "transform"}
    return pulumi.ResourceTransformResult(
        args.props, pulumi.ResourceOptions.merge(args.opts, pulumi.ResourceOptions(protect=True))
    )


class Pair(pulumi.ComponentResource):
    def __init__(self, name, opts=None):
        super().__init__("example:net:Pair", name, {}, opts)
        ali.vpc.Network(f"{name}-network", vpc_name=core.id, opts=pulumi.ResourceOptions(parent=self, depends_on=[core]))


Pair("pair", pulumi.ResourceOptions(transforms=[owned]))
pulumi.runtime.register_resource_transform(tagged)
pulumi.runtime.register_stack_transformation(lambda args: pulumi.ResourceTransformationResult(args.props, args.opts))
pulumi.runtime.register_invoke_transform(lambda _args: None)
hook = pulumi.ResourceHook("said", lambda _args: None)
ali.vpc.Network(
    "late",
    vpc_name=pulumi.Output.secret("hidden"),
    cidr_block=core.id,
    opts=pulumi.ResourceOptions(hooks=pulumi.ResourceHookBinding(before_create=[hook], after_create=[lambda _args: None])),
)
