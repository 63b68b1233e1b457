"""The other side of a Pulumi program: what runs in the child process and answers the SDK in the engine's place.

    exchange   what parent and child tell each other
    run        starts the program and hands back what it registered, or how it failed
    service    the resource monitor: URNs, providers, dependencies
    wire       protocol values as plain ones, and source positions
    stand_ins  values that nobody knows here, which a program may still handle
    lenience   where the SDK is made to accept them
    transforms callbacks that change resources before they are registered
    package_host  the components that another process builds, as the engine has them built
    imports    what to say of an import that is missing
    failure    the user's traceback

Only `exchange` is imported by the parent: it must not load the SDK.
"""
